#pragma once

#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

namespace changji {

/// Cuts sound where slots of 100 ms end, so that no reading depends on how the sound came cut into blocks.
class SoundSlots {
public:
    static constexpr std::size_t slot_frames = sound_rate_hz / 10;
    static constexpr double slot_s = 0.1;

    /// Calls `piece` with sample pairs of one slot and `slot_ended` after its last.
    template <typename Piece, typename SlotEnded>
    void cut(std::span<const float> interleaved, Piece&& piece, SlotEnded&& slot_ended) {
        for (std::size_t left = interleaved.size() / sound_channels; left > 0;) {
            const std::size_t frames = std::min(left, slot_frames - filled_);
            piece(interleaved.first(frames * sound_channels));
            interleaved = interleaved.subspan(frames * sound_channels);
            left -= frames;
            filled_ += frames;
            if (filled_ < slot_frames) continue;
            filled_ = 0;
            slot_ended();
        }
    }

private:
    std::size_t filled_ = 0;
};

}  // namespace changji
