#include "analysis/picture/packaging_meter.hpp"

#include <cmath>

namespace changji {
namespace {

/// Whether cells along one direction touch the edge at `edge_px`; the picture's own rim has none.
bool near_edge(int cell, double cell_px, int edge_px, int size_px) {
    if (edge_px == 0 || edge_px == size_px) return false;
    return std::abs((cell + 0.5) * cell_px - edge_px) <= 1.5 * cell_px;
}

CellMask cells_at_edges(const PixelRect& active, const PixelRect& whole) {
    const double cell_width = static_cast<double>(whole.width) / Thumbnail::width;
    const double cell_height = static_cast<double>(whole.height) / Thumbnail::height;
    CellMask cells;
    for (int y = 0; y < Thumbnail::height; ++y) {
        const bool in_row = near_edge(y, cell_height, active.y, whole.height) ||
                            near_edge(y, cell_height, active.y + active.height, whole.height);
        for (int x = 0; x < Thumbnail::width; ++x) {
            cells[Thumbnail::at(x, y)] = in_row || near_edge(x, cell_width, active.x, whole.width) ||
                                         near_edge(x, cell_width, active.x + active.width, whole.width);
        }
    }
    return cells;
}

}  // namespace

void PackagingMeter::see(const VideoFrame& frame, const Thumbnail& picture) {
    whole_ = {0, 0, frame.width_px, frame.height_px};
    bars_.see(frame);
    if (const PixelRect active = bars_.active_picture().value_or(whole_); active != active_) {
        active_ = active;
        bar_edges_ = cells_at_edges(active_, whole_);
    }
    overlays_.see(picture, bar_edges_);
}

PackagingReading PackagingMeter::read() const {
    PackagingReading reading;
    reading.active_picture = whole_;
    if (bars_.frames_seen() < least_frames) {
        reading.why_no_bars = reading.why_no_overlay = NotMeasured::TooShort;
        return reading;
    }
    if (!bars_.active_picture()) {
        reading.why_no_bars = reading.why_no_overlay = NotMeasured::OnlyBlack;
        return reading;
    }
    const double area = static_cast<double>(whole_.width) * whole_.height;
    reading.active_picture = active_;
    reading.bars = 1.0 - static_cast<double>(active_.width) * active_.height / area;
    if (overlays_.views_seen() < OverlayFinder::views_kept) {
        reading.why_no_overlay = NotMeasured::NothingMoves;
        return reading;
    }
    reading.overlay_cells = overlays_.cells() & ~bar_edges_;
    reading.overlay =
        static_cast<double>(reading.overlay_cells.count()) / static_cast<double>(reading.overlay_cells.size());
    return reading;
}

}  // namespace changji
