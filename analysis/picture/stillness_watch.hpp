#pragma once

#include "analysis/judging/held_state.hpp"
#include "capture/types/video_frame.hpp"

#include <vector>

namespace changji {

/// Black and frozen stretches of at least 1 s, from every frame as Framing makes it (I420, limited range).
///
/// Definitions are those of FFmpeg's filters, read on every sixth line of each plane:
/// - black, as `blackdetect=d=1:pix_th=0.10:pic_th=0.98`: at least 98 % of luma is Y ≤ 37 (16 + 0.10·219, rounded
///   down). From the first black frame to the first that isn't.
/// - frozen, as `freezedetect=n=-60dB:d=1`: the mean of |difference| to the frame at which the stretch began, over
///   all samples of luma and chroma, is at most 0.001 of 256 codes. From that frame to the first that differs, so
///   two neighbouring frames more than 1 s apart are a frozen stretch as well. A repeated picture differs by 0; the
///   noise of a live camera (σ ≥ 0.4 codes) by more than the limit.
///
/// What the sample changes: a thing of less than six lines in height may lie between the lines. A stretch that still
/// runs ends, so far, at the newest frame.
///
/// Lines are read only until the answer is certain, so a live picture costs less than a black or frozen one.
/// Pure; one thread. The frame at which a frozen stretch began is kept, its pixels are shared.
class StillnessWatch {
public:
    /// Every frame, in order. A frame that is not later than the one before is ignored.
    void see(const VideoFrame& frame);

    [[nodiscard]] std::vector<TimeRange> black() const { return black_.stretches(); }
    [[nodiscard]] std::vector<TimeRange> frozen() const { return frozen_.stretches(); }
    /// 0 when there is none of 1 s.
    [[nodiscard]] double longest_black_s() const { return black_.longest_s(); }
    [[nodiscard]] double longest_frozen_s() const { return frozen_.longest_s(); }

    /// Forgets everything: a stretch that runs through this moment begins anew with the next frame.
    void begin_take() { *this = StillnessWatch(); }

private:
    static constexpr std::chrono::seconds least{1};

    HeldState black_{least};
    HeldState frozen_{least};
    VideoFrame reference_;  ///< without pixels before the first frame
    CaptureTime newest_;
};

}  // namespace changji
