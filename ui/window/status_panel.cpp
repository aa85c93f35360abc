#include <array>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"

namespace changji {
namespace {

/// A source's own name; the built-in scene is named in the person's language.
std::string name_of(const std::string& source, const VideoSettings& camera) {
    return camera.demo && source == camera.name ? tr("Demo scene") : source;
}

std::string camera_text(const VideoSettings& camera) {
    if (camera.name.empty()) return tr("No camera");
    const std::string name = name_of(camera.name, camera);
    if (!camera.rate.is_positive()) {
        return tr(say("{0}, {1}×{2}", name, std::to_string(camera.width_px), std::to_string(camera.height_px)));
    }
    const long tenths = std::lround(camera.rate.value() * 10);
    const std::string rate = std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "");
    return tr(say("{0}, {1}×{2}, {3} frames/s", name, std::to_string(camera.width_px), std::to_string(camera.height_px),
                  rate));
}

}  // namespace

std::optional<Action> draw_status(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                                  const Monitoring& monitoring) {
    struct Entry {
        const char* id;
        std::string words;
        Action action;
        bool on = false;
    };
    const bool chinese = language_in_use() == Language::Chinese;
    const auto aid = [&](const char* id, const char* words, Aid which) {
        return Entry{id, words, ToggleAid{which}, is_on(monitoring, which)};
    };
    std::array<Entry, 10> entries{
        Entry{"help", tr("F1 Help"), ToggleHelp{}, false},
        Entry{"full-screen", tr("F11 Full screen"), ToggleFullScreen{}, false},
        Entry{"language", chinese ? "L English" : "L 中文",
              ChooseLanguage{chinese ? Language::English : Language::Chinese}, false},
        Entry{"guest", tr("F2 Guest"), FocusGuest{}, false},
        aid("magnify", tr("F10 Enlarge"), Aid::Magnify),
        aid("mirror", tr("F9 Mirror"), Aid::Mirror),
        aid("guides", tr("F8 Guides"), Aid::Guides),
        aid("peaking", tr("F7 Focus"), Aid::Peaking),
        aid("zebra", tr("F6 Zebra"), Aid::Zebra),
        aid("false-colour", tr("F5 False colour"), Aid::FalseColour),
    };
    std::optional<Action> action;
    float right = area.right();
    for (Entry& entry : entries) {
        const float wide = pen.width(TextSize::Caption, entry.words) + pen.px(28);
        const Area button{right - wide, area.y, wide, area.height};
        if (pen.button(entry.id, button)) action = entry.action;
        if (entry.on) pen.fill(button.inset(pen.px(4), pen.px(2)), colour::accent, pen.px(6));
        const ImU32 ink = entry.on ? colour::black : ImGui::IsItemHovered() ? colour::text : colour::muted;
        pen.label(button, TextSize::Caption, ink, entry.words, Align::Centre);
        right = button.x;
    }
    const std::string microphone = now.microphone.empty() ? tr("No microphone") : name_of(now.microphone, now.camera);
    const std::string sources =
        tr(say("Camera: {0}    Microphone: {1}    Preset: {2}", camera_text(now.camera), microphone,
               language_in_use() == Language::English ? preset.title_en : preset.title));
    pen.label({area.x, area.y, right - area.x - pen.px(16), area.height}, TextSize::Caption, colour::muted, sources);
    return action;
}

}  // namespace changji
