#pragma once

#include <optional>
#include <string_view>

#include <imgui.h>

#include "presets/preset.hpp"
#include "ui/session.hpp"
#include "ui/window/action.hpp"
#include "ui/window/layout.hpp"
#include "ui/window/pen.hpp"
#include "ui/window/view_state.hpp"

namespace changji {

/// The preview's texture; none before the first frame.
struct PreviewImage {
    ImTextureID texture = nullptr;
};

/// Panels: free functions, snapshot in, action out. They draw on the current ImGui window; none computes,
/// blocks or owns. Only panels with fields write to the view: what a person is
/// typing.
void draw_prompter(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset);
void draw_preview(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                  const PreviewImage& image, const Monitoring& monitoring);
void draw_stop_question(const Pen& pen, const Area& preview, const SessionSnapshot& now, const ViewState& view);
void draw_alerts(const Pen& pen, const Area& preview, const SessionSnapshot& now, const ViewState& view);
[[nodiscard]] std::optional<Action> draw_demo(const Pen& pen, const Area& preview, const SessionSnapshot& now);
void draw_levels(const Pen& pen, const Area& area, const SessionSnapshot& now);
void draw_meters(const Pen& pen, const Area& area, const SessionSnapshot& now);
void draw_meter(const Pen& pen, const Area& area, const LiveMeter& meter);
[[nodiscard]] std::optional<Action> draw_transport(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                   const ViewState& view);
/// The same in one low row, for the compact arrangement.
[[nodiscard]] std::optional<Action> draw_transport_strip(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                         const ViewState& view);
[[nodiscard]] std::optional<Action> draw_slate(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                               const Preset& preset, ViewState& view);
void draw_takes(const Pen& pen, const Area& area, const SessionSnapshot& now);
[[nodiscard]] std::optional<Action> draw_status(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                const Preset& preset, const ViewState& view);
[[nodiscard]] std::optional<Action> draw_help(const Pen& pen, const Area& screen, const KeyMap& keys);
[[nodiscard]] std::optional<Action> draw_sign_offs(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                                   const Preset& preset);

[[nodiscard]] std::optional<Action> draw_setup(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                               const Preset& preset, const PreviewImage& image, ViewState& view);
[[nodiscard]] std::optional<Action> draw_guide(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                               const ViewState& view);
/// The test recording while it runs, and what it showed; nothing without one.
[[nodiscard]] std::optional<Action> draw_trial(const Pen& pen, const Area& preview, const SessionSnapshot& now);

/// "Studio Cam, 1920×1080, 25 frames/s".
[[nodiscard]] std::string camera_text(const VideoSettings& camera);

/// The whole screen, within an ImGui frame. At most one action a frame.
[[nodiscard]] std::optional<Action> draw_screen(Fonts& fonts, const SessionSnapshot& now, const Preset& preset,
                                                const PreviewImage& image, ViewState& view);

}  // namespace changji
