#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "analysis/picture/picture_scopes.hpp"
#include "presets/preset.hpp"
#include "ui/session/session.hpp"
#include "ui/window/action.hpp"
#include "ui/window/drawing/pen.hpp"
#include "ui/window/layout.hpp"
#include "ui/window/view_state.hpp"

namespace changji {

/// What lies on the graphics card, each null while there is nothing to see: panels then draw what belongs around it.
struct PreviewImage {
    ImTextureID texture = nullptr;     ///< the picture
    ImTextureID reference = nullptr;   ///< the one to compare with, mirrored and magnified alike
    ImTextureID clutter = nullptr;     ///< over the whole picture
    ImTextureID trace = nullptr;       ///< of the picture scope that is on
    std::optional<LumaSpread> luma{};  ///< for the histogram
    ImTextureID scrub = nullptr;       ///< small, of the moment of a take under the pointer
    ImTextureID other = nullptr;       ///< the film that another take is compared with
    ImTextureID glyphs = nullptr;      ///< the sheet of the prompter's strip
};

/// What the sound's instruments show: of the microphone, or of a film that is played.
struct SoundShown {
    bool there = false;
    const SoundPicture* picture = nullptr;  ///< of the last moment; null: nothing came yet
    std::optional<double> hum_dbfs{};
};

/// Panels: free functions, snapshot in, action out. They draw on the current ImGui window; none computes,
/// blocks or owns. Only panels with fields write to the view: what a person is
/// typing.
[[nodiscard]] std::optional<Action> draw_prompter(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                  const Preset& preset, ImTextureID glyphs, ViewState& view);
void draw_preview(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                  const PreviewImage& image, const Monitoring& monitoring);
/// Above what lies along the preview's lower edge, where tools may have their feet.
[[nodiscard]] float tools_floor(const Pen& pen, const Area& preview, const SessionSnapshot& now);
/// The picture scope at the right and the sound's at the left, in the preview's lower corners above `floor`.
void draw_scopes(const Pen& pen, const Area& preview, float floor, const SoundShown& sound, const Preset& preset,
                 const PreviewImage& image, const Monitoring& monitoring);
void draw_picture_scope(const Pen& pen, const Area& plate, const PreviewImage& image, const Monitoring& monitoring,
                        const Preset& preset);
void draw_sound_view(const Pen& pen, const Area& plate, const SoundShown& sound, const Preset& preset, SoundView view);
/// Brackets around each face; with headroom how it sits in the picture.
void draw_faces(const Pen& pen, const Area& area, const std::vector<FaceBox>& faces, const Monitoring& monitoring);
void draw_stop_question(const Pen& pen, const Area& preview, const SessionSnapshot& now, const ViewState& view);
/// The seconds to the take, over the whole preview.
void draw_countdown(const Pen& pen, const Area& preview, const ViewState& view);
void draw_toast(const Pen& pen, const Area& preview, const ViewState& view);
/// The preset's topics with their keys, and when each was ticked.
[[nodiscard]] std::optional<Action> draw_outline(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                 const TopicList& topics);
void draw_alerts(const Pen& pen, const Area& preview, const SessionSnapshot& now, const ViewState& view);
[[nodiscard]] std::optional<Action> draw_demo(const Pen& pen, const Area& preview, const SessionSnapshot& now);
void draw_levels(const Pen& pen, const Area& area, const SessionSnapshot& now, const ViewState& view);
void draw_meters(const Pen& pen, const Area& area, const SessionSnapshot& now);
void draw_meter(const Pen& pen, const Area& area, const LiveMeter& meter);
[[nodiscard]] std::optional<Action> draw_transport(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                   const ViewState& view);
/// The same in one low row, for the compact arrangement.
[[nodiscard]] std::optional<Action> draw_transport_strip(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                         const Preset& preset, const ViewState& view);
[[nodiscard]] std::optional<Action> draw_slate(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                               const Preset& preset, ViewState& view);
/// The takes of the project, newest first; a row opens its review.
[[nodiscard]] std::optional<Action> draw_takes(const Pen& pen, const Area& area, const SessionSnapshot& now);
[[nodiscard]] std::optional<Action> draw_status(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                const ViewState& view);
[[nodiscard]] std::optional<Action> draw_help(const Pen& pen, const Area& screen, const ViewState& view);
[[nodiscard]] std::optional<Action> draw_sign_offs(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                                   const Preset& preset);
/// All monitoring tools, each a button; beside the preview, so that the picture shows what they do.
[[nodiscard]] std::optional<Action> draw_tools(const Pen& pen, const Area& screen, const Area& preview,
                                               const ViewState& view);

/// Where the prompter's page is served for tablets, and how they get there.
[[nodiscard]] std::optional<Action> draw_tablet(const Pen& pen, const Area& screen, const TabletView& tablet);
[[nodiscard]] std::optional<Action> draw_setup(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                               const Preset& preset, const PreviewImage& image, ViewState& view);
[[nodiscard]] std::optional<Action> draw_guide(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                               const ViewState& view);
/// What is sent in: choices, checklist, deadlines, and putting it together.
[[nodiscard]] std::optional<Action> draw_package(const Pen& pen, const Area& screen, const Preset& preset,
                                                 ViewState& view);
/// The script and the talent's screens.
[[nodiscard]] std::optional<Action> draw_prompter_pages(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                                        const Preset& preset, ViewState& view);
/// The test recording while it runs, and what it showed; nothing without one.
[[nodiscard]] std::optional<Action> draw_trial(const Pen& pen, const Area& preview, const SessionSnapshot& now);

/// "Studio Cam, 1920×1080, 25 frames/s". Valid until the next frame.
[[nodiscard]] const std::string& camera_text(const VideoSettings& camera);

/// The whole screen, within an ImGui frame. At most one action a frame.
[[nodiscard]] std::optional<Action> draw_screen(Fonts& fonts, const SessionSnapshot& now, const Preset& preset,
                                                const PreviewImage& image, ViewState& view);

}  // namespace changji
