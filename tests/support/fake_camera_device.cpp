#include "tests/support/fake_camera_device.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <map>
#include <utility>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace changji::test {
namespace fs = std::filesystem;
namespace {

constexpr std::array known_requests{VIDIOC_QUERYCAP,       VIDIOC_G_PRIORITY,      VIDIOC_S_PRIORITY,
                                    VIDIOC_REQBUFS,        VIDIOC_QUERYBUF,        VIDIOC_DQBUF,
                                    VIDIOC_QBUF,           VIDIOC_STREAMON,        VIDIOC_STREAMOFF,
                                    VIDIOC_ENUM_FMT,       VIDIOC_ENUM_FRAMESIZES, VIDIOC_ENUM_FRAMEINTERVALS,
                                    VIDIOC_G_FMT,          VIDIOC_TRY_FMT,         VIDIOC_S_FMT,
                                    VIDIOC_G_PARM,         VIDIOC_S_PARM,          VIDIOC_G_INPUT,
                                    VIDIOC_S_INPUT,        VIDIOC_ENUMINPUT,       VIDIOC_QUERYCTRL,
                                    VIDIOC_QUERY_EXT_CTRL, VIDIOC_QUERYMENU,       VIDIOC_G_CTRL,
                                    VIDIOC_S_CTRL,         VIDIOC_G_EXT_CTRLS,     VIDIOC_TRY_EXT_CTRLS,
                                    VIDIOC_S_EXT_CTRLS,    VIDIOC_SUBSCRIBE_EVENT, VIDIOC_UNSUBSCRIBE_EVENT,
                                    VIDIOC_DQEVENT};

/// Who may change settings: the highest of all handles on a camera counts. Of this program only.
class Priorities {
public:
    /// False while another handle has a higher one.
    bool set(const FakeCameraDevice* handle, std::uint32_t priority) {
        const std::lock_guard lock(mutex_);
        auto& own = handles_[handle];
        for (const auto& [other, one] : handles_) {
            if (one.first == handle->file() && one.second > own.second && own.second > 0) return false;
        }
        own = {handle->file(), priority};
        return true;
    }
    void forget(const FakeCameraDevice* handle) {
        const std::lock_guard lock(mutex_);
        handles_.erase(handle);
    }
    std::uint32_t highest(const fs::path& file) {
        const std::lock_guard lock(mutex_);
        std::uint32_t highest = V4L2_PRIORITY_UNSET;
        for (const auto& [handle, one] : handles_) {
            if (one.first == file) highest = std::max(highest, one.second);
        }
        return highest;
    }

private:
    std::mutex mutex_;
    std::map<const FakeCameraDevice*, std::pair<fs::path, std::uint32_t>> handles_;
};
Priorities& priorities() {
    static auto& the_priorities = *new Priorities;  // never destroyed: closing goes on while a program ends
    return the_priorities;
}

}  // namespace

FakeCameraDevice::FakeCameraDevice(const fs::path& file, int flags)
    : plug_(file),
      description_(parse(file)),
      fd_(::eventfd(0, EFD_SEMAPHORE | EFD_CLOEXEC | ((flags & O_NONBLOCK) != 0 ? EFD_NONBLOCK : 0))),
      formats_(file, description_),
      controls_(plug_, description_),
      stream_(plug_, fd_) {
    priorities().set(this, V4L2_PRIORITY_INTERACTIVE);
}

FakeCameraDevice::~FakeCameraDevice() {
    priorities().forget(this);
    stream_.stop();
    if (!plug_.is_open()) ::close(fd_);  // nobody was given it
}

int FakeCameraDevice::query(v4l2_capability& answer) const {
    answer = {};
    std::snprintf(reinterpret_cast<char*>(answer.driver), sizeof answer.driver, "uvcvideo");
    std::snprintf(reinterpret_cast<char*>(answer.card), sizeof answer.card, "%s", description_.name.c_str());
    const std::string bus = description_.bus.empty() ? "usb-fake-" + file().filename().string() : description_.bus;
    std::snprintf(reinterpret_cast<char*>(answer.bus_info), sizeof answer.bus_info, "%s", bus.c_str());
    answer.version = 0x60100;
    answer.device_caps = description_.capability | V4L2_CAP_STREAMING | V4L2_CAP_EXT_PIX_FORMAT;
    answer.capabilities = answer.device_caps | V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE;
    return 0;
}

int FakeCameraDevice::input(v4l2_input& answer) const {
    if (answer.index != 0) return EINVAL;
    answer = {};
    std::snprintf(reinterpret_cast<char*>(answer.name), sizeof answer.name, "Camera 1");
    answer.type = V4L2_INPUT_TYPE_CAMERA;
    return 0;
}

int FakeCameraDevice::set_format(v4l2_format& wanted) {
    if (stream_.has_buffers()) return EBUSY;
    if (!plug_.take_ownership()) return EBUSY;  // another program streams
    plug_.release_ownership();
    return formats_.format(wanted, FakeCameraFormats::Access::Set);
}

int FakeCameraDevice::request_buffers(v4l2_requestbuffers& wanted) {
    if (!formats_.any()) return EINVAL;
    if (!plug_.take_ownership()) return EBUSY;
    const int error = stream_.request(wanted, formats_.mode());
    if (!stream_.has_buffers()) plug_.release_ownership();
    return error;
}

