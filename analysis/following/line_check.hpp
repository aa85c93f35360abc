#pragma once

#include <span>

namespace changji {

struct SpokenPhrase;

/// What can be said of a line that should have been spoken.
enum class LineHeard {
    NotHeard,
    CantTell,
    Heard,  ///< its fixed words in their order; never that every word was right
};

struct LineCheck {
    LineHeard heard = LineHeard::NotHeard;
    /// By how many standard deviations the line fits the sound better than its own characters in a random order;
    /// negative is better. 0 where the sound holds too little speech for the line.
    double score = 0.0;
    double from_s = 0.0, to_s = 0.0;  ///< where it fits best, from the start of the sound
    double listened_s = 0.0;
};

/// Looks for `line` in 48 kHz stereo sound: the whole line is aligned with every place in it (subsequence dynamic time
/// warping, tempo 1/2 to 2) and its cost held against 40 shuffles of its characters. Heard needs a score of -5 or
/// less, no shuffle that fits as well, and every part of the line to fit where the whole one does; above -3 it is not
/// heard. Pure; about 0.4 s of processor time for a minute of sound.
[[nodiscard]] LineCheck check_line(std::span<const SpokenPhrase> line, std::span<const float> interleaved);

}  // namespace changji
