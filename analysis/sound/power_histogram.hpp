#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace changji {

/// The mean square (full scale 1) of a level in dBFS.
[[nodiscard]] inline double power_of(double dbfs) { return std::pow(10.0, dbfs / 10.0); }

/// Powers as a histogram in dBFS, −130 to +10, in steps of 0.1 dB: memory does not grow with the take.
class PowerHistogram {
public:
    void add(double power);  ///< mean square, full scale 1
    void merge(const PowerHistogram& other);
    [[nodiscard]] std::int64_t total() const { return total_; }
    [[nodiscard]] double percentile_dbfs(double share) const;

private:
    std::array<std::uint32_t, 1400> counts_{};
    std::int64_t total_ = 0;
};

}  // namespace changji
