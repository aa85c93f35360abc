#pragma once

#include "analysis/judging/event_list.hpp"
#include "analysis/recent_or_take.hpp"
#include "analysis/sound/power_histogram.hpp"
#include "analysis/sound/room_spectrum.hpp"
#include "analysis/sound/sudden_noises.hpp"
#include "analysis/sound/voice_gate.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace changji {

struct NoiseReading {
    std::optional<double> noise_floor_dbfs;
    std::optional<double> speech_to_noise_db;
    bool estimated = false;  ///< floor and ratio come from percentiles: too little was heard without voice
    RoomSpectrumReading spectrum;
    std::optional<EventList> sudden_noises;
};

/// What the room sounds like where nobody speaks, and how far speech stands above it: all that hangs on the one voice
/// gate. The unit is its frame of 20 ms; dBFS = 10·log10(power), so a full-scale sine reads −3.
///
///   noise floor N     median power of the frames at least 100 ms away from voice; with less than 0.2 s of those, the
///                     10th percentile of all frames. Absent before 1 s of sound.
///   speech to noise   10·log10((S − N)/N) with S the mean power of voiced frames, −10 dB at the least; with less than
///                     0.2 s without voice an estimate, P95 − P10 − 4.5 dB of all frames. Absent until somebody spoke
///                     for 0.5 s.
///
/// The voice detector's first 1.5 s count neither as voice nor as its absence; the last 100 ms heard don't count yet.
class NoiseMeter {
public:
    /// Any number of sample pairs, in order.
    void hear(std::span<const float> interleaved);
    [[nodiscard]] NoiseReading read() const;
    void begin_take();
    void end_take();

private:
    struct Statistics {
        PowerHistogram all, without_voice;
        double voiced_power = 0.0;
        std::int64_t voiced_frames = 0;

        void merge(const Statistics& other);
    };

    void count(const GatedFrame& frame);

    VoiceGate gate_;
    RoomSpectrum spectrum_;
    SuddenNoises sudden_noises_;
    RecentOrTake<Statistics> statistics_;
    std::int64_t counts_from_ = 0;  ///< what was heard before and comes out of the gate later is no part of the take
};

}  // namespace changji
