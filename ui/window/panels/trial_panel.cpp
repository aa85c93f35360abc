#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr std::size_t most_findings = 3;

const char* sentence_of(VerdictStatus status) {
    switch (status) {
        case VerdictStatus::Pass: return tr("Picture and sound are good: the take can begin.");
        case VerdictStatus::Warn: return tr("Usable, but these points would make it better:");
        case VerdictStatus::Fail: break;
    }
    return tr("Put this right before the take:");
}

void draw_progress(const Pen& pen, const Area& preview, const Trial& trial) {
    const Area plate{preview.x + preview.width * 0.12F, preview.y + preview.height * 0.36F, preview.width * 0.76F,
                     pen.px(180)};
    pen.card(plate, colour::plate());
    const Area inside = plate.inset(pen.px(28), pen.px(20));
    constexpr double length_s = std::chrono::duration<double>(trial_length).count();
    const double share = std::clamp(trial.elapsed_s / length_s, 0.0, 1.0);
    const bool judging = share >= 1.0;
    pen.label({inside.x, inside.y, inside.width, pen.px(64)}, TextSize::Word, colour::text(),
              judging ? tr("Judging…") : tr("Test recording"), Align::Centre);
    pen.label({inside.x, inside.y + pen.px(70), inside.width, pen.px(40)}, TextSize::Body, colour::text(),
              judging ? tr("A moment, please.") : tr("Say the opening line, as in the interview."), Align::Centre);
    const Area track{inside.x, inside.bottom() - pen.px(12), inside.width, pen.px(12)};
    pen.fill(track, colour::raised(), pen.px(6));
    if (share > 0.0)
        pen.fill({track.x, track.y, track.width * static_cast<float>(share), track.height}, colour::accent(),
                 pen.px(6));
}

void draw_measured(const Pen& pen, const Area& area, const LiveMeter& meter) {
    pen.fill(area, colour::surface(), pen.px(8));
    const Tone tone = tone_of(meter.status);
    pen.mark(area.x + pen.px(34), area.y + area.height / 2, pen.px(18), tone);
    const Area words{area.x + pen.px(66), area.y, area.width - pen.px(78), area.height};
    pen.label({words.x, words.y + pen.px(6), words.width, pen.px(26)}, TextSize::Caption, colour::muted(),
              name_for(meter.aspect));
    pen.label({words.x, words.y + pen.px(34), words.width, pen.px(34)}, TextSize::Body, colour_of(tone),
              meter.value.empty() ? std::string(word_for(tone)) : meter.value);
    const float wide = pen.width(TextSize::Body, meter.value);
    if (meter.measure && wide + pen.px(110) < words.width) {
        pen.label({words.x + wide + pen.px(12), words.y + pen.px(34), words.width - wide - pen.px(12), pen.px(34)},
                  TextSize::Caption, colour::muted(), name_for_check(info(*meter.measure).id), Align::Right);
    }
}

/// Returns the height used.
float draw_finding(const Pen& pen, const Area& area, const Finding& finding) {
    pen.mark(area.x + pen.px(14), area.y + pen.px(18), pen.px(13), tone_of(finding.status));
    const std::string words = tr(finding.advice.empty() ? finding.message : finding.advice);
    const std::string name = name_for_check(finding.check);
    const float name_width = std::min(pen.width(TextSize::Body, name) + pen.px(20), area.width * 0.36F);
    pen.label({area.x + pen.px(40), area.y, name_width, pen.px(36)}, TextSize::Body, colour::text(), name);
    const float left = area.x + pen.px(40) + name_width;
    const float used = pen.paragraph({left, area.y + pen.px(5), area.right() - left, area.height}, TextSize::Body,
                                     TextSize::Caption, colour::text(), words);
    return std::max(pen.px(40), used + pen.px(10));
}

}  // namespace

std::optional<Action> draw_trial(const Pen& pen, const Area& preview, const SessionSnapshot& now) {
    if (!now.trial) return std::nullopt;
    if (!now.trial->result) {
        draw_progress(pen, preview, *now.trial);
        return std::nullopt;
    }
    const TrialResult& result = *now.trial->result;
    const Area card = preview.inset(pen.px(20), pen.px(16));
    pen.card(card, colour::raised());
    const Tone tone = tone_of(result.status);
    pen.outline(card, colour_of(tone), pen.px(3), pen.px(12));
    const Area inside = card.inset(pen.px(32), pen.px(22));
    const float radius = pen.px(38);
    pen.mark(inside.x + radius, inside.y + radius, radius, tone);
    const float left = inside.x + 2 * radius + pen.px(24);
    pen.label({left, inside.y - pen.px(4), inside.right() - left, pen.px(30)}, TextSize::Body, colour::muted(),
              tr("Test recording"));
    pen.label({left, inside.y + pen.px(28), pen.px(200), pen.px(58)}, TextSize::Word, colour_of(tone),
              word_for(result.status));
    const float word_width = pen.width(TextSize::Word, word_for(result.status));
    pen.label({left + word_width + pen.px(24), inside.y + pen.px(34), inside.right() - left - word_width - pen.px(24),
               pen.px(52)},
              TextSize::Body, colour::text(), sentence_of(result.status));

    const float column = (inside.width - 2 * pen.px(12)) / 3;
    const float meters_top = inside.y + pen.px(104);
    for (std::size_t index = 0; index < result.meters.size(); ++index) {
        draw_measured(pen,
                      {inside.x + static_cast<float>(index) * (column + pen.px(12)), meters_top, column, pen.px(76)},
                      result.meters[index]);
    }

    const float buttons_top = inside.bottom() - pen.px(56);
    const float foot_top = buttons_top - pen.px(66);
    float y = meters_top + pen.px(98);
    if (!result.problem.empty()) {
        y += pen.paragraph({inside.x, y, inside.width, foot_top - y}, TextSize::Body, TextSize::Caption, colour::text(),
                           tr(result.problem));
    }
    std::size_t shown = 0;
    for (const Finding& finding : result.open) {
        if (shown++ == most_findings || y + pen.px(40) > foot_top) break;
        y += draw_finding(pen, {inside.x, y, inside.width, std::min(pen.px(76), foot_top - y)}, finding);
    }
    if (result.open.empty() && result.problem.empty() && !result.video.empty()) {
        pen.paragraph({inside.x, y, inside.width, foot_top - y}, TextSize::Body, TextSize::Caption, colour::muted(),
                      phrase("To watch and listen to: {0}", result.video.string()));
    }
    pen.paragraph({inside.x, foot_top, inside.width, pen.px(56)}, TextSize::Caption, TextSize::Caption, colour::muted(),
                  tr("Not judged in five seconds: length, lamp flicker, hum, and what only people sign off."));
    const float wide = pen.px(260);
    const Area go_on{inside.right() - wide, buttons_top, wide, pen.px(56)};
    const bool good = result.status == VerdictStatus::Pass;
    if (draw_button(pen, "trial-again", {go_on.x - wide - pen.px(16), go_on.y, wide, go_on.height}, tr("T  Again"),
                    good ? Emphasis::Plain : Emphasis::Main)) {
        return SetupAction{StartTrial{}};
    }
    if (draw_button(pen, "trial-done", go_on, good ? tr("Esc  Good, go on") : tr("Esc  Go on"),
                    good ? Emphasis::Main : Emphasis::Plain)) {
        return SetupAction{DismissTrial{}};
    }
    return std::nullopt;
}

}  // namespace changji
