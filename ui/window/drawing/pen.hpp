#pragma once

#include <string_view>

#include <imgui.h>

#include "ui/window/drawing/fonts.hpp"
#include "ui/window/drawing/text_layout.hpp"
#include "ui/window/drawing/theme.hpp"
#include "ui/window/layout.hpp"

namespace changji {

enum class Align { Left, Centre, Right };

/// Draws the design's few shapes on the current ImGui window. Made anew for each panel; a scale smaller than that of
/// the faces draws them smaller.
class Pen {
public:
    Pen(Fonts& fonts, float scale);

    [[nodiscard]] float scale() const { return scale_; }
    [[nodiscard]] float px(float design) const;
    [[nodiscard]] float width(TextSize size, std::string_view text) const;
    [[nodiscard]] float height(TextSize size) const;  ///< of an ideograph
    [[nodiscard]] float line_height(TextSize size) const;
    [[nodiscard]] TextFace face(TextSize size) const;
    [[nodiscard]] ImDrawList& list() const { return *list_; }

    /// One line whose ideographs have their top at `y`; `x` is its left, middle or right. Returns its width.
    float text(float x, float y, TextSize size, ImU32 ink, std::string_view words, Align align = Align::Left) const;
    /// One line, vertically centred in the area; shortened with … when it is too wide.
    void label(const Area& area, TextSize size, ImU32 ink, std::string_view words, Align align = Align::Left) const;
    /// The same in the first of the two sizes in which it fits.
    void label(const Area& area, TextSize size, TextSize smaller, ImU32 ink, std::string_view words,
               Align align = Align::Left) const;
    /// As many lines as fit, in the first of the two sizes that holds the whole text. Returns the height used.
    float paragraph(const Area& area, TextSize size, TextSize smaller, ImU32 ink, std::string_view words) const;
    /// For reading aloud: lines end with a phrase, in the middle of the area both ways.
    void spoken(const Area& area, TextSize size, TextSize smaller, ImU32 ink, std::string_view words) const;

    void card(const Area& area, ImU32 fill = colour::surface()) const;
    void outline(const Area& area, ImU32 ink, float thickness, float rounding = 0.0F) const;
    void fill(const Area& area, ImU32 ink, float rounding = 0.0F) const;
    /// ✓ in a circle, ▲ with a bar, ✕ in a square, – in a ring: told apart without colour.
    void mark(float centre_x, float centre_y, float radius, Tone tone) const;

    /// An invisible button over the area. Shows where the keyboard is.
    [[nodiscard]] bool button(const char* id, const Area& area) const;

    [[nodiscard]] Fonts& fonts() const { return *fonts_; }

private:
    [[nodiscard]] const FittedParagraph& fitted(const Area& area, TextSize size, TextSize smaller, LineEnds ends,
                                                std::string_view words) const;
    [[nodiscard]] float font_px(TextSize size) const;

    Fonts* fonts_;
    float scale_;
    ImDrawList* list_;
};

}  // namespace changji
