#pragma once

#include "ui/window/panels/panels.hpp"

namespace changji {

/// The two pages of the prompter; each draws itself into `area` of the current ImGui window.
[[nodiscard]] std::optional<Action> draw_script_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                     const Preset& preset, ViewState& view);
[[nodiscard]] std::optional<Action> draw_screens_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                      const ViewState& view);

}  // namespace changji
