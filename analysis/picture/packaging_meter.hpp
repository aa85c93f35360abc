#pragma once

#include "analysis/picture/bar_finder.hpp"
#include "analysis/picture/overlay_finder.hpp"

#include <optional>

namespace changji {

/// Why there is no value.
enum class NotMeasured {
    Unspecified,   ///< there is one
    TooShort,      ///< fewer than 10 frames were seen
    OnlyBlack,     ///< every frame was black
    NothingMoves,  ///< fewer than 12 different views: in a locked-off picture the room's own edges never move either
};

/// What was drawn into a picture, as shares of its area, 0..1.
struct PackagingReading {
    std::optional<double> bars;  ///< covered by black bars
    NotMeasured why_no_bars = NotMeasured::Unspecified;
    PixelRect active_picture;  ///< what is inside the bars; the whole picture until bars are measured

    std::optional<double> overlay;  ///< cells of 160×90 with static graphics, outside the bars' own edges
    NotMeasured why_no_overlay = NotMeasured::Unspecified;
    CellMask overlay_cells;
};

/// Looks for what may not be drawn into a picture: bars (see BarFinder) and static graphics (see OverlayFinder).
/// Static graphics are an edge measure: the inside of a flat area larger than a cell is not counted. The edge of a
/// bar stands still as well, so cells within one and a half cells of it don't count.
/// Pure; one thread; memory stays the same however long the clip is.
class PackagingMeter {
public:
    static constexpr int least_frames = 10;

    /// About five frames a second, each with its thumbnail.
    void see(const VideoFrame& frame, const Thumbnail& picture);
    [[nodiscard]] PackagingReading read() const;
    void begin_take() { *this = PackagingMeter(); }

private:
    BarFinder bars_;
    OverlayFinder overlays_;
    PixelRect whole_;
    PixelRect active_;
    CellMask bar_edges_;  ///< of active_ in whole_
};

}  // namespace changji
