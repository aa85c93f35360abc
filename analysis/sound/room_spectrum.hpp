#pragma once

#include "analysis/recent_or_take.hpp"
#include "analysis/sound/sound_filters.hpp"
#include "analysis/sound/voice_gate.hpp"

#include <cstdint>
#include <optional>

namespace changji {

struct RoomSpectrumReading {
    std::optional<double> rumble_db;
    std::optional<double> hiss_db;
};

/// Where the room's noise lies, from the frames at least 100 ms away from voice: E(10–120 Hz)/E(120–4000 Hz), rumble
/// (wind, traffic, steps), and E(4–16 kHz)/E(120–4000 Hz), hiss (electronics, gain), in dB, −60 to 60. E is the energy
/// of both channels' mean; the bands are parted by Butterworth filters of fourth order (a tone of 60 Hz leaks into the
/// middle by −24 dB). Absent with less than 0.2 s without voice, and where 120–4000 Hz is below −100 dBFS: digital
/// silence has no colour.
class RoomSpectrum {
public:
    void hear(const GatedFrame& frame);
    [[nodiscard]] RoomSpectrumReading read() const;
    /// What was heard before `from_frame` does not count.
    void begin_take(std::int64_t from_frame);
    void end_take(std::int64_t from_frame);

private:
    struct Energies {
        double low = 0.0, middle = 0.0, high = 0.0;
        std::int64_t frames = 0;

        void merge(const Energies& other);
    };

    Biquad without_constant_ = Biquad::high_pass(10.0);
    SteepFilter low_ = SteepFilter::low_pass(120.0);
    SteepFilter above_low_ = SteepFilter::high_pass(120.0);
    SteepFilter high_ = SteepFilter::high_pass(4000.0);
    Biquad audible_ = Biquad::low_pass(16'000.0);
    RecentOrTake<Energies> energies_;
    std::int64_t counts_from_ = 0;
};

}  // namespace changji
