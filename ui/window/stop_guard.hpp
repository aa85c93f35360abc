#pragma once

#include <optional>

namespace changji {

/// Stopping a take needs two deliberate acts: the first arms, a second one within 3 s stops. What follows the
/// first faster than a hand decides (a double click, a bouncing key) doesn't count. Times in seconds.
class StopGuard {
public:
    static constexpr double window_s = 3.0;
    static constexpr double bounce_s = 0.35;

    /// True when this act stops the take.
    [[nodiscard]] bool press(double now_s) {
        if (!armed(now_s)) {
            armed_at_s_ = now_s;
            return false;
        }
        if (now_s - *armed_at_s_ < bounce_s) return false;
        cancel();
        return true;
    }
    void cancel() { armed_at_s_.reset(); }
    [[nodiscard]] bool armed(double now_s) const { return remaining_s(now_s) > 0.0; }
    [[nodiscard]] double remaining_s(double now_s) const { return armed_at_s_ ? *armed_at_s_ + window_s - now_s : 0.0; }

private:
    std::optional<double> armed_at_s_;
};

}  // namespace changji
