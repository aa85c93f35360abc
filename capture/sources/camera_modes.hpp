#pragma once

// Which of a camera's modes works, found by trying. Internal to capture/.

#include <functional>
#include <memory>
#include <span>

#include "capture/sources/camera_stream.hpp"

namespace changji {

struct WorkingMode {
    std::unique_ptr<CameraStream> stream;
    CameraRequest request;
    Message note;  ///< why it isn't the first of those asked for; else empty
};

/// Tries to open a mode.
using TryMode = std::function<Result<std::unique_ptr<CameraStream>>(const CameraRequest& request)>;

/// The first of `requests` (at least one) that `try_mode` can open. A camera that is gone, forbidden or `in_use` by
/// another program is not asked again: its error, else that of the first request, is the answer when none works.
[[nodiscard]] Result<WorkingMode> first_working_mode(const CameraDevice& camera,
                                                     std::span<const CameraRequest> requests, const TryMode& try_mode,
                                                     const std::function<bool()>& in_use);

}  // namespace changji
