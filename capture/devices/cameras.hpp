#pragma once

// What a V4L2 node says of itself. Internal to capture/.

#include "capture/devices.hpp"
#include "capture/types/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace changji {

/// The camera behind a device node; nothing when the node is missing or captures no pictures (metadata,
/// output, codec nodes). A node that exists but may not be opened is described by its path and a problem.
[[nodiscard]] std::optional<CameraDevice> describe_camera(const std::string& path);

/// Only what tells it from others: path, name, bus and serial.
[[nodiscard]] std::optional<CameraDevice> identify_camera(const std::string& path);
/// The same for every camera there is, in order of path.
[[nodiscard]] std::vector<CameraDevice> identify_cameras();

/// Which of `present` is the camera `lost`, perhaps at another path: by its serial, else by its port and name, else the
/// only one of its name. `others` were there besides it, and are not it. Null: it is not there.
[[nodiscard]] const CameraDevice* find_same_camera(const CameraDevice& lost, std::span<const CameraDevice> others,
                                                   std::span<const CameraDevice> present);

/// Whether another program records from it.
[[nodiscard]] bool camera_in_use(const std::string& path);

/// Why a camera can't be opened, in words a person can act on. `error` is an errno value.
[[nodiscard]] Error camera_open_error(const std::string& camera, int error);

}  // namespace changji
