#pragma once

// Which camera and which of its modes a spec means. Internal to capture/.

#include "capture/devices.hpp"
#include "capture/source_spec.hpp"
#include "capture/types/result.hpp"

#include <span>
#include <string>
#include <vector>

namespace changji {

/// The camera a spec means: by path, by (part of) its name without regard to case, or for Auto the usable one
/// with the best mode. DeviceNotFound names the cameras there are.
[[nodiscard]] Result<CameraDevice> choose_camera(const SourceSpec& spec, std::span<const CameraDevice> cameras);

/// What is asked of the camera; zeros and empty strings leave it to the camera.
struct CameraRequest {
    std::string input_format;
    int width_px = 0;
    int height_px = 0;
    Rational rate{0, 1};

    friend bool operator==(const CameraRequest&, const CameraRequest&) = default;
};

/// For a person: "1920x1080 mjpeg, 30/s".
[[nodiscard]] std::string request_text(const CameraRequest& request);

/// The modes that fulfil what the spec asks for, best_mode() first, each at best_rate() where the rate is left open. A
/// camera that tells nothing of its modes is asked for nothing but what the spec says.
/// UnsupportedFormat when no mode fits: the message lists what the camera offers.
[[nodiscard]] Result<std::vector<CameraRequest>> choose_modes(const SourceSpec& spec, const CameraDevice& camera);

}  // namespace changji
