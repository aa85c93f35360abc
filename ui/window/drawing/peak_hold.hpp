#pragma once

#include <algorithm>

namespace changji {

/// The highest peak of late, so that an eye can read it: it stays for a while, then sinks. Times in seconds from any
/// fixed start, levels in dBFS.
class PeakHold {
public:
    static constexpr double stay_s = 1.5;
    static constexpr double fall_db_per_s = 20.0;
    static constexpr double silence_dbfs = -120.0;

    void note(double peak_dbfs, double now_s) {
        if (peak_dbfs < held_dbfs(now_s)) return;
        peak_dbfs_ = peak_dbfs;
        at_s_ = now_s;
    }
    [[nodiscard]] double held_dbfs(double now_s) const {
        const double sinking_s = std::max(0.0, now_s - at_s_ - stay_s);
        return std::max(silence_dbfs, peak_dbfs_ - sinking_s * fall_db_per_s);
    }

private:
    double peak_dbfs_ = silence_dbfs;
    double at_s_ = 0.0;
};

}  // namespace changji
