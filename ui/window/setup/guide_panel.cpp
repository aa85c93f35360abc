#include <algorithm>
#include <array>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

const char* name_of(GuideStep step) {
    switch (step) {
        case GuideStep::Picture: return tr("Camera and picture");
        case GuideStep::Light: return tr("Light and background");
        case GuideStep::Sound: return tr("Sound");
        case GuideStep::Trial: break;
    }
    return tr("Slate and test recording");
}

const char* short_name_of(GuideStep step) {
    switch (step) {
        case GuideStep::Picture: return tr("Picture");
        case GuideStep::Light: return tr("Light");
        case GuideStep::Sound: return tr("Sound");
        case GuideStep::Trial: break;
    }
    return tr("Test");
}

void draw_steps(const Pen& pen, const Area& area, const FirstSteps& guide, const SessionSnapshot& now,
                const KeyMap& keys) {
    const float gap = pen.px(6);
    const float wide = (area.width + gap) / guide_step_count;
    for (int index = 0; index < guide_step_count; ++index) {
        const auto step = static_cast<GuideStep>(index);
        const Area place{area.x + static_cast<float>(index) * wide, area.y, wide - gap, area.height};
        const bool here = step == guide.step;
        pen.fill(place, here ? colour::line() : colour::surface(), pen.px(8));
        if (here) pen.fill({place.x, place.bottom() - pen.px(5), place.width, pen.px(5)}, colour::accent(), pen.px(2));
        pen.mark(place.x + pen.px(26), place.y + place.height / 2, pen.px(14),
                 guide_tone(guide_points(step, guide, now, keys)));
        pen.label({place.x + pen.px(48), place.y, place.width - pen.px(52), place.height}, TextSize::Body,
                  TextSize::Caption, here ? colour::text() : colour::muted(), short_name_of(step));
    }
}

/// Returns the height used.
float draw_point(const Pen& pen, const Area& area, const GuidePoint& point) {
    pen.mark(area.x + pen.px(18), area.y + pen.px(18), pen.px(15), point.tone);
    const float left = area.x + pen.px(48);
    const float used = pen.paragraph({left, area.y + pen.px(5), area.right() - left, area.height}, TextSize::Body,
                                     TextSize::Caption, colour::text(), phrase(point.words));
    return std::max(pen.px(44), used + pen.px(18));
}

void draw_sound(const Pen& pen, const Area& area, const SessionSnapshot& now) {
    for (std::size_t index = 0; index < now.levels.size(); ++index) {
        const Area bar{area.x, area.y + static_cast<float>(index) * (area.height / 2), area.width,
                       area.height / 2 - pen.px(5)};
        pen.fill(bar, colour::surface(), pen.px(4));
        const auto share = static_cast<float>(std::clamp((now.levels[index].peak_dbfs + 60.0) / 60.0, 0.0, 1.0));
        const ImU32 ink = now.levels[index].peak_dbfs >= -1.0   ? colour::red()
                          : now.levels[index].peak_dbfs >= -9.0 ? colour::amber()
                                                                : colour::accent();
        if (share > 0.0F) pen.fill({bar.x, bar.y, bar.width * share, bar.height}, ink, pen.px(4));
    }
}

/// The step's own points give the advice.
LiveMeter without_advice(LiveMeter meter) {
    meter.advice = {};
    return meter;
}

