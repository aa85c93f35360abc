#pragma once

#include "capture/types/time.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>

namespace changji::demo {

struct PlayStart {
    CaptureTime at;
    bool came_late = false;  ///< play had begun before this participant came
};

/// The one start instant of picture and sound: the moment when all who take part are ready. Any thread.
class PlayClock {
public:
    explicit PlayClock(int participants) : awaited_(participants) {}

    /// Waits until every participant has come or left; nothing when stopped meanwhile. Whoever comes later,
    /// or again, gets the same instant.
    [[nodiscard]] std::optional<PlayStart> wait_for_start(std::stop_token stop);
    /// A participant that never came will not come any more.
    void leave();

private:
    void count_down();  // with the mutex held

    std::mutex mutex_;
    std::condition_variable_any everyone_here_;
    int awaited_;
    std::optional<CaptureTime> start_;
};

/// Sleeps until `moment`; false when stopped before.
[[nodiscard]] bool sleep_until(CaptureTime moment, const std::stop_token& stop);

}  // namespace changji::demo
