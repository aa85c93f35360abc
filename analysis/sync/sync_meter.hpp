#pragma once

#include <optional>
#include <vector>

#include "analysis/sync/sync_events.hpp"
#include "capture/types/message.hpp"

namespace changji {

/// One clap, heard and seen.
struct SyncClap {
    CaptureTime seen_at;
    CaptureTime heard_at;
    [[nodiscard]] double offset_ms() const { return to_seconds(heard_at - seen_at) * 1000.0; }
};

struct SyncReading {
    int heard = 0;                    ///< sudden sounds so far
    int seen = 0;                     ///< flashes or contacts so far, whichever fit the sounds better
    std::vector<SyncClap> claps;      ///< those that agree with one another, in order
    std::optional<double> offset_ms;  ///< positive: the sound is late against the picture; none: not measurable
    double spread_ms = 0.0;           ///< half of the range of the claps' offsets
    Message problem;                  ///< without an offset: what to do
};

/// By how much sound is late against the picture, from several claps (hands, a clapper board, a light that flashes with
/// a sound). One clap alone is known only as well as pictures follow one another, ±20 ms at 25 a second; several, that
/// fall differently between pictures, are averaged.
///
/// Every sudden sound within a second of a flash or contact gives a difference of time. The offset is where most of
/// them agree within 20 ms and one picture's interval, the smaller one if two are alike: their mean. At least 3 claps
/// must agree, and among sounds and movements as strong as theirs fewer may be left over: else speech and gestures
/// would agree by chance.
///
/// Accuracy on synthetic signals with 5 claps: ±10 ms for flashes, ±20 ms for hands. What is measured includes the way
/// of the sound from the hands to the microphone, 3 ms a metre. Pure: pictures and sound by their capture times, in
/// order each, in any order to one another. One thread.
class SyncMeter {
public:
    static constexpr int least_claps = 3;

    void see(const VideoFrame& frame) { eye_.see(frame); }  ///< of any format
    void hear(const SoundBlock& block) { ear_.hear(block); }
    /// Of the last minute. An event counts 0.2 s after it.
    [[nodiscard]] SyncReading read() const;

private:
    ClapEye eye_;
    ClapEar ear_;
};

}  // namespace changji
