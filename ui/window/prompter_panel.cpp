#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"

namespace changji {

/// At the top edge, close to the camera, so that whoever reads it seems to look into the lens.
void draw_prompter(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset) {
    pen.fill(area, colour::black);
    if (!preset.opening) {
        pen.label(area.inset(pen.px(24), 0), TextSize::Label, colour::muted(), tr("This preset has no opening line."),
                  Align::Centre);
        return;
    }
    const Area words = area.inset(pen.px(32), pen.px(6));
    const std::string line = preset.opening_line_for(now.slate.spoken_guest());
    TextSize size = TextSize::Word;
    auto lines = phrase_lines(line, words.width, pen.face(size).measure);
    if (static_cast<float>(lines.size()) * pen.line_height(size) > words.height) {
        size = TextSize::Label;
        lines = phrase_lines(line, words.width, pen.face(size).measure);
    }
    const float block = static_cast<float>(lines.size()) * pen.line_height(size);
    float y = words.y + std::max(0.0F, (words.height - block) / 2) + (pen.line_height(size) - pen.height(size)) / 2;
    for (const std::string& each : lines) {
        pen.text(words.x + words.width / 2, y, size, colour::white, each, Align::Centre);
        y += pen.line_height(size);
    }
}

}  // namespace changji
