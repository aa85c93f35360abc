#pragma once

#include <optional>
#include <string_view>

#include "ui/prompter/script.hpp"

namespace changji {

/// One line of the crew's text as a paragraph, not counted yet; none when nothing of it is shown.
[[nodiscard]] std::optional<ScriptParagraph> paragraph_of(std::string_view line);

}  // namespace changji
