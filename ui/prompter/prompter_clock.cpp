#include "ui/prompter/prompter_clock.hpp"

#include <algorithm>
#include <cmath>

namespace changji {

PrompterClock::PrompterClock(std::shared_ptr<const Script> script) : script_(std::move(script)) { measure_script(); }

void PrompterClock::measure_script() {
    std::vector<double> pause_at(script_->characters() + 1, 0.0);
    for (const ScriptPhrase& phrase : script_->phrases()) {
        const std::size_t end = phrase.first_character + phrase.characters;
        if (end < script_->characters()) pause_at[end] = 1.0;
    }
    syllables_before_.assign(1, 0.0);
    pauses_before_.assign(1, 0.0);
    for (std::size_t i = 0; i < script_->characters(); ++i) {
        syllables_before_.push_back(syllables_before_.back() + script_->syllables()[i]);
        pauses_before_.push_back(pauses_before_.back() + pause_at[i + 1]);
    }
}

double PrompterClock::reading_s(double character) const {
    const auto whole = static_cast<std::size_t>(character);
    const double rest = character - static_cast<double>(whole);
    double syllables = syllables_before_[whole];
    if (rest > 0.0) syllables += rest * (syllables_before_[whole + 1] - syllables);
    return syllables * 60.0 / characters_per_min_ + pauses_before_[whole] * pause_s;
}

double PrompterClock::character_at(CaptureTime now) const {
    if (!moves() || pace_ == PrompterPace::Voice || now <= anchored_at_) return anchor_;
    const double target_s = reading_s(anchor_) + to_seconds(now - anchored_at_);
    const std::size_t count = script_->characters();
    std::size_t low = static_cast<std::size_t>(anchor_), high = count;
    while (low < high) {  // the last character that has begun by then
        const std::size_t middle = (low + high + 1) / 2;
        if (reading_s(static_cast<double>(middle)) <= target_s) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    if (low == count) return static_cast<double>(count);
    const double lasts_s = (syllables_before_[low + 1] - syllables_before_[low]) * 60.0 / characters_per_min_;
    const double into_s = target_s - reading_s(static_cast<double>(low));
    return static_cast<double>(low) + (lasts_s > 0.0 ? std::min(1.0, into_s / lasts_s) : 1.0);
}

void PrompterClock::stand_at(double character, CaptureTime now) {
    anchor_ = std::clamp(character, 0.0, static_cast<double>(script_->characters()));
    anchored_at_ = now;
}

void PrompterClock::change_script(std::shared_ptr<const Script> script, CaptureTime now) {
    const double place = character_at(now);
    double kept = 0.0;
    const auto& before = script_->paragraphs();
    const auto& after = script->paragraphs();
    for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
        if (static_cast<double>(before[i].first_character) > place) break;
        const double into = place - static_cast<double>(before[i].first_character);
        kept = static_cast<double>(after[i].first_character) + std::min(into, static_cast<double>(after[i].characters));
    }
    script_ = std::move(script);
    measure_script();
    stand_at(kept, now);
    new_place_ = anchor_;
}

void PrompterClock::run(CaptureTime now) {
    if (running_) return;
    move_to(anchor_, now);
    running_ = true;
}

void PrompterClock::pause(CaptureTime now) {
    stand_at(character_at(now), now);
    running_ = false;
}

void PrompterClock::hold(CaptureTime now) {
    stand_at(character_at(now), now);
    held_ = true;
}

void PrompterClock::release(CaptureTime now) {
    if (!held_) return;
    move_to(anchor_, now);
    held_ = false;
}

void PrompterClock::move_to(double character, CaptureTime now) {
    stand_at(character, now);
    new_place_ = anchor_;
}

void PrompterClock::set_characters_per_min(int characters, CaptureTime now) {
    stand_at(character_at(now), now);
    characters_per_min_ = std::clamp(characters, slowest, fastest);
}

void PrompterClock::set_pace(PrompterPace pace, CaptureTime now) {
    move_to(character_at(now), now);
    pace_ = pace;
    voice_ = {};
}

void PrompterClock::hear(const FollowedVoice& voice, CaptureTime now) {
    if (pace_ != PrompterPace::Voice || new_place_) return;
    voice_ = voice;
    if (moves()) stand_at(voice.character, now);
}

PrompterState PrompterClock::at(CaptureTime now) const {
    PrompterState state;
    state.character = character_at(now);
    state.running = running_;
    state.held = held_;
    state.pace = pace_;
    state.characters_per_min = characters_per_min_;
    state.left_s = reading_s(static_cast<double>(script_->characters())) - reading_s(state.character);
    state.speaking = voice_.speaking;
    state.confidence = voice_.confidence;
    return state;
}

}  // namespace changji
