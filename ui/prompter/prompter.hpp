#pragma once

#include <memory>
#include <mutex>
#include <thread>

#include "capture/types/sound_block.hpp"
#include "ui/prompter/prompter_clock.hpp"

namespace changji {

class VoiceFollower;

/// What a person wants of the prompter, from any screen.
enum class PrompterAct {
    Run,
    Pause,
    Hold,  ///< stand still until Release: for words that aren't in the script
    Release,
    MoveTo,       ///< value: the character; steps by line, sentence or mark are moves (see step_on, step_back)
    SetPace,      ///< value: characters a minute
    FollowVoice,  ///< off until somebody asks for it
    FollowPace,
};
struct PrompterCommand {
    PrompterAct act = PrompterAct::Pause;
    double value = 0.0;
};

/// The session's prompter: the clock, and the follower of the host's voice. The voice to compare with is made on a
/// thread of its own when following is asked for or the script changes; until then an even pace goes on. Any thread,
/// except hear().
class Prompter {
public:
    Prompter();
    ~Prompter();
    Prompter(const Prompter&) = delete;
    Prompter& operator=(const Prompter&) = delete;

    void change_script(std::shared_ptr<const Script> script, CaptureTime now);
    void obey(const PrompterCommand& command, CaptureTime now);
    /// Sound of the microphone, in order; returns at once unless the voice is followed. One thread: the meters', never
    /// the recorder's.
    void hear(const SoundBlock& block, CaptureTime now);
    [[nodiscard]] PrompterState at(CaptureTime now) const;
    [[nodiscard]] std::shared_ptr<const Script> script() const;

private:
    void prepare_follower();
    void end_preparation();

    mutable std::mutex mutex_;  ///< guards what follows, up to the next
    std::shared_ptr<const Script> script_;
    PrompterClock clock_;
    std::shared_ptr<VoiceFollower> follower_;  ///< heard into by the meters' thread alone
    bool wants_voice_ = false, preparing_ = false;
    Message problem_;
    std::mutex preparation_mutex_;  ///< guards the thread: one is prepared at a time
    std::jthread preparation_;
};

}  // namespace changji
