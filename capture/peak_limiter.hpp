#pragma once

// Internal to capture/.

#include <span>
#include <vector>

namespace changji {

/// Keeps peaks at or below −1 dBFS, both channels by the same gain. Within a piece of sound the gain goes down ahead of
/// a peak, by at most 5 ms and by the gentlest slope that is in time; it comes back by 12 dB a second, slowly enough
/// for the pauses of speech. Nothing is held back: what lies behind the piece's end can't be seen coming, so a peak
/// that begins with a piece is met at once. Sound that needs no limiting passes bit for bit. One thread.
class PeakLimiter {
public:
    void run(std::span<float> interleaved);
    /// No more limiting: what is left of it fades within these samples.
    void leave(std::span<float> interleaved);
    [[nodiscard]] bool is_limiting() const { return gain_ < 1.0F; }

private:
    float next_gain(std::size_t frame) const;

    float gain_ = 1.0F;           ///< of the last frame
    std::vector<float> allowed_;  ///< the gain each frame of the piece may have at most
};

}  // namespace changji