int FakeCameraDevice::answer_format(unsigned long request, void* argument) {
    using Access = FakeCameraFormats::Access;
    switch (request) {
        case VIDIOC_ENUM_FMT: return formats_.enumerate(*static_cast<v4l2_fmtdesc*>(argument));
        case VIDIOC_ENUM_FRAMESIZES: return formats_.enumerate(*static_cast<v4l2_frmsizeenum*>(argument));
        case VIDIOC_ENUM_FRAMEINTERVALS: return formats_.enumerate(*static_cast<v4l2_frmivalenum*>(argument));
        case VIDIOC_G_FMT: return formats_.format(*static_cast<v4l2_format*>(argument), Access::Get);
        case VIDIOC_TRY_FMT: return formats_.format(*static_cast<v4l2_format*>(argument), Access::Try);
        case VIDIOC_S_FMT: return set_format(*static_cast<v4l2_format*>(argument));
        case VIDIOC_G_PARM: return formats_.rate(*static_cast<v4l2_streamparm*>(argument), Access::Get);
        case VIDIOC_S_PARM: return formats_.rate(*static_cast<v4l2_streamparm*>(argument), Access::Set);
        case VIDIOC_G_INPUT: return *static_cast<int*>(argument) = 0;
        case VIDIOC_S_INPUT: return *static_cast<int*>(argument) == 0 ? 0 : EINVAL;
        case VIDIOC_ENUMINPUT: return input(*static_cast<v4l2_input*>(argument));
        default: return ENOTTY;
    }
}

int FakeCameraDevice::answer_control(unsigned long request, void* argument) {
    if (!controls_.any()) return ENOTTY;
    using Access = FakeCameraControls::Access;
    switch (request) {
        case VIDIOC_QUERYCTRL: return controls_.query(*static_cast<v4l2_queryctrl*>(argument));
        case VIDIOC_QUERY_EXT_CTRL: return controls_.query(*static_cast<v4l2_query_ext_ctrl*>(argument));
        case VIDIOC_QUERYMENU: return controls_.menu_item(*static_cast<v4l2_querymenu*>(argument));
        case VIDIOC_G_CTRL: return controls_.get(*static_cast<v4l2_control*>(argument));
        case VIDIOC_S_CTRL: return controls_.set(*static_cast<v4l2_control*>(argument));
        case VIDIOC_G_EXT_CTRLS: return controls_.access(*static_cast<v4l2_ext_controls*>(argument), Access::Get);
        case VIDIOC_TRY_EXT_CTRLS: return controls_.access(*static_cast<v4l2_ext_controls*>(argument), Access::Try);
        case VIDIOC_S_EXT_CTRLS: return controls_.access(*static_cast<v4l2_ext_controls*>(argument), Access::Set);
        case VIDIOC_SUBSCRIBE_EVENT: return controls_.subscribe(*static_cast<const v4l2_event_subscription*>(argument));
        case VIDIOC_UNSUBSCRIBE_EVENT:
            return controls_.unsubscribe(*static_cast<const v4l2_event_subscription*>(argument));
        case VIDIOC_DQEVENT: return controls_.next_event(*static_cast<v4l2_event*>(argument));
        default: return ENOTTY;
    }
}

int FakeCameraDevice::answer(unsigned long request, void* argument) {
    // Waits for a picture, perhaps for ever: others may ask meanwhile. The stream sees for itself when it is unplugged.
    if (request == VIDIOC_DQBUF && stream_.is_running()) return stream_.dequeue(*static_cast<v4l2_buffer*>(argument));
    if (!plug_.connected()) return ENODEV;
    const std::lock_guard lock(settings_);
    switch (request) {
        case VIDIOC_QUERYCAP: return query(*static_cast<v4l2_capability*>(argument));
        case VIDIOC_G_PRIORITY: return *static_cast<std::uint32_t*>(argument) = priorities().highest(file()), 0;
        case VIDIOC_S_PRIORITY:
            if (*static_cast<std::uint32_t*>(argument) > V4L2_PRIORITY_RECORD) return EINVAL;
            return priorities().set(this, *static_cast<std::uint32_t*>(argument)) ? 0 : EBUSY;
        case VIDIOC_REQBUFS: return request_buffers(*static_cast<v4l2_requestbuffers*>(argument));
        case VIDIOC_QUERYBUF: return stream_.query(*static_cast<v4l2_buffer*>(argument));
        case VIDIOC_DQBUF: return EINVAL;  // not streaming
        case VIDIOC_QBUF: return stream_.queue(*static_cast<v4l2_buffer*>(argument));
        case VIDIOC_STREAMON:
            if (*static_cast<int*>(argument) != V4L2_BUF_TYPE_VIDEO_CAPTURE || !formats_.any()) return EINVAL;
            return stream_.start(formats_.mode(), formats_.chosen_rate(), description_.flash_period_s);
        case VIDIOC_STREAMOFF:
            if (*static_cast<int*>(argument) != V4L2_BUF_TYPE_VIDEO_CAPTURE) return EINVAL;
            return stream_.stop(), 0;
        default: break;
    }
    const int error = answer_format(request, argument);
    return error == ENOTTY ? answer_control(request, argument) : error;
}

int FakeCameraDevice::ioctl(unsigned long request, void* argument) {
    constexpr std::uintptr_t no_address_below = 4096;
    const bool bad_address = reinterpret_cast<std::uintptr_t>(argument) < no_address_below;
    const bool known = std::find(known_requests.begin(), known_requests.end(), request) != known_requests.end();
    const int error = !known ? ENOTTY : bad_address ? EFAULT : answer(request, argument);
    if (error == 0) return 0;
    errno = error;
    return -1;
}

}  // namespace changji::test
