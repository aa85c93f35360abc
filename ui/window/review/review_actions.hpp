#pragma once

#include <optional>
#include <string>

#include "capture/types/stretch.hpp"
#include "ui/project/stored_report.hpp"
#include "ui/window/choice.hpp"

namespace changji {

/// What is asked of the player of a take. Seconds are those of the take.
struct TogglePlay {};
struct StepFrames {
    int by = 0;  ///< pauses
};
struct SeekTo {
    double at_s = 0.0;
};
/// J, K and L: back, still, on; the same again is faster.
struct ShuttlePlay {
    int direction = 0;  ///< -1, 0, 1
};
/// To the next slower or faster of the speeds there are.
struct ChangeSpeed {
    int by = 0;
};
/// Round and round; none: no longer.
struct LoopOver {
    std::optional<Stretch> stretch;
};
using PlayerCommands = std::variant<TogglePlay, StepFrames, SeekTo, ShuttlePlay, ChangeSpeed, LoopOver>;
using PlayerCommand = Choice<PlayerCommands>;

enum class ReviewPage { Take, Compare, Log };
inline constexpr int review_page_count = 3;

struct OpenReview {
    ReviewPage page = ReviewPage::Take;
    int take = 0;  ///< 0: the last one, or the one that is shown
};
struct CloseReview {};
struct TurnReviewPage {
    int by = 0;
};
/// Closes the review and records, as Space does on the live screen.
struct RecordNext {};
/// The take before or after in the list.
struct TurnTake {
    int by = 0;
};
/// To the take with that number, the page stays.
struct ShowTake {
    int take = 0;
};
/// Index among the report's findings; jumps to where it held worst.
struct SelectFinding {
    std::size_t index = 0;
};
/// Up and down the list.
struct TurnFinding {
    int by = 0;
};
/// To the next or previous stretch in time where anything was not as it should be.
struct TurnPlace {
    int by = 0;
};
struct ToggleLoop {};
/// About the moment that is shown, or about `about_s`; factor above 1 shows less.
struct ZoomTimeline {
    double factor = 1.0;
    std::optional<double> about_s;
};
/// Of the take that is shown; the rating it has takes it away.
struct RateTake {
    Rating rating = Rating::None;
};
struct WriteNote {
    int take = 0;
    std::string text;
};
struct FocusNote {};
/// Of the take that is shown: the line of that number among the preset's confirmations.
struct SignLine {
    int line = 0;
};
/// Of the take that is shown, at the moment that is shown.
struct ToggleTopic {
    int topic = 0;
};
struct AskToDelete {};
struct DeleteIt {};
struct SaveLog {};
struct SaveReport {};
/// The take that is shown is compared with another; of that number, 0: the best of the others.
struct CompareWith {
    int take = 0;
};
struct SearchTakes {
    std::string words;
};

using ReviewActions =
    std::variant<PlayerCommand, OpenReview, CloseReview, TurnReviewPage, RecordNext, TurnTake, ShowTake, SelectFinding,
                 TurnFinding, TurnPlace, ToggleLoop, ZoomTimeline, RateTake, WriteNote, FocusNote, SignLine,
                 ToggleTopic, AskToDelete, DeleteIt, SaveLog, SaveReport, CompareWith, SearchTakes>;
using ReviewAction = Choice<ReviewActions>;

}  // namespace changji
