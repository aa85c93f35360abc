#pragma once

#include <algorithm>
#include <optional>

namespace changji {

/// Stopping a take needs a deliberate act: either two, of which the first arms and a second one within 3 s stops, or
/// one key held down for 1.2 s. What follows the first faster than a hand decides (a double click, a bouncing key)
/// doesn't count; a key let go early has armed. Times in seconds.
class StopGuard {
public:
    static constexpr double window_s = 3.0;
    static constexpr double bounce_s = 0.35;
    static constexpr double hold_s = 1.2;

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
    /// What armed it is a key that is down, and stays down until let_go(). Nothing while it isn't armed.
    void hold(double now_s) {
        if (armed(now_s)) held_since_s_ = now_s;
    }
    void let_go() { held_since_s_.reset(); }
    /// Once, when the key was held long enough: that stops the take.
    [[nodiscard]] bool held_out(double now_s) {
        if (held_fraction(now_s) < 1.0) return false;
        cancel();
        return true;
    }
    /// 0 while no key is held, 1 when it stops.
    [[nodiscard]] double held_fraction(double now_s) const {
        return held_since_s_ ? std::clamp((now_s - *held_since_s_) / hold_s, 0.0, 1.0) : 0.0;
    }
    void cancel() {
        armed_at_s_.reset();
        held_since_s_.reset();
    }
    [[nodiscard]] bool armed(double now_s) const { return remaining_s(now_s) > 0.0; }
    [[nodiscard]] double remaining_s(double now_s) const { return armed_at_s_ ? *armed_at_s_ + window_s - now_s : 0.0; }

private:
    std::optional<double> armed_at_s_;
    std::optional<double> held_since_s_;
};

}  // namespace changji
