#include "ui/session/opening_check.hpp"

#include "capture/excerpt.hpp"
#include "ui/prompter/reference_speech.hpp"

namespace changji {
namespace {

constexpr Nanoseconds listened = std::chrono::seconds(60);
/// A shorter line can't be told from others by its sound.
constexpr std::size_t least_characters = 12;

}  // namespace

std::optional<LineCheck> listen_for_opening(const Preset& preset, const std::filesystem::path& media) {
    if (!preset.opening) return std::nullopt;
    const std::string& line = preset.opening->line;
    const Script fixed(line.substr(0, line.find("{guest}")), {});
    if (fixed.characters() < least_characters) return std::nullopt;
    const auto spoken = spoken_phrases(fixed.phrases());
    if (!spoken) return std::nullopt;
    const auto excerpts = open_excerpts(media);
    if (!excerpts) return std::nullopt;
    const auto sound = (*excerpts)->sound_between(Nanoseconds{0}, listened);
    if (!sound) return std::nullopt;
    return check_line(*spoken, *sound);
}

}  // namespace changji
