#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace changji {

/// The seconds between pressing record and the take's first frame. Times in seconds from any fixed start.
class Countdown {
public:
    /// What may be chosen; 0: the take begins at once.
    static constexpr std::array choices_s{0, 3, 5, 10};
    static constexpr double bounce_s = 0.35;

    void begin(double now_s, int seconds) {
        begun_s_ = now_s;
        zero_s_ = now_s + seconds;
    }
    void cancel() { begun_s_.reset(); }
    /// The record key once more: true when that ends the countdown. A double click only begins it.
    bool press(double now_s) {
        if (!running() || now_s - *begun_s_ < bounce_s) return false;
        cancel();
        return true;
    }
    /// Once, at zero: the take is to begin.
    [[nodiscard]] bool reached(double now_s) {
        if (!running() || now_s < zero_s_) return false;
        cancel();
        return true;
    }

    [[nodiscard]] bool running() const { return begun_s_.has_value(); }
    [[nodiscard]] double remaining_s(double now_s) const { return running() ? std::max(0.0, zero_s_ - now_s) : 0.0; }
    /// What is shown: 3, 2, 1.
    [[nodiscard]] int number(double now_s) const {
        return std::max(1, static_cast<int>(std::ceil(remaining_s(now_s) - 1e-6)));
    }
    [[nodiscard]] double begun_s() const { return begun_s_.value_or(0.0); }
    [[nodiscard]] int seconds() const { return running() ? static_cast<int>(std::lround(zero_s_ - *begun_s_)) : 0; }

private:
    std::optional<double> begun_s_;
    double zero_s_ = 0.0;
};

/// The cue: one short tone at every number that is shown. The last one is over long before the take, so that neither
/// the room nor a recorded loudspeaker carries it in.
namespace cue {
inline constexpr double tone_s = 0.12;
inline constexpr double latest_s = 0.25;   ///< a tone that comes later than this after its number is left out
inline constexpr double latency_s = 0.30;  ///< that the sound system may add
inline constexpr double quiet_s = 0.3;     ///< before the take
static_assert(latest_s + tone_s + latency_s + quiet_s <= 1.0, "the last number stands for one second");
}  // namespace cue

}  // namespace changji
