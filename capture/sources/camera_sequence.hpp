#pragma once

// Finds lost frames where libavdevice hides the driver's frame numbers. Internal to capture/.

#include "capture/types/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace changji {

/// Numbers frames by their capture times: a step of about twice the usual interval is one lost frame. The
/// usual interval is the median of the last steps, whatever rate the camera claims; a step as long as the one
/// before it is no loss but a camera that has become slower, as in the dark.
class CameraSequence {
public:
    /// The number of the frame captured at `captured_at`; the first is 0. `unreadable` frames arrived since
    /// the last one and could not be used: they count as lost even where the times don't show it.
    [[nodiscard]] std::uint64_t next(CaptureTime captured_at, std::uint64_t unreadable);

private:
    [[nodiscard]] Nanoseconds usual_interval() const;

    std::array<Nanoseconds, 9> intervals_{};
    Nanoseconds last_interval_{0};
    std::size_t known_ = 0;
    std::size_t oldest_ = 0;
    std::optional<CaptureTime> last_;
    std::uint64_t number_ = 0;
};

}  // namespace changji