/// What belongs to the step: its meters, live, or its next act.
std::optional<Action> draw_live_part(const Pen& pen, const Area& area, const FirstSteps& guide,
                                     const SessionSnapshot& now, const KeyMap& keys) {
    const float gap = pen.px(10);
    const float half = (area.height - gap) / 2;
    std::optional<Action> action;
    switch (guide.step) {
        case GuideStep::Picture: {
            const Area facts{area.x, area.y, area.width, pen.px(40)};
            pen.label(facts, TextSize::Body, colour::muted(), camera_text(now.camera));
            if (draw_button(pen, "guide-camera", {area.x, facts.bottom() + gap, area.width, pen.px(56)},
                            phrase("{0}  Choose a camera", keys.words_for("setup")))) {
                action = SetupAction{ShowSetup{SetupPage::Camera}};
            }
            break;
        }
        case GuideStep::Light:
            draw_meter(pen, {area.x, area.y, area.width, half}, without_advice(now.meters[0]));
            draw_meter(pen, {area.x, area.y + half + gap, area.width, half}, without_advice(now.meters[1]));
            break;
        case GuideStep::Sound: {
            const float bars = pen.px(64);
            draw_sound(pen, {area.x, area.y, area.width, bars}, now);
            draw_meter(
                pen, {area.x, area.y + bars + gap, area.width, std::min(pen.px(200), area.height - 2 * bars - 4 * gap)},
                without_advice(now.meters[2]));
            if (draw_button(pen, "guide-microphone", {area.x, area.bottom() - pen.px(52), area.width, pen.px(52)},
                            phrase("{0}  Choose a microphone", keys.words_for("setup")))) {
                action = SetupAction{ShowSetup{SetupPage::Microphone}};
            }
            break;
        }
        case GuideStep::Trial:
            if (draw_button(pen, "guide-slate", {area.x, area.y, area.width, pen.px(56)},
                            phrase("{0}  Fill in the slate", keys.words_for("setup")))) {
                action = SetupAction{ShowSetup{SetupPage::Slate}};
            }
            if (draw_button(pen, "guide-trial", {area.x, area.y + pen.px(56) + gap, area.width, pen.px(80)},
                            phrase("{0}  Test recording, five seconds", keys.words_for("trial")), Emphasis::Main)) {
                action = SetupAction{StartTrial{}};
            }
            break;
    }
    return action;
}

}  // namespace

std::optional<Action> draw_guide(const Pen& pen, const Area& area, const SessionSnapshot& now, const ViewState& view) {
    const FirstSteps& guide = view.setup.guide;
    pen.card(area, colour::raised());
    pen.outline(area, colour::accent(), pen.px(2), pen.px(12));
    const Area inside = area.inset(pen.px(22), pen.px(16));
    draw_steps(pen, {inside.x, inside.y, inside.width, pen.px(52)}, guide, now, view.keys);
    float y = inside.y + pen.px(72);
    const std::string& title = phrase("{0} of {1}  {2}", std::to_string(static_cast<int>(guide.step) + 1),
                                      std::to_string(guide_step_count), name_of(guide.step));
    pen.label({inside.x, y, inside.width, pen.px(46)}, TextSize::Label, colour::text(), title);
    y += pen.px(60);
    const float buttons_top = inside.bottom() - pen.px(54);
    for (const GuidePoint& point : guide_points(guide.step, guide, now, view.keys)) {
        y += draw_point(pen, {inside.x, y, inside.width, pen.px(76)}, point);
    }
    y += pen.px(6);
    auto action = draw_live_part(pen, {inside.x, y, inside.width, buttons_top - y - pen.px(14)}, guide, now, view.keys);

    const float wide = (inside.width - 2 * pen.px(12)) / 3;
    const auto button = [&](int index) {
        return Area{inside.x + static_cast<float>(index) * (wide + pen.px(12)), buttons_top, wide, pen.px(54)};
    };
    if (draw_button(pen, "guide-skip", button(0), tr("Esc  Skip"))) action = SetupAction{ToggleGuide{}};
    if (guide.step != GuideStep::Picture && draw_button(pen, "guide-back", button(1), tr("←  Back"))) {
        action = SetupAction{TurnGuide{-1}};
    }
    const bool done = guide_tone(guide_points(guide.step, guide, now, view.keys)) == Tone::Good;
    if (draw_button(pen, "guide-next", button(2), guide.step == GuideStep::Trial ? tr("→  Finish") : tr("→  Next"),
                    done ? Emphasis::Chosen : Emphasis::Main)) {
        action = SetupAction{TurnGuide{1}};
    }
    return action;
}

}  // namespace changji
