#pragma once

#include <filesystem>
#include <optional>

#include "analysis/sound/sound_scope.hpp"
#include "ui/window/monitoring.hpp"
#include "ui/window/review/film_subject.hpp"
#include "ui/window/review/review_view.hpp"
#include "ui/window/review/take_player.hpp"

namespace changji {

/// The film of a take, opened anew when another one lies in its place. Main thread only.
class OpenFilm {
public:
    explicit OpenFilm(TakePlayer::Part part) : player_(part) {}

    /// None, or a take without a film: what was open is closed.
    void show(const ReviewMaterial* take);
    [[nodiscard]] bool is_open() const { return !take_.empty(); }
    [[nodiscard]] TakePlayer& player() { return player_; }
    [[nodiscard]] const TakePlayer& player() const { return player_; }

private:
    TakePlayer player_;
    std::filesystem::path take_;  ///< its finished film, there or to come; empty: nothing is open
    Film film_ = Film::None;
    FileMark mark_;
};

/// Opens the film of the take that is reviewed and passes on what is asked of it; in a comparison the other take's
/// film stays beside it, at the same moment. Main thread only.
class ReviewPlayback {
public:
    /// Once a frame: opens, closes, obeys; what the review knows of its films is as it is now.
    void follow(ReviewView& review, const Monitoring& monitoring);
    [[nodiscard]] std::optional<VideoFrame> picture();
    [[nodiscard]] std::optional<VideoFrame> other_picture() { return other_.player().picture(); }
    [[nodiscard]] std::optional<VideoFrame> scrub_picture(double at_s) const {
        return film_.player().scrub_picture(at_s);
    }
    [[nodiscard]] std::optional<double> next_picture_in_s() const;

private:
    void obey(const PlayerCommand& command);
    void keep_beside(const TakePlayerState& leading);
    void look_and_listen(ReviewView& review, const Monitoring& monitoring);

    OpenFilm film_{TakePlayer::Part::Leading}, other_{TakePlayer::Part::Following};
    std::optional<double> other_sought_s_;  ///< while it stands: asked for already
    CaptureTime other_sought_at_;
    std::optional<VideoFrame> shown_;     ///< of the leading film
    std::optional<FilmSubject> subject_;  ///< once somebody reviews
    SoundScope scope_;
};

}  // namespace changji
