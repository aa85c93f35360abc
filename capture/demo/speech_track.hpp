#pragma once

#include "capture/types/time.hpp"

#include <cstdint>
#include <vector>

namespace changji::demo {

/// What the person in the scene says, without room noise: some sentences with a pause of 1.5 s after each,
/// then again from the beginning. About −23 LUFS over all, peaks below −3 dBFS.
class SpeechTrack {
public:
    /// Made at the first call of the process (some tenths of a second), shared afterwards. Any thread. Where
    /// no Mandarin voice is installed it is a wordless murmur of the same rhythm.
    static const SpeechTrack& shared();

    /// The sample pair's value at `frame` after the start, at sound_rate_hz.
    [[nodiscard]] float at(std::int64_t frame) const;
    /// How far the voice opens the mouth, 0..1.
    [[nodiscard]] double voice_at(Nanoseconds at) const;
    [[nodiscard]] std::int64_t length_frames() const { return static_cast<std::int64_t>(samples_.size()); }

private:
    SpeechTrack();
    void bring_to_level();
    void follow_voice();

    std::vector<float> samples_;
    std::vector<float> voice_;  ///< one value each 10 ms
};

}  // namespace changji::demo
