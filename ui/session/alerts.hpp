#pragma once

#include <optional>
#include <vector>

#include "capture/framing.hpp"
#include "capture/preflight.hpp"
#include "capture/recorder.hpp"

namespace changji {

enum class SoundState {
    Unwanted,  ///< the crew asked for none
    Missing,   ///< no microphone was found
    Away,      ///< it was there
    Dead,      ///< it delivers nothing but silence
    Alive,
};

/// What may have to be told to the crew.
struct Situation {
    std::optional<Error> camera_loss;
    std::optional<Error> microphone_loss;
    std::optional<Error> trouble;  ///< anything else that went wrong
    bool source_ended = false;
    SoundState sound = SoundState::Alive;
    Message microphone_problem;  ///< what the sound system says of it: muted, turned down; empty while all is well
    FramingFacts framing;
    Message picture_trouble;  ///< grain, focus, a frozen picture: what to do about it; empty while all is well
    std::optional<Preflight> preflight;
    std::optional<RecorderState> recording;
    std::optional<Error> fault;  ///< of the recording
    double disk_minutes = -1.0;  ///< negative: unknown
};

/// One sentence each, the worst first; empty while all is well.
[[nodiscard]] std::vector<Message> alerts_for(const Situation& now);

/// Why a take begun now would have no sound, and that asking again records nevertheless; empty when there is sound or
/// none is wanted.
[[nodiscard]] Message no_sound_warning(SoundState sound);

}  // namespace changji
