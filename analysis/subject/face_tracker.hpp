#pragma once

#include "analysis/meter_bank.hpp"
#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace changji {

/// The faces of a film, each held from picture to picture. Depends on the frames and their capture times
/// alone. One thread.
///
/// A known face is searched about its last box, sizes within a quarter: frontal, then as a profile to either
/// side, then by the likeness of its pixels (normalised correlation of at least 0.7), so that a turned head, a
/// hand or a mask doesn't lose it. Likeness alone carries it for 5 s: about as long as someone looks
/// aside or down, and short enough that a box which slid onto the wall is soon gone. What neither a cascade nor
/// likeness sees stays where it was for 2 s. In every second picture a face that a cascade has just seen is followed by
/// a likeness of at least 0.9 alone: cascades look for it 2.5 times a second, the metrics ask for 2 to 3.
///
/// New faces come from a coarse search of the whole picture, spread over five frames (twenty while a face is held),
/// and a fine one wherever that hits. A new face counts at once with much support or in the first frame, else
/// when it is found again within the next three. Faces are found from 6 % of the picture's width on.
class FaceTracker {
public:
    /// Io when the cascades (Debian's opencv-data) are missing; $CHANGJI_FACE_CASCADE names a file that stands
    /// in for the frontal one.
    [[nodiscard]] static Result<FaceTracker> open();
    FaceTracker(FaceTracker&&) noexcept;
    FaceTracker& operator=(FaceTracker&&) noexcept;
    ~FaceTracker();

    /// One metered I420 frame, about five a second, in order of capture time; an earlier time begins a new film.
    /// The first searches the whole picture at once.
    void see(const VideoFrame& frame);

    /// What comes does not follow on what was seen.
    void restart();

    /// Largest first.
    [[nodiscard]] const std::vector<FaceBox>& faces() const;

    /// Work without a clock: windows that the last frame's searches tried, and how many a plain search of the
    /// whole picture (`detectMultiScale`, sizes a tenth apart) takes.
    struct Work {
        std::int64_t windows_tried = 0;
        std::int64_t windows_of_full_search = 0;
    };
    [[nodiscard]] Work work() const;

private:
    class Tracks;
    explicit FaceTracker(std::unique_ptr<Tracks> tracks);
    std::unique_ptr<Tracks> tracks_;
};

}  // namespace changji
