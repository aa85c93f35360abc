#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include "ui/tablet/prompter_feed.hpp"

namespace changji {

/// The newest feed, for many readers that each wait for the next. Who publishes never waits for a reader: nothing is
/// done under the lock but exchanging pointers. Any thread.
class FeedBoard {
public:
    struct Seen {
        std::uint64_t version = 0;  ///< 0: nothing yet
        PrompterFeed feed;
    };

    explicit FeedBoard(PrompterFeed first) : newest_{1, std::move(first)} {}

    void publish(PrompterFeed feed) {
        {
            const std::lock_guard guard(mutex_);
            newest_ = {newest_.version + 1, std::move(feed)};
        }
        changed_.notify_all();
    }
    /// Readers look at once whether they are to end: whatever tells them so was set before.
    void wake() {
        { const std::lock_guard guard(mutex_); }
        changed_.notify_all();
    }
    [[nodiscard]] PrompterFeed newest() const {
        const std::lock_guard guard(mutex_);
        return newest_.feed;
    }
    /// Waits until there is a newer one than `version`; none at `latest`, or when `is_to_end()` holds.
    template <typename Condition>
    [[nodiscard]] std::optional<Seen> newer_than(std::uint64_t version, std::chrono::steady_clock::time_point latest,
                                                 const Condition& is_to_end) const {
        std::unique_lock guard(mutex_);
        changed_.wait_until(guard, latest, [&] { return newest_.version != version || is_to_end(); });
        return newest_.version != version ? std::optional(newest_) : std::nullopt;
    }

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    Seen newest_;
};

}  // namespace changji
