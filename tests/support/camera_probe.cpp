// Opens a camera as the program does and prints what comes, for tests that run it under the fake camera:
//     camera_probe list                        camera PATH|NAME|PROBLEM, mode PATH FORMAT WxH RATE...
//     camera_probe list identity               camera PATH|NAME|BUS|SERIAL
//     camera_probe watch SECONDS [COMMAND]     change, whenever a device comes or goes
//     camera_probe SPEC SECONDS [COMMAND]      note, granted, frame..., lost, kept, error; COMMAND runs after the
//                                              start, SECONDS follow; at the end granted_last

#include "capture/devices.hpp"
#include "capture/devices/device_watch.hpp"
#include "capture/sources/open.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace {
using namespace changji;

std::mutex output;  // frames come on the camera's thread
VideoFrame newest;

int print_error(const char* word, const Error& error) {
    const std::lock_guard lock(output);
    std::printf("%s %d %s\n", word, static_cast<int>(error.kind), in_english(error.message).c_str());
    std::fflush(stdout);
    return 1;
}

void list_identities() {
    for (const CameraDevice& camera : list_cameras()) {
        std::printf("camera %s|%s|%s|%s\n", camera.path.c_str(), camera.name.c_str(), camera.bus.c_str(),
                    camera.serial.c_str());
    }
}

void print_granted(const char* word, const VideoSettings& granted) {
    const std::lock_guard lock(output);
    std::printf("%s %dx%d %d/%d %s %s\n", word, granted.width_px, granted.height_px, granted.rate.num, granted.rate.den,
                granted.input_format.c_str(), granted.name.c_str());
    std::fflush(stdout);
}

/// Lets `command`, if any, do its part, and time pass.
int wait(int count, char** arguments) {
    const int failed = count > 3 ? std::system(arguments[3]) : 0;
    std::this_thread::sleep_for(std::chrono::duration<double>(count > 2 ? std::atof(arguments[2]) : 1.0));
    return failed;
}

int watch(int count, char** arguments) {
    const DeviceWatch devices([] {
        const std::lock_guard lock(output);
        std::puts("change");
        std::fflush(stdout);
    });
    return wait(count, arguments);
}

void print_frame(const VideoFrame& frame) {
    const std::lock_guard lock(output);
    std::printf("frame %lu %lld %dx%d format=%d range=%d matrix=%d first=%d\n",
                static_cast<unsigned long>(frame.sequence),
                static_cast<long long>(frame.captured_at.time_since_epoch().count()), frame.width_px, frame.height_px,
                static_cast<int>(frame.format), static_cast<int>(frame.range), static_cast<int>(frame.matrix),
                frame.planes[0].data[0]);
    std::fflush(stdout);  // a test may wait for it
    newest = frame;
}

void list() {
    for (const CameraDevice& camera : list_cameras()) {
        std::printf("camera %s|%s|%s\n", camera.path.c_str(), camera.name.c_str(), in_english(camera.problem).c_str());
        for (const CameraMode& mode : camera.modes) {
            std::printf("mode %s %s %dx%d", camera.path.c_str(), mode.input_format.c_str(), mode.width_px,
                        mode.height_px);
            for (const Rational rate : mode.rates) std::printf(" %d/%d", rate.num, rate.den);
            std::printf("\n");
        }
    }
}

}  // namespace

int main(int count, char** arguments) {
    const std::string what = count > 1 ? arguments[1] : "list";
    if (what == "list" && count > 2) return list_identities(), 0;
    if (what == "list") return list(), 0;
    if (what == "watch") return watch(count, arguments);
    const auto spec = parse_camera_spec(what);
    if (!spec) return print_error("error", spec.error());
    auto camera = open_camera(*spec);
    if (!camera) return print_error("error", camera.error());
    if (!camera->note.empty()) std::printf("note %s\n", in_english(camera->note).c_str());
    print_granted("granted", camera->video->granted());
    (void)camera->video->start(print_frame, [](const Error& error) { print_error("lost", error); });
    const int failed = wait(count, arguments);
    camera->video->stop();
    print_granted("granted_last", camera->video->granted());
    camera = Error{};  // closed: the pictures taken from it must live on
    if (newest.owner) std::printf("kept %d\n", newest.planes[0].data[0]);
    return failed;
}
