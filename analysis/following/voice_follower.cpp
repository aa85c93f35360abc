#include "analysis/following/voice_follower.hpp"

namespace changji {

VoiceFollower::VoiceFollower(std::shared_ptr<const SpokenReference> reference)
    : features_(reference->scale()), filter_(std::move(reference)) {}

FollowedVoice VoiceFollower::hear(const SoundBlock& block) {
    for (const SpeechFrame& frame : framer_.hear(block.interleaved())) {
        if (const auto known = features_.hear(frame)) {
            filter_.hear(*known);
            speaking_ = known->speaking;
        }
    }
    return {filter_.character(), filter_.confidence(), speaking_};
}

void VoiceFollower::move_to(double character) { filter_.move_to(character); }

}  // namespace changji
