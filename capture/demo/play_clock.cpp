#include "capture/demo/play_clock.hpp"

#include <utility>

namespace changji::demo {

std::optional<PlayStart> PlayClock::wait_for_start(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    if (start_) return PlayStart{*start_, true};
    count_down();
    if (!everyone_here_.wait(lock, std::move(stop), [this] { return start_.has_value(); })) {
        ++awaited_;
        return std::nullopt;
    }
    return PlayStart{*start_, false};
}

void PlayClock::leave() {
    const std::lock_guard lock(mutex_);
    if (!start_) count_down();
}

void PlayClock::count_down() {
    if (--awaited_ > 0) return;
    start_ = std::chrono::steady_clock::now();
    everyone_here_.notify_all();
}

bool sleep_until(CaptureTime moment, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any stopped;
    stopped.wait_until(lock, stop, moment, [&stop] { return stop.stop_requested(); });
    return !stop.stop_requested();
}

}  // namespace changji::demo
