#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

/// Three zones from good to bad, and where the value stands.
void draw_scale(const Pen& pen, const Area& track, const LiveMeter& meter, Tone tone) {
    const float gap = pen.px(4);
    const float zone = (track.width - 2 * gap) / 3;
    for (int index = 0; index < 3; ++index) {
        pen.fill({track.x + static_cast<float>(index) * (zone + gap), track.y, zone, track.height}, colour::line(),
                 track.height / 2);
    }
    if (tone == Tone::Unknown) return;
    const float x = track.x + static_cast<float>(std::clamp(meter.fraction, 0.0, 1.0)) * track.width;
    const float half = pen.px(5);
    pen.fill({std::clamp(x - half, track.x, track.right() - 2 * half), track.y - pen.px(6), 2 * half,
              track.height + pen.px(12)},
             colour_of(tone), half);
}

/// At the right: what is wanted over what is.
void draw_value(const Pen& pen, const Area& room, const LiveMeter& meter) {
    if (!meter.limit.empty() && meter.status != FindingStatus::Unmeasured) {
        pen.text(room.right(), room.y, TextSize::Caption, colour::muted(),
                 meter.measure ? phrase("{0}, limit {1}", name_for_check(info(*meter.measure).id), meter.limit)
                               : phrase("limit {0}", meter.limit),
                 Align::Right);
    }
    pen.text(room.right(), room.y + pen.px(50), TextSize::Label, colour::text(), meter.value, Align::Right);
}

/// Where a meter has little room: mark, what it is, how it stands, as large as fits; then the advice.
void draw_small_meter(const Pen& pen, const Area& area, const LiveMeter& meter) {
    const Tone tone = tone_of(meter.status);
    const bool roomy = area.height >= pen.px(170) && area.width >= pen.px(300);
    pen.card(area);
    pen.fill({area.x, area.y, pen.px(8), area.height}, colour_of(tone), pen.px(4));
    const Area inside{area.x + pen.px(18), area.y + pen.px(8), area.width - pen.px(28), area.height - pen.px(16)};
    const float radius = pen.px(roomy ? 32 : 24);
    pen.mark(inside.x + radius, inside.y + pen.px(roomy ? 50 : 30), radius, tone);
    const float words_x = inside.x + 2 * radius + pen.px(14);
    const TextSize name_size = roomy ? TextSize::Body : TextSize::Caption;
    const Area name{words_x, inside.y + pen.px(roomy ? 4 : 0), inside.right() - words_x, pen.px(roomy ? 30 : 24)};
    pen.label(name, name_size, colour::muted(), name_for(meter.aspect));
    pen.label(name, name_size, colour::text(), meter.value, Align::Right);
    pen.label({words_x, name.bottom(), name.width, pen.px(roomy ? 64 : 40)}, roomy ? TextSize::Word : TextSize::Label,
              TextSize::Label, colour_of(tone), word_for(tone));
    const float advice_top = inside.y + pen.px(roomy ? 108 : 70);
    const float room = inside.bottom() - advice_top;
    if (!meter.advice.empty() && room >= pen.line_height(TextSize::Caption)) {
        pen.paragraph({inside.x, advice_top, inside.width, room}, TextSize::Body, TextSize::Caption, colour::text(),
                      phrase(meter.advice));
    }
}

}  // namespace

void draw_meter(const Pen& pen, const Area& area, const LiveMeter& meter) {
    const Tone tone = tone_of(meter.status);
    pen.card(area);
    pen.fill({area.x, area.y, pen.px(10), area.height}, colour_of(tone), pen.px(5));

    const Area inside = {area.x + pen.px(28), area.y + pen.px(10), area.width - pen.px(48), area.height - pen.px(20)};
    const float mark_radius = pen.px(32);
    pen.mark(inside.x + mark_radius, inside.y + pen.px(54), mark_radius, tone);

    const float words_x = inside.x + 2 * mark_radius + pen.px(20);
    pen.text(words_x, inside.y + pen.px(6), TextSize::Body, colour::muted(), name_for(meter.aspect));
    pen.text(words_x, inside.y + pen.px(40), TextSize::Word, colour_of(tone), word_for(tone));
    draw_value(pen, {words_x, inside.y + pen.px(6), inside.right() - words_x, pen.px(96)}, meter);
    const Area track{inside.x, inside.y + pen.px(98), inside.width, pen.px(8)};
    draw_scale(pen, track, meter, tone);
    float advice_top = track.bottom() + pen.px(9);
    if (!meter.distance.empty()) {
        pen.label({inside.x, advice_top - pen.px(4), inside.width, pen.px(24)}, TextSize::Caption, colour::accent(),
                  phrase("{0} from the reference", meter.distance));
        advice_top += pen.px(28);
    }
    if (!meter.advice.empty()) {
        pen.paragraph({inside.x, advice_top, inside.width, inside.bottom() - advice_top + pen.px(6)}, TextSize::Body,
                      TextSize::Caption, colour::text(), phrase(meter.advice));
    }
}

void draw_meters(const Pen& pen, const Area& area, const SessionSnapshot& now) {
    const float gap = pen.px(12);
    const float height = (area.height - 2 * gap) / 3;
    const bool small = area.width < pen.px(500) || height < pen.px(150);
    for (std::size_t index = 0; index < now.meters.size(); ++index) {
        const Area place{area.x, area.y + static_cast<float>(index) * (height + gap), area.width, height};
        if (small) {
            draw_small_meter(pen, place, now.meters[index]);
        } else {
            draw_meter(pen, place, now.meters[index]);
        }
    }
}

}  // namespace changji
