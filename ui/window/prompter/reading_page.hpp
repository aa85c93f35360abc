#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ui/talent_settings.hpp"
#include "ui/window/drawing/glyph_sheet.hpp"
#include "ui/window/layout.hpp"
#include "ui/window/prompter/reading_layout.hpp"

namespace changji {

/// A rectangle of a sheet on the screen, in pixels.
struct PageQuad {
    Area area;
    GlyphPlace place;
    std::uint32_t ink = 0;  ///< as IM_COL32
};

/// All that is drawn from one sheet, in this order.
struct PageLayer {
    const GlyphSheet* sheet = nullptr;
    std::vector<PageQuad> quads;
};

struct PageInks {
    std::uint32_t ground = 0, text = 0, said = 0, aside = 0, line = 0;
};
/// What is read stands out most; what is said already and what is not read stands back.
[[nodiscard]] PageInks page_inks(bool light);

/// Where the lines of a script stand on a screen.
struct ReadingPlace {
    Area area;               ///< lines outside of it are not drawn
    float left_px = 0.0F;    ///< of the lines
    float em_px = 0.0F;      ///< of a character
    float line_y_px = 0.0F;  ///< the middle of the line that is read
};
/// The script as it stands when `character` characters are read; only what is seen is drawn. What comes next is
/// prepared on the sheet, a few characters a picture.
void draw_reading(PageLayer& layer, GlyphSheet& sheet, const ReadingLayout& layout, const ReadingPlace& place,
                  double character, const PageInks& inks);

enum class WordsAt { Left, Middle, Right };
/// One line of words, its em's top at `y`; returns its width.
float draw_words(PageLayer& layer, GlyphSheet& sheet, float x, float y, float em_px, std::string_view words,
                 std::uint32_t ink, WordsAt at = WordsAt::Left);
void draw_area(PageLayer& layer, const GlyphSheet& sheet, const Area& area, std::uint32_t ink);

/// How long a line of the talent's display may be, in em: what breaks the lines.
[[nodiscard]] float line_em_of(const TalentSettings& settings, float width_px);
[[nodiscard]] ReadingPlace reading_place_of(const TalentSettings& settings, float width_px, float height_px);

}  // namespace changji
