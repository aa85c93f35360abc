#pragma once

// The controls of a fake camera: exposure, gain, white balance and the like. Part of the library to preload.

#include "tests/support/fake_camera_plug.hpp"

#include <deque>
#include <map>
#include <set>

#include <linux/videodev2.h>

namespace changji::test {

struct FakeControl {
    std::uint32_t id = 0;
    std::uint32_t type = 0;
    const char* key = "";    ///< in the file of values
    const char* group = "";  ///< a description's word for it and its automatic
    const char* name = "";
    int min = 0, max = 0, step = 0, standard = 0;
    std::uint32_t automatic_id = 0;  ///< the control that, when on, takes this one out of people's hands
};

/// One handle's view of controls whose values all programs share, in the text file NODE.controls. Calls are as the
/// system's: 0, or an errno.
class FakeCameraControls {
public:
    FakeCameraControls(const FakeCameraPlug& plug, const Description& description);

    [[nodiscard]] bool any() const { return !controls_.empty(); }
    int query(v4l2_queryctrl& answer) const;
    int query(v4l2_query_ext_ctrl& answer) const;
    int menu_item(v4l2_querymenu& answer) const;
    int get(v4l2_control& control) const;
    int set(v4l2_control& control);
    enum class Access { Get, Try, Set };
    int access(v4l2_ext_controls& controls, Access access);

    /// By its key: what was set, also when it is automatic now. None: there is no such control.
    [[nodiscard]] std::optional<int> stored(const std::string& key) const;
    void store(const std::string& key, int value);

    int subscribe(const v4l2_event_subscription& wanted);
    int unsubscribe(const v4l2_event_subscription& unwanted);
    int next_event(v4l2_event& event);
    [[nodiscard]] bool has_event() const { return !events_.empty(); }

private:
    using Values = std::map<std::uint32_t, int>;
    class Store;

    [[nodiscard]] const FakeControl* find(std::uint32_t id) const;
    [[nodiscard]] bool is_automatic(const FakeControl& control, const Values& values) const;
    [[nodiscard]] int value_now(const FakeControl& control, const Values& values) const;
    [[nodiscard]] std::uint32_t flags(const FakeControl& control) const;
    /// What would be set, limited and rounded; an errno when it can't be.
    int check(const FakeControl& control, const Values& values, int& value) const;

    const FakeCameraPlug& plug_;
    std::vector<FakeControl> controls_;  ///< by ascending id
    bool strict_;
    std::set<std::uint32_t> subscribed_;
    std::deque<v4l2_event> events_;
};

}  // namespace changji::test
