#pragma once

#include "ui/window/view_state.hpp"

namespace changji {

/// The part of perform() that belongs to the take: record and stop, topics, moments, sign-offs, countdown.
void perform_of_take(const Action& action, Session& session, ViewState& view);

/// A refusal is told until Esc.
void keep_refusal(const Status& status, ViewState& view);

/// The preset's confirmations that are not signed off for the take they belong to now.
[[nodiscard]] int open_sign_offs(const SessionSnapshot& now, const Preset& preset);

}  // namespace changji
