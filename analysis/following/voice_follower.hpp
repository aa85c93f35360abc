#pragma once

#include "analysis/following/followed_voice.hpp"
#include "analysis/following/place_filter.hpp"
#include "analysis/following/speech_features.hpp"
#include "analysis/following/speech_frames.hpp"
#include "capture/types/sound_block.hpp"

#include <memory>

namespace changji {

/// Follows a voice that reads the script, without understanding it. Knows the place about a tenth of a second after
/// the sound; silence stands still. Words that aren't in the script move it on until the reader comes back, with low
/// confidence; it finds back by itself only near a phrase's beginning. Pure; one thread.
class VoiceFollower {
public:
    explicit VoiceFollower(std::shared_ptr<const SpokenReference> reference);

    /// The next sound of the take, in order, in blocks of any length.
    FollowedVoice hear(const SoundBlock& block);
    /// The reader is here now: a person said so.
    void move_to(double character);

private:
    SpeechFramer framer_;
    LiveFeatures features_;
    PlaceFilter filter_;
    bool speaking_ = false;
};

}  // namespace changji
