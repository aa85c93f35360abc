#pragma once

#include "analysis/picture/frame_range.hpp"
#include "capture/types/sound_block.hpp"

#include <vector>

namespace changji {

/// When a sample pair was heard, by its number since the first. Clocks drift and microphones go away: a new anchor is
/// set wherever the sound's own count and its capture time part by more than 5 ms.
class SoundMoments {
public:
    /// So many pairs follow, the first of them captured then.
    void hear(std::int64_t frames, CaptureTime captured_at);
    [[nodiscard]] CaptureTime of(std::int64_t frame) const;

private:
    struct Anchor {
        std::int64_t frame = 0;
        CaptureTime at;
    };
    static constexpr std::size_t most_anchors = 1000;

    std::vector<Anchor> anchors_;  ///< ascending; the oldest go first
    std::int64_t heard_ = 0;
};

}  // namespace changji
