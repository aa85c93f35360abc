#include <algorithm>

#include "capture/sources/media_live.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t follow_ratio = 5'000;  // 200 ppm
constexpr Nanoseconds real_wait = 5ms;
constexpr Nanoseconds settling = 300ms;
constexpr Nanoseconds longest_backlog = 3s;

}  // namespace

void LiveClock::saw(CaptureTime stamp, CaptureTime arrived) {
    const Nanoseconds lag = arrived - stamp;
    offset_ = offset_ ? std::min(*offset_ + (arrived - last_) / follow_ratio, lag) : lag;
    last_ = arrived;
}

void Backlog::packet(Nanoseconds waited, CaptureTime now) {
    if (!first_wait_ && waited >= real_wait) first_wait_ = now;
}

bool Backlog::over(CaptureTime now) const {
    return (first_wait_ && now - *first_wait_ >= settling) || now - joined_ >= longest_backlog;
}

void SilenceWatch::begin(CaptureTime now, Nanoseconds longest) {
    last_ = now;
    longest_ = longest;
}

void SilenceWatch::heard(CaptureTime now) {
    last_ = now;
    told_ = false;
}

}  // namespace changji
