#include "ui/window/monitoring.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"

namespace changji {
namespace {

/// A colour of the legend and what it says; 0: words alone.
struct Swatch {
    ImU32 ink = 0;
    std::string_view words;
};

/// What stands side by side on one plate.
struct Plate {
    std::array<Swatch, 5> swatches;
    std::size_t count = 0;

    void add(ImU32 ink, std::string_view words) { swatches[count++] = {ink, words}; }
    [[nodiscard]] std::span<const Swatch> all() const { return std::span(swatches).first(count); }
};

std::string percent(float share) { return std::to_string(std::lround(share * 100.0F)); }

/// In the shader's own colours (preview_renderer.cpp).
Plate legend(const Monitoring& monitoring, const Preset& preset) {
    Plate plate;
    switch (monitoring.tint) {
        case Tint::None: break;
        case Tint::Zebra:
            plate.add(0, tr("╱ 65–75 %: bright skin"));
            plate.add(0, tr("╲ 100 %: burnt out"));
            break;
        case Tint::Peaking: plate.add(IM_COL32(255, 64, 217, 255), tr("In focus")); break;
        case Tint::FalseColour: {
            plate.add(IM_COL32(115, 38, 166, 255), tr("Black"));
            plate.add(IM_COL32(38, 89, 217, 255), tr("Very dark"));
            const FaceBand face = face_band(preset);
            if (face.to > face.from) {
                plate.add(IM_COL32(51, 179, 77, 255), phrase("Faces: {0}–{1} %", percent(face.from), percent(face.to)));
            }
            plate.add(IM_COL32(242, 217, 51, 255), tr("Nearly burnt out"));
            plate.add(IM_COL32(235, 38, 38, 255), tr("Burnt out"));
            break;
        }
    }
    return plate;
}

const char* name_of(Guide guide) {
    switch (guide) {
        case Guide::None: return "";
        case Guide::Thirds: return tr("Thirds: eyes on the upper line");
        case Guide::SafeAreas: return tr("Safe areas: action 93 %, captions 90 %");
        case Guide::FourByThree: return tr("4:3");
        case Guide::Upright: return tr("9:16, a telephone held upright");
        case Guide::Grid: return tr("Grid: a sixteenth of the width, and the middle");
    }
    return "";
}

const char* short_name_of(Guide guide) {
    switch (guide) {
        case Guide::None: return "";
        case Guide::Thirds: return tr("Thirds");
        case Guide::SafeAreas: return tr("Safe areas");
        case Guide::FourByThree: return tr("4:3");
        case Guide::Upright: return tr("9:16");
        case Guide::Grid: return tr("Grid");
    }
    return "";
}

/// A light line on a dark one: seen on any picture.
void draw_line(const Pen& pen, ImVec2 from, ImVec2 to) {
    pen.list().AddLine(from, to, IM_COL32(0, 0, 0, 150), pen.px(4));
    pen.list().AddLine(from, to, IM_COL32(255, 255, 255, 200), pen.px(2));
}

void draw_centred_frame(const Pen& pen, const Area& area, float wide, float high) {
    const Area frame = area.inset(area.width * (1.0F - wide) / 2, area.height * (1.0F - high) / 2);
    pen.outline(frame, IM_COL32(0, 0, 0, 150), pen.px(4));
    pen.outline(frame, IM_COL32(255, 255, 255, 200), pen.px(2));
}

/// Squares, thin enough to work under, and a cross in the middle.
void draw_grid(const Pen& pen, const Area& area) {
    constexpr int across = 16, down = 9;
    for (int i = 1; i < across; ++i) {
        const float x = area.x + area.width * static_cast<float>(i) / across;
        pen.list().AddLine({x, area.y}, {x, area.bottom()}, IM_COL32(255, 255, 255, 90), pen.px(1));
    }
    for (int i = 1; i < down; ++i) {
        const float y = area.y + area.height * static_cast<float>(i) / down;
        pen.list().AddLine({area.x, y}, {area.right(), y}, IM_COL32(255, 255, 255, 90), pen.px(1));
    }
    const ImVec2 middle{area.x + area.width / 2, area.y + area.height / 2};
    const float arm = area.width / across;
    draw_line(pen, {middle.x - arm, middle.y}, {middle.x + arm, middle.y});
    draw_line(pen, {middle.x, middle.y - arm}, {middle.x, middle.y + arm});
}

void draw_guide(const Pen& pen, const Area& area, Guide guide) {
    switch (guide) {
        case Guide::None: break;
        case Guide::Thirds:
            for (const float third : {1.0F / 3.0F, 2.0F / 3.0F}) {
                const float x = area.x + area.width * third, y = area.y + area.height * third;
                draw_line(pen, {x, area.y}, {x, area.bottom()});
                draw_line(pen, {area.x, y}, {area.right(), y});
            }
            break;
        case Guide::SafeAreas:
            draw_centred_frame(pen, area, 0.93F, 0.93F);
            draw_centred_frame(pen, area, 0.90F, 0.90F);
            break;
        case Guide::FourByThree: draw_centred_frame(pen, area, 12.0F / 16.0F, 1.0F); break;
        case Guide::Upright: draw_centred_frame(pen, area, 81.0F / 256.0F, 1.0F); break;
        case Guide::Grid: draw_grid(pen, area); break;
    }
}

/// What is said under the picture, the lowest first; some may be empty.
std::array<Plate, 3> plates(const Monitoring& monitoring, const Preset& preset) {
    Plate clutter, states;
    if (monitoring.clutter) {
        // In the colours of analysis/picture/clutter_heat.
        clutter.add(IM_COL32(222, 40, 24, 255), tr("Restless background"));
        clutter.add(IM_COL32(255, 212, 72, 255), tr("Most restless: take these things away first"));
    }
    if (monitoring.guide != Guide::None) states.add(0, name_of(monitoring.guide));
    if (monitoring.mirrored) states.add(0, tr("Mirrored here, not in the take"));
    if (monitoring.magnification > 1) {
        states.add(0, phrase("Enlarged {0} times", std::to_string(monitoring.magnification)));
    }
    if (monitoring.comparison == Comparison::Over) states.add(0, tr("The reference lies over the picture"));
    return {legend(monitoring, preset), clutter, states};
}

float row_step(const Pen& pen) { return pen.px(56); }

float swatch_width(const Pen& pen, const Swatch& each) {
    return pen.width(TextSize::Caption, each.words) + pen.px(24) + (each.ink == 0 ? 0.0F : pen.px(36));
}

float row_width(const Pen& pen, const Plate& row) {
    float wide = pen.px(12);
    for (const Swatch& each : row.all()) wide += swatch_width(pen, each);
    return wide;
}

/// Its foot is at `bottom`.
void draw_row(const Pen& pen, const Area& preview, float bottom, const Plate& row) {
    const float square = pen.px(24), gap = pen.px(12), height = pen.px(48), wide = row_width(pen, row);
    const Area plate{preview.x + pen.px(24), bottom - height, wide, height};
    pen.fill(plate, colour::veil(), pen.px(8));
    float x = plate.x + gap;
    for (const Swatch& each : row.all()) {
        float words_x = x;
        if (each.ink != 0) {
            pen.fill({x, plate.y + (height - square) / 2, square, square}, each.ink, pen.px(4));
            words_x += square + gap;
        }
        pen.label({words_x, plate.y, x + swatch_width(pen, each) - words_x, height}, TextSize::Caption, colour::text(),
                  each.words);
        x += swatch_width(pen, each);
    }
}

}  // namespace

Monitoring toggled(Monitoring monitoring, Aid aid) {
    const auto switch_to = [](auto& now, auto wanted) { now = now == wanted ? decltype(wanted){} : wanted; };
    const auto step = [](auto now, auto last) {
        using Form = decltype(now);
        return now == last ? Form{} : static_cast<Form>(static_cast<int>(now) + 1);
    };
    switch (aid) {
        case Aid::FalseColour: switch_to(monitoring.tint, Tint::FalseColour); break;
        case Aid::Zebra: switch_to(monitoring.tint, Tint::Zebra); break;
        case Aid::Peaking: switch_to(monitoring.tint, Tint::Peaking); break;
        case Aid::Guides: monitoring.guide = step(monitoring.guide, Guide::Grid); break;
        case Aid::Mirror: monitoring.mirrored = !monitoring.mirrored; break;
        case Aid::Magnify:
            monitoring.magnification = monitoring.magnification == 4 ? 1 : monitoring.magnification * 2;
            break;
        case Aid::Waveform:
            monitoring.scope = monitoring.scope == PictureScope::Waveform ? PictureScope::Parade
                               : monitoring.scope == PictureScope::Parade ? PictureScope::None
                                                                          : PictureScope::Waveform;
            break;
        case Aid::Vectorscope: switch_to(monitoring.scope, PictureScope::Vectorscope); break;
        case Aid::Histogram: switch_to(monitoring.scope, PictureScope::Histogram); break;
        case Aid::Clutter: monitoring.clutter = !monitoring.clutter; break;
        case Aid::Headroom: monitoring.headroom = !monitoring.headroom; break;
        case Aid::Freeze: monitoring.frozen = !monitoring.frozen; break;
        case Aid::Compare: monitoring.comparison = step(monitoring.comparison, Comparison::Over); break;
        case Aid::Spectrum: switch_to(monitoring.sound, SoundView::Spectrum); break;
        case Aid::Phase: switch_to(monitoring.sound, SoundView::Phase); break;
    }
    return monitoring;
}

bool is_on(const Monitoring& monitoring, Aid aid) {
    switch (aid) {
        case Aid::FalseColour: return monitoring.tint == Tint::FalseColour;
        case Aid::Zebra: return monitoring.tint == Tint::Zebra;
        case Aid::Peaking: return monitoring.tint == Tint::Peaking;
        case Aid::Guides: return monitoring.guide != Guide::None;
        case Aid::Mirror: return monitoring.mirrored;
        case Aid::Magnify: return monitoring.magnification > 1;
        case Aid::Waveform:
            return monitoring.scope == PictureScope::Waveform || monitoring.scope == PictureScope::Parade;
        case Aid::Vectorscope: return monitoring.scope == PictureScope::Vectorscope;
        case Aid::Histogram: return monitoring.scope == PictureScope::Histogram;
        case Aid::Clutter: return monitoring.clutter;
        case Aid::Headroom: return monitoring.headroom;
        case Aid::Freeze: return monitoring.frozen;
        case Aid::Compare: return monitoring.comparison != Comparison::None;
        case Aid::Spectrum: return monitoring.sound == SoundView::Spectrum;
        case Aid::Phase: return monitoring.sound == SoundView::Phase;
    }
    return false;
}

std::string state_words(const Monitoring& monitoring, Aid aid) {
    if (!is_on(monitoring, aid)) return tr("Off");
    switch (aid) {
        case Aid::Guides: return short_name_of(monitoring.guide);
        case Aid::Magnify: return phrase("{0}×", std::to_string(monitoring.magnification));
        case Aid::Waveform: return monitoring.scope == PictureScope::Parade ? tr("RGB") : tr("Luma");
        case Aid::Compare: return monitoring.comparison == Comparison::Split ? tr("Split") : tr("Over it");
        default: return tr("On");
    }
}

PicturePart part_shown(const Monitoring& monitoring) {
    const float margin = 0.5F - 0.5F / static_cast<float>(monitoring.magnification);
    PicturePart part{{margin, margin}, {1.0F - margin, 1.0F - margin}};
    if (monitoring.mirrored) std::swap(part.from.x, part.to.x);
    return part;
}

FaceBand face_band(const Preset& preset) {
    const MeterLimit* const limit = preset.find_meter("light.face_luma_percent");
    if (!limit || !limit->pass_min || !limit->pass_max) return {};
    return {static_cast<float>(*limit->pass_min / 100.0), static_cast<float>(*limit->pass_max / 100.0)};
}

ImVec2 place_in(const Area& area, const Monitoring& monitoring, double x, double y) {
    const double across = (monitoring.mirrored ? 0.5 - x : x - 0.5) * monitoring.magnification + 0.5;
    const double down = (y - 0.5) * monitoring.magnification + 0.5;
    return {area.x + static_cast<float>(across) * area.width, area.y + static_cast<float>(down) * area.height};
}

void draw_monitoring(const Pen& pen, const Area& preview, float bottom, const Monitoring& monitoring,
                     const Preset& preset) {
    draw_guide(pen, preview, monitoring.guide);
    for (const Plate& row : plates(monitoring, preset)) {
        if (row.count == 0) continue;
        draw_row(pen, preview, bottom, row);
        bottom -= row_step(pen);
    }
}

ImVec2 size_of_plates(const Pen& pen, const Monitoring& monitoring, const Preset& preset) {
    ImVec2 size{0, 0};
    for (const Plate& row : plates(monitoring, preset)) {
        if (row.count == 0) continue;
        size.x = std::max(size.x, row_width(pen, row));
        size.y += row_step(pen);
    }
    return size;
}

}  // namespace changji
