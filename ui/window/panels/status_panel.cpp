#include <array>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

/// A source's own name; the built-in scene is named in the person's language.
const std::string& name_of(const std::string& source, const VideoSettings& camera) {
    return camera.demo && source == camera.name ? phrase("Demo scene") : source;
}

}  // namespace

const std::string& camera_text(const VideoSettings& camera) {
    if (camera.name.empty()) return phrase("No camera");
    const std::string& name = name_of(camera.name, camera);
    if (!camera.rate.is_positive()) {
        return phrase("{0}, {1}×{2}", name, std::to_string(camera.width_px), std::to_string(camera.height_px));
    }
    const long tenths = std::lround(camera.rate.value() * 10);
    const std::string rate = std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "");
    return phrase("{0}, {1}×{2}, {3} frames/s", name, std::to_string(camera.width_px), std::to_string(camera.height_px),
                  rate);
}

std::optional<Action> draw_status(const Pen& pen, const Area& area, const SessionSnapshot& now, const ViewState& view) {
    struct Entry {
        const char* id;  ///< of the command
        std::string_view words;
    };
    const std::string_view tablets = view.tablet.open
                                         ? std::string_view(phrase("Tablets: {0}", std::to_string(view.tablet.clients)))
                                         : tr("Tablets");
    const std::array entries{Entry{"help", tr("Help")},
                             Entry{"setup", tr("Set-up")},
                             Entry{"package", tr("Send in")},
                             Entry{"full-screen", tr("Full screen")},
                             Entry{"language", language_in_use() == Language::Chinese ? "English" : "中文"},
                             Entry{"tools", tr("Tools")},
                             Entry{"tablet", tablets}};
    std::optional<Action> action;
    float right = area.right();
    for (const Entry& entry : entries) {
        const Command& command = *find_command(entry.id);
        const std::string& words = phrase("{0} {1}", view.keys.words_for(entry.id), entry.words);
        const float wide = pen.width(TextSize::Caption, words) + pen.px(28);
        const Area button{right - wide, area.y, wide, area.height};
        if (button.x < area.x + area.width * 0.2F) break;
        if (pen.button(entry.id, button)) action = command.action;
        const auto* const aid = std::get_if<ToggleAid>(&command.action);
        const bool tools = std::holds_alternative<ToggleTools>(command.action) && view.overlay == Overlay::Tools;
        const bool serves = view.tablet.open && std::holds_alternative<TabletAction>(command.action);
        const bool on = tools || serves || (aid && is_on(view.monitoring, aid->aid));
        if (on) pen.fill(button.inset(pen.px(4), pen.px(2)), colour::accent(), pen.px(6));
        const ImU32 ink = on ? colour::on_accent() : ImGui::IsItemHovered() ? colour::text() : colour::muted();
        pen.label(button, TextSize::Caption, ink, words, Align::Centre);
        right = button.x;
    }
    const std::string& microphone =
        now.microphone.empty() ? phrase("No microphone") : name_of(now.microphone, now.camera);
    const std::string& sources = phrase("Camera: {0}    Microphone: {1}", camera_text(now.camera), microphone);
    pen.label({area.x, area.y, right - area.x - pen.px(16), area.height}, TextSize::Caption, colour::muted(), sources);
    return action;
}

}  // namespace changji
