#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/package/package_parts.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr float no_end = 1e6F;  // a paragraph that may be as high as it likes

/// One line with its mark; a line further down.
float draw_fact(const Pen& pen, const Area& area, float y, Tone tone, const std::string& words) {
    pen.mark(area.x + pen.px(16), y + pen.px(19), pen.px(13), tone);
    pen.label({area.x + pen.px(44), y, area.width - pen.px(44), pen.px(38)}, TextSize::Body, TextSize::Caption,
              colour::text(), words);
    return y + pen.px(42);
}

std::string size_words(const PackagePlan& plan) {
    const std::string all = megabytes(plan.total_bytes), limit = megabytes(plan.mail_limit_bytes);
    if (plan.mail_limit_bytes <= 0) return tr(say("Altogether {0}.", all + " MB"));
    if (!exceeds_mail(plan)) return tr(say("Altogether {0} MB: a mail carries it ({1} MB at most).", all, limit));
    return tr(say("Altogether {0} MB, a mail carries {1} MB: use a net disk or a USB drive.", all, limit));
}

std::string deadline_words(const DeadlineLeft& one) {
    const std::string days = std::to_string(std::abs(one.days));
    return one.days >= 0 ? tr(say("{0}: due {1}, {2} days left.", one.name, date_text(one.date), days))
                         : tr(say("{0}: was due {1}, {2} days ago.", one.name, date_text(one.date), days));
}

/// What was found about a clause, the worst first where it says more than that all is well.
std::vector<const PackageFinding*> findings_of(const PackagePlan& plan, const std::string& clause) {
    std::vector<const PackageFinding*> found;
    for (const PackageFinding& one : plan.findings) {
        if (one.finding.clause == clause) found.push_back(&one);
    }
    std::ranges::stable_sort(found, std::ranges::greater(),
                             [](const PackageFinding* one) { return one->finding.status; });
    return found;
}

float draw_finding(const Pen& pen, const Area& area, const PackageFinding& one) {
    const float left = pen.px(96);
    pen.mark(area.x + pen.px(72), area.y + pen.px(15), pen.px(10), tone_of(one.finding.status));
    const Area words{area.x + left, area.y, area.width - left - pen.px(16), no_end};
    float used = 0.0F;
    const auto line = [&](ImU32 ink, const std::string& text) {
        used += pen.paragraph({words.x, words.y + used, words.width, no_end}, TextSize::Caption, TextSize::Caption, ink,
                              text);
    };
    const std::string message = tr(one.finding.message);
    line(colour::text(), one.about.empty() ? message : tr(say("{0}: {1}", one.about, message)));
    if (!one.finding.advice.empty()) line(colour::accent(), tr(one.finding.advice));
    return used + pen.px(8);
}

}  // namespace

std::string megabytes(std::int64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(bytes) / 1e6);
    return text;
}

std::optional<Action> draw_package_checklist(const Pen& pen, const Area& area, const PackageView& package) {
    if (!package.state.plan) return std::nullopt;
    const PackagePlan& plan = *package.state.plan;
    float y = draw_fact(pen, area, area.y, exceeds_mail(plan) ? Tone::Caution : Tone::Good, size_words(plan));
    for (const DeadlineLeft& one : plan.deadlines)
        y = draw_fact(pen, area, y, one.days >= 0 ? Tone::Good : Tone::Caution, deadline_words(one));
    y += pen.px(12);

    std::optional<Action> action;
    const Area list{area.x, y, area.width, area.bottom() - y};
    const Pen inner = begin_scroll(pen, "clauses", list);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    float used = 0.0F;
    for (const Clause& clause : plan.clauses) {
        const auto status = status_of_clause(plan, clause.id);
        const auto found = findings_of(plan, clause.id);
        const bool calls = status && *status != FindingStatus::Pass;  // what is not in order lies open
        const bool open = calls != package.turned.contains(clause.id);
        const Area row{at.x, at.y + used, list.width - pen.px(16), pen.px(54)};
        if (draw_list_row(inner, clause.id.c_str(), row, false)) action = PackageAction{UnfoldClause{clause.id}};
        inner.mark(row.x + pen.px(32), row.y + row.height / 2, pen.px(15), status ? tone_of(*status) : Tone::Unknown);
        inner.label({row.x + pen.px(60), row.y, pen.px(100), row.height}, TextSize::Body, colour::text(), clause.id);
        const std::string word = status ? word_for(*status) : tr("not judged here");
        inner.label({row.right() - pen.px(186), row.y, pen.px(170), row.height}, TextSize::Body, TextSize::Caption,
                    status ? colour::text() : colour::muted(), word, Align::Right);
        const float left = row.x + pen.px(164);
        const MeasureText measure = inner.face(TextSize::Caption).measure;
        const float width = row.right() - pen.px(196) - left;
        inner.label({left, row.y, width, row.height}, TextSize::Caption, colour::muted(),
                    open ? std::string() : shorten(clause.text, width, measure));
        used += pen.px(60);
        if (!open) continue;
        used += inner.paragraph({at.x + pen.px(60), at.y + used, row.width - pen.px(76), no_end}, TextSize::Caption,
                                TextSize::Caption, colour::muted(), clause.text) +
                pen.px(8);
        for (const PackageFinding* one : found) used += draw_finding(inner, {at.x, at.y + used, row.width, 0}, *one);
        used += pen.px(10);
    }
    end_scroll(list, used);
    return action;
}

}  // namespace changji
