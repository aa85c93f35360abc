#pragma once

// Notices cameras and microphones that come and go. Internal to capture/.

#include <functional>
#include <thread>

namespace changji {

/// Calls `on_change`, on its own thread, whenever a video4linux or sound device came, went or changed: by udev where it
/// runs, and by what appears in /dev where it doesn't (containers). Several changes at once may be one call, and a call
/// may come for nothing. The new device may not be ready for use yet.
class DeviceWatch {
public:
    explicit DeviceWatch(std::function<void()> on_change);
    ~DeviceWatch();  ///< no call runs after it
    DeviceWatch(const DeviceWatch&) = delete;
    DeviceWatch& operator=(const DeviceWatch&) = delete;

private:
    int stop_;  // an eventfd; below 0: there was none to be had, and nothing is watched
    std::thread thread_;
};

}  // namespace changji
