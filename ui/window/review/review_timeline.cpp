#include "ui/window/review/review_timeline.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/words.hpp"

namespace changji {
namespace {

constexpr ImU32 translucent(ImU32 ink, ImU32 alpha) { return (ink & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT); }

/// Where values lie in a lane.
class Heights {
public:
    Heights(const Area& area, const TimelineLane& lane) : area_(area), lane_(lane) {}
    [[nodiscard]] float y(double value) const {
        const double share = std::clamp((value - lane_.range.low) / (lane_.range.high - lane_.range.low), 0.0, 1.0);
        return area_.bottom() - area_.height * static_cast<float>(share);
    }
    [[nodiscard]] bool shows(double value) const { return value > lane_.range.low && value < lane_.range.high; }

private:
    Area area_;
    const TimelineLane& lane_;
};

void draw_band(const Pen& pen, const Area& area, const Heights& heights, const TimelineLane& lane,
               std::optional<double> from, std::optional<double> to, ImU32 ink) {
    const float top = heights.y(to.value_or(lane.range.high)), foot = heights.y(from.value_or(lane.range.low));
    if (foot > top) pen.fill({area.x, top, area.width, foot - top}, ink);
}

/// Solid: passes within; dashed: warns within.
void draw_limit(const Pen& pen, const Area& area, const Heights& heights, std::optional<double> value, bool dashed) {
    if (!value || !heights.shows(*value)) return;
    const float y = std::round(heights.y(*value)), thick = std::max(1.0F, pen.px(1.5F));
    const ImU32 ink = dashed ? colour::amber() : colour::accent();
    if (!dashed) return pen.fill({area.x, y, area.width, thick}, ink);
    for (float x = area.x; x < area.right(); x += pen.px(14)) {
        pen.fill({x, y, std::min(pen.px(8), area.right() - x), thick}, ink);
    }
}

/// A rectangle a column, so that a single peak shows; neighbours are joined where they would leave a gap.
void draw_curve(const Pen& pen, const Area& area, const Heights& heights, const TimelineLane& lane) {
    ImDrawList& list = pen.list();
    const auto count = static_cast<int>(lane.columns.size());
    list.PrimReserve(6 * count, 4 * count);
    const float step = area.width / static_cast<float>(std::max(count, 1));
    const float least = std::max(1.5F, pen.px(2));
    int drawn = 0;
    const MeterColumn* before = nullptr;
    for (int at = 0; at < count; ++at) {
        const MeterColumn& column = lane.columns[static_cast<std::size_t>(at)];
        if (column.empty()) {
            before = nullptr;
            continue;
        }
        float low = column.low, high = column.high;
        if (before) {
            low = std::min(low, before->high);
            high = std::max(high, before->low);
        }
        float top = heights.y(static_cast<double>(high)), foot = heights.y(static_cast<double>(low));
        if (foot - top < least) {
            top = (top + foot - least) / 2;
            foot = top + least;
        }
        const float x = area.x + step * static_cast<float>(at);
        list.PrimRect({x, top}, {x + step, foot}, colour::text());
        before = &column;
        ++drawn;
    }
    list.PrimUnreserve(6 * (count - drawn), 4 * (count - drawn));
}

void draw_stretch(const Pen& pen, const Area& area, const TimeScale& scale, const Stretch& stretch, ImU32 ink) {
    const float from = std::max(scale.x(stretch.from_s), area.x);
    const float to = std::min(std::max(scale.x(stretch.to_s), from + pen.px(3)), area.right());
    if (to > from) pen.fill({from, area.y, to - from, area.height}, ink, pen.px(2));
}

double step_of_times(double shown_s) {
    constexpr std::array steps{0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0};
    const auto* const fits = std::ranges::find_if(steps, [&](double step) { return shown_s / step <= 8.5; });
    return fits == steps.end() ? shown_s / 4 : *fits;
}

void draw_times(const Pen& pen, const Area& area, const TimeScale& scale) {
    const double step = step_of_times(scale.to_s - scale.from_s);
    for (double at = std::ceil(scale.from_s / step) * step; at <= scale.to_s; at += step) {
        const float x = scale.x(at);
        pen.fill({x, area.y, std::max(1.0F, pen.px(1)), area.height}, colour::line());
        const std::string words = clock_text(at + 1e-6);
        if (x + pen.px(6) + pen.width(TextSize::Caption, words) > area.right()) break;
        pen.text(x + pen.px(6), area.y + pen.px(4), TextSize::Caption, colour::muted(), words);
    }
}

/// A topic is a flag with its number, a good moment a tick, a bad one a cross, a question of the script a short line.
void draw_mark(const Pen& pen, float x, float y, float foot, const Mark& mark) {
    const float wide = std::max(1.0F, pen.px(2));
    switch (mark.kind) {
        case MarkKind::Script: pen.fill({x, y, wide, pen.px(14)}, colour::muted()); return;
        case MarkKind::Good:
        case MarkKind::Bad: {
            const bool good = mark.kind == MarkKind::Good;
            pen.fill({x, y, wide, foot - y}, good ? colour::accent() : colour::amber());
            pen.mark(x, y + pen.px(10), pen.px(9), good ? Tone::Good : Tone::Caution);
            return;
        }
        case MarkKind::Topic: break;
    }
    pen.fill({x, y, wide, foot - y}, colour::text());
    const std::string number = std::to_string(mark.topic);
    const Area flag{x, y, pen.width(TextSize::Caption, number) + pen.px(12), pen.px(24)};
    pen.fill(flag, colour::text(), pen.px(4));
    pen.label(flag, TextSize::Caption, colour::background(), number, Align::Centre);
}

void draw_losses(const Pen& pen, const Area& area, const ReviewMaterial& material, const TimeScale& scale) {
    const auto& losses = material.take.stored.report.losses;
    if (!losses) return;
    for (const auto* gaps : {&losses->camera_gaps, &losses->microphone_gaps}) {
        for (const Stretch& gap : *gaps) {
            draw_stretch(pen, area, scale, gap, translucent(colour::red(), 90));
            const float from = std::max(scale.x(gap.from_s), area.x), to = std::min(scale.x(gap.to_s), area.right());
            for (float x = from; x < to; x += pen.px(8)) {
                pen.list().AddLine({x, area.bottom()}, {std::min(x + area.height, to), area.y}, colour::red(),
                                   std::max(1.0F, pen.px(1.5F)));
            }
            const char* const words = gaps == &losses->camera_gaps ? tr("Camera away") : tr("Microphone away");
            if (to - from > pen.width(TextSize::Caption, words) + pen.px(8)) {
                pen.label({from, area.y, to - from, area.height}, TextSize::Caption, colour::text(), words,
                          Align::Centre);
            }
        }
    }
}

}  // namespace

void TimelineLanes::fit(const std::shared_ptr<const ReviewMaterial>& material, const Preset& preset, double from_s,
                        double to_s, int columns) {
    columns = std::min(columns, most_columns);
    const bool same = of_ == material && preset_ == preset.id && language_ == language_in_use() && from_s_ == from_s &&
                      to_s_ == to_s && columns_ == columns;
    if (same) return;
    of_ = material;
    preset_ = preset.id;
    language_ = language_in_use();
    from_s_ = from_s;
    to_s_ = to_s;
    columns_ = columns;
    paired_ = false;
    lanes_.clear();
    if (!material) return;
    const auto& findings = material->take.stored.report.verdict.findings;
    for (const MeasureInfo& about : all_measures()) {
        const MeterLimit* const limit = preset.find_meter(about.id);
        if (!limit || !material->timeline.has(about.measure)) continue;
        TimelineLane lane;
        lane.measure = about.measure;
        lane.name = name_for_check(about.id);
        lane.limit = *limit;
        lane.columns = material->timeline.columns(about.measure, from_s, to_s, columns);
        for (const Finding& finding : findings) {
            if (finding.check != about.id) continue;
            lane.status = finding.status;
            lane.spans = finding.spans;
        }
        lane.range = range_of(lane.columns, lane.limit);
        lanes_.push_back(std::move(lane));
    }
    std::ranges::stable_sort(lanes_, std::ranges::greater{}, &TimelineLane::status);
}

void TimelineLanes::pair_up(TimelineLanes& first, TimelineLanes& second) {
    if (first.paired_ && second.paired_) return;
    first.paired_ = second.paired_ = true;
    std::vector<TimelineLane> others;
    for (TimelineLane& lane : first.lanes_) {
        auto other = std::ranges::find(second.lanes_, lane.measure, &TimelineLane::measure);
        if (other == second.lanes_.end()) {
            others.push_back({lane.measure, lane.name, lane.limit, FindingStatus::Unmeasured, {}, {}, lane.range});
            continue;
        }
        lane.range.low = other->range.low = std::min(lane.range.low, other->range.low);
        lane.range.high = other->range.high = std::max(lane.range.high, other->range.high);
        others.push_back(std::move(*other));
        second.lanes_.erase(other);
    }
    for (TimelineLane& lane : second.lanes_) {
        first.lanes_.push_back({lane.measure, lane.name, lane.limit, FindingStatus::Unmeasured, {}, {}, lane.range});
        others.push_back(std::move(lane));
    }
    second.lanes_ = std::move(others);
}

void draw_lane(const Pen& pen, const Area& area, const TimelineLane& lane, const TimeScale& scale) {
    pen.fill(area, colour::background(), pen.px(4));
    const Heights heights(area, lane);
    if (lane.limit) {
        const MeterLimit& limit = *lane.limit;
        if (limit.warn_min || limit.warn_max) {
            draw_band(pen, area, heights, lane, limit.warn_min, limit.warn_max, translucent(colour::amber(), 26));
        }
        draw_band(pen, area, heights, lane, limit.pass_min, limit.pass_max, translucent(colour::accent(), 40));
        draw_limit(pen, area, heights, limit.warn_min, true);
        draw_limit(pen, area, heights, limit.warn_max, true);
        draw_limit(pen, area, heights, limit.pass_min, false);
        draw_limit(pen, area, heights, limit.pass_max, false);
    }
    draw_curve(pen, area, heights, lane);
    const Area foot{area.x, area.bottom() - pen.px(6), area.width, pen.px(6)};
    if (lane.status == FindingStatus::Pass) return;
    for (const Stretch& span : lane.spans) draw_stretch(pen, foot, scale, span, colour_of(tone_of(lane.status)));
}

void draw_ruler(const Pen& pen, const Area& area, const ReviewMaterial& material, const TimeScale& scale) {
    pen.fill(area, colour::background(), pen.px(4));
    pen.list().PushClipRect({area.x, area.y}, {area.right(), area.bottom()}, true);
    draw_times(pen, area, scale);
    draw_losses(pen, {area.x, area.y + pen.px(26), area.width, area.height - pen.px(26)}, material, scale);
    const Area foot{area.x, area.bottom() - pen.px(8), area.width, pen.px(8)};
    // The worst last, so that it lies on top.
    const auto& findings = material.take.stored.report.verdict.findings;
    for (auto at = material.order.rbegin(); at != material.order.rend(); ++at) {
        const Finding& finding = findings[*at];
        if (finding.status == FindingStatus::Pass) continue;
        for (const Stretch& place : places_of(finding)) {
            draw_stretch(pen, foot, scale, place, colour_of(tone_of(finding.status)));
        }
    }
    for (const Mark& mark : material.take.stored.report.marks) {
        const float x = scale.x(mark.at_s);
        if (x > area.x - pen.px(40) && x < area.right()) draw_mark(pen, x, area.y + pen.px(28), foot.y, mark);
    }
    pen.list().PopClipRect();
}

}  // namespace changji
