#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "analysis/following/followed_voice.hpp"
#include "capture/types/message.hpp"
#include "capture/types/time.hpp"
#include "ui/prompter/script.hpp"

namespace changji {

enum class PrompterPace {
    Even,   ///< so many characters a minute, with pauses
    Voice,  ///< where the host's voice is
};

/// Where the prompter is, at one moment.
struct PrompterState {
    double character = 0.0;  ///< how many characters are read, with fractions: every screen scrolls to it by itself
    bool running = false;
    bool held = false;  ///< stands still as long as somebody holds it
    PrompterPace pace = PrompterPace::Even;
    int characters_per_min = 240;
    double left_s = 0.0;  ///< to the end of the script, at that pace
    bool speaking = false;
    double confidence = 0.0;  ///< that what is heard is the script: 0..1; 0 without voice following
    bool preparing = false;   ///< the voice to compare with is being made
    Message problem;          ///< why the voice can't be followed; may be empty

    static constexpr double sure = 0.5;  ///< from this confidence on the screens say that the voice is followed
};

/// Moves through a script: by itself at an even pace, or with the host's voice. Whatever a person does wins at once:
/// what is heard counts again only after the follower was told the new place. Pure: time is given, never asked.
class PrompterClock {
public:
    static constexpr int slowest = 120, fastest = 400;  ///< characters a minute
    static constexpr double pause_s = 0.5;              ///< at every mark of punctuation

    explicit PrompterClock(std::shared_ptr<const Script> script);

    /// Keeps the place: the same paragraph, as far into it as it goes.
    void change_script(std::shared_ptr<const Script> script, CaptureTime now);
    void run(CaptureTime now);
    void pause(CaptureTime now);
    void hold(CaptureTime now);
    void release(CaptureTime now);
    void move_to(double character, CaptureTime now);
    /// Beyond the limits the nearest one.
    void set_characters_per_min(int characters, CaptureTime now);
    void set_pace(PrompterPace pace, CaptureTime now);

    /// The place that the follower has to be told before it is heard again; once.
    [[nodiscard]] std::optional<double> take_new_place() { return std::exchange(new_place_, std::nullopt); }
    void hear(const FollowedVoice& voice, CaptureTime now);

    [[nodiscard]] PrompterState at(CaptureTime now) const;
    [[nodiscard]] const Script& script() const { return *script_; }

private:
    [[nodiscard]] double character_at(CaptureTime now) const;
    /// How long it takes from the beginning of the script to a place.
    [[nodiscard]] double reading_s(double character) const;
    [[nodiscard]] bool moves() const { return running_ && !held_; }
    void measure_script();
    void stand_at(double character, CaptureTime now);

    std::shared_ptr<const Script> script_;
    std::vector<double> syllables_before_;  ///< of each character, and of the end
    std::vector<double> pauses_before_;
    double anchor_ = 0.0;  ///< the place at anchored_at_
    CaptureTime anchored_at_{};
    bool running_ = false, held_ = false;
    PrompterPace pace_ = PrompterPace::Even;
    int characters_per_min_ = 240;
    FollowedVoice voice_;
    std::optional<double> new_place_;
};

}  // namespace changji
