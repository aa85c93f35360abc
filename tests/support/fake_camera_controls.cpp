#include "tests/support/fake_camera_controls.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <numbers>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace changji::test {
namespace {

constexpr std::uint32_t boolean = V4L2_CTRL_TYPE_BOOLEAN, integer = V4L2_CTRL_TYPE_INTEGER, menu = V4L2_CTRL_TYPE_MENU;

// Ranges and defaults as of a common webcam; a power-line default of 60 Hz is wrong in most of the world.
constexpr std::array all_controls{
    FakeControl{V4L2_CID_BRIGHTNESS, integer, "brightness", "brightness", "Brightness", 0, 255, 1, 128, 0},
    FakeControl{V4L2_CID_AUTO_WHITE_BALANCE, boolean, "white_balance_automatic", "white_balance",
                "White Balance, Automatic", 0, 1, 1, 1, 0},
    FakeControl{V4L2_CID_AUTOGAIN, boolean, "autogain", "autogain", "Gain, Automatic", 0, 1, 1, 1, 0},
    FakeControl{V4L2_CID_GAIN, integer, "gain", "gain", "Gain", 0, 255, 1, 64, V4L2_CID_AUTOGAIN},
    FakeControl{V4L2_CID_POWER_LINE_FREQUENCY, menu, "power_line_frequency", "power_line", "Power Line Frequency", 0, 3,
                1, 2, 0},
    FakeControl{V4L2_CID_WHITE_BALANCE_TEMPERATURE, integer, "white_balance_temperature", "white_balance",
                "White Balance Temperature", 2800, 6500, 10, 4600, V4L2_CID_AUTO_WHITE_BALANCE},
    FakeControl{V4L2_CID_EXPOSURE_AUTO, menu, "exposure_auto", "exposure", "Auto Exposure", 0, 3, 1, 3, 0},
    FakeControl{V4L2_CID_EXPOSURE_ABSOLUTE, integer, "exposure_time_absolute", "exposure", "Exposure Time, Absolute", 3,
                2047, 1, 250, V4L2_CID_EXPOSURE_AUTO},
    FakeControl{V4L2_CID_FOCUS_ABSOLUTE, integer, "focus_absolute", "focus", "Focus, Absolute", 0, 250, 5, 0,
                V4L2_CID_FOCUS_AUTO},
    FakeControl{V4L2_CID_FOCUS_AUTO, boolean, "focus_automatic_continuous", "focus", "Focus, Automatic Continuous", 0,
                1, 1, 1, 0},
};

std::uint32_t class_of(std::uint32_t id) { return id & 0x0FFF0000U; }

FakeControl class_control(std::uint32_t which) {
    const bool camera = which == V4L2_CTRL_CLASS_CAMERA;
    return {which | 1, V4L2_CTRL_TYPE_CTRL_CLASS, "", "", camera ? "Camera Controls" : "User Controls"};
}

/// Empty: there is no such item.
const char* item_name(const FakeControl& control, std::uint32_t index) {
    static constexpr std::array<const char*, 4> power_line{"Disabled", "50 Hz", "60 Hz", "Auto"};
    static constexpr std::array<const char*, 4> exposure{"", "Manual Mode", "", "Aperture Priority Mode"};
    if (control.type != menu || index > 3) return "";
    return (control.id == V4L2_CID_POWER_LINE_FREQUENCY ? power_line : exposure)[index];
}

int on_step(const FakeControl& control, double value) {
    const double steps = std::round((value - control.min) / control.step);
    return std::clamp(control.min + static_cast<int>(steps) * control.step, control.min, control.max);
}

template <typename Text>
void copy_name(Text& field, const char* text) {
    std::memset(&field, 0, sizeof field);
    std::snprintf(reinterpret_cast<char*>(&field), sizeof field, "%s", text);
}

}  // namespace

/// The shared file, locked while it lives.
class FakeCameraControls::Store {
public:
    explicit Store(const FakeCameraControls& owner)
        : owner_(owner),
          path_(owner.plug_.file().string() + ".controls"),
          fd_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
        ::flock(fd_, LOCK_EX);
        for (const FakeControl& control : owner.controls_) values[control.id] = control.standard;
        std::ifstream stream(path_);
        double written_s = 0;
        std::string key;
        if (!(stream >> key >> written_s) || written_s < owner.plug_.last_return_s()) return;
        for (int value = 0; stream >> key >> value;) {
            for (const FakeControl& control : owner.controls_) {
                if (key == control.key) values[control.id] = value;
            }
        }
    }
    ~Store() { ::close(fd_); }
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    void save() const {
        std::string text = "written_at_s " + std::to_string(monotonic_s()) + "\n";
        for (const FakeControl& control : owner_.controls_) {
            if (*control.key) text += std::string(control.key) + " " + std::to_string(values.at(control.id)) + "\n";
        }
        // In one write, so that whoever reads without the lock never sees half of it.
        if (::pwrite(fd_, text.data(), text.size(), 0) >= 0 && ::ftruncate(fd_, static_cast<off_t>(text.size())) < 0) {
            std::perror("fake camera: controls");
        }
    }

    Values values;

