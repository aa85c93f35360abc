#include <algorithm>
#include <cmath>
#include <string_view>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/window/prompter/reading_page.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr float controls_width = 470;     // in pixels of the design
constexpr float longest_line_em = 30.0F;  // longer ones make the eyes wander

/// The campaign's line alone, as large as it fits.
void draw_opening(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                  PrompterView& view) {
    if (!preset.opening) {
        pen.label(area.inset(pen.px(24), 0), TextSize::Label, colour::muted(), tr("This preset has no opening line."),
                  Align::Centre);
        return;
    }
    if (view.opening.empty() || view.opening_of != now.slate || view.opening_preset != preset.id) {
        view.opening = preset.opening_line_for(now.slate.spoken_guest());
        view.opening_of = now.slate;
        view.opening_preset = preset.id;
    }
    pen.spoken(area.inset(pen.px(32), pen.px(6)), TextSize::Word, TextSize::Label, colour::white, view.opening);
}

void draw_layer(const Pen& pen, const PageLayer& layer, ImTextureID glyphs) {
    for (const PageQuad& quad : layer.quads) {
        pen.list().AddImage(glyphs, {quad.area.x, quad.area.y}, {quad.area.right(), quad.area.bottom()},
                            {quad.place.u0, quad.place.v0}, {quad.place.u1, quad.place.v1}, quad.ink);
    }
}

/// The script, moving. The wheel steps, a click on a line goes there.
std::optional<Action> draw_script(const Pen& pen, const Area& area, const std::shared_ptr<const Script>& script,
                                  ImTextureID glyphs, PrompterView& view) {
    const float em = std::round(area.height * 0.25F);
    if (!view.sheet || view.sheet->em_px() != static_cast<int>(em)) {
        view.sheet = std::make_shared<GlyphSheet>(view.font, static_cast<int>(em), 400);
    }
    const float width_em = std::min(longest_line_em, (area.width - pen.px(64)) / em);
    if (!view.layout.is_of(script, width_em)) view.layout = ReadingLayout(script, *view.font, width_em);
    const float left = area.x + (area.width - width_em * em) / 2;
    const ReadingPlace place{area, left, em, area.y + area.height * 0.36F};
    PageLayer& layer = view.drawn;
    layer.quads.clear();
    view.sheet->begin_frame();
    draw_reading(layer, *view.sheet, view.layout, place, view.place.shown(), page_inks(false));
    pen.list().PushClipRect({area.x, area.y}, {area.right(), area.bottom()}, true);
    draw_layer(pen, layer, glyphs);
    const float reach = pen.px(14);
    for (const float side : {-1.0F, 1.0F}) {
        const float x = side < 0 ? left - pen.px(12) : left + width_em * em + pen.px(12);
        pen.list().AddTriangleFilled({x, place.line_y_px}, {x + side * reach, place.line_y_px - reach * 0.7F},
                                     {x + side * reach, place.line_y_px + reach * 0.7F}, colour::aim);
    }
    pen.list().PopClipRect();

    std::optional<Action> action;
    const bool pressed = pen.button("prompted-text", area);
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemHovered() && io.MouseWheel != 0.0F) {
        action = PrompterAction{StepScript{PrompterStep::Line, io.MouseWheel < 0 ? 1 : -1}};
    }
    if (pressed && ImGui::IsItemHovered()) {
        const float top = view.layout.top_at(view.place.shown()) + (io.MousePos.y - place.line_y_px) / em + 0.5F;
        const std::size_t index = view.layout.first_line_below(top);
        if (index < view.layout.lines().size()) {
            const auto character = static_cast<double>(view.layout.lines()[index].first_character);
            action = PrompterAction{TellPrompter{{PrompterAct::MoveTo, character}}};
        }
    }
    return action;
}

struct State {
    Tone tone = Tone::Unknown;
    std::string_view words;
};

State voice_state(const PrompterState& prompter) {
    if (!prompter.problem.empty()) return {Tone::Bad, phrase(prompter.problem)};
    if (prompter.preparing) return {Tone::Unknown, tr("The voice is prepared…")};
    if (prompter.pace != PrompterPace::Voice) {
        return {Tone::Unknown, phrase("{0} characters/min", std::to_string(prompter.characters_per_min))};
    }
    if (!prompter.speaking) return {Tone::Unknown, tr("Waits for the voice")};
    if (prompter.confidence >= PrompterState::sure) return {Tone::Good, tr("Follows the voice")};
    return {Tone::Caution, tr("Not sure where")};
}

