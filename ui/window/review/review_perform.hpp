#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/window/view_state.hpp"

namespace changji {

/// Opens the review of a take; 0: the last one. Not while a take is recorded: that is told instead.
void open_review(const SessionSnapshot& now, ReviewPage page, int take, ViewState& view);
/// Back to the live screen; nothing of what was asked for is forgotten.
void close_review(ViewState& view);
/// Esc: takes a question away, else closes.
void cancel_review(ViewState& view);

void perform_review(const ReviewAction& action, Session& session, ViewState& view);

/// What a key means while the review is open. Outer none: what it always means; inner none: nothing now.
[[nodiscard]] std::optional<std::optional<Action>> review_action_for(std::string_view key, bool typing,
                                                                     const ViewState& view);

/// What is to be read from the disk now; none while the review is closed.
[[nodiscard]] std::optional<ReviewWish> wish_of_review(const ViewState& view);
/// Once a frame: what has been read becomes words; a take whose verdict has just come shows its worst moment.
void follow_review(std::shared_ptr<const ReviewContent> content, ViewState& view);

/// The preset the shown take was judged by, else the session's.
[[nodiscard]] const Preset& preset_of_review(const ViewState& view, const Preset& of_session);
/// What is signed off of the shown take.
[[nodiscard]] const std::vector<std::string>& signed_of_review(const ViewState& view, const SessionSnapshot& now);

}  // namespace changji
