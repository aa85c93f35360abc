#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ui/window/drawing/reading_font.hpp"

namespace changji {

/// Where a character lies on the sheet, 0..1.
struct GlyphPlace {
    float u0 = 0.0F, v0 = 0.0F, u1 = 0.0F, v1 = 0.0F;
};

/// Pictures of the characters of one size, on one sheet of cells that are all alike. It never grows: whoever was not
/// shown for longest gives its cell to the next. No graphics card in here; see GlyphTexture.
class GlyphSheet {
public:
    static constexpr int widest_px = 4096;

    /// For an em of `em_px`, 8 to 400. `most`: characters on the screen at once; the sheet has room for twice as many,
    /// as far as 4096 × 4096 pixels go.
    GlyphSheet(std::shared_ptr<const ReadingFont> font, int em_px, int most);

    [[nodiscard]] int em_px() const { return em_px_; }
    [[nodiscard]] int cell_px() const { return cell_px_; }
    [[nodiscard]] int width_px() const { return columns_ * cell_px_; }
    [[nodiscard]] int height_px() const { return rows_ * cell_px_; }
    [[nodiscard]] int capacity() const { return columns_ * rows_; }
    [[nodiscard]] const ReadingFont& font() const { return *font_; }
    /// What a cell's left and top are away from the pen and the top of the em, in em.
    [[nodiscard]] static float margin_em() { return 0.15F; }
    [[nodiscard]] float cell_em() const { return static_cast<float>(cell_px_) / static_cast<float>(em_px_); }

    /// All that is asked for from now on is of one picture of the screen, and keeps its cell until the next.
    void begin_frame() { ++frame_; }
    /// None when more was asked for in this frame than there are cells.
    [[nodiscard]] std::optional<GlyphPlace> find(char32_t character);
    /// For a character that comes soon: whether it had to be drawn. Never takes a cell that is shown.
    bool prepare(char32_t character);
    /// A place that is opaque everywhere, for plain areas.
    [[nodiscard]] GlyphPlace solid() const;

    /// A cell that has changed since it was uploaded.
    struct Change {
        int x_px = 0, y_px = 0;
    };
    [[nodiscard]] std::vector<Change> take_changes() { return std::exchange(changes_, {}); }
    [[nodiscard]] const std::uint8_t* pixels() const { return alpha_.data(); }

private:
    struct Cell {
        char32_t character = 0;
        std::uint64_t shown_in = 0;
        int index = 0;
    };
    using Cells = std::list<Cell>;  ///< the one shown last is first
    [[nodiscard]] Cells::iterator take_cell(char32_t character);
    void draw(const Cell& cell);

    std::shared_ptr<const ReadingFont> font_;
    int em_px_, cell_px_, columns_, rows_;
    std::uint64_t frame_ = 1;
    Cells cells_;
    std::unordered_map<char32_t, Cells::iterator> by_character_;
    int used_ = 1;  ///< the first cell is the solid one
    std::vector<std::uint8_t> alpha_;
    std::vector<Change> changes_;
};

}  // namespace changji
