#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/prompter/prompter_pages.hpp"
#include "ui/window/prompter/talent_windows.hpp"
#include "ui/window/setup/setup_pages.hpp"

namespace changji {
namespace {

/// One to be switched: its words, and whether it is on; true when it was pressed.
bool draw_switch(const Pen& pen, const char* id, const Area& area, const char* words, bool on) {
    const bool pressed = draw_list_row(pen, id, area, on);
    pen.mark(area.x + pen.px(34), area.y + area.height / 2, pen.px(14), on ? Tone::Good : Tone::Unknown);
    pen.label({area.x + pen.px(66), area.y, area.width - pen.px(150), area.height}, TextSize::Body, TextSize::Caption,
              colour::text(), words);
    pen.label({area.right() - pen.px(90), area.y, pen.px(74), area.height}, TextSize::Body,
              on ? colour::accent() : colour::muted(), on ? tr("On") : tr("Off"), Align::Right);
    return pressed;
}

struct Slider {
    const char* id;
    const char* label;
    int least, most;
};

bool draw_slider(const Pen& pen, const Area& row, const Slider& slider, int& value, const std::string& words) {
    const float label = pen.px(250);
    pen.label({row.x, row.y, label - pen.px(10), row.height}, TextSize::Body, TextSize::Caption, colour::muted(),
              slider.label);
    return draw_number(pen, slider.id, {row.x + label, row.y, row.width - label, row.height}, value, slider.least,
                       slider.most, words);
}

std::optional<Action> draw_displays(const Pen& pen, const Area& area, const ViewState& view, std::string_view chosen) {
    std::optional<Action> action;
    const auto& talents = view.settings.talents;
    float y = area.y;
    const auto draw_one = [&](const TalentSettings& settings, const std::string& facts, bool is_there) {
        if (y + pen.px(92) > area.bottom()) return;
        const Area line{area.x, y, area.width, pen.px(84)};
        y += pen.px(94);
        const float wide = pen.px(170);
        const Area row{line.x, line.y, line.width - wide - pen.px(12), line.height};
        ImGui::PushID(settings.display.c_str());
        if (draw_list_row(pen, "display", row, settings.display == chosen)) {
            action = PrompterAction{SetTalent{settings}};
        }
        const float left = row.x + pen.px(24), words = row.width - pen.px(40);
        pen.text(left, row.y + pen.px(12), TextSize::Body, is_there ? colour::text() : colour::muted(),
                 shorten(settings.display, words, pen.face(TextSize::Body).measure));
        pen.label({left, row.y + pen.px(46), words, pen.px(32)}, TextSize::Caption, colour::muted(), facts);
        const Area button{row.right() + pen.px(12), line.y, wide, line.height};
        if (draw_button(pen, "open", button,
                        settings.open && is_there ? tr("Close")
                        : is_there                ? tr("Show here")
                                                  : tr("Forget"),
                        settings.open && is_there ? Emphasis::Chosen : Emphasis::Plain)) {
            TalentSettings changed = settings;
            changed.open = is_there && !settings.open;
            action = PrompterAction{SetTalent{changed}};
        }
        ImGui::PopID();
    };
    const auto& displays = view.prompter.displays;
    for (const ConnectedDisplay& display : displays) {
        const std::string size = tr(say("{0}×{1}, {2} Hz", std::to_string(display.width_px),
                                        std::to_string(display.height_px), std::to_string(display.rate_hz)));
        draw_one(settings_for(talents, display), display.operators ? tr(say("This screen: a window. {0}", size)) : size,
                 true);
    }
    for (const TalentSettings& each : talents) {
        const bool is_there = std::ranges::find(displays, each.display, &ConnectedDisplay::name) != displays.end();
        if (!is_there && each.open) draw_one(each, tr("Not connected: it opens when it is back"), false);
    }
    return action;
}

}  // namespace

std::optional<Action> draw_screens_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                        const ViewState& view) {
    const Halves parts = halves(pen, area, 0.46F);
    std::optional<Action> action;
    const float row = pen.px(56), step = pen.px(66);

    const auto& displays = view.prompter.displays;
    auto chosen = std::ranges::find(displays, view.prompter.chosen_display, &ConnectedDisplay::name);
    if (chosen == displays.end()) chosen = std::ranges::find(displays, false, &ConnectedDisplay::operators);
    if (chosen == displays.end()) chosen = displays.begin();

    Area left = headed(pen, parts.left, tr("Where the person before the camera reads"));
    const float general = 3 * step + pen.px(64);
    const Area list{left.x, left.y, left.width, left.height - general};
    if (displays.empty()) {
        pen.paragraph(list, TextSize::Body, TextSize::Caption, colour::muted(), tr("No display is known."));
    } else if (auto asked = draw_displays(pen, list, view, chosen->name)) {
        action = asked;
    }
    const Area pace = headed(pen, {left.x, list.bottom() + pen.px(10), left.width, general}, tr("How it moves"));
    int characters = now.prompter.characters_per_min;
    if (draw_slider(pen, {pace.x, pace.y, pace.width, row},
                    {"##pace", tr("Characters a minute"), PrompterClock::slowest, PrompterClock::fastest}, characters,
                    std::to_string(characters))) {
        action = PrompterAction{TellPrompter{{PrompterAct::SetPace, static_cast<double>(characters)}}};
    }
    if (draw_switch(pen, "with-take", {pace.x, pace.y + step, pace.width, row}, tr("Runs while a take is recorded"),
                    view.settings.prompter_with_take)) {
        action = PrompterAction{TogglePrompterWithTake{}};
    }
    const bool follows = now.prompter.pace == PrompterPace::Voice || now.prompter.preparing;
    if (draw_switch(pen, "voice", {pace.x, pace.y + 2 * step, pace.width, row}, tr("Follows the host's voice"),
                    follows)) {
        action = PrompterAction{FollowOrPace{}};
    }

    if (chosen == displays.end()) return action;
    TalentSettings settings = settings_for(view.settings.talents, *chosen);
    const TalentSettings before = settings;
    const Area right = headed(pen, parts.right, tr(say("On {0}", chosen->name)));
    const auto line = [&](int index) {
        return Area{right.x, right.y + static_cast<float>(index) * step, right.width, row};
    };
    draw_slider(pen, line(0),
                {"##size", tr("Size of a character"), TalentSettings::smallest_px, TalentSettings::largest_px},
                settings.size_px, tr(say("{0} px", std::to_string(settings.size_px))));
    draw_slider(pen, line(1), {"##width", tr("Length of a line"), 30, 100}, settings.width_percent,
                tr(say("{0} %", std::to_string(settings.width_percent))));
    draw_slider(pen, line(2), {"##line", tr("Reading line from the top"), 10, 80}, settings.reading_line_percent,
                tr(say("{0} %", std::to_string(settings.reading_line_percent))));
    if (draw_switch(pen, "across", line(3), tr("Mirrored left to right, for a pane of glass"),
                    settings.mirror_across)) {
        settings.mirror_across = !settings.mirror_across;
    }
    if (draw_switch(pen, "down", line(4), tr("Mirrored top to bottom"), settings.mirror_down)) {
        settings.mirror_down = !settings.mirror_down;
    }
    if (draw_switch(pen, "light", line(5), tr("Black on white"), settings.light)) settings.light = !settings.light;
    if (draw_switch(pen, "clocks", line(6), tr("Clocks of the take"), settings.clocks)) {
        settings.clocks = !settings.clocks;
    }
    const float characters_a_line = line_em_of(settings, static_cast<float>(chosen->width_px));
    pen.paragraph({right.x, line(7).y, right.width, pen.px(70)}, TextSize::Body, TextSize::Caption, colour::muted(),
                  tr(say("{0} characters a line. Twelve to fourteen are read without turning the eyes.",
                         std::to_string(static_cast<int>(characters_a_line)))));
    if (settings != before) action = PrompterAction{SetTalent{settings}};
    return action;
}

}  // namespace changji
