#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "capture/devices/cameras.hpp"
#include "capture/sources/camera_modes.hpp"
#include "capture/sources/camera_reopener.hpp"
#include "capture/sources/open.hpp"
#include "capture/sources/reopening.hpp"

namespace changji {
namespace {
using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto patience = 5s;        // some cameras move a shutter or wake up first
constexpr auto later_patience = 2s;  // by then it is awake
constexpr auto longest_opening = 12s;

/// A camera that outlives its absences, with its controls.
class KeptCamera final : public VideoSource {
public:
    KeptCamera(std::unique_ptr<VideoSource> kept, std::shared_ptr<KeptControls> controls)
        : controls_(std::move(controls)), kept_(std::move(kept)) {}

    Status start(std::function<void(VideoFrame)> on_frame, std::function<void(Error)> on_lost) override {
        return kept_->start(std::move(on_frame), std::move(on_lost));
    }
    void stop() override { kept_->stop(); }
    [[nodiscard]] VideoSettings granted() const override { return kept_->granted(); }
    [[nodiscard]] CameraControls* controls() override { return controls_.get(); }

private:
    std::shared_ptr<KeptControls> controls_;
    std::unique_ptr<VideoSource> kept_;
};

Error no_pictures(const CameraDevice& camera) {
    return {ErrorKind::Io,
            say("The camera {0} opens but sends no pictures: unplug it, plug it in again, and use a port "
                "of the computer itself rather than a hub.",
                camera.name)};
}

Result<WorkingMode> open_stream(const SourceSpec& spec, const CameraDevice& camera) {
    const auto requests = choose_modes(spec, camera);
    if (!requests) return requests.error();
    const auto give_up = steady_clock::now() + longest_opening;
    const auto try_mode = [&](const CameraRequest& request) -> Result<std::unique_ptr<CameraStream>> {
        if (steady_clock::now() > give_up) return no_pictures(camera);
        auto stream = open_camera_stream(camera, request, patience);
        if (stream && !(*stream)->sends_pictures(request == requests->front() ? patience : later_patience)) {
            return no_pictures(camera);
        }
        return stream;
    };
    return first_working_mode(camera, *requests, try_mode, [&camera] { return camera_in_use(camera.path); });
}

std::vector<CameraDevice> others_than(const CameraDevice& camera) {
    std::vector<CameraDevice> others = identify_cameras();
    std::erase_if(
        others, [&camera](const CameraDevice& other) { return other.bus == camera.bus && other.name == camera.name; });
    return others;
}

Result<Sources> open_chosen(const SourceSpec& spec, const CameraDevice& camera) {
    auto working = open_stream(spec, camera);
    if (!working) return working.error();
    Sources sources;
    sources.note = working->note;
    auto controls = std::make_shared<KeptControls>(camera.name, spec.controls);
    for (const Error& error : controls->attach(camera.path)) {
        if (spec.controls.empty()) break;  // nobody asked: a camera may have none
        if (error.kind == ErrorKind::InvalidConfig || error.kind == ErrorKind::UnsupportedFormat) return error;
        if (sources.note.empty()) sources.note = error.message;
    }
    const auto reopener =
        std::make_shared<CameraReopener>(spec, camera, working->request, others_than(camera), controls);
    sources.video = std::make_unique<KeptCamera>(
        keep_open(std::move(working->stream), [reopener] { return reopener->open(); }), std::move(controls));
    return sources;
}

}  // namespace

Result<Sources> open_camera(const SourceSpec& spec) {
    if (spec.kind == SourceKind::V4l2 && spec.target.starts_with('/')) {
        // By its path a camera is found without asking every other, links of /dev/v4l/by-id included.
        if (const auto camera = describe_camera(spec.target)) return open_chosen(spec, *camera);
    }
    std::vector<CameraDevice> cameras = list_cameras();
    std::optional<Error> first_error;
    while (true) {
        const auto chosen = choose_camera(spec, cameras);
        if (!chosen) return first_error.value_or(chosen.error());
        auto opened = open_chosen(spec, *chosen);
        if (opened || spec.kind != SourceKind::Auto) return opened;
        if (!first_error) first_error = opened.error();
        std::erase_if(cameras, [&chosen](const CameraDevice& camera) { return camera.path == chosen->path; });
    }
}

}  // namespace changji
