#pragma once

// Internal to capture/.

#include <optional>

#include "capture/types/time.hpp"

namespace changji {

/// Time stamps further apart than this are taken for a break in the stream's clock, not for a wait.
inline constexpr Nanoseconds clock_break = std::chrono::seconds(10);

/// Puts missing, repeated and broken time stamps of pictures right: the result only ever grows.
class PictureClock {
public:
    explicit PictureClock(Nanoseconds usual_step) : usual_step_(usual_step) {}
    [[nodiscard]] Nanoseconds place(std::optional<Nanoseconds> given);
    /// The next picture, the first one, stands at `at`, however late that is.
    void begin(Nanoseconds at) { last_ = at - usual_step_; }
    [[nodiscard]] bool has_begun() const { return last_.has_value(); }

private:
    Nanoseconds usual_step_;
    Nanoseconds shift_{0};
    std::optional<Nanoseconds> last_;
};

}  // namespace changji