private:
    const FakeCameraControls& owner_;
    std::string path_;
    int fd_;
};

FakeCameraControls::FakeCameraControls(const FakeCameraPlug& plug, const Description& description)
    : plug_(plug), strict_(description.strict_controls) {
    const auto wanted = [&](const FakeControl& control) {
        if (!description.controls) return true;
        const auto& words = *description.controls;
        return std::any_of(words.begin(), words.end(),
                           [&](const std::string& word) { return word == control.key || word == control.group; });
    };
    for (const FakeControl& control : all_controls) {
        if (!wanted(control)) continue;
        const std::uint32_t which = class_of(control.id);
        if (controls_.empty() || class_of(controls_.back().id) != which) controls_.push_back(class_control(which));
        controls_.push_back(control);
    }
}

const FakeControl* FakeCameraControls::find(std::uint32_t id) const {
    const auto found = std::find_if(controls_.begin(), controls_.end(), [id](const auto& one) { return one.id == id; });
    return found == controls_.end() ? nullptr : &*found;
}

bool FakeCameraControls::is_automatic(const FakeControl& control, const Values& values) const {
    const auto automatic = values.find(control.automatic_id);
    if (automatic == values.end()) return false;
    return automatic->first == V4L2_CID_EXPOSURE_AUTO ? automatic->second == V4L2_EXPOSURE_APERTURE_PRIORITY
                                                      : automatic->second != 0;
}

int FakeCameraControls::value_now(const FakeControl& control, const Values& values) const {
    if (!is_automatic(control, values)) return values.at(control.id);
    constexpr double period_s = 8.0;  // slow, as a cloud, but over a second always visible
    const double swing = (control.max - control.min) / 16.0;
    const double middle = std::clamp<double>(control.standard, control.min + swing, control.max - swing);
    return on_step(control, middle + swing * std::sin(2 * std::numbers::pi * monotonic_s() / period_s));
}

std::uint32_t FakeCameraControls::flags(const FakeControl& control) const {
    if (control.type == V4L2_CTRL_TYPE_CTRL_CLASS) return V4L2_CTRL_FLAG_READ_ONLY | V4L2_CTRL_FLAG_WRITE_ONLY;
    std::uint32_t flags = control.type == integer ? V4L2_CTRL_FLAG_SLIDER : 0;
    for (const FakeControl& other : controls_) {
        if (other.automatic_id == control.id) flags |= V4L2_CTRL_FLAG_UPDATE;
    }
    if (control.automatic_id && is_automatic(control, Store(*this).values)) {
        flags |= V4L2_CTRL_FLAG_INACTIVE | V4L2_CTRL_FLAG_VOLATILE;
    }
    return flags;
}

int FakeCameraControls::query(v4l2_query_ext_ctrl& answer) const {
    constexpr std::uint32_t next = V4L2_CTRL_FLAG_NEXT_CTRL, compound = V4L2_CTRL_FLAG_NEXT_COMPOUND;
    const std::uint32_t id = answer.id & ~(next | compound);
    const FakeControl* control = find(id);
    if (answer.id & (next | compound)) {
        if (!(answer.id & next)) return EINVAL;  // compound ones only: there are none
        const auto after =
            std::find_if(controls_.begin(), controls_.end(), [id](const auto& one) { return one.id > id; });
        control = after == controls_.end() ? nullptr : &*after;
    }
    if (!control) return EINVAL;
    answer = {};
    answer.id = control->id;
    answer.type = control->type;
    copy_name(answer.name, control->name);
    answer.minimum = control->min;
    answer.maximum = control->max;
    answer.step = static_cast<std::uint64_t>(control->step);
    answer.default_value = control->standard;
    answer.flags = flags(*control);
    answer.elem_size = control->type == V4L2_CTRL_TYPE_CTRL_CLASS ? 0 : sizeof(std::int32_t);
    answer.elems = 1;
    return 0;
}

int FakeCameraControls::query(v4l2_queryctrl& answer) const {
    v4l2_query_ext_ctrl wide{};
    wide.id = answer.id;
    if (const int error = query(wide)) return error;
    answer = {};
    answer.id = wide.id;
    answer.type = wide.type;
    copy_name(answer.name, wide.name);
    answer.minimum = static_cast<int>(wide.minimum);
    answer.maximum = static_cast<int>(wide.maximum);
    answer.step = static_cast<int>(wide.step);
    answer.default_value = static_cast<int>(wide.default_value);
    answer.flags = wide.flags;
    return 0;
}

int FakeCameraControls::menu_item(v4l2_querymenu& answer) const {
    const FakeControl* const control = find(answer.id);
    const char* const name = control ? item_name(*control, answer.index) : "";
    if (!*name) return EINVAL;
    std::snprintf(reinterpret_cast<char*>(answer.name), sizeof answer.name, "%s", name);
    answer.reserved = 0;
    return 0;
}

