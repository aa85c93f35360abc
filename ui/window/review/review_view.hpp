#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/sound/sound_scope.hpp"
#include "ui/review/review_desk.hpp"
#include "ui/window/review/film_subject.hpp"
#include "ui/window/review/review_actions.hpp"
#include "ui/window/review/review_timeline.hpp"
#include "ui/window/review/review_words.hpp"
#include "ui/window/review/take_player.hpp"

namespace changji {

/// What the review, the comparison and the take log remember between frames.
struct ReviewView {
    bool open = false;
    ReviewPage page = ReviewPage::Take;
    int take = 0;   ///< that is wanted; 0: the last one
    int other = 0;  ///< to compare with; 0: the best of the others
    std::string search;
    std::shared_ptr<const ReviewContent> content;  ///< what was read of it; null until then
    TakePlayerState play;                          ///< what the player is doing, as of this frame
    TakePlayerState other_play;                    ///< the other take's, in a comparison
    std::optional<FilmSubject::Seen> subject;      ///< who is in the film's picture, as far as is known
    std::optional<SoundPicture> sound;             ///< while an instrument for the sound is on and it is played
    std::optional<std::size_t> finding;            ///< that is chosen
    std::optional<std::size_t> finding_in_sight;   ///< the list has been scrolled to it
    double from_s = 0.0, to_s = 0.0;               ///< of the timeline; equal: all of the take
    int to_delete = 0;                             ///< asked about; 0: none
    std::string note;                              ///< as typed so far
    int note_of = 0;                               ///< take whose note that is
    bool editing_note = false;                     ///< its field has the keyboard
    int greeted = 0;                               ///< take whose worst moment was shown by itself
    bool focus_note = false;                       ///< the next frame puts the cursor there
    bool keyboard_on_button = false;               ///< Enter belongs to a button
    std::string search_draft;
    ReviewWords words;                              ///< of what is shown
    TimelineLanes lanes;                            ///< as they are drawn
    TimelineLanes lanes_of_first, lanes_of_second;  ///< of the comparison
    std::optional<double> pointed_s;                ///< moment under the pointer, for its thumbnail

    std::vector<PlayerCommand> to_player;  ///< for the window to pass on, in order
    std::vector<ReviewTask> to_desk;

    [[nodiscard]] const ReviewMaterial* shown() const { return content ? content->shown.get() : nullptr; }
    /// Number of the take on the screen; 0: none.
    [[nodiscard]] int shown_take() const { return shown() ? shown()->files.number : 0; }
};

}  // namespace changji
