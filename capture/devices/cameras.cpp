#include "capture/devices/cameras.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string_view>

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace changji {
namespace {

class Node {
public:
    explicit Node(const std::string& path) : fd_(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {}
    ~Node() {
        if (fd_ >= 0) ::close(fd_);
    }
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    [[nodiscard]] bool is_open() const { return fd_ >= 0; }
    /// Zero, or the errno of the failure.
    template <typename Argument>
    int ask(unsigned long request, Argument& argument) const {
        int answer = 0;
        do {
            answer = ::ioctl(fd_, request, &argument);
        } while (answer < 0 && errno == EINTR);
        return answer < 0 ? errno : 0;
    }

private:
    int fd_;
};

struct KnownFormat {
    std::uint32_t fourcc;
    const char* name;  ///< what libavdevice's `input_format` takes
};
constexpr std::array known_formats{
    KnownFormat{V4L2_PIX_FMT_MJPEG, "mjpeg"},     KnownFormat{V4L2_PIX_FMT_JPEG, "mjpeg"},
    KnownFormat{V4L2_PIX_FMT_YUYV, "yuyv422"},    KnownFormat{V4L2_PIX_FMT_UYVY, "uyvy422"},
    KnownFormat{V4L2_PIX_FMT_NV12, "nv12"},       KnownFormat{V4L2_PIX_FMT_YUV420, "yuv420p"},
    KnownFormat{V4L2_PIX_FMT_YUV422P, "yuv422p"}, KnownFormat{V4L2_PIX_FMT_RGB24, "rgb24"},
    KnownFormat{V4L2_PIX_FMT_BGR24, "bgr24"},     KnownFormat{V4L2_PIX_FMT_H264, "h264"},
};

struct Size {
    std::uint32_t width_px = 0;
    std::uint32_t height_px = 0;
};

// A stepwise camera offers thousands of sizes and rates: those below are what anyone records with.
constexpr std::array usual_sizes{Size{3840, 2160}, Size{1920, 1080}, Size{1280, 720}, Size{640, 480}};
constexpr std::array usual_rates{60, 50, 30, 25};

std::vector<Size> sizes_within(const v4l2_frmsize_stepwise& range) {
    const auto fits = [&range](Size size) {
        const auto on_step = [](std::uint32_t value, std::uint32_t low, std::uint32_t high, std::uint32_t step) {
            return value >= low && value <= high && (value - low) % std::max(step, 1U) == 0;
        };
        return on_step(size.width_px, range.min_width, range.max_width, range.step_width) &&
               on_step(size.height_px, range.min_height, range.max_height, range.step_height);
    };
    std::vector<Size> sizes;
    std::copy_if(usual_sizes.begin(), usual_sizes.end(), std::back_inserter(sizes), fits);
    if (sizes.empty()) sizes.push_back({range.max_width, range.max_height});
    return sizes;
}

std::vector<Size> sizes_of(const Node& node, std::uint32_t fourcc) {
    std::vector<Size> sizes;
    for (std::uint32_t index = 0;; ++index) {
        v4l2_frmsizeenum found{};
        found.index = index;
        found.pixel_format = fourcc;
        if (node.ask(VIDIOC_ENUM_FRAMESIZES, found) != 0) return sizes;
        if (found.type != V4L2_FRMSIZE_TYPE_DISCRETE) return sizes_within(found.stepwise);
        sizes.push_back({found.discrete.width, found.discrete.height});
    }
}

Rational rate_of(v4l2_fract interval) {
    return {static_cast<int>(interval.denominator), static_cast<int>(interval.numerator)};
}

std::vector<Rational> rates_within(const v4l2_frmival_stepwise& range) {
    const Rational fastest = rate_of(range.min), slowest = rate_of(range.max);
    std::vector<Rational> rates;
    for (const int usual : usual_rates) {
        const Rational rate{usual, 1};
        if (rate <= fastest && rate >= slowest) rates.push_back(rate);
    }
    if (rates.empty() && fastest.is_positive()) rates.push_back(fastest);
    return rates;
}

std::vector<Rational> rates_of(const Node& node, std::uint32_t fourcc, Size size) {
    std::vector<Rational> rates;
    for (std::uint32_t index = 0;; ++index) {
        v4l2_frmivalenum found{};
        found.index = index;
        found.pixel_format = fourcc;
        found.width = size.width_px;
        found.height = size.height_px;
        if (node.ask(VIDIOC_ENUM_FRAMEINTERVALS, found) != 0) break;
        if (found.type != V4L2_FRMIVAL_TYPE_DISCRETE) return rates_within(found.stepwise);
        if (rate_of(found.discrete).is_positive()) rates.push_back(rate_of(found.discrete));
    }
    std::sort(rates.begin(), rates.end(), std::greater<>());
    rates.erase(std::unique(rates.begin(), rates.end()), rates.end());
    return rates;
}

std::vector<CameraMode> modes_of(const Node& node) {
    std::vector<CameraMode> modes;
    for (std::uint32_t index = 0;; ++index) {
        v4l2_fmtdesc format{};
        format.index = index;
        format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        if (node.ask(VIDIOC_ENUM_FMT, format) != 0) return modes;
        const auto known = std::find_if(known_formats.begin(), known_formats.end(),
                                        [&](const KnownFormat& k) { return k.fourcc == format.pixelformat; });
        if (known == known_formats.end()) continue;
        for (const Size size : sizes_of(node, format.pixelformat)) {
            modes.push_back({known->name, static_cast<int>(size.width_px), static_cast<int>(size.height_px),
                             rates_of(node, format.pixelformat, size)});
        }
    }
}

/// Whether another program streams from the camera: only its owner may then set the format it already has.
bool in_use(const Node& node) {
    v4l2_format format{};
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    return node.ask(VIDIOC_G_FMT, format) == 0 && node.ask(VIDIOC_S_FMT, format) == EBUSY;
}

template <std::size_t Length>
std::string text_of(const __u8 (&field)[Length]) {
    const char* const text = reinterpret_cast<const char*>(field);
    return {text, ::strnlen(text, Length)};
}

/// The serial number of the USB device behind a node. Its video4linux device belongs to an interface of it.
std::string serial_of(const std::string& path) {
    std::error_code error;
    const std::filesystem::path node = std::filesystem::canonical(path, error);  // `path` may be a link
    const std::string name = (error ? std::filesystem::path(path) : node).filename();
    std::ifstream file("/sys/class/video4linux/" + name + "/device/../serial");
    std::string serial;
    std::getline(file, serial);
    return serial;
}

/// Nothing for a node that captures no pictures.
std::optional<CameraDevice> identity_of(const Node& node, const std::string& path) {
    v4l2_capability capability{};
    if (node.ask(VIDIOC_QUERYCAP, capability) != 0) return std::nullopt;
    const bool per_node = capability.capabilities & V4L2_CAP_DEVICE_CAPS;
    const std::uint32_t can = per_node ? capability.device_caps : capability.capabilities;
    if (!(can & V4L2_CAP_VIDEO_CAPTURE) || !(can & V4L2_CAP_STREAMING)) return std::nullopt;
    CameraDevice camera;
    camera.path = path;
    camera.name = text_of(capability.card);
    camera.bus = text_of(capability.bus_info);
    camera.serial = serial_of(path);
    return camera;
}

template <typename Look>
std::vector<CameraDevice> of_every_node(const Look& look) {
    constexpr int most_nodes = 256;  // the kernel's limit of V4L2 minors
    std::vector<CameraDevice> cameras;
    for (int number = 0; number < most_nodes; ++number) {
        if (auto camera = look("/dev/video" + std::to_string(number))) cameras.push_back(std::move(*camera));
    }
    return cameras;
}

}  // namespace

Error camera_open_error(const std::string& camera, int error) {
    switch (error) {
        case EBUSY:
            return {ErrorKind::DeviceBusy,
                    say("The camera {0} is in use by another program: close that program, then try again.", camera)};
        case EACCES:
        case EPERM:
            return {ErrorKind::Io, say("You may not use the camera {0}: add yourself to the group \"video\" (sudo "
                                       "usermod -aG video $USER), log out and in again.",
                                       camera)};
        case ENOSPC:
            return {ErrorKind::Io,
                    say("The camera {0} gets too little of the USB line: plug it into another port of the "
                        "computer itself, away from other cameras.",
                        camera)};
        case ENOENT:
        case ENODEV:
        case ENXIO:
            return {ErrorKind::DeviceNotFound,
                    say("The camera {0} is not there: check its cable, then try again.", camera)};
        default:
            return {ErrorKind::Io, say("The camera {0} can't be opened ({1}): unplug it, plug it in again, and retry.",
                                       camera, std::strerror(error))};
    }
}

std::optional<CameraDevice> identify_camera(const std::string& path) {
    const Node node(path);
    return node.is_open() ? identity_of(node, path) : std::nullopt;
}

std::vector<CameraDevice> identify_cameras() { return of_every_node(identify_camera); }

const CameraDevice* find_same_camera(const CameraDevice& lost, std::span<const CameraDevice> others,
                                     std::span<const CameraDevice> present) {
    const auto same_port = [](const CameraDevice& one, const CameraDevice& another) {
        return one.bus == another.bus && one.name == another.name;
    };
    const CameraDevice* by_port = nullptr;
    const CameraDevice* by_serial = nullptr;
    const CameraDevice* by_name = nullptr;
    int of_that_name = 0;
    for (const CameraDevice& camera : present) {
        if (camera.name != lost.name || camera.serial != lost.serial) continue;
        if (same_port(camera, lost)) {
            // A camera may have several nodes, for infrared for example.
            if (!by_port || camera.path == lost.path) by_port = &camera;
            continue;
        }
        const bool other =
            std::any_of(others.begin(), others.end(), [&](const CameraDevice& one) { return same_port(one, camera); });
        if (other) continue;
        if (!camera.serial.empty() && !by_serial) by_serial = &camera;
        by_name = &camera;
        ++of_that_name;
    }
    if (by_port) return by_port;
    if (by_serial) return by_serial;
    return of_that_name == 1 ? by_name : nullptr;
}

bool camera_in_use(const std::string& path) {
    const Node node(path);
    return node.is_open() ? in_use(node) : errno == EBUSY;
}

std::optional<CameraDevice> describe_camera(const std::string& path) {
    const Node node(path);
    if (!node.is_open()) {
        const int error = errno;
        if (error != EBUSY && error != EACCES && error != EPERM) return std::nullopt;
        CameraDevice camera;
        camera.path = camera.name = path;
        camera.problem = camera_open_error(path, error).message;
        return camera;
    }
    auto camera = identity_of(node, path);
    if (!camera) return std::nullopt;
    camera->modes = modes_of(node);
    if (in_use(node)) {
        camera->problem = camera_open_error(camera->name, EBUSY).message;
    } else if (camera->modes.empty()) {
        camera->problem = say("The camera {0} offers no picture format this program can read.", camera->name);
    }
    return camera;
}

std::vector<CameraDevice> list_cameras() { return of_every_node(describe_camera); }

}  // namespace changji
