#pragma once

#include "analysis/recent_or_take.hpp"
#include "analysis/voice_activity.hpp"
#include "capture/types/sound_block.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>

namespace changji {

struct NoiseReading {
    std::optional<double> noise_floor_dbfs;
    std::optional<double> speech_to_noise_db;
};

/// How loud the room is, and how far speech stands above it. The unit is a frame of 20 ms: its power is the
/// mean of both channels' squares after an 80 Hz high-pass (second order, Butterworth); dBFS =
/// 10·log10(power), so a full-scale sine reads −3.
///
///   noise floor N     median power of the frames at least 100 ms away from voice; with less than 0.2 s of
///   those,
///                     the 10th percentile of all frames. Absent before 1 s of sound.
///   speech to noise   10·log10((S − N)/N) with S the mean power of voiced frames, −10 dB at the least; with
///   less
///                     than 0.2 s without voice an estimate, P95 − P10 − 4.5 dB of all frames. Absent until
///                     somebody spoke for 0.5 s.
///
/// The voice detector's first 1.5 s count neither as voice nor as its absence. Powers are kept as histograms
/// of 0.1 dB: memory does not grow with the take.
class NoiseMeter {
public:
    NoiseMeter();

    /// Any number of sample pairs, in order.
    void hear(std::span<const float> interleaved);
    [[nodiscard]] NoiseReading read() const;
    void begin_take() { statistics_.begin_take(); }
    void end_take() { statistics_.end_take(); }

private:
    /// Powers in dBFS, −130 to +10, in steps of 0.1 dB.
    class PowerHistogram {
    public:
        void add(double power);
        void merge(const PowerHistogram& other);
        [[nodiscard]] std::int64_t total() const { return total_; }
        [[nodiscard]] double percentile_dbfs(double share) const;

    private:
        std::array<std::uint32_t, 1400> counts_{};
        std::int64_t total_ = 0;
    };
    struct Statistics {
        PowerHistogram all, without_voice;
        double voiced_power = 0.0;
        std::int64_t voiced_frames = 0;

        void merge(const Statistics& other);
    };
    class HighPass {
    public:
        double filter(double sample);

    private:
        double x1_ = 0.0, x2_ = 0.0, y1_ = 0.0, y2_ = 0.0;
    };
    enum class Kind { Unknown, WithoutVoice, Voice };
    struct Frame {
        double power = 0.0;
        Kind kind = Kind::Unknown;
    };

    void finish_voice_frame();
    void classify(const Frame& newest);

    VoiceActivity voice_;
    std::array<HighPass, sound_channels> high_pass_;
    std::array<float, VoiceActivity::frame_length> mono_{};
    std::size_t mono_filled_ = 0;
    bool second_half_ = false;      ///< of the 20 ms frame
    Frame frame_;                   ///< being filled; power is still a sum
    std::deque<Frame> neighbours_;  ///< the last 220 ms
    RecentOrTake<Statistics> statistics_;
};

}  // namespace changji
