#include "ui/window/prompter/reading_page.hpp"

#include <imgui.h>
#include <algorithm>
#include <cmath>

#include "ui/prompter/characters.hpp"

namespace changji {
namespace {

/// So many characters at most are drawn for the first time in one picture without being seen yet.
constexpr int prepared_at_once = 2;

bool is_blank(char32_t character) { return character <= U' ' || character == U'\u3000' || character == U'\u00A0'; }

void add_glyph(PageLayer& layer, GlyphSheet& sheet, char32_t character, float pen_x, float top, float em_px,
               std::uint32_t ink) {
    if (is_blank(character)) return;
    const auto found = sheet.find(character);
    if (!found) return;
    const float side = sheet.cell_em() * em_px, margin = GlyphSheet::margin_em() * em_px;
    layer.quads.push_back({{pen_x - margin, top - margin, side, side}, *found, ink});
}

std::uint32_t ink_of(const ReadingLine& line, bool is_label, bool said, const PageInks& inks) {
    if (is_label || line.role != ReadingRole::Text) return inks.aside;
    return said ? inks.said : inks.text;
}

}  // namespace

PageInks page_inks(bool light) {
    if (light) {
        return {IM_COL32(250, 250, 247, 255), IM_COL32(10, 12, 14, 255), IM_COL32(140, 145, 150, 255),
                IM_COL32(146, 84, 0, 255), IM_COL32(0, 112, 102, 255)};
    }
    return {IM_COL32(0, 0, 0, 255), IM_COL32(255, 255, 255, 255), IM_COL32(120, 128, 136, 255),
            IM_COL32(255, 190, 90, 255), IM_COL32(66, 203, 188, 255)};
}

void draw_reading(PageLayer& layer, GlyphSheet& sheet, const ReadingLayout& layout, const ReadingPlace& place,
                  double character, const PageInks& inks) {
    layer.sheet = &sheet;
    const float em = place.em_px;
    const float scroll_px = place.line_y_px - em / 2 - layout.top_at(character) * em;  // of the script's top
    const std::size_t current = layout.line_of(character);
    const float first_top_em = (place.area.y - scroll_px) / em;
    std::size_t index = layout.first_line_below(first_top_em);
    for (; index < layout.lines().size(); ++index) {
        const ReadingLine& line = layout.lines()[index];
        const float top = scroll_px + line.top_em * em, size = line.scale * em;
        if (top - size * GlyphSheet::margin_em() >= place.area.bottom()) break;
        const float indent = line.role == ReadingRole::Cue ? em * 0.35F : 0.0F;
        if (line.role == ReadingRole::Cue) {
            draw_area(layer, sheet, {place.left_px, top, std::max(2.0F, em * 0.08F), size}, inks.aside);
        }
        for (std::size_t i = 0; i < line.glyphs; ++i) {
            const ReadingGlyph& glyph = layout.glyphs()[line.first_glyph + i];
            add_glyph(layer, sheet, glyph.character, place.left_px + indent + glyph.x_em * size, top, size,
                      ink_of(line, i < line.label_glyphs, index < current, inks));
        }
    }
    int left = prepared_at_once;
    for (const std::size_t end = std::min(index + 2, layout.lines().size()); index < end; ++index) {
        const ReadingLine& line = layout.lines()[index];
        for (std::size_t i = 0; i < line.glyphs && left > 0; ++i) {
            const char32_t next = layout.glyphs()[line.first_glyph + i].character;
            if (!is_blank(next) && sheet.prepare(next)) --left;
        }
    }
}

float draw_words(PageLayer& layer, GlyphSheet& sheet, float x, float y, float em_px, std::string_view words,
                 std::uint32_t ink, WordsAt at) {
    layer.sheet = &sheet;
    const auto points = code_points(words);
    float width = 0.0F;
    for (const CodePoint& point : points) width += sheet.font().advance_em(point.value) * em_px;
    if (at == WordsAt::Middle) x -= width / 2;
    if (at == WordsAt::Right) x -= width;
    for (const CodePoint& point : points) {
        add_glyph(layer, sheet, point.value, x, y, em_px, ink);
        x += sheet.font().advance_em(point.value) * em_px;
    }
    return width;
}

void draw_area(PageLayer& layer, const GlyphSheet& sheet, const Area& area, std::uint32_t ink) {
    layer.sheet = &sheet;
    layer.quads.push_back({area, sheet.solid(), ink});
}

float line_em_of(const TalentSettings& settings, float width_px) {
    const float line_px = width_px * static_cast<float>(settings.width_percent) / 100.0F;
    return std::max(1.0F, line_px / static_cast<float>(settings.size_px));
}

ReadingPlace reading_place_of(const TalentSettings& settings, float width_px, float height_px) {
    const auto em = static_cast<float>(settings.size_px);
    const float line_px = line_em_of(settings, width_px) * em;
    const float y = height_px * static_cast<float>(settings.reading_line_percent) / 100.0F;
    return {{0, 0, width_px, height_px}, (width_px - line_px) / 2, em, std::clamp(y, em / 2, height_px - em / 2)};
}

}  // namespace changji
