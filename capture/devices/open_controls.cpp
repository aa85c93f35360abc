#include "capture/camera_controls.hpp"
#include "capture/devices/cameras.hpp"
#include "capture/devices/kept_controls.hpp"
#include "capture/source_spec.hpp"
#include "capture/sources/camera_choice.hpp"

namespace changji {
namespace {

Result<CameraDevice> choose(const SourceSpec& spec) {
    if (spec.kind == SourceKind::V4l2 && spec.target.starts_with('/')) {
        // A path may be a link, as those of /dev/v4l/by-id.
        if (auto camera = describe_camera(spec.target)) return std::move(*camera);
    }
    std::vector<CameraDevice> cameras = list_cameras();
    for (CameraDevice& camera : cameras) {
        if (!camera.modes.empty()) camera.problem = {};  // in use: no obstacle to its controls
    }
    return choose_camera(spec, cameras);
}

}  // namespace

Result<OpenedControls> open_camera_controls(const SourceSpec& spec) {
    if (spec.kind != SourceKind::V4l2 && spec.kind != SourceKind::Auto) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("Only a camera has controls, not a file, an address or the demo: name a camera, as in "
                         "/dev/video0.")};
    }
    const Result<CameraDevice> camera = choose(spec);
    if (!camera) return camera.error();
    auto controls = std::make_unique<KeptControls>(camera->name, spec.controls);
    if (const auto errors = controls->attach(camera->path); !errors.empty()) return errors.front();
    return OpenedControls{camera->name, camera->path, std::move(controls)};
}

}  // namespace changji
