#pragma once

#include "capture/types/sound_block.hpp"

#include <cstdint>

namespace changji {

enum class DeadSound {
    No,
    Zeros,  ///< nothing but one and the same value: muted, or nothing is behind the input
    Faint,  ///< below −80 dBFS: an unplugged cable, a microphone without power
};

/// Tells a microphone that delivers, but no sound: 0.8 s in which both channels swing less than ±0.0001 of full scale
/// (−80 dBFS; a constant voltage is no sound). A quiet room behind an open microphone is far above that. The first
/// real sound makes it live again. Pure; time is counted in frames; one thread.
class DeadSoundWatch {
public:
    void hear(const SoundBlock& block);
    [[nodiscard]] DeadSound kind() const;
    [[nodiscard]] bool dead() const { return kind() != DeadSound::No; }

private:
    std::int64_t quiet_frames_ = 0;
    std::int64_t constant_frames_ = 0;
};

}  // namespace changji
