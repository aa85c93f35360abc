#pragma once

#include "analysis/sound/sound_filters.hpp"
#include "analysis/sound/voice_activity.hpp"
#include "capture/types/sound_block.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace changji {

/// In this order a frame's halves are joined: voice in one half makes it a voiced frame.
enum class VoiceKind { Unknown, WithoutVoice, Voice };

/// 20 ms of sound, and whether somebody speaks in or near it.
struct GatedFrame {
    static constexpr std::size_t length = 2 * VoiceActivity::frame_length;

    std::int64_t first_frame = 0;        ///< of its sample pairs, counted since the first that was heard
    std::array<float, length> mono{};    ///< mean of both channels
    std::array<double, 2> half_power{};  ///< of 10 ms each: mean of both channels' squares after an 80 Hz high-pass
                                         ///< (second order, Butterworth)
    VoiceKind kind = VoiceKind::Unknown;
    bool away_from_voice = false;  ///< it and all that lies within 100 ms is known to be without voice

    [[nodiscard]] double power() const { return (half_power[0] + half_power[1]) / 2.0; }
};

/// Cuts sound into frames of 20 ms and decides once for all meters who speaks when. A frame comes out 100 ms late, when
/// it is known what follows it. The detector's first 1.5 s are Unknown. One thread.
class VoiceGate {
public:
    static constexpr double frame_s = 0.02;

    /// Any number of sample pairs, in order; `on_frame` runs for every frame that became known.
    void hear(std::span<const float> interleaved, const std::function<void(const GatedFrame&)>& on_frame);
    [[nodiscard]] std::int64_t frames_heard() const { return frames_heard_; }

private:
    static constexpr std::size_t guard = 5;

    void finish_half(const std::function<void(const GatedFrame&)>& on_frame);
    void hand_out(const std::function<void(const GatedFrame&)>& on_frame);

    VoiceActivity voice_;
    std::array<Biquad, sound_channels> high_pass_{Biquad::high_pass(80.0), Biquad::high_pass(80.0)};
    std::vector<GatedFrame> ring_ = std::vector<GatedFrame>(2 * guard + 1);
    std::int64_t whole_frames_ = 0;  ///< the one being filled is at whole_frames_ % ring_.size()
    std::size_t filled_ = 0;
    std::int64_t frames_heard_ = 0;
};

}  // namespace changji
