#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

enum class ControlId {
    Unspecified,
    Exposure,      ///< how long light is gathered for one picture, in 100 µs (as V4L2 counts)
    Gain,          ///< the camera's own scale
    WhiteBalance,  ///< colour temperature in kelvin
    Focus,         ///< the camera's own scale, near to far
    PowerLine,     ///< flicker suppression: 0 off, 50 or 60 Hz
};

/// "exposure", "gain", "white_balance", "focus", "power_line": as command lines and reports write them.
[[nodiscard]] std::string_view control_id(ControlId id);

/// One control as the camera has it now.
struct ControlState {
    ControlId id = ControlId::Unspecified;
    int min = 0;
    int max = 0;
    int step = 1;      ///< of PowerLine 10; whatever it says, there are only 0, 50 and 60
    int standard = 0;  ///< the camera's default
    int value = 0;     ///< of an automatic control: where it stands now, as far as the camera tells
    bool can_be_automatic = false;
    bool automatic = false;

    friend bool operator==(const ControlState&, const ControlState&) = default;
};

/// What someone wants of one control.
struct ControlWish {
    ControlId id = ControlId::Unspecified;
    std::optional<int> value;  ///< none: automatic

    friend bool operator==(const ControlWish&, const ControlWish&) = default;
};

/// Reads "exposure=250", "white_balance=auto", "power_line=off". InvalidConfig with the offending part.
[[nodiscard]] Result<ControlWish> parse_control_wish(std::string_view name, std::string_view value);

/// The controls of one camera, also while it streams. Any thread. What was set holds again after the camera was
/// unplugged and came back.
class CameraControls {
public:
    virtual ~CameraControls() = default;
    /// Those of ControlId the camera has, in that order.
    [[nodiscard]] virtual std::vector<ControlState> list() const = 0;
    /// UnsupportedFormat when the camera has no such control or can't do it automatically, InvalidConfig outside its
    /// range (the message names the range), DeviceLost while it is unplugged (it is set when it comes back), Io when
    /// the camera makes something else of it (the message says what).
    virtual Status set(const ControlWish& wish) = 0;
    /// Freezes what is automatic now at its present value, so that brightness, colour and focus don't pump in a take.
    /// Power line stays. Returns what was frozen.
    virtual std::vector<ControlId> lock_automatic() = 0;
    /// Gives back to the camera what lock_automatic() froze.
    virtual void release_automatic() = 0;
};

/// A camera's controls without its pictures.
struct OpenedControls {
    std::string name;  ///< "Studio Cam"
    std::string path;  ///< "/dev/video0"
    std::unique_ptr<CameraControls> controls;
};

struct SourceSpec;
/// Opens only the controls of a camera, also while another program records from it. Auto means the camera that
/// open_sources() would choose if it were free. What the spec itself sets is set.
/// UnsupportedFormat for sources that are no cameras; else errors as of open_sources() and set().
[[nodiscard]] Result<OpenedControls> open_camera_controls(const SourceSpec& camera);

}  // namespace changji
