#pragma once

#include "ui/session/session.hpp"
#include "ui/window/view_state.hpp"

namespace changji {

/// Does what was asked of the prompter.
void perform_prompter(const PrompterAction& action, Session& session, ViewState& view);
/// The field of the script holds `edited` now, and its cursor stands at `cursor`.
void note_edit(std::string_view edited, std::size_t cursor, ViewState& view);
/// Takes over what is typed, if anything was. Refusals are told.
void use_script(Session& session, ViewState& view);
/// The hold key was let go: whoever held it down, as a pedal is, goes on; a short press holds until the next.
void release_hold_key(Session& session, ViewState& view);
/// A new session begins with the crew's pace.
void bring_prompter_settings(Session& session, const Settings& settings);
/// Keys that mean something while the prompter's script is written. None: as always.
[[nodiscard]] std::optional<Action> prompter_action_for(std::string_view key, const ViewState& view);

}  // namespace changji
