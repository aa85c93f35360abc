#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <utility>

#include <httplib.h>

namespace changji {

/// Threads for the pages that listen and some for short requests; so many connections may wait for one, and whoever
/// comes beyond that is turned away on the spot. The accepting thread calls; limits are its constructor's.
class ConnectionThreads final : public httplib::TaskQueue {
public:
    ConnectionThreads(std::size_t threads, std::size_t most_at_once) : pool_(threads), most_(most_at_once) {}

    /// True on the accepting thread while a connection is turned away.
    [[nodiscard]] static bool turning_away() { return turning_away_; }

    /// Nothing in Debian 12's httplib, in Debian 13's whether it is taken.
    using Taken = decltype(std::declval<httplib::TaskQueue&>().enqueue(nullptr));
    Taken enqueue(std::function<void()> serve) override {
        if (now_.load() >= most_) {
            turning_away_ = true;
            serve();
            turning_away_ = false;
            return static_cast<Taken>(true);
        }
        ++now_;
        pool_.enqueue([this, serve = std::move(serve)] {
            serve();
            --now_;
        });
        return static_cast<Taken>(true);
    }
    void shutdown() override { pool_.shutdown(); }

private:
    static inline thread_local bool turning_away_ = false;

    httplib::ThreadPool pool_;
    const std::size_t most_;
    std::atomic<std::size_t> now_{0};
};

}  // namespace changji
