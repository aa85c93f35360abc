#pragma once

#include "analysis/time_range.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace changji {

/// The stretches of at least `least` in which something went on without a break. Memory is bounded: the first
/// `most_kept` stretches are listed, the longest is known beyond them.
class HeldState {
public:
    static constexpr std::size_t most_kept = 200;

    explicit HeldState(Nanoseconds least) : least_(least) {}

    /// It goes on at `now`; it begins there if it did not go on before.
    void hold(CaptureTime now);
    /// It goes on no more from `now` on.
    void end(CaptureTime now);

    /// In the order of time, with the one still running last.
    [[nodiscard]] std::vector<TimeRange> stretches() const;
    /// 0 when none was long enough.
    [[nodiscard]] double longest_s() const;

private:
    [[nodiscard]] bool long_enough(const TimeRange& range) const { return range.to - range.from >= least_; }

    Nanoseconds least_;
    std::optional<TimeRange> running_;
    std::vector<TimeRange> ended_;
    double longest_ended_s_ = 0.0;
};

}  // namespace changji
