#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/review/review_panels.hpp"
#include "ui/window/review/review_perform.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

/// What people typed stays on its line.
std::string on_one_line(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

bool draw_row(const Pen& pen, const Area& row, const ListedTake& take, bool chosen, bool best) {
    ImGui::PushID(take.files.number);
    const bool pressed = draw_list_row(pen, "take", row, chosen);
    ImGui::PopID();
    const auto part = [&](float from, float to) {
        return Area{row.x + row.width * from, row.y, row.width * (to - from), row.height};
    };
    const bool judged = take.stored.verdict && !take.unfinished;
    const Tone tone = judged ? tone_of(*take.stored.verdict) : Tone::Unknown;
    pen.label(part(0.025F, 0.12F), TextSize::Body, colour::text(),
              tr(say("Take {0}", std::to_string(take.files.number))));
    const Area verdict = part(0.12F, 0.27F);
    pen.mark(verdict.x + pen.px(16), verdict.y + verdict.height / 2, pen.px(13), tone);
    pen.label({verdict.x + pen.px(40), verdict.y, verdict.width - pen.px(44), verdict.height}, TextSize::Body,
              TextSize::Caption, judged ? colour_of(tone) : colour::muted(),
              judged ? word_for(tone) : tr("No verdict"));
    pen.label(part(0.27F, 0.35F), TextSize::Body, colour::text(), clock_text(take.stored.report.duration_s),
              Align::Right);
    const std::string& started = take.stored.report.started_at;
    if (started.size() >= 16) {
        pen.label(part(0.36F, 0.49F), TextSize::Caption, colour::muted(),
                  started.substr(5, 5) + " " + started.substr(11, 5), Align::Centre);
    }
    pen.label(part(0.49F, 0.58F), TextSize::Body, colour::accent(), stars_of(take.stored.rating));
    const std::string problem = tr(problem_of(take));
    const std::string words = !problem.empty() ? problem : on_one_line(take.stored.note);
    const Area note = part(0.585F, best ? 0.87F : 0.985F);
    // A note may be of any length: its beginning is enough here.
    pen.text(note.x, note.y + (note.height - pen.height(TextSize::Caption)) / 2, TextSize::Caption,
             problem.empty() ? colour::text() : colour::muted(),
             shorten(words, note.width, pen.face(TextSize::Caption).measure));
    if (best) {
        const Area badge = part(0.88F, 0.985F).inset(0, pen.px(12));
        pen.fill(badge, colour::accent(), pen.px(6));
        pen.label(badge, TextSize::Caption, colour::on_accent(), tr("Suggested"), Align::Centre);
    }
    return pressed;
}

std::optional<Action> draw_list(const Pen& pen, const Area& area, const ReviewContent& content, const ViewState& view) {
    std::optional<Action> action;
    const Pen inner = begin_scroll(pen, "take-log", area);
    const float top = ImGui::GetCursorScreenPos().y;
    float y = top;
    const int shown = view.review.shown_take();
    for (auto at = content.matching.rbegin(); at != content.matching.rend(); ++at) {
        const ListedTake& take = content.takes[*at];
        const Area row{area.x, y, area.width - pen.px(14), pen.px(64)};
        y += pen.px(72);
        if (row.bottom() < area.y || row.y > area.bottom()) continue;
        const bool best = content.best && content.best->take == *at && content.takes.size() > 1;
        if (draw_row(inner, row, take, take.files.number == shown, best)) {
            action = ReviewAction{take.files.number == shown ? ReviewAction{OpenReview{ReviewPage::Take, 0}}
                                                             : ReviewAction{ShowTake{take.files.number}}};
        }
    }
    if (content.matching.empty()) {
        inner.label({area.x, top, area.width, pen.px(90)}, TextSize::Label, colour::muted(),
                    content.takes.empty() ? tr("No takes yet") : tr("No take is like that."), Align::Centre);
    }
    end_scroll(area, y - top);
    return action;
}

std::optional<Action> draw_topics(const Pen& pen, const Area& area, const StoredReport& stored,
                                  const TopicList& topics) {
    std::optional<Action> action;
    const float row =
        std::min(pen.px(48), area.height / static_cast<float>(std::max<std::size_t>(topics.topics.size(), 1)));
    float y = area.y;
    for (const Topic& topic : topics.topics) {
        const Area line{area.x, y, area.width, row - pen.px(4)};
        y += row;
        const Mark* const mark = find_topic(stored.report.marks, topic.number);
        const bool ticked = mark != nullptr;
        ImGui::PushID(topic.number);
        if (pen.button("topic", line)) action = ReviewAction{ToggleTopic{topic.number}};
        ImGui::PopID();
        pen.fill(line, ImGui::IsItemHovered() ? colour::line() : colour::surface(), pen.px(6));
        if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible)
            pen.outline(line, colour::text(), pen.px(3), pen.px(6));
        pen.mark(line.x + pen.px(24), line.y + line.height / 2, pen.px(12), ticked ? Tone::Good : Tone::Unknown);
        const std::string at = ticked ? clock_text(mark->at_s) : topic.required ? tr("Required") : "";
        const float at_width = pen.width(TextSize::Caption, at) + pen.px(16);
        pen.label({line.x + pen.px(48), line.y, line.width - pen.px(56) - at_width, line.height}, TextSize::Body,
                  TextSize::Caption, colour::text(), tr(say("{0}  {1}", std::to_string(topic.number), topic.title)));
        pen.label({line.right() - at_width, line.y, at_width - pen.px(10), line.height}, TextSize::Caption,
                  ticked ? colour::accent() : colour::amber(), at, Align::Right);
    }
    return action;
}

