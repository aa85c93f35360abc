#include "analysis/sound/sound_moments.hpp"

#include <algorithm>
#include <chrono>

namespace changji {
namespace {

constexpr Nanoseconds largest_error = std::chrono::milliseconds(5);

}  // namespace

void SoundMoments::hear(std::int64_t frames, CaptureTime captured_at) {
    if (anchors_.empty() || std::chrono::abs(captured_at - of(heard_)) > largest_error) {
        if (anchors_.size() == most_anchors) anchors_.erase(anchors_.begin(), anchors_.begin() + most_anchors / 2);
        anchors_.push_back({heard_, captured_at});
    }
    heard_ += frames;
}

CaptureTime SoundMoments::of(std::int64_t frame) const {
    if (anchors_.empty()) return {};
    const auto after = std::ranges::upper_bound(anchors_, frame, {}, &Anchor::frame);
    const Anchor& anchor = after == anchors_.begin() ? *after : *std::prev(after);
    const std::int64_t away = frame - anchor.frame;
    return away >= 0 ? anchor.at + sound_duration(away) : anchor.at - sound_duration(-away);
}

}  // namespace changji
