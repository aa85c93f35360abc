#pragma once

#include "ui/window/view_state.hpp"

namespace changji {

/// Does what concerns the package.
void perform_package(const PackageAction& action, const Session& session, PackageDesk& desk, ViewState& view);

/// Once a frame, before it is drawn: what the desk has come to. It waits while a take needs the machine, and what it
/// finishes while nobody looks is told.
void follow_package(const SessionSnapshot& now, PackageDesk& desk, ViewState& view);

}  // namespace changji
