#pragma once

// A camera in one of its modes, until it is lost. Internal to capture/.

#include <atomic>
#include <chrono>
#include <memory>

#include "capture/devices.hpp"
#include "capture/source.hpp"
#include "capture/sources/camera_choice.hpp"

namespace changji {

/// A camera that was opened. Silent for 2 s, or for its `patience` from start() on, it is lost for good, as when it is
/// unplugged.
class CameraStream : public VideoSource {
public:
    /// Whether a picture comes within `limit`. Only before start().
    [[nodiscard]] virtual bool sends_pictures(std::chrono::milliseconds limit) = 0;
    /// Whether start()'s sink ever got one. Any thread; outlives the stream.
    [[nodiscard]] virtual std::shared_ptr<const std::atomic<bool>> has_delivered() const = 0;
};

/// Sets the mode and lets the camera stream. The camera may change what was asked: granted() says.
[[nodiscard]] Result<std::unique_ptr<CameraStream>> open_camera_stream(const CameraDevice& camera,
                                                                       const CameraRequest& request,
                                                                       std::chrono::milliseconds patience);

}  // namespace changji
