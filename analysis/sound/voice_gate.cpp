#include "analysis/sound/voice_gate.hpp"

#include <algorithm>

namespace changji {

void VoiceGate::hear(std::span<const float> interleaved, const std::function<void(const GatedFrame&)>& on_frame) {
    for (std::size_t i = 0; i + 1 < interleaved.size(); i += sound_channels) {
        GatedFrame& frame = ring_[static_cast<std::size_t>(whole_frames_) % ring_.size()];
        if (filled_ == 0) {
            frame.first_frame = frames_heard_;
            frame.half_power = {};
            frame.kind = VoiceKind::Unknown;
        }
        const float left = interleaved[i], right = interleaved[i + 1];
        const double low_left = high_pass_[0].filter(left), low_right = high_pass_[1].filter(right);
        frame.half_power[filled_ / VoiceActivity::frame_length] += low_left * low_left + low_right * low_right;
        frame.mono[filled_++] = (left + right) / 2.0f;
        ++frames_heard_;
        if (filled_ % VoiceActivity::frame_length == 0) finish_half(on_frame);
    }
}

void VoiceGate::finish_half(const std::function<void(const GatedFrame&)>& on_frame) {
    GatedFrame& frame = ring_[static_cast<std::size_t>(whole_frames_) % ring_.size()];
    const std::size_t from = filled_ - VoiceActivity::frame_length;
    frame.half_power[from / VoiceActivity::frame_length] /= double{VoiceActivity::frame_length} * sound_channels;
    for (Biquad& filter : high_pass_) filter.settle();

    const bool reliable = voice_.is_reliable();
    const bool voiced = voice_.hear(std::span(frame.mono).subspan(from, VoiceActivity::frame_length));
    const VoiceKind kind = !reliable ? VoiceKind::Unknown : voiced ? VoiceKind::Voice : VoiceKind::WithoutVoice;
    frame.kind = std::max(frame.kind, kind);
    if (filled_ < GatedFrame::length) return;
    filled_ = 0;
    ++whole_frames_;
    if (whole_frames_ > static_cast<std::int64_t>(guard)) hand_out(on_frame);
}

void VoiceGate::hand_out(const std::function<void(const GatedFrame&)>& on_frame) {
    const auto index = static_cast<std::size_t>(whole_frames_) - 1 - guard;
    GatedFrame& frame = ring_[index % ring_.size()];
    frame.away_from_voice = index >= guard && std::all_of(ring_.begin(), ring_.end(), [](const GatedFrame& neighbour) {
                                return neighbour.kind == VoiceKind::WithoutVoice;
                            });
    on_frame(frame);
}

}  // namespace changji
