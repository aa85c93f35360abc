#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "capture/devices.hpp"
#include "capture/devices/device_watch.hpp"

namespace changji {

struct DeviceList {
    std::vector<CameraDevice> cameras;
    std::vector<MicrophoneDevice> microphones;
};

/// Cameras and microphones for a screen that may not wait: they are looked for on a thread of its own, and only when
/// asked. Called by one thread.
class DeviceInventory {
public:
    DeviceInventory();
    ~DeviceInventory();

    /// Looks for them anew; returns at once.
    void refresh();
    /// Nothing was looked for yet, or a device came or went since.
    [[nodiscard]] bool is_stale() const { return stale_; }
    /// Null until the first look is over.
    [[nodiscard]] std::shared_ptr<const DeviceList> latest() const;

private:
    void look(const std::stop_token& stopping);

    std::atomic<bool> stale_{true};
    mutable std::mutex mutex_;  ///< guards what follows
    std::condition_variable_any asked_;
    bool wanted_ = false;
    std::shared_ptr<const DeviceList> latest_;
    DeviceWatch watch_;
    std::jthread thread_;  ///< last: ends before what it uses
};

}  // namespace changji