/// Written when the field is left: Enter, Tab, a click elsewhere.
std::optional<Action> draw_note(const Pen& pen, const Area& area, ReviewView& review) {
    if (std::exchange(review.focus_note, false)) ImGui::SetKeyboardFocusHere();
    bool editing = false;
    const std::string label = tr(say("Note"));
    ImGui::PushStyleColor(ImGuiCol_FrameBg, colour::surface());  // the card is as light as a field elsewhere
    const bool changed = draw_field(pen, area, {"##note", label, &review.note, nullptr, 90}, editing);
    ImGui::PopStyleColor();
    review.editing_note = editing;
    if (!changed) return std::nullopt;
    return ReviewAction{WriteNote{review.note_of, review.note}};
}

std::optional<Action> draw_details(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                                   ViewState& view) {
    std::optional<Action> action;
    const ReviewMaterial* const take = view.review.shown();
    if (!take) return action;
    pen.card(area, colour::raised());
    const Area inside = area.inset(pen.px(18), pen.px(14));
    pen.label({inside.x, inside.y, inside.width, pen.px(40)}, TextSize::Body, colour::text(), view.review.words.take);
    float y = inside.y + pen.px(48);
    keep(action, draw_note(pen, {inside.x, y, inside.width, pen.px(52)}, view.review));
    y += pen.px(62);
    const float crew_height = height_of_review_crew(pen, preset);
    keep(action,
         draw_review_crew(pen, {inside.x - pen.px(12), y, inside.width + pen.px(24), crew_height}, now, preset, view));
    y += crew_height + pen.px(6);
    const float buttons_top = inside.bottom() - pen.px(120);
    if (preset.topics && take->take.stored.state == ReportState::Whole) {
        keep(action, draw_topics(pen, {inside.x, y, inside.width, buttons_top - y - pen.px(8)}, take->take.stored,
                                 *preset.topics));
    }
    const float wide = (inside.width - pen.px(12)) / 2;
    const auto button = [&](int column, int row, const char* id, const std::string& words, ReviewAction asked) {
        const Area place{inside.x + static_cast<float>(column) * (wide + pen.px(12)),
                         buttons_top + static_cast<float>(row) * pen.px(62), wide, pen.px(54)};
        if (draw_button(pen, id, place, words)) action = std::move(asked);
    };
    button(0, 0, "watch", tr("Enter  Watch"), OpenReview{ReviewPage::Take, 0});
    button(1, 0, "compare-it", with_key(view, "compare-takes", tr("Compare")), CompareWith{0});
    button(0, 1, "print-it", with_key(view, "save-report", tr("Report to print")), SaveReport{});
    button(1, 1, "delete", with_key(view, "delete-take", tr("Delete…")), AskToDelete{});
    return action;
}

}  // namespace

std::optional<Action> draw_take_log(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                                    ViewState& view) {
    std::optional<Action> action;
    ReviewView& review = view.review;
    const float gap = pen.px(16), right_width = pen.px(700), left_width = area.width - right_width - gap;
    bool editing = false;
    const float save_width = pen.px(320);
    const Area search{area.x, area.y, left_width - save_width - gap, pen.px(56)};
    const std::string label = tr("Search");
    static_cast<void>(draw_field(pen, search, {"##search", label, &review.search_draft, nullptr, 110}, editing));
    if (review.search_draft != review.search) action = ReviewAction{SearchTakes{review.search_draft}};
    if (draw_button(pen, "save-log", {area.x + left_width - save_width, area.y, save_width, pen.px(56)},
                    with_key(view, "save-log", tr("Save as table")))) {
        action = ReviewAction{SaveLog{}};
    }
    const Area foot{area.x, area.bottom() - pen.px(40), left_width, pen.px(40)};
    const Area list{area.x, search.bottom() + pen.px(12), left_width, foot.y - search.bottom() - pen.px(20)};
    if (review.content) {
        keep(action, draw_list(pen, list, *review.content, view));
        pen.label(foot, TextSize::Caption, colour::muted(), totals_text(review.content->totals));
    }
    keep(action, draw_details(pen, {area.x + left_width + gap, area.y, right_width, area.height}, now, preset, view));
    return action;
}

}  // namespace changji
