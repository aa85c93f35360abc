#include "capture/sources/camera_reopener.hpp"

#include <algorithm>
#include <utility>

#include "capture/devices/cameras.hpp"
#include "capture/sources/camera_modes.hpp"

namespace changji {
namespace {
constexpr std::chrono::seconds patience{3};  // it has woken up before
}

std::vector<CameraRequest> modes_to_reopen(const SourceSpec& spec, const CameraRequest& had, const CameraDevice& camera,
                                           int openings_without_picture) {
    std::vector<CameraRequest> all;
    const auto add = [&all](const Result<std::vector<CameraRequest>>& requests) {
        if (!requests) return;
        for (const CameraRequest& request : *requests) {
            if (std::find(all.begin(), all.end(), request) == all.end()) all.push_back(request);
        }
    };
    SourceSpec same;
    same.input_format = had.input_format;
    same.width_px = had.width_px;
    same.height_px = had.height_px;
    same.rate = had.rate;
    add(choose_modes(same, camera));
    add(choose_modes(spec, camera));
    add(choose_modes(SourceSpec(), camera));
    constexpr int round = 4;
    if (openings_without_picture % round == round - 1 && all.size() > 1) {
        const auto turn = static_cast<std::size_t>(openings_without_picture / round) % (all.size() - 1);
        std::rotate(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(1 + turn), all.end());
    }
    return all;
}

CameraReopener::CameraReopener(SourceSpec spec, CameraDevice camera, const CameraRequest& request,
                               std::vector<CameraDevice> others, std::shared_ptr<KeptControls> controls)
    : spec_(std::move(spec)),
      camera_(std::move(camera)),
      request_(request),
      others_(std::move(others)),
      controls_(std::move(controls)) {}

Result<std::unique_ptr<VideoSource>> CameraReopener::open() {
    controls_->detach();  // while a handle is open, a camera that was unplugged keeps its number
    if (const auto last = std::exchange(delivered_, nullptr)) {
        openings_without_picture_ = *last ? 0 : openings_without_picture_ + 1;
    }
    const std::vector<CameraDevice> present = identify_cameras();
    // Where another camera was plugged out, this one may be plugged in.
    std::erase_if(others_, [&present](const CameraDevice& other) {
        return std::none_of(present.begin(), present.end(),
                            [&other](const CameraDevice& one) { return one.bus == other.bus; });
    });
    const CameraDevice* const found = find_same_camera(camera_, others_, present);
    if (!found) return camera_open_error(camera_.name, ENODEV);
    const auto camera = describe_camera(found->path);
    if (!camera) return camera_open_error(camera_.name, ENODEV);
    const auto requests = modes_to_reopen(spec_, request_, *camera, openings_without_picture_);
    auto working = first_working_mode(
        *camera, requests,
        [&camera](const CameraRequest& request) { return open_camera_stream(*camera, request, patience); },
        [&camera] { return camera_in_use(camera->path); });
    if (!working) return working.error();
    camera_ = *camera;
    delivered_ = working->stream->has_delivered();
    (void)controls_->attach(camera->path);
    return std::unique_ptr<VideoSource>(std::move(working->stream));
}

}  // namespace changji