/// ▶, two bars, or a hand's square: told apart without colour.
void draw_motion(const Pen& pen, float x, float y, const PrompterState& prompter) {
    const float reach = pen.px(10);
    const ImU32 ink = prompter.held ? colour::amber() : prompter.running ? colour::aim : colour::white;
    if (prompter.held) {
        pen.list().AddRectFilled({x - reach, y - reach}, {x + reach, y + reach}, ink);
    } else if (prompter.running) {
        pen.list().AddTriangleFilled({x - reach, y - reach}, {x + reach, y}, {x - reach, y + reach}, ink);
    } else {
        pen.list().AddRectFilled({x - reach, y - reach}, {x - reach * 0.3F, y + reach}, ink);
        pen.list().AddRectFilled({x + reach * 0.3F, y - reach}, {x + reach, y + reach}, ink);
    }
}

std::optional<Action> draw_controls(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                    const ViewState& view) {
    const PrompterState& prompter = now.prompter;
    const float row = (area.height - pen.px(4)) / 3;
    const float gap = pen.px(8);
    const auto line = [&](int index) {
        return Area{area.x, area.y + static_cast<float>(index) * row, area.width, row};
    };
    const Area first = line(0), second = line(1), third = line(2);
    draw_motion(pen, first.x + pen.px(14), first.y + first.height / 2, prompter);
    const char* const motion = prompter.held      ? tr("Held")
                               : prompter.running ? tr("Prompter runs")
                                                  : tr("Prompter paused");
    const std::string& left = phrase("{0} left", clock_text(prompter.left_s));
    const float left_width = pen.width(TextSize::Caption, left) + pen.px(4);
    pen.label({first.x + pen.px(38), first.y, first.width - pen.px(46) - left_width, first.height}, TextSize::Body,
              TextSize::Caption, colour::white, motion);
    pen.label({first.right() - left_width, first.y, left_width, first.height}, TextSize::Caption, colour::white, left,
              Align::Right);

    const State voice = voice_state(prompter);
    const bool lit = voice.tone != Tone::Unknown || prompter.pace == PrompterPace::Voice || prompter.preparing;
    if (lit) pen.mark(second.x + pen.px(14), second.y + second.height / 2, pen.px(12), voice.tone);
    const Area words{second.x + pen.px(38), second.y, second.width - pen.px(38), second.height};
    if (prompter.problem.empty()) {
        pen.label(words, TextSize::Caption, colour::white, voice.words);
    } else {
        static_cast<void>(pen.paragraph(words, TextSize::Caption, TextSize::Caption, colour::white, voice.words));
    }

    std::optional<Action> action;
    const float wide = (third.width - 2 * gap) / 3;
    const auto button = [&](int index, const char* id, const char* label, bool on) {
        const Area place{third.x + static_cast<float>(index) * (wide + gap), third.y + pen.px(2), wide,
                         third.height - pen.px(4)};
        const bool pressed = pen.button(id, place);
        pen.fill(place, on ? colour::accent() : ImGui::IsItemHovered() ? colour::line() : colour::surface(), pen.px(8));
        pen.label(place.inset(pen.px(4), 0), TextSize::Caption, on ? colour::on_accent() : colour::text(),
                  phrase("{0} {1}", view.keys.words_for(id), label), Align::Centre);
        if (pressed) action = find_command(id)->action;
    };
    button(0, "prompt", prompter.running ? tr("Pause") : tr("Run"), prompter.running);
    button(1, "script", tr("Script"), false);
    button(2, "talents", tr("Screens"), !view.prompter.talent_lines.empty());
    return action;
}

}  // namespace

/// At the top edge, close to the camera, so that whoever reads it seems to look into the lens.
std::optional<Action> draw_prompter(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                                    ImTextureID glyphs, ViewState& view) {
    pen.fill(area, colour::black);
    const float wide = pen.px(controls_width);
    const Area controls{area.right() - wide - pen.px(16), area.y + pen.px(6), wide, area.height - pen.px(10)};
    const Area words{area.x, area.y, controls.x - area.x - pen.px(12), area.height};
    std::optional<Action> action;
    const bool only_opening = !now.script || now.script->text().empty();
    if (only_opening || !view.prompter.font) {
        draw_opening(pen, words, now, preset, view.prompter);
        view.prompter.layout = {};  // a step is by sentence then
    } else {
        action = draw_script(pen, words, now.script, glyphs, view.prompter);
    }
    pen.fill({controls.x - pen.px(10), area.y + pen.px(10), pen.px(2), area.height - pen.px(20)}, colour::muted());
    if (auto asked = draw_controls(pen, controls, now, view)) action = asked;
    return action;
}

}  // namespace changji
