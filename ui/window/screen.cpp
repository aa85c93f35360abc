#include <algorithm>

#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/window/review/review_panels.hpp"

namespace changji {
namespace {

constexpr ImGuiWindowFlags plain = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse;

/// What lies on the preview is drawn for one at least so wide, in pixels of the design.
constexpr float least_preview_width = 1000.0F;

void begin_full_window(const char* name, const Area& screen, ImGuiWindowFlags flags) {
    ImGui::SetNextWindowPos({screen.x, screen.y});
    ImGui::SetNextWindowSize({screen.width, screen.height});
    ImGui::Begin(name, nullptr, flags);
}

/// The guide covers the meters only, which it shows itself: the rest of the screen stays in reach.
Area guide_area(const ScreenLayout& layout, const Area& screen) {
    const float width = std::max(layout.meters.width, 560 * layout.scale);
    const float x = std::min(layout.meters.x, screen.width - width - 16 * layout.scale);
    return {x, layout.meters.y, width, layout.meters.height};
}

/// What the host reads stays in sight while it is written.
Area below_prompter(const ScreenLayout& layout, const Area& screen) {
    return {screen.x, layout.prompter.bottom(), screen.width, screen.height - layout.prompter.bottom()};
}

std::optional<Action> draw_overlay(Fonts& fonts, const ScreenLayout& layout, const Area& screen,
                                   const SessionSnapshot& now, const Preset& preset, const PreviewImage& image,
                                   ViewState& view) {
    Area place = screen;
    if (view.overlay == Overlay::Guide) place = guide_area(layout, screen);
    if (view.overlay == Overlay::Prompter) place = below_prompter(layout, screen);
    begin_full_window("overlay", place, plain | ImGuiWindowFlags_NoBackground);
    const Pen above(fonts, layout.scale);
    std::optional<Action> action;
    switch (view.overlay) {
        case Overlay::Help: action = draw_help(above, screen, view); break;
        case Overlay::SignOffs: action = draw_sign_offs(above, screen, now, preset); break;
        case Overlay::Tools: action = draw_tools(above, screen, layout.preview, view); break;
        case Overlay::Setup: action = draw_setup(above, screen, now, preset, image, view); break;
        case Overlay::Guide: action = draw_guide(above, place, now, view); break;
        case Overlay::Package: action = draw_package(above, screen, preset, view); break;
        case Overlay::Tablet: action = draw_tablet(above, screen, view.tablet); break;
        case Overlay::Prompter: action = draw_prompter_pages(above, place, now, preset, view); break;
        case Overlay::None: break;
    }
    ImGui::End();
    return action;
}

}  // namespace

std::optional<Action> draw_screen(Fonts& fonts, const SessionSnapshot& now, const Preset& preset,
                                  const PreviewImage& image, ViewState& view) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const Area screen{0, 0, size.x, size.y};
    const ScreenLayout layout = lay_out_screen(size.x, size.y, screen_wish(view));
    std::optional<Action> action;
    forget_old_phrases();
    fonts.paragraphs.start_frame();

    begin_full_window("screen", screen, plain | ImGuiWindowFlags_NoBringToFrontOnFocus);
    const Pen pen(fonts, layout.scale);
    if (view.review.open) {
        keep(action, draw_review(pen, screen, now, preset, image, view));
        draw_alerts(pen, review_film(pen, screen), now, view);
        draw_toast(pen, review_film(pen, screen), view);
        ImGui::End();
        if (view.overlay != Overlay::None) keep(action, draw_overlay(fonts, layout, screen, now, preset, image, view));
        return action;
    }
    const bool full = layout.arrangement == Arrangement::Full;
    if (full) keep(action, draw_prompter(pen, layout.prompter, now, preset, image.glyphs, view));
    const Pen on_preview(fonts, std::min(layout.scale, layout.preview.width / least_preview_width));
    draw_preview(on_preview, layout.preview, now, preset, image, view.monitoring);
    if (image.texture || now.stage != Stage::Lost) {
        const SoundShown sound{now.has_sound, now.sound_picture ? &*now.sound_picture : nullptr,
                               now.readings[Measure::SoundHum]};
        draw_scopes(on_preview, layout.preview, tools_floor(on_preview, layout.preview, now), sound, preset, image,
                    view.monitoring);
    }
    draw_countdown(on_preview, layout.preview, view);
    draw_alerts(on_preview, layout.preview, now, view);
    const bool judged = now.trial && now.trial->result;
    if (!judged) keep(action, draw_demo(on_preview, layout.preview, now));
    draw_levels(pen, layout.levels, now, view);
    draw_meters(pen, layout.meters, now);
    keep(action, full ? draw_transport(pen, layout.transport, now, view)
                      : draw_transport_strip(pen, layout.transport, now, preset, view));
    if (view.outline && preset.topics && layout.slate.width > 0) {
        const float right = std::max(layout.slate.right(), layout.takes.right());
        view.editing = false;
        keep(action, draw_outline(pen, {layout.slate.x, layout.slate.y, right - layout.slate.x, layout.slate.height},
                                  now, *preset.topics));
    } else {
        if (layout.slate.width > 0) keep(action, draw_slate(pen, layout.slate, now, preset, view));
        if (layout.takes.width > 0) keep(action, draw_takes(pen, layout.takes, now));
    }
    keep(action, draw_status(pen, layout.status, now, view));
    keep(action, draw_trial(on_preview, layout.preview, now));
    draw_toast(on_preview, layout.preview, view);
    draw_stop_question(on_preview, layout.preview, now, view);
    ImGui::End();

    if (view.overlay != Overlay::None) keep(action, draw_overlay(fonts, layout, screen, now, preset, image, view));
    return action;
}

}  // namespace changji
