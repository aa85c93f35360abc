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

constexpr float lowest_dbfs = -100.0F, highest_dbfs = -10.0F;
constexpr int hum_lines = 6;
constexpr double turned_below = -0.5, mono_above = 0.5;  // analysis/sound/phase_meter: below, both channels cancel out

/// Translucent accent, for areas under a line.
ImU32 soft(ImU32 ink) { return (ink & ~IM_COL32_A_MASK) | IM_COL32(0, 0, 0, 90); }

float share_of(float dbfs) { return (dbfs - lowest_dbfs) / (highest_dbfs - lowest_dbfs); }

int mains_hz(const Preset& preset) { return preset.camera.power_line_hz > 0 ? preset.camera.power_line_hz : 50; }

void draw_spectrum_scale(const Pen& pen, const Area& graph) {
    for (const int dbfs : {-80, -60, -40, -20}) {
        const float y = graph.bottom() - graph.height * share_of(static_cast<float>(dbfs));
        draw_scale_line(pen, {graph.x, y}, {graph.right(), y}, colour::line());
        if (dbfs % 40 == 0) {
            pen.text(graph.x - pen.px(6), y - pen.height(TextSize::Caption) / 2, TextSize::Caption, colour::muted(),
                     std::to_string(-dbfs), Align::Right);
        }
    }
    const std::array marks{std::pair(100.0, "100"), std::pair(1000.0, "1 k"), std::pair(10'000.0, "10 k")};
    for (const auto& [hertz, words] : marks) {
        const float x = graph.x + graph.width * static_cast<float>(place_of_hz(hertz));
        draw_scale_line(pen, {x, graph.y}, {x, graph.bottom()}, colour::line());
        pen.text(x, graph.bottom() + pen.px(6), TextSize::Caption, colour::muted(), words, Align::Centre);
    }
}

void draw_bands(const Pen& pen, const Area& graph, const SoundPicture& sound) {
    std::array<ImVec2, SoundPicture::bands> line;
    const ImDrawListFlags flags = pen.list().Flags;
    pen.list().Flags &= ~ImDrawListFlags_AntiAliasedFill;  // its soft edges would show between the bands
    for (std::size_t band = 0; band < line.size(); ++band) {
        const float share = std::clamp(share_of(sound.dbfs[band]), 0.0F, 1.0F);
        line[band] = {graph.x + graph.width * static_cast<float>(band) / (SoundPicture::bands - 1),
                      graph.bottom() - share * graph.height};
        if (band == 0) continue;
        const ImVec2 from = line[band - 1], to = line[band];
        pen.list().AddQuadFilled({from.x, graph.bottom()}, from, to, {to.x, graph.bottom()}, soft(colour::accent()));
    }
    pen.list().Flags = flags;
    pen.list().AddPolyline(line.data(), static_cast<int>(line.size()), colour::accent(), 0, pen.px(2));
}

std::string hum_words(const std::optional<double>& hum, int mains) {
    const std::string first = std::to_string(mains), second = std::to_string(2 * mains);
    if (!hum) return phrase("┆ Hum: {0}, {1} … Hz", first, second);
    if (*hum <= -119.0) return phrase("┆ No hum at {0}, {1} … Hz", first, second);
    return phrase("┆ Hum {2} dBFS: {0}, {1} … Hz", first, second, std::to_string(std::lround(*hum)));
}

void draw_spectrum(const Pen& pen, const Area& inside, const SoundShown& sound, const Preset& preset) {
    const float figures = pen.width(TextSize::Caption, "80") + pen.px(6);
    const float below = 2 * pen.height(TextSize::Caption) + pen.px(20);
    const Area graph{inside.x + figures, inside.y, inside.width - figures, inside.height - below};
    draw_spectrum_scale(pen, graph);
    if (sound.picture) draw_bands(pen, graph, *sound.picture);
    const int mains = mains_hz(preset);
    for (int harmonic = 1; harmonic <= hum_lines; ++harmonic) {
        const auto place = static_cast<float>(place_of_hz(mains * harmonic));
        draw_dashes(pen, graph.x + graph.width * place, graph.y, graph.bottom(), colour::amber());
    }
    pen.label({inside.x, inside.bottom() - pen.height(TextSize::Caption) - pen.px(4), inside.width,
               pen.height(TextSize::Caption) + pen.px(8)},
              TextSize::Caption, colour::amber(), hum_words(sound.hum_dbfs, mains));
}

/// Up: the same in both channels; to a side: in that channel alone; across: turned round.
void draw_stereo(const Pen& pen, const Area& square, const SoundPicture* sound) {
    const ImVec2 middle{square.x + square.width / 2, square.y + square.height / 2};
    const float reach = square.height / 2;
    const float slant = reach * static_cast<float>(1.0 / std::numbers::sqrt2);
    pen.list().AddCircle(middle, reach, colour::line(), 48, pen.px(1));
    draw_scale_line(pen, {middle.x, middle.y - reach}, {middle.x, middle.y + reach}, colour::line());
    draw_scale_line(pen, {middle.x - slant, middle.y - slant}, {middle.x + slant, middle.y + slant}, colour::line());
    draw_scale_line(pen, {middle.x + slant, middle.y - slant}, {middle.x - slant, middle.y + slant}, colour::line());
    const float letter = pen.height(TextSize::Caption);
    pen.text(middle.x - slant - pen.px(4), middle.y - slant - letter, TextSize::Caption, colour::muted(), tr("Left"),
             Align::Right);
    pen.text(middle.x + slant + pen.px(4), middle.y - slant - letter, TextSize::Caption, colour::muted(), tr("Right"));
    if (!sound) return;
    const float half = std::max(1.0F, pen.px(1));
    for (const SoundPicture::Point& point : sound->stereo) {
        const ImVec2 at{middle.x + point.side * reach * 0.95F, middle.y - point.middle * reach * 0.95F};
        pen.list().AddRectFilled({at.x - half, at.y - half}, {at.x + half, at.y + half}, colour::accent());
    }
}

struct Judged {
    Tone tone;
    const char* words;
};

Judged judge_phase(const std::optional<double>& correlation) {
    if (!correlation) return {Tone::Unknown, tr("Too quiet to tell")};
    if (*correlation < turned_below) return {Tone::Bad, tr("One channel is turned round")};
    if (*correlation < 0.0) return {Tone::Caution, tr("Partly against each other")};
    if (*correlation < mono_above) return {Tone::Good, tr("Wide, and good in mono")};
    return {Tone::Good, tr("In phase")};
}

void draw_correlation(const Pen& pen, const Area& bar, const std::optional<double>& correlation, Tone tone) {
    pen.fill(bar, colour::raised(), pen.px(4));
    const float middle = bar.x + bar.width / 2;
    draw_scale_line(pen, {middle, bar.y - pen.px(3)}, {middle, bar.bottom() + pen.px(3)}, colour::muted());
    if (correlation) {
        const float at = middle + static_cast<float>(std::clamp(*correlation, -1.0, 1.0)) * bar.width / 2;
        pen.fill({std::min(at, middle), bar.y, std::abs(at - middle), bar.height}, soft(colour_of(tone)));
        pen.fill({std::clamp(at - pen.px(3), bar.x, bar.right() - pen.px(6)), bar.y - pen.px(3), pen.px(6),
                  bar.height + pen.px(6)},
                 colour_of(tone), pen.px(3));
    }
    const float y = bar.bottom() + pen.px(6);
    pen.text(bar.x, y, TextSize::Caption, colour::muted(), "−1");
    pen.text(middle, y, TextSize::Caption, colour::muted(), "0", Align::Centre);
    pen.text(bar.right(), y, TextSize::Caption, colour::muted(), "+1", Align::Right);
}

void draw_phase(const Pen& pen, const Area& inside, const SoundPicture* sound) {
    const auto correlation = sound ? sound->correlation : std::nullopt;
    const Judged judged = judge_phase(correlation);
    const float row = pen.height(TextSize::Caption) + pen.px(10);
    const float below = pen.px(14 + 12 + 6) + 2 * row;
    draw_stereo(pen, {inside.x, inside.y, inside.width, std::max(pen.px(40), inside.height - below)}, sound);
    const Area bar{inside.x, inside.bottom() - 2 * row - pen.px(14), inside.width, pen.px(12)};
    draw_correlation(pen, bar, correlation, judged.tone);
    const Area words{inside.x, inside.bottom() - row + pen.px(4), inside.width, row};
    pen.mark(words.x + pen.px(11), words.y + words.height / 2, pen.px(10), judged.tone);
    pen.label({words.x + pen.px(30), words.y, words.width - pen.px(30), words.height}, TextSize::Caption,
              colour::text(), judged.words);
}

}  // namespace

void draw_sound_view(const Pen& pen, const Area& plate, const SoundShown& sound, const Preset& preset, SoundView view) {
    const bool spectrum = view == SoundView::Spectrum;
    const Area inside = draw_scope_plate(pen, plate, spectrum ? tr("Sound: −dBFS over Hz") : tr("Phase"));
    pen.list().PushClipRect({plate.x, plate.y}, {plate.right(), plate.bottom()}, true);
    if (!sound.there) {
        pen.label(inside, TextSize::Body, colour::muted(), tr("No sound"), Align::Centre);
    } else if (spectrum) {
        draw_spectrum(pen, inside, sound, preset);
    } else {
        draw_phase(pen, inside, sound.picture);
    }
    pen.list().PopClipRect();
}

}  // namespace changji
