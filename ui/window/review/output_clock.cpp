#include "ui/window/review/output_clock.hpp"

#include <algorithm>

namespace changji {
namespace {

using namespace std::chrono_literals;
constexpr Nanoseconds window_length = 500ms;
/// So late a callback means that the device has run dry, not that this machine was busy for a moment.
constexpr Nanoseconds dry = 2ms;

}  // namespace

void OutputClock::begin(CaptureTime now) {
    ++beginnings_;
    began_ = now;
    asked_frames_ = 0;
    earliest_.fill(Nanoseconds::max());
    window_ = 0;
    window_ends_ = window_length;
    settled_ = false;
}

CaptureTime OutputClock::ask(CaptureTime now, std::size_t frames) {
    if (beginnings_ == 0) begin(now);
    for (;;) {
        const Nanoseconds asked = sound_duration(asked_frames_);
        const Nanoseconds early = now - began_ - asked;
        if (asked >= window_ends_) {
            if (!settled_) ahead_ = -*std::ranges::min_element(earliest_);
            settled_ = true;
            window_ = (window_ + 1) % windows;
            earliest_[window_] = Nanoseconds::max();
            window_ends_ += window_length;
        }
        earliest_[window_] = std::min(earliest_[window_], early);
        Nanoseconds heard = asked;
        if (settled_) heard += *std::ranges::min_element(earliest_) + ahead_;
        if (now - began_ > heard + dry) {
            begin(now);
            continue;
        }
        asked_frames_ += static_cast<std::int64_t>(frames);
        const CaptureTime at = began_ + heard + correction_;
        latency_ = at - now;
        next_heard_ = at + sound_duration(static_cast<std::int64_t>(frames));
        return at;
    }
}

}  // namespace changji
