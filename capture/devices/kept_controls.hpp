#pragma once

// A camera's controls across its absences. Internal to capture/.

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "capture/camera_controls.hpp"
#include "capture/devices/v4l2_controls.hpp"

namespace changji {

/// The controls of one camera that may come and go: what was set, and during a lock what every control stood at, is
/// set again whenever the camera is attached. Any thread; a call may take as long as the camera takes to answer (a
/// flaky one some tenths of a second).
class KeptControls final : public CameraControls {
public:
    /// `wishes` are set with the first attach().
    explicit KeptControls(std::string camera_name, std::vector<ControlWish> wishes = {});
    /// Gives back what is locked: a camera keeps its settings when the program ends.
    ~KeptControls() override;

    /// The device at `path` was opened, for the first time or again. Returns what could not be set, in order.
    std::vector<Error> attach(const std::string& path);
    /// As above for controls opened already.
    std::vector<Error> attach(V4l2Controls controls);
    /// The device is gone or is being closed. Until the next attach() set() only remembers.
    void detach();

    /// While detached: as they were last seen.
    [[nodiscard]] std::vector<ControlState> list() const override;
    Status set(const ControlWish& wish) override;
    std::vector<ControlId> lock_automatic() override;
    void release_automatic() override;

private:
    /// One control during a lock.
    struct Held {
        ControlWish wish;     ///< what it is held at
        bool frozen = false;  ///< it was automatic before, and goes back to that
    };

    [[nodiscard]] std::vector<ControlState> look() const;
    Status try_set(const ControlWish& wish);
    void remember(const ControlWish& wish);
    /// Stops the camera's own doing; the value it is held at then, or that it goes on.
    Held freeze(const ControlState& state);

    const std::string name_;
    mutable std::mutex mutex_;
    std::unique_ptr<V4l2Controls> camera_;         // null: detached
    mutable std::vector<ControlState> last_seen_;  // what list() tells of a camera that is away
    std::vector<ControlWish> wishes_;              // one an id
    std::vector<Held> held_;                       // every control, during a lock
    std::vector<ControlId> to_give_back_;          // released while the camera was away
};

}  // namespace changji
