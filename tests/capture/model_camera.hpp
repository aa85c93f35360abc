#pragma once

// A driver's side of camera controls, in memory: for what no well-behaved camera does.

#include <linux/videodev2.h>

#include <cerrno>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "capture/devices/v4l2_controls.hpp"

namespace changji::test {

/// A USB camera's controls: exposure, white balance and focus with their automatics, all on, and a gain without.
/// While an automatic is on its value wanders (each reading is one more) and can't be written (EACCES).
class ModelCamera {
public:
    struct Control {
        int min = 0, max = 0, step = 1, standard = 0;
        int value = 0;
        std::set<int> items = {};     ///< a menu offers only these
        std::uint32_t automatic = 0;  ///< the control that rules it
        std::uint32_t flags = 0;
    };

    ModelCamera() {
        add(V4L2_CID_EXPOSURE_AUTO, {0, 3, 1, 3, 3, {1, 3}});
        add(V4L2_CID_EXPOSURE_ABSOLUTE, {3, 2047, 1, 250, 400, {}, V4L2_CID_EXPOSURE_AUTO});
        add(V4L2_CID_GAIN, {0, 255, 1, 0, 30});
        add(V4L2_CID_AUTO_WHITE_BALANCE, {0, 1, 1, 1, 1});
        add(V4L2_CID_WHITE_BALANCE_TEMPERATURE, {2800, 6500, 10, 4600, 5000, {}, V4L2_CID_AUTO_WHITE_BALANCE});
        add(V4L2_CID_FOCUS_AUTO, {0, 1, 1, 1, 1});
        add(V4L2_CID_FOCUS_ABSOLUTE, {0, 250, 5, 0, 100, {}, V4L2_CID_FOCUS_AUTO});
        add(V4L2_CID_POWER_LINE_FREQUENCY, {0, 2, 1, 2, 2, {0, 1, 2}});
    }

    void add(std::uint32_t id, Control control) { controls_[id] = std::move(control); }
    void remove(std::uint32_t id) { controls_.erase(id); }
    Control& at(std::uint32_t id) { return controls_.at(id); }

    /// What the next writes answer instead of writing: one error each.
    std::vector<int> write_errors;
    /// Changes what is written, as drivers do that clamp without a word.
    std::function<int(std::uint32_t id, int value)> bend = [](std::uint32_t, int value) { return value; };
    bool gone = false;
    std::vector<std::uint32_t> written;  ///< in order

    [[nodiscard]] V4l2Controls controls() {
        return {"Studio Cam", [this](unsigned long request, void* argument) { return answer(request, argument); }};
    }

private:
    int answer(unsigned long request, void* argument) {
        if (gone) return ENODEV;
        switch (request) {
            case VIDIOC_QUERYCAP: return 0;
            case VIDIOC_QUERYCTRL: return query(*static_cast<v4l2_queryctrl*>(argument));
            case VIDIOC_QUERYMENU: {
                const auto& asked = *static_cast<v4l2_querymenu*>(argument);
                const auto found = controls_.find(asked.id);
                return found != controls_.end() && found->second.items.contains(static_cast<int>(asked.index)) ? 0
                                                                                                               : EINVAL;
            }
            case VIDIOC_G_CTRL: {
                auto& asked = *static_cast<v4l2_control*>(argument);
                const auto found = controls_.find(asked.id);
                if (found == controls_.end()) return EINVAL;
                if (is_ruled(found->second)) ++found->second.value;
                asked.value = found->second.value;
                return 0;
            }
            case VIDIOC_S_CTRL: return write(*static_cast<const v4l2_control*>(argument));
            default: return ENOTTY;
        }
    }

    int query(v4l2_queryctrl& asked) const {
        const auto found = controls_.find(asked.id);
        if (found == controls_.end()) return EINVAL;
        const Control& control = found->second;
        asked.minimum = control.min;
        asked.maximum = control.max;
        asked.step = control.step;
        asked.default_value = control.standard;
        asked.flags = control.flags | (is_ruled(control) ? __u32{V4L2_CTRL_FLAG_INACTIVE} : 0U);
        return 0;
    }

    int write(const v4l2_control& asked) {
        const auto found = controls_.find(asked.id);
        if (found == controls_.end()) return EINVAL;
        if (!write_errors.empty()) {
            const int error = write_errors.front();
            write_errors.erase(write_errors.begin());
            if (error != 0) return error;
        }
        Control& control = found->second;
        if (is_ruled(control)) return EACCES;
        if (!control.items.empty() && !control.items.contains(asked.value)) return EINVAL;
        written.push_back(asked.id);
        control.value = bend(asked.id, asked.value);
        return 0;
    }

    [[nodiscard]] bool is_ruled(const Control& control) const {
        const auto ruler = controls_.find(control.automatic);
        if (ruler == controls_.end()) return false;
        const int item = ruler->second.value;
        return control.automatic == V4L2_CID_EXPOSURE_AUTO ? item == 0 || item == 3 : item != 0;
    }

    std::map<std::uint32_t, Control> controls_;
};

}  // namespace changji::test
