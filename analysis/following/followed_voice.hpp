#pragma once

namespace changji {

/// What the follower knows after a block of sound.
struct FollowedVoice {
    double character = 0.0;   ///< how many of the script's characters are spoken, with fractions
    double confidence = 0.0;  ///< 0: what is heard is not the script; 1: it is
    bool speaking = false;
};

}  // namespace changji
