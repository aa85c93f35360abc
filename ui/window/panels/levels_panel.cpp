#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>

#include "ui/language/language.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

constexpr double floor_dbfs = -60.0;
constexpr double loud_dbfs = -9.0;  ///< EBU R68: programme peaks stay below
constexpr double over_dbfs = -1.0;  ///< EBU R128: highest true peak

float share_of(double dbfs) { return static_cast<float>(std::clamp((dbfs - floor_dbfs) / -floor_dbfs, 0.0, 1.0)); }

ImU32 ink_for(double dbfs) {
    if (dbfs >= over_dbfs) return colour::red();
    return dbfs >= loud_dbfs ? colour::amber() : colour::accent();
}

void draw_bar(const Pen& pen, const Area& bar, const ChannelLevel& level, double held_dbfs) {
    pen.fill(bar, colour::raised(), pen.px(4));
    struct Zone {
        double from_dbfs, to_dbfs;
    };
    constexpr std::array zones{Zone{floor_dbfs, loud_dbfs}, Zone{loud_dbfs, over_dbfs}, Zone{over_dbfs, 0.0}};
    for (const Zone& zone : zones) {
        const float bottom = share_of(zone.from_dbfs);
        const float top = std::min(share_of(zone.to_dbfs), share_of(level.rms_dbfs));
        if (top <= bottom) continue;
        pen.fill({bar.x, bar.bottom() - top * bar.height, bar.width, (top - bottom) * bar.height},
                 ink_for(zone.from_dbfs));
    }
    if (held_dbfs > floor_dbfs) {
        const float y = bar.bottom() - share_of(held_dbfs) * bar.height;
        pen.fill({bar.x, std::max(bar.y, y - pen.px(2)), bar.width, pen.px(4)},
                 held_dbfs >= loud_dbfs ? ink_for(held_dbfs) : colour::text());
    }
}

/// EBU Tech 3341: the loudness of the last 3 s; of the whole take while one runs.
void draw_loudness(const Pen& pen, const Area& area, const SessionSnapshot& now) {
    const Measure measure = now.stage == Stage::Recording ? Measure::SoundLoudness : Measure::SoundShortTerm;
    const std::optional<double> lufs = now.readings[measure];
    std::string words = "–";
    if (lufs) {
        std::array<char, 16> text{};
        std::snprintf(text.data(), text.size(), "%.1f", *lufs);
        words = text.data();
    }
    pen.label({area.x, area.y, area.width, pen.px(34)}, TextSize::Body, colour::text(), words, Align::Centre);
    pen.label({area.x, area.y + pen.px(32), area.width, pen.px(24)}, TextSize::Caption, colour::muted(), "LUFS",
              Align::Centre);
}

}  // namespace

void draw_levels(const Pen& pen, const Area& area, const SessionSnapshot& now, const ViewState& view) {
    pen.card(area);
    const bool loudness_fits = area.height >= pen.px(300);
    const Area foot{area.x, area.bottom() - pen.px(loudness_fits ? 96 : 34), area.width, pen.px(30)};
    if (!now.has_sound) {
        pen.mark(area.x + area.width / 2, area.y + area.height / 2, pen.px(24), Tone::Bad);
        pen.label({area.x + pen.px(4), area.y + area.height / 2 + pen.px(36), area.width - pen.px(8), pen.px(30)},
                  TextSize::Caption, colour::text(), tr("No sound"), Align::Centre);
        return;
    }
    const Area scale{area.x, area.y + pen.px(18), area.width, foot.y - area.y - pen.px(26)};
    for (const int tick : {0, -6, -12, -20, -30, -40, -50, -60}) {
        const float y = scale.bottom() - share_of(tick) * scale.height;
        pen.text(area.x + pen.px(34), y - pen.height(TextSize::Caption) / 2, TextSize::Caption, colour::muted(),
                 std::to_string(-tick), Align::Right);
    }
    const float left = area.x + pen.px(40);
    const float wide = pen.px(17);
    draw_bar(pen, {left, scale.y, wide, scale.height}, now.levels[0], view.peaks[0].held_dbfs(view.now_s));
    draw_bar(pen, {left + wide + pen.px(5), scale.y, wide, scale.height}, now.levels[1],
             view.peaks[1].held_dbfs(view.now_s));
    pen.label(foot, TextSize::Caption, colour::muted(), tr("−dBFS"), Align::Centre);
    if (loudness_fits) draw_loudness(pen, {area.x, foot.bottom() + pen.px(2), area.width, pen.px(60)}, now);
}

}  // namespace changji
