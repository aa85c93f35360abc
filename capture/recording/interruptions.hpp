#pragma once

#include "capture/types/losses.hpp"
#include "capture/types/time.hpp"

#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

namespace changji {

/// When a camera or a microphone was away during a take. Any thread.
class Interruptions {
public:
    /// Away since `last_seen`, noticed `now`. Nothing new while it is away already.
    void lost(CaptureTime last_seen, CaptureTime now);
    /// Something captured at `at` has come: it is back, unless that was still on its way when the loss was noticed.
    void returned(CaptureTime at);

    [[nodiscard]] bool away() const { return away_; }
    [[nodiscard]] int count() const;
    /// Of a take that begins at `start`; what is open ends at `end`, what lies before the take is left out.
    [[nodiscard]] std::vector<Stretch> stretches(CaptureTime start, CaptureTime end) const;

private:
    struct Absence {
        CaptureTime from;
        CaptureTime noticed;
        std::optional<CaptureTime> to;
    };
    std::atomic<bool> away_ = false;
    mutable std::mutex mutex_;
    std::vector<Absence> absences_;
};

}  // namespace changji
