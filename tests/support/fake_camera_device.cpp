#include "tests/support/fake_camera_device.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

namespace changji::test {
namespace fs = std::filesystem;
namespace {
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

int fail(int error) {
    errno = error;
    return -1;
}

}  // namespace

FakeCameraDevice::FakeCameraDevice(fs::path file, int flags)
    : file_(std::move(file)),
      description_(parse(file_)),
      fd_(::eventfd(0, EFD_SEMAPHORE | EFD_CLOEXEC | ((flags & O_NONBLOCK) != 0 ? EFD_NONBLOCK : 0))) {}

FakeCameraDevice::~FakeCameraDevice() {
    stop();
    release_buffers();
}

void* FakeCameraDevice::map(std::size_t length, off_t offset) const {
    return ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, memory_, offset);
}

bool FakeCameraDevice::suffer(double time_s) {
    if (!fs::exists(file_)) return false;
    const auto faults = parse(file_).faults;  // read anew: a test may add to them while the camera runs
    while (faults_done_ < faults.size() && faults[faults_done_].at_s <= time_s) {
        const Fault& fault = faults[faults_done_++];
        if (fault.verb == "unplug") return false;
        if (fault.verb == "stall") stalled_until_s_ = time_s + fault.argument;
        if (fault.verb == "drop") to_drop_ = static_cast<int>(fault.argument);
        if (fault.verb == "error") to_damage_ = static_cast<int>(fault.argument);
        if (fault.verb == "truncate") to_truncate_ = static_cast<int>(fault.argument);
        if (fault.verb == "rate") actual_rate_ = fault.argument;
    }
    return true;
}

void FakeCameraDevice::fill(const std::string& picture) {
    const std::lock_guard lock(mutex_);
    if (to_drop_ > 0 || empty_.empty()) {  // without an empty buffer a driver loses the picture too
        to_drop_ = std::max(to_drop_ - 1, 0);
        ++sequence_;
        return;
    }
    v4l2_buffer& buffer = buffers_[empty_.front()];
    auto bytes = static_cast<std::uint32_t>(std::min<std::size_t>(picture.size(), buffer_bytes_));
    if (to_truncate_ > 0) bytes /= 2, --to_truncate_;
    std::copy_n(picture.data(), bytes, base_ + std::size_t{buffer_bytes_} * buffer.index);
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    buffer.timestamp = {now.tv_sec, now.tv_nsec / 1000};
    buffer.bytesused = bytes;
    buffer.sequence = sequence_++;
    buffer.flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_DONE | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    if (to_damage_ > 0) buffer.flags |= V4L2_BUF_FLAG_ERROR, --to_damage_;
    filled_.push_back(buffer.index);
    empty_.pop_front();
    ::eventfd_write(fd_, 1);
}

void FakeCameraDevice::drive() {
    const auto frames = load_frames(description_.modes[mode_]);
    const auto start = Clock::now();
    actual_rate_ = rate_;
    double due_s = 0;
    for (std::size_t tick = 0;; ++tick) {
        due_s += 1 / actual_rate_;
        {
            std::unique_lock lock(mutex_);
            const auto due = start + std::chrono::duration_cast<Clock::duration>(Seconds(due_s));
            if (changed_.wait_until(lock, due, [this] { return stopping_; })) return;
        }
        if (!suffer(due_s)) {
            const std::lock_guard lock(mutex_);
            gone_ = true;
            ::eventfd_write(fd_, 1);
            return;
        }
        if (due_s >= stalled_until_s_ && !frames.empty()) fill(frames[tick % frames.size()]);
    }
}

void FakeCameraDevice::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (driver_.joinable()) driver_.join();
    stopping_ = streaming_ = false;
    eventfd_t ignored = 0;
    for (; !filled_.empty(); filled_.pop_front()) ::eventfd_read(fd_, &ignored);
    empty_.clear();
}

void FakeCameraDevice::release_buffers() {
    if (base_) ::munmap(base_, std::size_t{buffer_bytes_} * buffers_.size());
    base_ = nullptr;
    buffers_.clear();
    for (int* const fd : {&memory_, &owner_}) {
        if (*fd >= 0) ::close(*fd);
        *fd = -1;
    }
}

int FakeCameraDevice::take_ownership() {
    if (owner_ >= 0) return 0;
    const int handle = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) return fail(ENODEV);
    if (::flock(handle, LOCK_EX | LOCK_NB) < 0) {
        ::close(handle);
        return fail(EBUSY);
    }
    owner_ = handle;
    return 0;
}

