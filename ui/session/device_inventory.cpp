#include "ui/session/device_inventory.hpp"

#include <chrono>

namespace changji {
namespace {

using namespace std::chrono_literals;
/// A device that was just plugged in needs a moment; several changes at once are one.
constexpr auto settling_time = 400ms;

}  // namespace

DeviceInventory::DeviceInventory()
    : watch_([this] { stale_ = true; }), thread_([this](const std::stop_token& stopping) { look(stopping); }) {}

DeviceInventory::~DeviceInventory() { thread_.request_stop(); }

void DeviceInventory::refresh() {
    stale_ = false;
    std::lock_guard guard(mutex_);
    wanted_ = true;
    asked_.notify_all();
}

std::shared_ptr<const DeviceList> DeviceInventory::latest() const {
    std::lock_guard guard(mutex_);
    return latest_;
}

void DeviceInventory::look(const std::stop_token& stopping) {
    bool first = true;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            if (!asked_.wait(lock, stopping, [this] { return wanted_; })) return;
            if (!first && asked_.wait_for(lock, stopping, settling_time, [] { return false; })) return;
            if (stopping.stop_requested()) return;
            wanted_ = false;
        }
        first = false;
        auto found = std::make_shared<const DeviceList>(DeviceList{list_cameras(), list_microphones()});
        std::lock_guard guard(mutex_);
        latest_ = std::move(found);
    }
}

}  // namespace changji
