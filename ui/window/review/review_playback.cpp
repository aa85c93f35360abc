#include "ui/window/review/review_playback.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

namespace changji {
namespace {

constexpr std::array speeds{0.5, 0.75, 1.0, 1.5, 2.0};
/// Two films that play are at the same moment while they are no further apart. A seek takes a tenth of a second, so
/// that one after the other would never let them play.
constexpr double same_moment_s = 0.12;
constexpr auto seek_again = std::chrono::seconds(1);

double next_speed(double now, int by) {
    const auto* at = std::ranges::lower_bound(speeds, now);
    const auto index = std::clamp<std::ptrdiff_t>(at - speeds.begin() + by, 0, std::ssize(speeds) - 1);
    return speeds[static_cast<std::size_t>(index)];
}

}  // namespace

void OpenFilm::show(const ReviewMaterial* take) {
    if (!take || take->film == Film::None) {
        if (is_open()) player_.close();
        take_.clear();
        return;
    }
    const bool other_take = take_ != take->files.video;
    // Fragments that become a finished film are the same take, and the player knows.
    const bool replaced = film_ == take->film && mark_.inode != take->film_mark.inode;
    if (other_take || replaced) {
        const double at_s = other_take ? 0.0 : player_.state().position_s;
        player_.open(take->film_file);
        if (at_s > 0.0) player_.seek(at_s);
    }
    take_ = take->files.video;
    film_ = take->film;
    mark_ = take->film_mark;
}

void ReviewPlayback::follow(ReviewView& review, const Monitoring& monitoring) {
    const ReviewMaterial* const shown = review.shown();
    // While a take is still being read, what was open stays.
    if (!review.open || shown) film_.show(review.open ? shown : nullptr);
    const bool compares = review.open && review.page == ReviewPage::Compare && shown;
    other_.show(compares && review.content->other != review.content->shown ? review.content->other.get() : nullptr);
    if (!film_.is_open()) {
        review.to_player.clear();
        shown_.reset();
    }
    review.play = film_.player().state();
    if (film_.is_open() && review.play.stage != TakePlayerState::Stage::Opening) {
        for (const PlayerCommand& command : std::exchange(review.to_player, {})) obey(command);
        review.play = film_.player().state();
    }
    keep_beside(review.play);
    review.other_play = other_.player().state();
    look_and_listen(review, monitoring);
}

std::optional<VideoFrame> ReviewPlayback::picture() {
    auto picture = film_.player().picture();
    if (picture) shown_ = picture;
    return picture;
}

std::optional<double> ReviewPlayback::next_picture_in_s() const {
    const auto leading = film_.player().next_picture_in_s();
    const auto following = other_.player().next_picture_in_s();
    return leading && following ? std::min(*leading, *following) : leading ? leading : following;
}

/// The other take's film stands, plays and jumps with this one; where it is over, it stays at its last picture.
void ReviewPlayback::keep_beside(const TakePlayerState& leading) {
    TakePlayer& other = other_.player();
    const TakePlayerState now = other.state();
    if (now.stage != TakePlayerState::Stage::Open || leading.stage != TakePlayerState::Stage::Open) {
        other_sought_s_.reset();
        return;
    }
    const double picture_s = 1.0 / std::max(now.facts.rate.value(), 1.0);
    const double at_s = std::clamp(leading.position_s, 0.0, std::max(0.0, now.length_s - picture_s));
    const bool plays = leading.playing && leading.position_s < now.length_s - picture_s;
    if (plays) other_sought_s_.reset();
    if (plays != now.playing) other.toggle();
    if (now.speed != leading.speed) other.set_speed(leading.speed);
    const CaptureTime clock = std::chrono::steady_clock::now();
    const double apart_s = std::fabs(now.position_s - at_s);
    const bool due = plays ? apart_s > same_moment_s * std::max(1.0, std::fabs(leading.speed)) &&
                                 clock - other_sought_at_ > seek_again
                           : apart_s > picture_s / 2 && at_s != other_sought_s_;
    if (!due) return;
    other.seek(at_s);
    other_sought_s_ = at_s;
    other_sought_at_ = clock;
}

/// Faces and the sound's instruments, as beside the live picture.
void ReviewPlayback::look_and_listen(ReviewView& review, const Monitoring& monitoring) {
    review.subject.reset();
    if (shown_ && review.page == ReviewPage::Take) {
        if (!subject_) subject_.emplace();
        subject_->look(*shown_);
        review.subject = subject_->about(shown_->captured_at);
    }
    std::array<float, 4096> some;
    const bool listens = film_.is_open() && monitoring.sound != SoundView::None;
    while (const std::size_t count = film_.player().heard(some)) {
        if (listens && review.play.playing && scope_.hear({some.data(), count})) review.sound = scope_.picture();
    }
    if (listens && review.play.playing) return;
    scope_.restart();
    if (!listens) review.sound.reset();
}

void ReviewPlayback::obey(const PlayerCommand& command) {
    if (std::holds_alternative<TogglePlay>(command)) film_.player().toggle();
    if (const auto* asked = std::get_if<StepFrames>(&command)) film_.player().step(asked->by);
    if (const auto* asked = std::get_if<SeekTo>(&command)) film_.player().seek(asked->at_s);
    if (const auto* asked = std::get_if<ShuttlePlay>(&command)) {
        film_.player().shuttle(asked->direction < 0   ? Shuttle::Back
                               : asked->direction > 0 ? Shuttle::On
                                                      : Shuttle::Stand);
    }
    if (const auto* asked = std::get_if<ChangeSpeed>(&command)) {
        film_.player().set_speed(next_speed(film_.player().state().speed, asked->by));
    }
    if (const auto* asked = std::get_if<LoopOver>(&command)) film_.player().loop(asked->stretch);
}

}  // namespace changji
