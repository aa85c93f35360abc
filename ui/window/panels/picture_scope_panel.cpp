#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/window/panels/scope_plate.hpp"

namespace changji {
namespace {

constexpr float black_code = 16.0F, white_code = 235.0F;
/// Of luma's codes those that are drawn: a little below black and above white.
constexpr float lowest_code = 4.0F, highest_code = 247.0F;
/// Of chroma's codes those that are drawn, each way from the middle: bars of 75 % with room around them.
constexpr float chroma_reach = 104.0F;

constexpr ImU32 red_light = IM_COL32(235, 70, 70, 255), green_light = IM_COL32(40, 170, 80, 255),
                blue_light = IM_COL32(80, 130, 255, 255);

float level_y(const Area& graph, float code) {
    return graph.bottom() - graph.height * (code - lowest_code) / (highest_code - lowest_code);
}

/// Lines and figures of a scale of luma; returns the room beside them.
Area draw_levels_scale(const Pen& pen, const Area& inside) {
    const float figures = pen.width(TextSize::Caption, "100") + pen.px(8);
    const Area graph{inside.x + figures, inside.y, inside.width - figures, inside.height};
    const float least_gap = pen.height(TextSize::Caption) * 1.2F;
    const int step = graph.height / 4 > least_gap ? 25 : 50;
    for (int percent = 0; percent <= 100; percent += step) {
        const float y = level_y(graph, std::lerp(black_code, white_code, static_cast<float>(percent) / 100.0F));
        draw_scale_line(pen, {graph.x, y}, {graph.right(), y}, colour::line());
        pen.text(graph.x - pen.px(8), y - pen.height(TextSize::Caption) / 2, TextSize::Caption, colour::muted(),
                 std::to_string(percent), Align::Right);
    }
    return graph;
}

/// Where a well-lit face lies, as the preset has it.
void draw_face_band(const Pen& pen, const Area& graph, const Preset& preset) {
    const FaceBand band = face_band(preset);
    if (band.to <= band.from) return;
    const float top = level_y(graph, std::lerp(black_code, white_code, band.to));
    const float bottom = level_y(graph, std::lerp(black_code, white_code, band.from));
    pen.fill({graph.x, top, graph.width, bottom - top}, (colour::accent() & ~IM_COL32_A_MASK) | IM_COL32(0, 0, 0, 44));
    pen.label({graph.x, top, graph.width - pen.px(6), pen.height(TextSize::Caption) + pen.px(8)}, TextSize::Caption,
              colour::accent(), tr("Faces"), Align::Right);
}

void draw_trace(const Pen& pen, const Area& graph, ImTextureID trace, float from_x, float to_x, ImU32 ink) {
    if (!trace) return;
    pen.list().AddImage(trace, {graph.x, graph.y}, {graph.right(), graph.bottom()},
                        {from_x, (255.5F - highest_code) / 256.0F}, {to_x, (255.5F - lowest_code) / 256.0F}, ink);
}

void draw_waveform(const Pen& pen, const Area& inside, ImTextureID trace, const Preset& preset) {
    const Area graph = draw_levels_scale(pen, inside);
    draw_face_band(pen, graph, preset);
    draw_trace(pen, graph, trace, 0.0F, 1.0F, colour::text());
}

void draw_parade(const Pen& pen, const Area& inside, ImTextureID trace) {
    const Area graph = draw_levels_scale(pen, inside);
    const std::array inks{red_light, green_light, blue_light};
    const std::array letters{tr("R"), tr("G"), tr("B")};
    const float gap = pen.px(6), wide = (graph.width - 2 * gap) / 3;
    for (std::size_t part = 0; part < inks.size(); ++part) {
        const auto index = static_cast<float>(part);
        const Area third{graph.x + index * (wide + gap), graph.y, wide, graph.height};
        draw_trace(pen, third, trace, index / 3.0F, (index + 1.0F) / 3.0F, inks[part]);
        pen.text(third.x + pen.px(4), third.y + pen.px(2), TextSize::Caption, inks[part], letters[part]);
    }
}

void draw_targets(const Pen& pen, ImVec2 middle, float radius) {
    const std::array letters{tr("R"), tr("Mg"), tr("B"), tr("Cy"), tr("G"), tr("Yl")};
    constexpr std::array inks{red_light,   IM_COL32(215, 80, 215, 255), blue_light, IM_COL32(30, 170, 180, 255),
                              green_light, IM_COL32(190, 160, 20, 255)};
    const auto targets = colour_targets();
    const float half = pen.px(9), letter = pen.height(TextSize::Caption);
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto across = static_cast<float>(targets[i].cb - 128.0), up = static_cast<float>(targets[i].cr - 128.0);
        const ImVec2 at{middle.x + across / chroma_reach * radius, middle.y - up / chroma_reach * radius};
        pen.outline({at.x - half, at.y - half, 2 * half, 2 * half}, inks[i], pen.px(2));
        // Its letter towards the middle, where there is always room.
        const float length = std::hypot(across, up), towards = half + letter;
        pen.text(at.x - across / length * towards, at.y + up / length * towards - letter / 2, TextSize::Caption,
                 inks[i], letters[i], Align::Centre);
    }
}

void draw_vectorscope(const Pen& pen, const Area& inside, ImTextureID trace) {
    const float radius = inside.height / 2;
    const ImVec2 middle{inside.x + inside.width / 2, inside.y + radius};
    pen.list().AddCircle(middle, radius, colour::line(), 64, pen.px(1));
    draw_scale_line(pen, {middle.x - radius, middle.y}, {middle.x + radius, middle.y}, colour::line());
    draw_scale_line(pen, {middle.x, middle.y - radius}, {middle.x, middle.y + radius}, colour::line());
    const float turn = static_cast<float>(skin_line_degrees * std::numbers::pi / 180.0);
    const ImVec2 skin{middle.x + std::cos(turn) * radius, middle.y - std::sin(turn) * radius};
    pen.list().AddLine(middle, skin, colour::amber(), pen.px(2));
    pen.text(skin.x - pen.px(10), skin.y - pen.px(4), TextSize::Caption, colour::amber(), tr("Skin"), Align::Right);
    draw_targets(pen, middle, radius);
    if (!trace) return;
    const float from = (128.5F - chroma_reach) / 256.0F, to = (128.5F + chroma_reach) / 256.0F;
    // Row 127 holds Cr = 128.
    const float top = (127.5F - chroma_reach) / 256.0F, bottom = (127.5F + chroma_reach) / 256.0F;
    pen.list().AddImage(trace, {middle.x - radius, middle.y - radius}, {middle.x + radius, middle.y + radius},
                        {from, top}, {to, bottom}, colour::text());
}

/// What the preset allows of it; none: it demands nothing.
Tone judge_clipped(double percent, const Preset& preset, Measure measure) {
    const MeterLimit* const limit = preset.find_meter(info(measure).id);
    if (!limit || !limit->pass_max) return Tone::Unknown;
    return percent <= *limit->pass_max ? Tone::Good : Tone::Caution;
}

std::string tenths(double percent) {
    const long value = std::lround(percent * 10.0);
    return std::to_string(value / 10) + "." + std::to_string(value % 10);
}

void draw_clipped(const Pen& pen, const Area& row, Tone tone, const std::string& words) {
    const float mark = tone == Tone::Unknown ? 0.0F : pen.px(28);
    if (mark > 0.0F) pen.mark(row.x + pen.px(11), row.y + row.height / 2, pen.px(10), tone);
    pen.label({row.x + mark, row.y, row.width - mark, row.height}, TextSize::Caption, colour::text(), words);
}

void draw_histogram(const Pen& pen, const Area& inside, const std::optional<LumaSpread>& luma, const Preset& preset) {
    const float foot = 2 * pen.px(30);
    const Area graph{inside.x, inside.y, inside.width, inside.height - foot};
    const auto x_of = [&](float code) { return graph.x + graph.width * code / 256.0F; };
    const Area dark{graph.x, graph.y, x_of(black_code + 2) - graph.x, graph.height};
    const Area bright{x_of(white_code), graph.y, graph.right() - x_of(white_code), graph.height};
    for (const Area& end : {dark, bright}) pen.fill(end, colour::raised());
    for (const float share : {0.25F, 0.5F, 0.75F}) {
        const float x = x_of(std::lerp(black_code, white_code, share));
        draw_scale_line(pen, {x, graph.y}, {x, graph.bottom()}, colour::line());
    }
    draw_scale_line(pen, {graph.x, graph.bottom()}, {graph.right(), graph.bottom()}, colour::muted());
    if (!luma) return;
    for (std::size_t code = 0; code < luma->height.size(); ++code) {
        const float high = luma->height[code] * graph.height;
        if (high <= 0.0F) continue;
        const auto at = static_cast<float>(code);
        const bool clipped = at < black_code + 2 || at >= white_code;
        pen.list().AddRectFilled({x_of(at), graph.bottom() - std::max(high, 1.0F)}, {x_of(at + 1), graph.bottom()},
                                 clipped ? colour::amber() : colour::text());
    }
    const float row = pen.px(30);
    draw_clipped(pen, {inside.x, graph.bottom() + pen.px(4), inside.width, row},
                 judge_clipped(luma->crushed_percent, preset, Measure::LightCrushed),
                 phrase("Black: {0} %", tenths(luma->crushed_percent)));
    draw_clipped(pen, {inside.x, graph.bottom() + pen.px(4) + row, inside.width, row},
                 judge_clipped(luma->burnt_percent, preset, Measure::LightClipped),
                 phrase("Burnt out: {0} %", tenths(luma->burnt_percent)));
}

const char* name_of(PictureScope scope) {
    switch (scope) {
        case PictureScope::Waveform: return tr("Waveform: luma, %");
        case PictureScope::Parade: return tr("Parade: red, green, blue, %");
        case PictureScope::Vectorscope: return tr("Vectorscope");
        case PictureScope::Histogram: return tr("Histogram of luma");
        case PictureScope::None: break;
    }
    return "";
}

}  // namespace

void draw_picture_scope(const Pen& pen, const Area& plate, const PreviewImage& image, const Monitoring& monitoring,
                        const Preset& preset) {
    const Area inside = draw_scope_plate(pen, plate, name_of(monitoring.scope));
    pen.list().PushClipRect({plate.x, plate.y}, {plate.right(), plate.bottom()}, true);
    switch (monitoring.scope) {
        case PictureScope::None: break;
        case PictureScope::Waveform: draw_waveform(pen, inside, image.trace, preset); break;
        case PictureScope::Parade: draw_parade(pen, inside, image.trace); break;
        case PictureScope::Vectorscope: draw_vectorscope(pen, inside, image.trace); break;
        case PictureScope::Histogram: draw_histogram(pen, inside, image.luma, preset); break;
    }
    pen.list().PopClipRect();
}

}  // namespace changji
