#pragma once

#include "analysis/picture/thumbnail.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <deque>
#include <memory>

namespace changji {

/// Cells of the thumbnail's grid.
using CellMask = std::bitset<std::size_t{Thumbnail::width} * Thumbnail::height>;

/// Finds static graphics (a logo, a caption): edges that stay where they are while the picture around them changes.
///
/// In a locked-off picture everything stays, so time alone proves nothing. Only *views* count: a picture is a new
/// view when, held against every view that is kept, the edges changed in at least 80 % of those 10×10-cell blocks
/// that have any. An edge is the 3×3 Sobel gradient g of luma at 160×90; a block changed when
/// Σ|g−g'|² ≥ ½(Σ|g|²+Σ|g'|²): unrelated pictures reach 1, the same picture 0. The last 12 views are kept.
///
/// A cell is static when over all 12 views |mean g| > 6 codes (scaled and divided as in measure_clutter) and
/// |mean g|² ≥ 0.90·mean |g|²: the same edge in the same direction in nearly every view. Of neighbouring static
/// cells a group counts when it has at least 5 and its edges point in more than one direction (the smaller
/// eigenvalue of Σ g gᵀ at least 8 % of the trace): a camera that pans along a horizon keeps the horizon.
///
/// Pure; one thread; about 0.8 MB.
class OverlayFinder {
public:
    static constexpr int views_kept = 12;

    OverlayFinder();

    /// Thumbnails, a few a second. Edges in `ignored` cells are not looked at.
    void see(const Thumbnail& picture, const CellMask& ignored = {});

    /// Views found so far, those no longer kept included.
    [[nodiscard]] int views_seen() const { return views_seen_; }
    /// Every cell that belonged to a static group in any 12 successive views.
    [[nodiscard]] const CellMask& cells() const { return cells_; }

private:
    static constexpr std::size_t cell_count = std::size_t{Thumbnail::width} * Thumbnail::height;
    /// Sobel's sums, not divided; 0 at the picture's rim.
    struct Gradients {
        std::array<std::int16_t, cell_count> across{};
        std::array<std::int16_t, cell_count> down{};
    };

    static void differentiate(const Thumbnail::Component& luma, Gradients& into);
    [[nodiscard]] static bool has_enough_edges(const Gradients& picture);
    [[nodiscard]] static bool is_another_view(const Gradients& a, const Gradients& b);
    [[nodiscard]] CellMask static_cells() const;
    [[nodiscard]] CellMask static_groups(const CellMask& cells) const;

    std::deque<std::unique_ptr<Gradients>> views_;  ///< newest first
    std::unique_ptr<Gradients> current_;
    int views_seen_ = 0;
    CellMask cells_;
};

}  // namespace changji
