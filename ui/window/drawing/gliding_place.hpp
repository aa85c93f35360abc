#pragma once

#include <cmath>
#include <optional>

namespace changji {

/// The place in the script that is shown. It glides after the one that is meant, so that neither the pauses of an even
/// pace nor the steps of a followed voice jerk, and arrives at a place a person chose within a fifth of a second. A
/// place far away is shown at once. Pure.
class GlidingPlace {
public:
    [[nodiscard]] double shown() const { return shown_; }
    /// Where it is `now_s` when `meant` is the place; `running`: it moves by itself.
    double follow(double meant, bool running, double now_s) {
        const double away = meant - shown_;
        const double passed_s = at_s_ ? now_s - *at_s_ : 1e9;
        at_s_ = now_s;
        if (std::abs(away) > far || passed_s > longest_s || passed_s < 0.0) return shown_ = meant;
        if (std::abs(away) < arrived && !running) return shown_ = meant;
        const double time_s = running && std::abs(away) < near ? smooth_s : quick_s;
        return shown_ += away * (1.0 - std::exp(-passed_s / time_s));
    }
    [[nodiscard]] bool moves(double meant) const { return shown_ != meant; }

private:
    static constexpr double far = 60.0, near = 4.0, arrived = 0.02;  // characters
    static constexpr double smooth_s = 0.3, quick_s = 0.07, longest_s = 2.0;
    double shown_ = 0.0;
    std::optional<double> at_s_;
};

}  // namespace changji
