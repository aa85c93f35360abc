#pragma once

#include <optional>
#include <string_view>

#include "ui/window/view_state.hpp"

namespace changji {

/// Does what concerns the session that runs and the view. Another session (ChangeSession, NewProject, OpenProject) is
/// the window's own to open.
void perform_setup(const SetupAction& action, Session& session, ViewState& view);

/// Keys that mean something else while the set-up or the guide is open. Outer none: they mean what they always do;
/// inner none: they do nothing now.
[[nodiscard]] std::optional<std::optional<Action>> setup_action_for(std::string_view key, bool typing,
                                                                    const ViewState& view);

/// What an action asks the next session to be; none when it asks for none.
[[nodiscard]] Result<std::optional<SessionWish>> wish_of(const SetupAction& action, const SessionWish& now);

/// Goes back to the guide where it was opened from there.
void close_setup(ViewState& view);

/// Shows that folder in the list, or says why not.
void browse(const std::filesystem::path& folder, ViewState& view);

}  // namespace changji
