#pragma once

#include <span>
#include <vector>

#include "analysis/following/spoken_reference.hpp"
#include "ui/prompter/script.hpp"

namespace changji {

/// The phrases as the synthesiser reads them: what a voice is compared with. DeviceNotFound where no Mandarin voice is
/// installed. Takes about a second for three minutes of text.
[[nodiscard]] Result<std::vector<SpokenPhrase>> spoken_phrases(std::span<const ScriptPhrase> phrases);

}  // namespace changji
