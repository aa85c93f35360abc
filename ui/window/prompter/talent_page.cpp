#include "ui/window/prompter/talent_page.hpp"

#include <algorithm>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr std::uint32_t red = 0xFF4444E8;  // as IM_COL32: recording

/// At once on a display: lines times characters, generously.
int most_glyphs(float em_px, float width_px, float height_px) {
    const float across = width_px / em_px * 2.2F;  // Latin is half as wide
    const float down = height_px / (em_px * ReadingLayout::line_em) + 2.0F;
    return std::clamp(static_cast<int>(across * down), 16, 1200);
}

void draw_reading_line(PageLayer& layer, const TalentSheets& sheets, const ReadingPlace& place, float width_px,
                       const PageInks& inks) {
    const float thick = std::max(3.0F, place.em_px * 0.06F), y = place.line_y_px - thick / 2;
    const float gap = place.em_px * 0.25F;
    const float reach = std::max(place.left_px - gap, place.em_px * 0.12F);
    draw_area(layer, sheets.reading, {0, y, reach, thick}, inks.line);
    draw_area(layer, sheets.reading, {width_px - reach, y, reach, thick}, inks.line);
    // A pointer at either edge, made of plain areas.
    constexpr int steps = 10;
    for (int step = 0; step < steps; ++step) {
        const float wide = std::min(reach, place.em_px * 0.45F) * (1.0F - static_cast<float>(step) / steps);
        const float away = place.em_px * 0.3F * static_cast<float>(step) / steps, high = place.em_px * 0.3F / steps + 1;
        for (const float at : {place.line_y_px - away - high / 2, place.line_y_px + away - high / 2}) {
            draw_area(layer, sheets.reading, {0, at, wide, high}, inks.line);
            draw_area(layer, sheets.reading, {width_px - wide, at, wide, high}, inks.line);
        }
    }
}

std::string script_words(const PrompterState& prompter) {
    if (prompter.held) return tr("Held");
    if (!prompter.running) return tr("Paused");
    return tr(say("Script: {0} left", clock_text(prompter.left_s)));
}

void draw_clocks(PageLayer& layer, TalentSheets& sheets, const TalentFacts& facts, float width_px, float height_px,
                 const PageInks& inks) {
    const auto em = static_cast<float>(sheets.clocks.em_px());
    const Area bar{0, height_px - em * 1.7F, width_px, em * 1.7F};
    draw_area(layer, sheets.clocks, bar, inks.ground);
    draw_area(layer, sheets.clocks, {0, bar.y, width_px, std::max(1.0F, em * 0.04F)}, inks.said);
    const float y = bar.y + em * 0.38F, margin = em * 0.8F;
    if (facts.recording) {
        const float side = em * 0.62F;
        draw_area(layer, sheets.clocks, {margin, y + em * 0.2F, side, side}, red);
        draw_words(layer, sheets.clocks, margin + em, y, em, tr(say("REC {0}", clock_text(facts.elapsed_s))),
                   inks.text);
        if (facts.limit_s > 0.0) {
            const std::string left = clock_text(std::max(0.0, std::ceil(facts.limit_s - facts.elapsed_s)));
            draw_words(layer, sheets.clocks, width_px - margin, y, em, tr(say("Take: {0} left", left)), inks.text,
                       WordsAt::Right);
        }
    } else {
        draw_words(layer, sheets.clocks, margin, y, em, tr("Not recording"), inks.said);
    }
    draw_words(layer, sheets.clocks, width_px / 2, y, em, script_words(facts.prompter), inks.said, WordsAt::Middle);
}

}  // namespace

int TalentSheets::clock_px(float height_px) { return std::clamp(static_cast<int>(height_px * 0.035F), 18, 90); }

TalentSheets::TalentSheets(const std::shared_ptr<const ReadingFont>& font, const TalentSettings& settings,
                           float width_px, float height_px)
    : reading(font, settings.size_px, most_glyphs(static_cast<float>(settings.size_px), width_px, height_px)),
      clocks(font, clock_px(height_px), 80),
      countdown(font, static_cast<int>(height_px * 0.4F), 4) {}

std::vector<PageLayer> draw_talent_page(TalentSheets& sheets, const ReadingLayout& layout,
                                        const TalentSettings& settings, const TalentFacts& facts, float width_px,
                                        float height_px) {
    const PageInks inks = page_inks(settings.light);
    std::vector<PageLayer> layers(2);
    sheets.reading.begin_frame();
    sheets.clocks.begin_frame();
    const ReadingPlace place = reading_place_of(settings, width_px, height_px);
    draw_reading_line(layers[0], sheets, place, width_px, inks);
    draw_reading(layers[0], sheets.reading, layout, place, facts.character, inks);
    if (layout.lines().empty()) {
        const auto em = static_cast<float>(sheets.clocks.em_px());
        draw_words(layers[1], sheets.clocks, width_px / 2, place.line_y_px - em / 2, em, tr("There is no script yet"),
                   inks.said, WordsAt::Middle);
    }
    if (settings.clocks) draw_clocks(layers[1], sheets, facts, width_px, height_px, inks);
    if (facts.countdown > 0) {
        sheets.countdown.begin_frame();
        PageLayer& above = layers.emplace_back();
        const auto em = static_cast<float>(sheets.countdown.em_px());
        const Area plate{width_px / 2 - em * 0.7F, (height_px - em) / 2 - em * 0.15F, em * 1.4F, em * 1.3F};
        draw_area(above, sheets.countdown, plate, inks.ground);
        draw_area(above, sheets.countdown, {plate.x, plate.bottom(), plate.width, em * 0.03F}, inks.line);
        draw_words(above, sheets.countdown, width_px / 2, (height_px - em) / 2, em, std::to_string(facts.countdown),
                   inks.text, WordsAt::Middle);
    }
    std::erase_if(layers, [](const PageLayer& layer) { return layer.quads.empty(); });
    return layers;
}

}  // namespace changji
