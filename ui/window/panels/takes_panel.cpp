#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

void draw_row(const Pen& pen, const Area& row, const TakeRow& take) {
    const auto part = [&](float from, float to) {
        return Area{row.x + row.width * from, row.y, row.width * (to - from), row.height};
    };
    pen.label(part(0.0F, 0.23F), TextSize::Body, colour::text(), phrase("Take {0}", std::to_string(take.number)));
    pen.label(part(0.23F, 0.40F), TextSize::Body, colour::muted(), take.started_at, Align::Right);
    pen.label(part(0.43F, 0.61F), TextSize::Body, colour::text(), clock_text(take.duration_s), Align::Right);
    const Area verdict = part(0.64F, 1.0F);
    const Tone tone = take.verdict ? tone_of(*take.verdict) : Tone::Unknown;
    pen.mark(verdict.x + pen.px(14), verdict.y + verdict.height / 2, pen.px(12), tone);
    const char* const word = take.verdict ? word_for(tone) : tr("No verdict");
    pen.label({verdict.x + pen.px(38), verdict.y, verdict.width - pen.px(38), verdict.height}, TextSize::Body,
              take.verdict ? colour_of(tone) : colour::muted(), word);
}

}  // namespace

std::optional<Action> draw_takes(const Pen& pen, const Area& area, const SessionSnapshot& now) {
    std::optional<Action> action;
    pen.card(area);
    const Area inside = area.inset(pen.px(16), pen.px(8));
    if (now.takes.empty()) {
        pen.label({inside.x, inside.y + inside.height * 0.22F, inside.width, pen.px(44)}, TextSize::Label,
                  colour::muted(), tr("No takes yet"), Align::Centre);
        pen.label({inside.x, inside.y + inside.height * 0.52F, inside.width, pen.px(36)}, TextSize::Body,
                  colour::muted(), tr("Space begins the first one."), Align::Centre);
        return action;
    }
    ImGui::SetCursorScreenPos({inside.x, inside.y});
    ImGui::BeginChild("takes", {inside.width, inside.height});
    const Pen inner(pen.fonts(), pen.scale());
    const float row_height = pen.px(47);
    const float width = ImGui::GetContentRegionAvail().x;
    for (const TakeRow& take : now.takes) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const Area row{at.x, at.y, width - pen.px(4), row_height};
        ImGui::PushID(take.number);
        if (ImGui::InvisibleButton("take", {width, row_height - ImGui::GetStyle().ItemSpacing.y})) {
            action = ReviewAction{OpenReview{ReviewPage::Take, take.number}};
        }
        ImGui::PopID();
        const bool focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
        if (ImGui::IsItemHovered() || focused) inner.fill(row, colour::raised(), pen.px(6));
        if (focused) inner.outline(row, colour::accent(), pen.px(3), pen.px(6));
        draw_row(inner, row, take);
        if (!take.problem.empty() && ImGui::IsItemHovered()) {
            const std::string reason = tr(take.problem);
            pen.fonts().need(TextSize::Body, reason);
            ImGui::SetTooltip("%s", reason.c_str());
        }
    }
    ImGui::EndChild();
    return action;
}

}  // namespace changji
