#pragma once

#include "analysis/judging/event_list.hpp"
#include "analysis/sound/channel_meter.hpp"
#include "analysis/sound/clipping_meter.hpp"
#include "analysis/sound/dropout_meter.hpp"
#include "analysis/sound/hum_meter.hpp"
#include "analysis/sound/loudness_meter.hpp"
#include "analysis/sound/noise_meter.hpp"
#include "analysis/sound/phase_meter.hpp"
#include "analysis/sound/silence_meter.hpp"

#include <array>
#include <optional>
#include <span>

namespace changji {

/// What all sound meters read. A value is absent when it could not be measured; each meter's header says why.
struct SoundReadings {
    std::optional<double> momentary_lufs, short_term_lufs, loudness_lufs;
    std::optional<double> loudness_range_lu;
    std::optional<double> true_peak_dbtp;
    std::optional<double> noise_floor_dbfs, speech_to_noise_db;
    bool noise_estimated = false;  ///< the two above come from percentiles
    std::optional<double> rumble_db, hiss_db;
    HumReading hum;
    std::optional<double> clipped_runs_per_s;
    std::optional<DeadChannel> dead_channel;
    std::optional<double> phase;
    std::optional<double> silent_s;
    std::optional<EventList> sudden_noises, dropouts;
    EventList clippings, inverted_stretches, silent_stretches;

    friend bool operator==(const SoundReadings&, const SoundReadings&) = default;
};

/// All sound meters behind one door: every sample goes through all of them, voice is looked for once. Readings do not
/// depend on how the sound comes cut into blocks. Pure; one thread at a time.
class SoundMeters {
public:
    explicit SoundMeters(double mains_hz = 50.0) : hum_(mains_hz) {}

    /// Any number of sample pairs, in order.
    void hear(std::span<const float> interleaved);
    [[nodiscard]] SoundReadings read() const;
    /// Of the last whole 100 ms.
    [[nodiscard]] std::array<ChannelLevel, sound_channels> levels() const { return channels_.levels(); }
    /// From here to end_take() all but the levels and the dead channel cover the take; else the last 10 to 20 s.
    /// Moments go on being counted from the first sample pair ever heard.
    void begin_take();
    void end_take();
    [[nodiscard]] std::int64_t frames_heard() const { return frames_heard_; }

private:
    LoudnessMeter loudness_;
    NoiseMeter noise_;
    HumMeter hum_;
    ClippingMeter clipping_;
    ChannelMeter channels_;
    PhaseMeter phase_;
    SilenceMeter silence_;
    DropoutMeter dropouts_;
    std::int64_t frames_heard_ = 0;
};

}  // namespace changji
