#pragma once

#include <filesystem>

#include "ui/window/review_view.hpp"
#include "ui/window/take_player.hpp"

namespace changji {

/// Opens the film of the take that is reviewed and passes on what is asked of it. Main thread only.
class ReviewPlayback {
public:
    /// Once a frame: opens, closes, obeys; `review.play` is as the player is now.
    void follow(ReviewView& review);
    [[nodiscard]] std::optional<VideoFrame> picture() { return player_.picture(); }
    [[nodiscard]] std::optional<VideoFrame> scrub_picture(double at_s) const { return player_.scrub_picture(at_s); }
    [[nodiscard]] std::optional<double> next_picture_in_s() const { return player_.next_picture_in_s(); }

private:
    void obey(const PlayerCommand& command);

    TakePlayer player_;
    std::filesystem::path take_;  ///< its finished film, there or to come; empty: nothing is open
    Film film_ = Film::None;
    FileMark mark_;
};

}  // namespace changji
