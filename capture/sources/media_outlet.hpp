#pragma once

// Internal to capture/.

#include <functional>
#include <mutex>
#include <utility>

#include "capture/types/result.hpp"

namespace changji {

/// Where one track's items go. The sink can be taken away while the reader's thread runs.
template <typename Item>
class Outlet {
public:
    void open(std::function<void(Item)> on_item, std::function<void(Error)> on_lost) {
        std::lock_guard lock(mutex_);
        on_item_ = std::move(on_item);
        on_lost_ = std::move(on_lost);
    }
    /// No sink runs after this returns.
    void close() {
        std::lock_guard lock(mutex_);
        on_item_ = nullptr;
        on_lost_ = nullptr;
    }
    /// False when the outlet is closed.
    bool deliver(Item item) {
        std::lock_guard lock(mutex_);
        if (!on_item_) return false;
        on_item_(std::move(item));
        return true;
    }
    /// Nothing comes for now; items may follow.
    void alarm(Error why) {
        std::lock_guard lock(mutex_);
        if (on_lost_) on_lost_(std::move(why));
    }
    [[nodiscard]] bool is_open() {
        std::lock_guard lock(mutex_);
        return on_item_ != nullptr;
    }
    void end(Error why) {
        std::lock_guard lock(mutex_);
        if (on_lost_) on_lost_(std::move(why));
        on_item_ = nullptr;
        on_lost_ = nullptr;
    }

private:
    std::mutex mutex_;
    std::function<void(Item)> on_item_;
    std::function<void(Error)> on_lost_;
};

}  // namespace changji
