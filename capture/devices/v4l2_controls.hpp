#pragma once

// A camera's controls by V4L2's own requests. Internal to capture/.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <linux/videodev2.h>

#include "capture/camera_controls.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// The controls of one V4L2 node, on a file descriptor of its own: they can be read and set while another descriptor,
/// also another program's, streams. One thread at a time.
///
/// Cameras differ. Where there is an automatic, it is switched off before a value is written: many cameras refuse or
/// ignore the value otherwise. Whatever is written is read back, for many drivers clamp without a word. Requests that
/// fail as those of flaky USB firmware do are tried again for about 0.2 s. A control that is read-only counts as
/// missing; one with an automatic but no value has the range 0 to 0, and setting 0 holds it.
class V4l2Controls {
public:
    /// What ioctl() does: 0, or the errno of the failure.
    using Ask = std::function<int(unsigned long request, void* argument)>;

    /// `camera_name` is for messages. DeviceNotFound, DeviceBusy or Io when the node can't be opened.
    [[nodiscard]] static Result<V4l2Controls> open(const std::string& path, const std::string& camera_name);
    V4l2Controls(std::string camera_name, Ask ask) : name_(std::move(camera_name)), ask_(std::move(ask)) {}

    /// In the order of ControlId; empty when the device is gone.
    [[nodiscard]] std::vector<ControlState> list() const;
    /// As CameraControls::set. A value between two steps becomes the nearest step.
    Status set(const ControlWish& wish) const;

private:
    struct Control;
    enum class Mode { Manual, Automatic };

    [[nodiscard]] std::optional<Control> find(ControlId id) const;
    [[nodiscard]] ControlState state_of(const Control& control) const;
    [[nodiscard]] std::vector<int> mains_offered(const v4l2_queryctrl& menu) const;  ///< in Hz, ascending
    Status set_power_line(const Control& control, std::optional<int> hz) const;
    Status set_automatic(const Control& control) const;
    Status set_value(const Control& control, int value) const;
    Status switch_to(const Control& control, Mode mode) const;

    /// As Ask, with patience.
    int ask(unsigned long request, void* argument) const;
    [[nodiscard]] std::optional<v4l2_queryctrl> query(std::uint32_t id) const;  ///< only what can be set
    [[nodiscard]] bool offers(const v4l2_queryctrl& menu, int item) const;
    [[nodiscard]] std::optional<int> read(std::uint32_t id) const;
    int write(std::uint32_t id, int value) const;  ///< 0 or an errno; what the camera made of it is to be read

    [[nodiscard]] Error failure(ControlId id, int error) const;
    [[nodiscard]] Error missing(ControlId id) const;
    [[nodiscard]] Error differs(ControlId id, const std::string& wanted, const std::string& got) const;

    std::string name_;
    Ask ask_;
};

}  // namespace changji
