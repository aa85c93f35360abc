#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>

namespace changji {

/// What a full queue does with one more item.
enum class WhenFull {
    Wait,        ///< the producer waits: sources that may be held back (files read as fast as they go)
    Refuse,      ///< the item is not taken and counted as lost: recordings
    DropOldest,  ///< the oldest item makes way and counts as lost: meters
};

/// Every item, in order, between threads. All members may be called from any thread.
template <typename T>
class BoundedQueue {
public:
    BoundedQueue(std::size_t capacity, WhenFull when_full) : capacity_(capacity), when_full_(when_full) {}
    /// Bounded by weight as well: what is inside weighs at most `most_weight`, but for one item that weighs more alone.
    /// `weigh`, pure, in the unit of `most_weight`.
    BoundedQueue(std::size_t capacity, WhenFull when_full, std::size_t most_weight,
                 std::function<std::size_t(const T&)> weigh)
        : capacity_(capacity), when_full_(when_full), most_weight_(most_weight), weigh_(std::move(weigh)) {}

    /// False when the item was not taken: refused, or the queue is closed.
    bool push(T item) {
        std::unique_lock lock(mutex_);
        const std::size_t weight = weigh_ ? weigh_(item) : 0;
        if (when_full_ == WhenFull::Wait) {
            room_.wait(lock, [&] { return closed_ || has_room(weight); });
        }
        if (closed_) return false;
        while (!has_room(weight)) {
            ++lost_;
            if (when_full_ == WhenFull::Refuse) return false;
            take_front();
        }
        weight_ += weight;
        items_.push_back(std::move(item));
        filled_.notify_one();
        return true;
    }

    /// Waits for an item; nothing once the queue is closed and empty.
    [[nodiscard]] std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [this] { return closed_ || !items_.empty(); });
        return take_front();
    }

    /// An item if one is there now.
    [[nodiscard]] std::optional<T> try_pop() {
        std::lock_guard lock(mutex_);
        return take_front();
    }

    /// No item is taken any more; those inside can still be popped.
    void close() {
        std::lock_guard lock(mutex_);
        closed_ = true;
        filled_.notify_all();
        room_.notify_all();
    }

    [[nodiscard]] std::uint64_t lost() const {
        std::lock_guard lock(mutex_);
        return lost_;
    }
    [[nodiscard]] std::size_t size() const {
        std::lock_guard lock(mutex_);
        return items_.size();
    }
    [[nodiscard]] std::size_t capacity() const { return capacity_; }

private:
    std::optional<T> take_front() {
        if (items_.empty()) return std::nullopt;
        std::optional<T> item(std::move(items_.front()));
        items_.pop_front();
        if (weigh_) weight_ -= weigh_(*item);
        room_.notify_all();
        return item;
    }
    [[nodiscard]] bool has_room(std::size_t weight) const {
        return items_.empty() || (items_.size() < capacity_ && weight_ + weight <= most_weight_);
    }

    const std::size_t capacity_;
    const WhenFull when_full_;
    const std::size_t most_weight_ = std::numeric_limits<std::size_t>::max();
    const std::function<std::size_t(const T&)> weigh_;
    std::size_t weight_ = 0;
    mutable std::mutex mutex_;
    std::condition_variable filled_;
    std::condition_variable room_;
    std::deque<T> items_;
    std::uint64_t lost_ = 0;
    bool closed_ = false;
};

/// The newest item only, between threads; what was not taken in time is gone on purpose.
template <typename T>
class LatestValue {
public:
    void put(T value) {
        std::lock_guard lock(mutex_);
        value_ = std::move(value);
    }
    /// The newest value, once.
    [[nodiscard]] std::optional<T> take() {
        std::lock_guard lock(mutex_);
        return std::exchange(value_, std::nullopt);
    }
    /// The newest value, which stays.
    [[nodiscard]] std::optional<T> peek() const {
        std::lock_guard lock(mutex_);
        return value_;
    }

private:
    mutable std::mutex mutex_;
    std::optional<T> value_;
};

}  // namespace changji
