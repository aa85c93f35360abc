#pragma once

#include <stop_token>
#include <thread>
#include <vector>

namespace changji {

/// One tone as mono samples at `rate_hz`: it swells and fades, so that it doesn't click.
[[nodiscard]] std::vector<float> cue_samples(int rate_hz);

/// Sounds the countdown's cue on a thread of its own. The sound output is opened for one countdown and closed again
/// before the take begins. A cue that can't be played is no error: nobody waits for it. Main thread only.
class CueSound {
public:
    /// A tone now and at every second, `seconds` in all.
    void begin(int seconds);
    /// Silence at once; returns without waiting.
    void stop() { thread_.request_stop(); }

private:
    std::jthread thread_;
};

}  // namespace changji
