#pragma once

// The pages of the set-up. Internal to ui/window.

#include <optional>

#include "ui/window/panels.hpp"

namespace changji {

[[nodiscard]] std::optional<Action> draw_project_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                      ViewState& view);
[[nodiscard]] std::optional<Action> draw_slate_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                    const Preset& preset, ViewState& view);
[[nodiscard]] std::optional<Action> draw_camera_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                     const PreviewImage& image, const ViewState& view);
[[nodiscard]] std::optional<Action> draw_microphone_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                         const ViewState& view);
[[nodiscard]] std::optional<Action> draw_settings_page(const Pen& pen, const Area& area, const ViewState& view);

/// Left and right part of a page.
struct Halves {
    Area left, right;
};
[[nodiscard]] Halves halves(const Pen& pen, const Area& area, float share_of_left);
/// A heading over a part of a page; what is left below it.
[[nodiscard]] Area headed(const Pen& pen, const Area& area, std::string_view words);

}  // namespace changji
