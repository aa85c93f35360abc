#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/review/review_panels.hpp"
#include "ui/window/review/review_perform.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr float closed_row = 58.0F, told_row = 116.0F, open_row = 138.0F, advice_height = 76.0F;

float height_of(const ClauseLine& line, bool chosen) {
    if (!chosen) return line.status == FindingStatus::Pass ? closed_row : told_row;
    return line.advice.empty() ? open_row : open_row + advice_height;
}

/// Where in the take it held, as bars on a line that stands for the whole of it.
void draw_places(const Pen& pen, const Area& area, const ClauseLine& line, double duration_s) {
    pen.fill(area, colour::background(), pen.px(3));
    if (duration_s <= 0.0) return;
    for (const Stretch& place : line.places) {
        const auto share = [&](double at_s) { return static_cast<float>(std::clamp(at_s / duration_s, 0.0, 1.0)); };
        const float from = area.x + area.width * share(place.from_s);
        const float to = std::max(area.x + area.width * share(place.to_s), from + pen.px(4));
        pen.fill({from, area.y, std::min(to, area.right()) - from, area.height}, colour_of(tone_of(line.status)),
                 pen.px(3));
    }
}

/// "01:05–01:09" of the first, and how many more there are.
std::string places_text(const std::vector<Stretch>& places) {
    const std::string from = clock_text(places.front().from_s), to = clock_text(places.front().to_s);
    std::string first = from == to ? from : tr(say("{0}–{1}", from, to));
    if (places.size() == 1) return first;
    return tr(say("{0} and {1} more", first, std::to_string(places.size() - 1)));
}

bool draw_line(const Pen& pen, const Area& row, const ClauseLine& line, bool chosen, double duration_s) {
    ImGui::PushID(static_cast<int>(line.finding));
    const bool pressed = draw_list_row(pen, "finding", row, chosen);
    ImGui::PopID();
    const Tone tone = tone_of(line.status);
    const bool told = line.status != FindingStatus::Pass || chosen;
    pen.mark(row.x + pen.px(38), row.y + pen.px(29), pen.px(16), tone);
    const float left = row.x + pen.px(70), width = row.right() - pen.px(18) - left;
    const float value_width =
        line.value.empty() ? 0.0F : std::min(pen.width(TextSize::Body, line.value), width * 0.58F);
    const Area head{left, row.y + pen.px(10), width, pen.px(38)};
    pen.label({head.right() - value_width, head.y, value_width, head.height}, TextSize::Body, TextSize::Caption,
              colour_of(tone), line.value, Align::Right);
    const char* const state = word_for(line.status);
    const float state_width = pen.width(TextSize::Caption, state) + pen.px(20);
    const float name_width = head.width - value_width - state_width - pen.px(24);
    pen.label({head.x, head.y, name_width, head.height}, TextSize::Body, TextSize::Caption, colour::text(), line.name);
    const float name =
        std::min(std::max(pen.width(TextSize::Caption, line.name), pen.width(TextSize::Body, line.name)), name_width);
    pen.label({head.x + name + pen.px(14), head.y, state_width, head.height}, TextSize::Caption, colour_of(tone),
              state);
    if (!told) return pressed;
    float y = row.y + pen.px(52);
    const float foot = row.bottom() - (line.places.empty() ? pen.px(10) : pen.px(28));
    const float message_height = chosen ? pen.px(60) : foot - y;
    pen.paragraph({left, y, width, message_height}, TextSize::Body, TextSize::Caption, colour::muted(), line.message);
    if (chosen && !line.advice.empty()) {
        y += message_height + pen.px(4);
        pen.paragraph({left, y, width, foot - y}, TextSize::Body, TextSize::Caption, colour::text(), line.advice);
    }
    if (line.places.empty()) return pressed;
    const std::string where = places_text(line.places);
    const float where_width = pen.width(TextSize::Caption, where) + pen.px(12);
    draw_places(pen, {left, row.bottom() - pen.px(18), width - where_width, pen.px(9)}, line, duration_s);
    pen.label({row.right() - pen.px(18) - where_width, row.bottom() - pen.px(28), where_width, pen.px(26)},
              TextSize::Caption, colour::muted(), where, Align::Right);
    return pressed;
}

}  // namespace

