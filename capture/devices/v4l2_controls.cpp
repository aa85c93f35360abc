#include "capture/devices/v4l2_controls.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <thread>
#include <utility>

#include "capture/devices/cameras.hpp"

namespace changji {
namespace {
using namespace std::chrono_literals;

struct Requests {
    ControlId id;
    std::uint32_t value;
    std::uint32_t automatic;  // 0: a menu item of the value
};
constexpr std::array known_controls{
    Requests{ControlId::Exposure, V4L2_CID_EXPOSURE_ABSOLUTE, V4L2_CID_EXPOSURE_AUTO},
    Requests{ControlId::Gain, V4L2_CID_GAIN, V4L2_CID_AUTOGAIN},
    Requests{ControlId::WhiteBalance, V4L2_CID_WHITE_BALANCE_TEMPERATURE, V4L2_CID_AUTO_WHITE_BALANCE},
    Requests{ControlId::Focus, V4L2_CID_FOCUS_ABSOLUTE, V4L2_CID_FOCUS_AUTO},
    Requests{ControlId::PowerLine, V4L2_CID_POWER_LINE_FREQUENCY, 0},
};

struct Mains {
    int hz;
    int item;
};
constexpr std::array mains{Mains{0, V4L2_CID_POWER_LINE_FREQUENCY_DISABLED},
                           Mains{50, V4L2_CID_POWER_LINE_FREQUENCY_50HZ},
                           Mains{60, V4L2_CID_POWER_LINE_FREQUENCY_60HZ}};

// The items of the exposure menu by what they do to the time of exposure, the commoner first.
constexpr std::array automatic_exposures{V4L2_EXPOSURE_APERTURE_PRIORITY, V4L2_EXPOSURE_AUTO};
constexpr std::array manual_exposures{V4L2_EXPOSURE_MANUAL, V4L2_EXPOSURE_SHUTTER_PRIORITY};

bool is_automatic(std::uint32_t id, int item) {
    if (id != V4L2_CID_EXPOSURE_AUTO) return item != 0;
    return std::find(automatic_exposures.begin(), automatic_exposures.end(), item) != automatic_exposures.end();
}

int hz_of(int item) {
    const auto found = std::find_if(mains.begin(), mains.end(), [item](Mains m) { return m.item == item; });
    return found == mains.end() ? 0 : found->hz;
}

/// What USB firmware answers when it is busy with something else, or has lost its thread for a moment.
bool may_pass(int error) {
    constexpr std::array passing{EIO, EBUSY, EAGAIN, EPIPE, EPROTO, ETIMEDOUT, EILSEQ};
    return std::find(passing.begin(), passing.end(), error) != passing.end();
}

bool is_gone(int error) { return error == ENODEV || error == ENXIO || error == EBADF || error == ESHUTDOWN; }

/// The nearest value on a step of `range`.
int on_step(const v4l2_queryctrl& range, int value) {
    const std::int64_t step = std::max(range.step, 1);
    const std::int64_t steps = (std::int64_t{value} - range.minimum + step / 2) / step;
    const std::int64_t nearest = range.minimum + steps * step;
    return static_cast<int>(nearest > range.maximum ? nearest - step : nearest);
}

}  // namespace

struct V4l2Controls::Control {
    ControlId id = ControlId::Unspecified;
    std::optional<v4l2_queryctrl> value;
    std::optional<v4l2_queryctrl> automatic;
};

Result<V4l2Controls> V4l2Controls::open(const std::string& path, const std::string& camera_name) {
    const int fd = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return camera_open_error(camera_name, errno);
    const std::shared_ptr<const int> owner(new int(fd), [](const int* opened) {
        ::close(*opened);
        delete opened;
    });
    return V4l2Controls(camera_name, [owner](unsigned long request, void* argument) {
        return ::ioctl(*owner, request, argument) < 0 ? errno : 0;
    });
}

int V4l2Controls::ask(unsigned long request, void* argument) const {
    const auto longest_wait = request == VIDIOC_S_CTRL ? 80ms : 20ms;
    for (auto wait = 10ms;; wait *= 2) {
        int error = 0;
        do {
            error = ask_(request, argument);
        } while (error == EINTR);
        if (!may_pass(error) || wait > longest_wait) return error;
        std::this_thread::sleep_for(wait);
    }
}

std::optional<v4l2_queryctrl> V4l2Controls::query(std::uint32_t id) const {
    if (id == 0) return std::nullopt;
    v4l2_queryctrl control{};
    control.id = id;
    if (ask(VIDIOC_QUERYCTRL, &control) != 0) return std::nullopt;
    if (control.flags & (V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY)) return std::nullopt;
    control.maximum = std::max(control.maximum, control.minimum);
    return control;
}

bool V4l2Controls::offers(const v4l2_queryctrl& menu, int item) const {
    if (item < menu.minimum || item > menu.maximum) return false;
    v4l2_querymenu asked{};
    asked.id = menu.id;
    asked.index = static_cast<std::uint32_t>(item);
    return ask(VIDIOC_QUERYMENU, &asked) != EINVAL;  // a driver without this request leaves only trying
}

std::optional<int> V4l2Controls::read(std::uint32_t id) const {
    v4l2_control control{};
    control.id = id;
    if (ask(VIDIOC_G_CTRL, &control) != 0) return std::nullopt;
    return control.value;
}

int V4l2Controls::write(std::uint32_t id, int value) const {
    for (int tries = 3;; --tries) {
        v4l2_control control{};
        control.id = id;
        control.value = value;
        if (const int error = ask(VIDIOC_S_CTRL, &control)) return error;
        // Some cameras ignore a setting that comes while they carry out the one before.
        if (tries == 1 || read(id).value_or(value) == value) return 0;
        std::this_thread::sleep_for(20ms);
    }
}

std::optional<V4l2Controls::Control> V4l2Controls::find(ControlId id) const {
    for (const Requests& known : known_controls) {
        if (known.id != id) continue;
        const Control control{id, query(known.value), query(known.automatic)};
        if (control.value || control.automatic) return control;
    }
    return std::nullopt;
}

ControlState V4l2Controls::state_of(const Control& control) const {
    ControlState state;
    state.id = control.id;
    if (control.id == ControlId::PowerLine) {
        const int item = read(control.value->id).value_or(control.value->default_value);
        const std::vector<int> hz = mains_offered(*control.value);
        state.min = hz.empty() ? 0 : hz.front();
        state.max = hz.empty() ? 0 : hz.back();
        state.step = 10;
        state.standard = hz_of(control.value->default_value);
        state.value = hz_of(item);
        state.can_be_automatic = offers(*control.value, V4L2_CID_POWER_LINE_FREQUENCY_AUTO);
        state.automatic = item == V4L2_CID_POWER_LINE_FREQUENCY_AUTO;
        return state;
    }
    if (const auto& value = control.value) {
        state.min = value->minimum;
        state.max = value->maximum;
        state.step = std::max(value->step, 1);
        state.standard = std::clamp(value->default_value, state.min, state.max);
        // Some firmware reports values it would refuse.
        state.value = std::clamp(read(value->id).value_or(state.standard), state.min, state.max);
    }
    if (const auto& automatic = control.automatic) {
        state.can_be_automatic = true;
        state.automatic = is_automatic(automatic->id, read(automatic->id).value_or(automatic->default_value));
    }
    return state;
}

std::vector<ControlState> V4l2Controls::list() const {
    std::vector<ControlState> states;
    for (const Requests& known : known_controls) {
        if (const auto control = find(known.id)) states.push_back(state_of(*control));
    }
    return states;
}

std::vector<int> V4l2Controls::mains_offered(const v4l2_queryctrl& menu) const {
    std::vector<int> hz;
    for (const Mains& one : mains) {
        if (offers(menu, one.item)) hz.push_back(one.hz);
    }
    return hz;
}

Error V4l2Controls::failure(ControlId id, int error) const {
    if (is_gone(error)) {
        return {ErrorKind::DeviceLost, say("The camera {0} was disconnected: check its cable and its port.", name_)};
    }
    if (error == EBUSY) {
        return {ErrorKind::DeviceBusy,
                say("Another program holds {1} of the camera {0}: close that program, then try again.", name_,
                    control_id(id))};
    }
    if (error == EACCES || error == EPERM) {
        return {ErrorKind::Io, say("The camera {0} does not let {1} be set now, because another automatic rules it "
                                   "(usually that of the exposure): give exposure a number first.",
                                   name_, control_id(id))};
    }
    return {ErrorKind::Io, say("The camera {0} did not take the setting of {1} ({2}): try again, and if it stays so, "
                               "unplug the camera and plug it in again.",
                               name_, control_id(id), std::strerror(error))};
}

Error V4l2Controls::missing(ControlId id) const {
    v4l2_capability capability{};
    if (const int error = ask(VIDIOC_QUERYCAP, &capability); is_gone(error)) return failure(id, error);
    std::string names;
    for (const ControlState& state : list()) names += (names.empty() ? "" : ", ") + std::string(control_id(state.id));
    if (names.empty()) {
        return {ErrorKind::UnsupportedFormat, say("The camera {0} has no controls that can be set.", name_)};
    }
    return {ErrorKind::UnsupportedFormat,
            say("The camera {0} has no control {1} that can be set. It has: {2}.", name_, control_id(id), names)};
}

Status V4l2Controls::set(const ControlWish& wish) const {
    const auto control = find(wish.id);
    if (!control) return missing(wish.id);
    if (wish.id == ControlId::PowerLine) return set_power_line(*control, wish.value);
    return wish.value ? set_value(*control, *wish.value) : set_automatic(*control);
}

Status V4l2Controls::set_power_line(const Control& control, std::optional<int> hz) const {
    const v4l2_queryctrl& menu = *control.value;
    int item = V4L2_CID_POWER_LINE_FREQUENCY_AUTO;
    if (hz) {
        const auto found = std::find_if(mains.begin(), mains.end(), [&](Mains one) { return one.hz == *hz; });
        item = found == mains.end() ? -1 : found->item;
    }
    if (!offers(menu, item)) {
        std::string offered;
        for (const int one : mains_offered(menu)) {
            offered += (offered.empty() ? "" : ", ") + (one == 0 ? std::string("off") : std::to_string(one));
        }
        return Error{hz ? ErrorKind::InvalidConfig : ErrorKind::UnsupportedFormat,
                     say("The camera {0} can't do power_line={1}. It offers: {2}.", name_,
                         hz ? std::to_string(*hz) : std::string("auto"), offered)};
    }
    if (const int error = write(menu.id, item)) return failure(control.id, error);
    const int got = read(menu.id).value_or(item);
    if (got == item) return {};
    return differs(control.id, hz ? std::to_string(*hz) : "auto", std::to_string(hz_of(got)));
}

Status V4l2Controls::switch_to(const Control& control, Mode mode) const {
    const v4l2_queryctrl& menu = *control.automatic;
    const bool automatic = mode == Mode::Automatic;
    int item = automatic ? 1 : 0;
    if (menu.id == V4L2_CID_EXPOSURE_AUTO) {
        const auto& items = automatic ? automatic_exposures : manual_exposures;
        const auto found = std::find_if(items.begin(), items.end(), [&](int one) { return offers(menu, one); });
        item = found == items.end() ? items.front() : *found;
    }
    if (const int error = write(menu.id, item)) return failure(control.id, error);
    if (is_automatic(menu.id, read(menu.id).value_or(item)) == automatic) return {};
    return Error{ErrorKind::Io,
                 automatic ? say("The camera {0} does not go back to automatic {1}: unplug it and plug it in again.",
                                 name_, control_id(control.id))
                           : say("The camera {0} does not leave automatic {1}: if the camera has a switch or a menu "
                                 "for it, use that.",
                                 name_, control_id(control.id))};
}

Status V4l2Controls::set_automatic(const Control& control) const {
    if (control.automatic) return switch_to(control, Mode::Automatic);
    return Error{
        ErrorKind::UnsupportedFormat,
        say("The camera {0} can't set {1} by itself: give a number from {2} to {3}.", name_, control_id(control.id),
            std::to_string(control.value->minimum), std::to_string(control.value->maximum))};
}

Status V4l2Controls::set_value(const Control& control, int value) const {
    const int min = control.value ? control.value->minimum : 0, max = control.value ? control.value->maximum : 0;
    if (value < min || value > max) {
        return Error{ErrorKind::InvalidConfig,
                     say("{1}={2} is more or less than the camera {0} can do: it goes from {3} to {4}.", name_,
                         control_id(control.id), std::to_string(value), std::to_string(min), std::to_string(max))};
    }
    const bool was_automatic =
        control.automatic &&
        is_automatic(control.automatic->id, read(control.automatic->id).value_or(control.automatic->default_value));
    if (was_automatic) {
        if (Status off = switch_to(control, Mode::Manual); !off) return off;
    }
    if (!control.value) return {};
    const int wanted = on_step(*control.value, value);
    if (const int error = write(control.value->id, wanted)) {
        // Held at a value nobody chose would be worse than automatic.
        if (was_automatic) (void)switch_to(control, Mode::Automatic);
        return failure(control.id, error);
    }
    const int got = read(control.value->id).value_or(wanted);
    if (got == wanted) return {};
    return differs(control.id, std::to_string(wanted), std::to_string(got));
}

Error V4l2Controls::differs(ControlId id, const std::string& wanted, const std::string& got) const {
    return {ErrorKind::Io, say("The camera {0} was asked for {1}={2} but uses {3}: try a value near that one.", name_,
                               control_id(id), wanted, got)};
}

}  // namespace changji
