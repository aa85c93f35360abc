#include "capture/recording/frame_pacer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace changji {
namespace {

constexpr double keep_turn_ticks = 0.75;
constexpr double keep_turn_s = 0.017;
constexpr std::size_t spacing_frames = 33;  // an even number of intervals, so that alternating jitter cancels
constexpr double stall_ticks = 4.0;
constexpr double faster_source_ticks = 0.9;
constexpr double slower_source_ticks = 1.1;
constexpr double jitter_ticks = 0.25;

}  // namespace

FramePacer::FramePacer(Rational rate, std::int64_t max_ticks)
    : rate_(rate), max_ticks_(max_ticks), near_ticks_(std::clamp(keep_turn_s * rate.value(), keep_turn_ticks, 1.0)) {}

double FramePacer::position(CaptureTime moment) const { return to_seconds(moment - *start_) * rate_.value(); }

// The mean over many frames: alternating jitter leaves it alone, which would fool a median.
void FramePacer::note_spacing(CaptureTime captured_at) {
    if (!recent_.empty() && std::abs(position(captured_at) - position(recent_.back())) > stall_ticks) recent_.clear();
    recent_.push_back(captured_at);
    if (recent_.size() > spacing_frames) recent_.pop_front();
}

double FramePacer::spacing_ticks() const {
    if (recent_.size() < spacing_frames) return 1.0;
    return (position(recent_.back()) - position(recent_.front())) / static_cast<double>(recent_.size() - 1);
}

std::int64_t FramePacer::advance(std::int64_t wanted) {
    const std::int64_t room = max_ticks_ > 0 ? max_ticks_ - ticks_ : std::numeric_limits<std::int64_t>::max();
    const std::int64_t filled = std::clamp<std::int64_t>(wanted, 0, room);
    ticks_ += filled;
    return filled;
}

Placement FramePacer::place(CaptureTime captured_at) {
    if (!start_) start_ = captured_at;
    note_spacing(captured_at);

    const double spacing = spacing_ticks();
    double early_limit = near_ticks_, late_limit = near_ticks_;
    if (spacing < faster_source_ticks) {
        early_limit = spacing / 2;
        late_limit = std::min(spacing / 2 + jitter_ticks, near_ticks_);
    } else if (spacing > slower_source_ticks) {
        late_limit = 0.5;
    }
    const double ahead = position(captured_at) - static_cast<double>(ticks_);
    if (ahead < -early_limit) return {};

    Placement placement;
    if (ahead > late_limit) placement.repeats = advance(std::llround(ahead));
    placement.taken = advance(1) == 1;
    return placement;
}

void FramePacer::lose(CaptureTime captured_at) {
    if (start_) note_spacing(captured_at);
}

std::int64_t FramePacer::hold_until(CaptureTime moment) {
    if (!start_ || moment < *start_) return 0;
    return advance(ticks_within(moment - *start_, rate_) + 1 - ticks_);
}

}  // namespace changji