std::optional<Action> draw_review_clauses(const Pen& pen, const Area& area, ViewState& view) {
    const ReviewMaterial* const take = view.review.shown();
    if (!take || view.review.words.lines.empty()) {
        pen.card(area);
        const bool finishing = take && (take->in_work || take->film == Film::Fragments);
        pen.label({area.x, area.y + area.height * 0.3F, area.width, pen.px(44)}, TextSize::Label, colour::muted(),
                  finishing ? tr("The verdict is on its way") : tr("There are no findings"), Align::Centre);
        if (finishing) {
            pen.paragraph(
                {area.x + pen.px(40), area.y + area.height * 0.3F + pen.px(60), area.width - pen.px(80), pen.px(80)},
                TextSize::Body, TextSize::Caption, colour::muted(),
                tr("The film can be watched meanwhile: Space plays it."));
        }
        return std::nullopt;
    }
    std::optional<Action> action;
    const Pen inner = begin_scroll(pen, "clauses", area);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float gap = pen.px(8), width = area.width - pen.px(14);
    float y = at.y;
    for (const ClauseLine& line : view.review.words.lines) {
        const bool chosen = view.review.finding == line.finding;
        const Area row{at.x, y, width, pen.px(height_of(line, chosen))};
        if (chosen && view.review.finding != view.review.finding_in_sight) {
            if (row.y < area.y) ImGui::SetScrollY(row.y - at.y);
            if (row.bottom() > area.bottom()) ImGui::SetScrollY(row.bottom() - at.y - area.height);
        }
        y += row.height + gap;
        if (row.bottom() < area.y || row.y > area.bottom()) continue;
        if (draw_line(inner, row, line, chosen, take->duration_s)) action = ReviewAction{SelectFinding{line.finding}};
    }
    view.review.finding_in_sight = view.review.finding;
    end_scroll(area, y - at.y);
    return action;
}

const char* stars_of(Rating rating) {
    switch (rating) {
        case Rating::Good: return "★★★";
        case Rating::Reserve: return "★★";
        case Rating::No: return "★";
        case Rating::None: break;
    }
    return "";
}

bool draw_rating(const Pen& pen, const Area& area, const ViewState& view, Rating rating, bool chosen) {
    const char* const command = rating == Rating::Good      ? "rate-good"
                                : rating == Rating::Reserve ? "rate-reserve"
                                                            : "rate-no";
    const std::string words =
        tr(say("{0}  {1} {2}", key_words(view.keys.key_for(command)), stars_of(rating), rating_label(rating)));
    return draw_button(pen, command, area, words, chosen ? Emphasis::Chosen : Emphasis::Plain);
}

float height_of_review_crew(const Pen& pen, const Preset& preset) {
    return pen.px(76.0F) + pen.px(52.0F) * static_cast<float>(preset.confirmations.size());
}

std::optional<Action> draw_review_crew(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                       const Preset& preset, const ViewState& view) {
    std::optional<Action> action;
    pen.card(area, colour::raised());
    const Area inside = area.inset(pen.px(12), pen.px(8));
    const ReviewMaterial* const take = view.review.shown();
    const auto& clauses = signed_of_review(view, now);
    float y = inside.y;
    int number = 0;
    for (const Confirmation& each : preset.confirmations) {
        ++number;
        const bool confirmed = std::ranges::find(clauses, each.clause) != clauses.end();
        const Area row{inside.x, y, inside.width, pen.px(46)};
        y += pen.px(52);
        if (pen.button(each.clause.c_str(), row) && take) action = ReviewAction{SignLine{number}};
        pen.fill(row, ImGui::IsItemHovered() ? colour::line() : colour::surface(), pen.px(8));
        if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible) pen.outline(row, colour::text(), pen.px(3), pen.px(8));
        const Area cap{row.x + pen.px(8), row.y + pen.px(6), pen.px(34), pen.px(34)};
        pen.fill(cap, colour::background(), pen.px(6));
        pen.label(cap, TextSize::Caption, colour::text(), std::to_string(number), Align::Centre);
        pen.mark(cap.right() + pen.px(24), row.y + row.height / 2, pen.px(14), confirmed ? Tone::Good : Tone::Unknown);
        const char* const answer = confirmed ? tr("Yes") : tr("Open");
        const float answer_width = pen.width(TextSize::Caption, answer) + pen.px(24);
        pen.label({row.right() - answer_width, row.y, answer_width - pen.px(12), row.height}, TextSize::Caption,
                  confirmed ? colour_of(Tone::Good) : colour::muted(), answer, Align::Right);
        const float left = cap.right() + pen.px(48);
        pen.label({left, row.y, row.right() - answer_width - left, row.height}, TextSize::Body, TextSize::Caption,
                  colour::text(), each.question);
    }
    const float wide = (inside.width - pen.px(16)) / 3;
    float x = inside.x;
    for (const Rating rating : {Rating::Good, Rating::Reserve, Rating::No}) {
        const bool chosen = take && take->take.stored.rating == rating;
        if (draw_rating(pen, {x, y + pen.px(2), wide, pen.px(54)}, view, rating, chosen)) {
            action = ReviewAction{RateTake{rating}};
        }
        x += wide + pen.px(8);
    }
    return action;
}

}  // namespace changji
