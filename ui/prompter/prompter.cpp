#include "ui/prompter/prompter.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

#include "analysis/following/voice_follower.hpp"
#include "ui/prompter/reference_speech.hpp"

namespace changji {
namespace {

/// Phrases spoken between two looks at whether the script has changed meanwhile.
constexpr std::size_t phrases_at_once = 4;

/// None when it was stopped.
std::optional<Result<std::shared_ptr<VoiceFollower>>> make_follower(const Script& script,
                                                                    const std::stop_token& stopping) {
    std::vector<SpokenPhrase> spoken;
    const std::span<const ScriptPhrase> all(script.phrases());
    for (std::size_t at = 0; at < all.size(); at += phrases_at_once) {
        if (stopping.stop_requested()) return std::nullopt;
        auto some = spoken_phrases(all.subspan(at, std::min(phrases_at_once, all.size() - at)));
        if (!some) return some.error();
        spoken.insert(spoken.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
    }
    auto reference = SpokenReference::of(spoken);
    if (!reference) return reference.error();
    return std::make_shared<VoiceFollower>(std::make_shared<const SpokenReference>(*std::move(reference)));
}

}  // namespace

Prompter::Prompter() : script_(std::make_shared<const Script>()), clock_(script_) {}

Prompter::~Prompter() { end_preparation(); }

void Prompter::change_script(std::shared_ptr<const Script> script, CaptureTime now) {
    bool prepare = false;
    {
        std::lock_guard guard(mutex_);
        script_ = script;
        clock_.change_script(std::move(script), now);
        clock_.set_pace(PrompterPace::Even, now);
        follower_.reset();
        prepare = wants_voice_;
    }
    if (prepare) prepare_follower();
}

void Prompter::obey(const PrompterCommand& command, CaptureTime now) {
    bool prepare = false;
    {
        std::lock_guard guard(mutex_);
        switch (command.act) {
            case PrompterAct::Run: clock_.run(now); break;
            case PrompterAct::Pause: clock_.pause(now); break;
            case PrompterAct::Hold: clock_.hold(now); break;
            case PrompterAct::Release: clock_.release(now); break;
            case PrompterAct::MoveTo: clock_.move_to(command.value, now); break;
            case PrompterAct::SetPace: clock_.set_characters_per_min(static_cast<int>(command.value), now); break;
            case PrompterAct::FollowPace:
                wants_voice_ = false;
                problem_ = {};
                clock_.set_pace(PrompterPace::Even, now);
                break;
            case PrompterAct::FollowVoice:
                prepare = !follower_ && !preparing_;
                wants_voice_ = true;
                if (follower_) clock_.set_pace(PrompterPace::Voice, now);
                break;
        }
    }
    if (prepare) prepare_follower();
}

void Prompter::end_preparation() {
    preparation_.request_stop();
    if (preparation_.joinable()) preparation_.join();
}

void Prompter::prepare_follower() {
    std::lock_guard one(preparation_mutex_);
    end_preparation();
    std::lock_guard guard(mutex_);
    preparing_ = true;
    problem_ = {};
    preparation_ = std::jthread([this, script = script_](const std::stop_token& stopping) {
        auto made = make_follower(*script, stopping);
        std::lock_guard done(mutex_);
        preparing_ = false;
        if (!made || stopping.stop_requested()) return;
        if (!*made) {
            problem_ = made->error().message;
            return;
        }
        follower_ = **std::move(made);
        if (wants_voice_) clock_.set_pace(PrompterPace::Voice, std::chrono::steady_clock::now());
    });
}

void Prompter::hear(const SoundBlock& block, CaptureTime now) {
    std::shared_ptr<VoiceFollower> follower;
    std::optional<double> place;
    {
        std::lock_guard guard(mutex_);
        if (!follower_ || !wants_voice_) return;
        follower = follower_;
        place = clock_.take_new_place();
    }
    if (place) follower->move_to(*place);
    const FollowedVoice voice = follower->hear(block);
    std::lock_guard guard(mutex_);
    if (follower == follower_) clock_.hear(voice, now);
}

PrompterState Prompter::at(CaptureTime now) const {
    std::lock_guard guard(mutex_);
    PrompterState state = clock_.at(now);
    state.preparing = preparing_;
    state.problem = problem_;
    return state;
}

std::shared_ptr<const Script> Prompter::script() const {
    std::lock_guard guard(mutex_);
    return script_;
}

}  // namespace changji
