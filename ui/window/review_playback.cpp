#include "ui/window/review_playback.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace changji {
namespace {

constexpr std::array speeds{0.5, 0.75, 1.0, 1.5, 2.0};

double next_speed(double now, int by) {
    const auto* at = std::ranges::lower_bound(speeds, now);
    const auto index = std::clamp<std::ptrdiff_t>(at - speeds.begin() + by, 0, std::ssize(speeds) - 1);
    return speeds[static_cast<std::size_t>(index)];
}

}  // namespace

void ReviewPlayback::follow(ReviewView& review) {
    const ReviewMaterial* const shown = review.shown();
    if (!review.open || (shown && shown->film == Film::None)) {
        if (!take_.empty()) player_.close();
        take_.clear();
        review.to_player.clear();
    } else if (shown) {
        const bool other_take = take_ != shown->files.video;
        // Fragments that become a finished film are the same take, and the player knows.
        const bool replaced = film_ == shown->film && mark_.inode != shown->film_mark.inode;
        if (other_take || replaced) {
            const double at_s = other_take ? 0.0 : review.play.position_s;
            player_.open(shown->film_file);
            if (at_s > 0.0) player_.seek(at_s);
        }
        take_ = shown->files.video;
        film_ = shown->film;
        mark_ = shown->film_mark;
    }
    review.play = player_.state();
    if (take_.empty() || review.play.stage == TakePlayerState::Stage::Opening) return;
    for (const PlayerCommand& command : std::exchange(review.to_player, {})) obey(command);
    review.play = player_.state();
}

void ReviewPlayback::obey(const PlayerCommand& command) {
    if (std::holds_alternative<TogglePlay>(command)) player_.toggle();
    if (const auto* asked = std::get_if<StepFrames>(&command)) player_.step(asked->by);
    if (const auto* asked = std::get_if<SeekTo>(&command)) player_.seek(asked->at_s);
    if (const auto* asked = std::get_if<ShuttlePlay>(&command)) {
        player_.shuttle(asked->direction < 0 ? Shuttle::Back : asked->direction > 0 ? Shuttle::On : Shuttle::Stand);
    }
    if (const auto* asked = std::get_if<ChangeSpeed>(&command)) {
        player_.set_speed(next_speed(player_.state().speed, asked->by));
    }
    if (const auto* asked = std::get_if<LoopOver>(&command)) player_.loop(asked->stretch);
}

}  // namespace changji
