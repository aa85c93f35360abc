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
};

/// best_mode() among those that fulfil what the spec asks for. Where the rate is left open: 25/s if there is
/// one (no flicker under 50 Hz lamps), else the slowest above it, else the fastest.
/// UnsupportedFormat when no mode fits: the message lists what the camera offers.
[[nodiscard]] Result<CameraRequest> choose_mode(const SourceSpec& spec, const CameraDevice& camera);

}  // namespace changji
