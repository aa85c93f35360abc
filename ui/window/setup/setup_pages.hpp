#pragma once

// The pages of the set-up. Internal to ui/window.

#include <optional>
#include <string>

#include "ui/window/panels/panels.hpp"

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

/// Whether a wish, as `--camera` and `--microphone` take it, names that source, with settings of its own or without.
[[nodiscard]] inline bool is_wished(const std::string& source, const std::string& wish) {
    return wish == source || wish.starts_with(source + "?");
}

/// Left and right part of a page.
struct Halves {
    Area left, right;
};
[[nodiscard]] Halves halves(const Pen& pen, const Area& area, float share_of_left);
/// A heading over a part of a page; what is left below it.
[[nodiscard]] Area headed(const Pen& pen, const Area& area, std::string_view words);

}  // namespace changji
