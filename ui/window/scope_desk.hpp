#pragma once

#include <optional>

#include "analysis/picture/clutter_overlay.hpp"
#include "analysis/picture/picture_scopes.hpp"
#include "capture/types/video_frame.hpp"
#include "ui/window/monitoring.hpp"

namespace changji {

/// Makes what the instruments that are on show of the preview's picture: on the window's thread, of the window's own
/// copy, at most twelve times a second. Knows no graphics card.
class ScopeDesk {
public:
    /// True when something was made anew: of another picture than last time after a twelfth of a second, or at once for
    /// another instrument.
    bool look(const VideoFrame& frame, const Monitoring& monitoring, const SubjectMask& subject, double now_s);
    /// Empty while no instrument needs them.
    [[nodiscard]] const std::optional<ScopeTrace>& trace() const { return trace_; }
    [[nodiscard]] const std::optional<LumaSpread>& luma() const { return luma_; }
    [[nodiscard]] const std::optional<RgbaPicture>& clutter() const { return clutter_; }

private:
    std::optional<CaptureTime> seen_;  ///< of the picture seen last
    PictureScope scope_ = PictureScope::None;
    bool with_clutter_ = false;
    double made_at_s_ = -1.0;
    std::optional<ScopeTrace> trace_;
    std::optional<LumaSpread> luma_;
    std::optional<RgbaPicture> clutter_;
};

}  // namespace changji
