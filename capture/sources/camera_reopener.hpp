#pragma once

// How a camera that went away is found and opened again. Internal to capture/.

#include <memory>
#include <vector>

#include "capture/devices/kept_controls.hpp"
#include "capture/source_spec.hpp"
#include "capture/sources/camera_stream.hpp"

namespace changji {

/// Every mode worth trying when `camera` comes back: the one it had, those that fulfil the spec, then the others (a
/// worse picture is better than none). After every third opening in a row that gave no picture, another one goes first.
[[nodiscard]] std::vector<CameraRequest> modes_to_reopen(const SourceSpec& spec, const CameraRequest& had,
                                                         const CameraDevice& camera, int openings_without_picture);

/// Not thread-safe.
class CameraReopener {
public:
    /// `camera` was opened as `request`; `others` were there besides it.
    CameraReopener(SourceSpec spec, CameraDevice camera, const CameraRequest& request, std::vector<CameraDevice> others,
                   std::shared_ptr<KeptControls> controls);
    /// The same camera, wherever it is now, in the best mode that can be had. DeviceNotFound while it is away.
    Result<std::unique_ptr<VideoSource>> open();

private:
    const SourceSpec spec_;
    CameraDevice camera_;  // as it was last seen
    const CameraRequest request_;
    std::vector<CameraDevice> others_;
    const std::shared_ptr<KeptControls> controls_;
    std::shared_ptr<const std::atomic<bool>> delivered_;  // of the stream opened last
    int openings_without_picture_ = 0;
};

}  // namespace changji