int FakeCameraDevice::query(v4l2_capability& answer) const {
    answer = {};
    std::snprintf(reinterpret_cast<char*>(answer.driver), sizeof answer.driver, "uvcvideo");
    std::snprintf(reinterpret_cast<char*>(answer.card), sizeof answer.card, "%s", description_.name.c_str());
    std::snprintf(reinterpret_cast<char*>(answer.bus_info), sizeof answer.bus_info, "usb-fake-%s",
                  file_.filename().c_str());
    answer.version = 0x60100;
    answer.device_caps = description_.capability | V4L2_CAP_STREAMING | V4L2_CAP_EXT_PIX_FORMAT;
    answer.capabilities = answer.device_caps | V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE;
    return 0;
}

int FakeCameraDevice::enumerate(v4l2_fmtdesc& answer) const {
    std::vector<std::uint32_t> formats;
    for (const Mode& mode : description_.modes) {
        if (std::find(formats.begin(), formats.end(), mode.fourcc) == formats.end()) formats.push_back(mode.fourcc);
    }
    if (answer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || answer.index >= formats.size()) return fail(EINVAL);
    answer.pixelformat = formats[answer.index];
    answer.flags = answer.pixelformat == V4L2_PIX_FMT_MJPEG ? V4L2_FMT_FLAG_COMPRESSED : 0;
    return 0;
}

int FakeCameraDevice::enumerate(v4l2_frmsizeenum& answer) const {
    std::uint32_t index = 0;
    for (const Mode& mode : description_.modes) {
        if (mode.fourcc != answer.pixel_format || index++ != answer.index) continue;
        if (mode.stepwise()) {
            answer.type = V4L2_FRMSIZE_TYPE_STEPWISE;
            answer.stepwise = {mode.least_width, mode.width, 2, mode.least_height, mode.height, 2};
        } else {
            answer.type = V4L2_FRMSIZE_TYPE_DISCRETE;
            answer.discrete = {mode.width, mode.height};
        }
        return 0;
    }
    return fail(EINVAL);
}

int FakeCameraDevice::enumerate(v4l2_frmivalenum& answer) const {
    for (const Mode& mode : description_.modes) {
        if (mode.fourcc != answer.pixel_format || answer.width > mode.width || answer.width < mode.least_width ||
            answer.height > mode.height || answer.height < mode.least_height) {
            continue;
        }
        if (mode.stepwise()) {
            if (answer.index > 0) return fail(EINVAL);
            answer.type = V4L2_FRMIVAL_TYPE_STEPWISE;
            const auto [slowest, fastest] = std::minmax_element(mode.rates.begin(), mode.rates.end());
            answer.stepwise = {{1, *fastest}, {1, *slowest}, {1, 1'000'000}};
            return 0;
        }
        if (answer.index >= mode.rates.size()) return fail(EINVAL);
        answer.type = V4L2_FRMIVAL_TYPE_DISCRETE;
        answer.discrete = {1, mode.rates[answer.index]};
        return 0;
    }
    return fail(EINVAL);
}

int FakeCameraDevice::format(v4l2_format& answer, bool set) {
    if (answer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || description_.modes.empty()) return fail(EINVAL);
    if (set) {
        const bool mine = owner_ >= 0;
        if (take_ownership() < 0) return -1;
        if (!mine) ::close(std::exchange(owner_, -1));
        const auto& wanted = answer.fmt.pix;
        const auto match = std::find_if(description_.modes.begin(), description_.modes.end(), [&](const Mode& mode) {
            return mode.fourcc == wanted.pixelformat && mode.width == wanted.width && mode.height == wanted.height;
        });
        mode_ = match == description_.modes.end() ? 0 : static_cast<std::size_t>(match - description_.modes.begin());
        rate_ = description_.modes[mode_].rates.front();
    }
    const Mode& mode = description_.modes[mode_];
    answer.fmt.pix = {};
    answer.fmt.pix.width = mode.width;
    answer.fmt.pix.height = mode.height;
    answer.fmt.pix.pixelformat = mode.fourcc;
    answer.fmt.pix.field = V4L2_FIELD_NONE;
    answer.fmt.pix.bytesperline = mode.fourcc == V4L2_PIX_FMT_YUYV ? mode.width * 2 : 0;
    answer.fmt.pix.sizeimage = mode.frame_bytes();
    answer.fmt.pix.colorspace = V4L2_COLORSPACE_SRGB;
    return 0;
}

