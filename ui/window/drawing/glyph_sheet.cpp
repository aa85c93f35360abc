#include "ui/window/drawing/glyph_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace changji {
namespace {

/// Of the top of an em above the baseline, as ideographs have it.
constexpr float ascent_em = 0.88F;

int ceil_div(int value, int by) { return (value + by - 1) / by; }

}  // namespace

GlyphSheet::GlyphSheet(std::shared_ptr<const ReadingFont> font, int em_px, int most)
    : font_(std::move(font)), em_px_(std::clamp(em_px, 8, 400)) {
    cell_px_ = static_cast<int>(std::ceil(static_cast<float>(em_px_) * (1.0F + 2 * margin_em()))) + 2;
    const int across = widest_px / cell_px_;
    const int wanted = std::max(2, 2 * most + 1);
    columns_ = std::min(across, std::max(2, static_cast<int>(std::ceil(std::sqrt(static_cast<double>(wanted))))));
    rows_ = std::clamp(ceil_div(wanted, columns_), 1, across);
    alpha_.assign(static_cast<std::size_t>(width_px()) * static_cast<std::size_t>(height_px()), 0);
    for (int y = 0; y < cell_px_; ++y)
        std::memset(alpha_.data() + y * width_px(), 255, static_cast<std::size_t>(cell_px_));
    changes_.push_back({0, 0});
}

GlyphPlace GlyphSheet::solid() const {
    const float u = static_cast<float>(cell_px_) / 2 / static_cast<float>(width_px());
    const float v = static_cast<float>(cell_px_) / 2 / static_cast<float>(height_px());
    return {u, v, u, v};
}

GlyphSheet::Cells::iterator GlyphSheet::take_cell(char32_t character) {
    if (used_ < capacity()) {
        cells_.push_front({character, 0, used_++});
    } else {
        const auto oldest = std::prev(cells_.end());
        if (oldest->shown_in == frame_) return cells_.end();
        by_character_.erase(oldest->character);
        oldest->character = character;
        cells_.splice(cells_.begin(), cells_, oldest);
    }
    by_character_[character] = cells_.begin();
    draw(cells_.front());
    return cells_.begin();
}

std::optional<GlyphPlace> GlyphSheet::find(char32_t character) {
    const auto known = by_character_.find(character);
    auto cell = known == by_character_.end() ? take_cell(character) : known->second;
    if (cell == cells_.end()) return std::nullopt;
    cell->shown_in = frame_;
    cells_.splice(cells_.begin(), cells_, cell);
    const float wide = static_cast<float>(width_px()), high = static_cast<float>(height_px());
    const int row = cell->index / columns_, column = cell->index % columns_;
    const auto x = static_cast<float>(column * cell_px_), y = static_cast<float>(row * cell_px_);
    const auto side = static_cast<float>(cell_px_);
    return GlyphPlace{x / wide, y / high, (x + side) / wide, (y + side) / high};
}

bool GlyphSheet::prepare(char32_t character) {
    return !by_character_.contains(character) && take_cell(character) != cells_.end();
}

void GlyphSheet::draw(const Cell& cell) {
    const int left = cell.index % columns_ * cell_px_, top = cell.index / columns_ * cell_px_;
    std::uint8_t* const origin = alpha_.data() + top * width_px() + left;
    for (int y = 0; y < cell_px_; ++y) std::memset(origin + y * width_px(), 0, static_cast<std::size_t>(cell_px_));
    const GlyphPicture picture = font_->draw(cell.character, em_px_);
    const int pen_x = static_cast<int>(std::lround(margin_em() * static_cast<float>(em_px_)));
    const int baseline = static_cast<int>(std::lround((margin_em() + ascent_em) * static_cast<float>(em_px_)));
    // A pixel on each side stays empty, so that a neighbour never shines through.
    const int from_x = std::max(1, pen_x + picture.left_px), from_y = std::max(1, baseline + picture.top_px);
    const int to_x = std::min(cell_px_ - 1, pen_x + picture.left_px + picture.width_px);
    const int to_y = std::min(cell_px_ - 1, baseline + picture.top_px + picture.height_px);
    for (int y = from_y; y < to_y && to_x > from_x; ++y) {
        const int row = y - baseline - picture.top_px, column = from_x - pen_x - picture.left_px;
        std::memcpy(origin + y * width_px() + from_x, picture.alpha.data() + row * picture.width_px + column,
                    static_cast<std::size_t>(to_x - from_x));
    }
    changes_.push_back({left, top});
}

}  // namespace changji