int FakeCameraControls::get(v4l2_control& control) const {
    const FakeControl* const known = find(control.id);
    if (!known) return EINVAL;
    if (known->type == V4L2_CTRL_TYPE_CTRL_CLASS) return EACCES;
    control.value = value_now(*known, Store(*this).values);
    return 0;
}

int FakeCameraControls::check(const FakeControl& control, const Values& values, int& value) const {
    if (control.type == V4L2_CTRL_TYPE_CTRL_CLASS) return EACCES;
    if (control.type == menu) {
        if (value < control.min || value > control.max) return ERANGE;
        return *item_name(control, static_cast<std::uint32_t>(value)) ? 0 : EINVAL;
    }
    value = control.type == boolean ? value != 0 : on_step(control, value);
    return strict_ && is_automatic(control, values) ? EACCES : 0;
}

int FakeCameraControls::set(v4l2_control& control) {
    const FakeControl* const known = find(control.id);
    if (!known) return EINVAL;
    Store store(*this);
    if (const int error = check(*known, store.values, control.value)) return error;
    store.values[known->id] = control.value;
    store.save();
    return 0;
}

int FakeCameraControls::access(v4l2_ext_controls& controls, Access access) {
    const std::uint32_t which = controls.which;
    const bool defaults = which == V4L2_CTRL_WHICH_DEF_VAL;
    controls.error_idx = controls.count;
    if (which == V4L2_CTRL_WHICH_REQUEST_VAL || (defaults && access != Access::Get)) return EINVAL;
    const bool of_class = which != V4L2_CTRL_WHICH_CUR_VAL && !defaults;
    if (of_class && !find(which | 1)) return EINVAL;
    Store store(*this);
    for (std::uint32_t index = 0; index < controls.count; ++index) {
        v4l2_ext_control& one = controls.controls[index];
        const FakeControl* const known = find(one.id);
        int error = !known || (of_class && class_of(one.id) != which)                   ? EINVAL
                    : access == Access::Get && known->type == V4L2_CTRL_TYPE_CTRL_CLASS ? EACCES
                                                                                        : 0;
        if (!error && access == Access::Get) {
            one.value = defaults ? known->standard : value_now(*known, store.values);
        } else if (!error) {
            int value = one.value;  // the struct is packed: no reference
            error = check(*known, store.values, value);
            if (!error) one.value = store.values[known->id] = value;
        }
        if (error == 0) continue;
        // Only a trial says which one it was: the others fail before anything is set.
        if (access == Access::Try) controls.error_idx = index;
        return error;
    }
    controls.error_idx = 0;
    if (access == Access::Set && controls.count > 0) store.save();
    return 0;
}

std::optional<int> FakeCameraControls::stored(const std::string& key) const {
    const Store store(*this);
    for (const FakeControl& control : controls_) {
        if (key == control.key) return store.values.at(control.id);
    }
    return std::nullopt;
}

void FakeCameraControls::store(const std::string& key, int value) {
    Store store(*this);
    for (const FakeControl& control : controls_) {
        if (key == control.key) store.values[control.id] = value;
    }
    store.save();
}

int FakeCameraControls::subscribe(const v4l2_event_subscription& wanted) {
    const FakeControl* const control = find(wanted.id);
    if (wanted.type != V4L2_EVENT_CTRL || !control) return EINVAL;
    subscribed_.insert(wanted.id);
    if (!(wanted.flags & V4L2_EVENT_SUB_FL_SEND_INITIAL) || control->type == V4L2_CTRL_TYPE_CTRL_CLASS) return 0;
    v4l2_event event{};
    event.type = V4L2_EVENT_CTRL;
    event.id = control->id;
    event.u.ctrl.changes = V4L2_EVENT_CTRL_CH_VALUE | V4L2_EVENT_CTRL_CH_FLAGS;
    event.u.ctrl.type = control->type;
    event.u.ctrl.value = value_now(*control, Store(*this).values);
    event.u.ctrl.flags = flags(*control);
    event.u.ctrl.minimum = control->min;
    event.u.ctrl.maximum = control->max;
    event.u.ctrl.step = control->step;
    event.u.ctrl.default_value = control->standard;
    ::clock_gettime(CLOCK_MONOTONIC, &event.timestamp);
    events_.push_back(event);
    return 0;
}

int FakeCameraControls::unsubscribe(const v4l2_event_subscription& unwanted) {
    if (unwanted.type == V4L2_EVENT_ALL) {
        subscribed_.clear();
        events_.clear();
        return 0;
    }
    subscribed_.erase(unwanted.id);
    std::erase_if(events_, [&](const v4l2_event& event) { return event.id == unwanted.id; });
    return 0;
}

int FakeCameraControls::next_event(v4l2_event& event) {
    if (events_.empty()) return ENOENT;
    event = events_.front();
    events_.pop_front();
    event.pending = static_cast<std::uint32_t>(events_.size());
    return 0;
}

}  // namespace changji::test