int FakeCameraDevice::rate(v4l2_streamparm& answer, bool set) {
    if (answer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || description_.modes.empty()) return fail(EINVAL);
    auto& interval = answer.parm.capture.timeperframe;
    const auto& rates = description_.modes[mode_].rates;
    if (set && interval.numerator != 0) {
        const unsigned wanted = interval.denominator / interval.numerator;
        if (std::find(rates.begin(), rates.end(), wanted) != rates.end()) rate_ = wanted;
    }
    if (rate_ == 0) rate_ = rates.front();
    answer.parm.capture = {};
    answer.parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
    interval = {1, rate_};
    return 0;
}

int FakeCameraDevice::request_buffers(v4l2_requestbuffers& request) {
    if (request.memory != V4L2_MEMORY_MMAP) return fail(EINVAL);
    if (take_ownership() < 0) return -1;
    if (request.count == 0) return release_buffers(), 0;
    request.count = std::min(request.count, 8U);
    buffer_bytes_ = (description_.modes[mode_].frame_bytes() + 4095U) & ~4095U;
    const std::size_t all = std::size_t{buffer_bytes_} * request.count;
    memory_ = ::memfd_create("fake-camera", MFD_CLOEXEC);
    if (memory_ < 0 || ::ftruncate(memory_, static_cast<off_t>(all)) < 0) return -1;
    base_ = static_cast<std::uint8_t*>(map(all, 0));
    buffers_.assign(request.count, v4l2_buffer{});
    for (std::uint32_t index = 0; index < request.count; ++index) {
        v4l2_buffer& buffer = buffers_[index];
        buffer.index = index;
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        buffer.length = description_.modes[mode_].frame_bytes();
        buffer.m.offset = index * buffer_bytes_;
        buffer.field = V4L2_FIELD_NONE;
    }
    return 0;
}

int FakeCameraDevice::queue(const v4l2_buffer& buffer) {
    const std::lock_guard lock(mutex_);
    if (buffer.index >= buffers_.size()) return fail(EINVAL);
    empty_.push_back(buffer.index);
    return 0;
}

int FakeCameraDevice::dequeue(v4l2_buffer& buffer) {
    eventfd_t one = 0;
    if (::eventfd_read(fd_, &one) < 0) return -1;  // EAGAIN when non-blocking
    const std::lock_guard lock(mutex_);
    if (gone_ || filled_.empty()) return fail(ENODEV);
    buffer = buffers_[filled_.front()];
    filled_.pop_front();
    return 0;
}

int FakeCameraDevice::ioctl(unsigned long request, void* argument) {
    if (gone_ || !fs::exists(file_)) return fail(ENODEV);
    switch (request) {
        case VIDIOC_QUERYCAP: return query(*static_cast<v4l2_capability*>(argument));
        case VIDIOC_ENUM_FMT: return enumerate(*static_cast<v4l2_fmtdesc*>(argument));
        case VIDIOC_ENUM_FRAMESIZES: return enumerate(*static_cast<v4l2_frmsizeenum*>(argument));
        case VIDIOC_ENUM_FRAMEINTERVALS: return enumerate(*static_cast<v4l2_frmivalenum*>(argument));
        case VIDIOC_G_FMT: return format(*static_cast<v4l2_format*>(argument), false);
        case VIDIOC_S_FMT: return format(*static_cast<v4l2_format*>(argument), true);
        case VIDIOC_G_PARM: return rate(*static_cast<v4l2_streamparm*>(argument), false);
        case VIDIOC_S_PARM: return rate(*static_cast<v4l2_streamparm*>(argument), true);
        case VIDIOC_REQBUFS: return request_buffers(*static_cast<v4l2_requestbuffers*>(argument));
        case VIDIOC_QUERYBUF: {
            auto& buffer = *static_cast<v4l2_buffer*>(argument);
            return buffer.index < buffers_.size() ? buffer = buffers_[buffer.index], 0 : fail(EINVAL);
        }
        case VIDIOC_QBUF: return queue(*static_cast<v4l2_buffer*>(argument));
        case VIDIOC_DQBUF: return dequeue(*static_cast<v4l2_buffer*>(argument));
        case VIDIOC_STREAMON:
            if (!std::exchange(streaming_, true)) driver_ = std::thread([this] { drive(); });
            return 0;
        case VIDIOC_STREAMOFF: return stop(), 0;
        case VIDIOC_G_INPUT: return *static_cast<int*>(argument) = 0;
        case VIDIOC_S_INPUT: return *static_cast<int*>(argument) == 0 ? 0 : fail(EINVAL);
        case VIDIOC_ENUMINPUT: {
            auto& input = *static_cast<v4l2_input*>(argument);
            if (input.index != 0) return fail(EINVAL);
            input = {};
            input.type = V4L2_INPUT_TYPE_CAMERA;
            return 0;
        }
        default: return fail(ENOTTY);
    }
}

}  // namespace changji::test
