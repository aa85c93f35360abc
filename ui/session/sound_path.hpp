#pragma once

#include <deque>
#include <mutex>

#include "analysis/sound/dead_sound.hpp"
#include "capture/sound_shaper.hpp"

namespace changji {

/// What happens to the microphone's sound before it is recorded and metered: channels and gain as asked for, and the
/// fixed offset of this camera and microphone. Knows whether the microphone is dead. take() is called by the
/// microphone's thread, the rest by any.
class SoundPath {
public:
    /// `offset`: by how much sound is late against the picture. InvalidConfig as SoundShaper.
    [[nodiscard]] static Result<std::unique_ptr<SoundPath>> open(const SoundShape& shape, Nanoseconds offset);

    [[nodiscard]] SoundBlock take(const SoundBlock& block);
    /// From the next block on. InvalidConfig leaves the shape as it is.
    Status reshape(const SoundShape& shape);
    [[nodiscard]] SoundShape shape() const;
    /// Blocks come, and hold nothing but silence.
    [[nodiscard]] bool dead() const;

private:
    SoundPath(const SoundShape& shape, SoundShaper shaper, Nanoseconds offset);

    const Nanoseconds offset_;
    mutable std::mutex mutex_;
    SoundShape shape_;
    SoundShaper shaper_;
    DeadSoundWatch watch_;
};

}  // namespace changji
