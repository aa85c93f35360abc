#pragma once

// What a V4L2 node says of itself. Internal to capture/.

#include "capture/devices.hpp"
#include "capture/types/result.hpp"

#include <optional>
#include <string>

namespace changji {

/// The camera behind a device node; nothing when the node is missing or captures no pictures (metadata,
/// output, codec nodes). A node that exists but may not be opened is described by its path and a problem.
[[nodiscard]] std::optional<CameraDevice> describe_camera(const std::string& path);

/// Why a camera can't be opened, in words a person can act on. `error` is an errno value.
[[nodiscard]] Error camera_open_error(const std::string& camera, int error);

}  // namespace changji
