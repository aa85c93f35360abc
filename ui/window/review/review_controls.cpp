#include <algorithm>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/review/review_panels.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

/// Like 1× or 0.75×; backwards with a minus.
std::string speed_text(double speed) {
    const long hundredths = std::lround(std::abs(speed) * 100);
    std::string text = std::to_string(hundredths / 100);
    if (hundredths % 100 != 0) {
        text +=
            hundredths % 10 == 0 ? "." + std::to_string(hundredths % 100 / 10) : "." + std::to_string(hundredths % 100);
    }
    return (speed < 0 ? "−" : "") + text + "×";
}

}  // namespace

std::string counter_text(double seconds) {
    const long hundredths = std::lround(std::max(0.0, seconds) * 100.0);
    const long whole = hundredths / 100, part = hundredths % 100;
    return clock_text(static_cast<double>(whole)) + (part < 10 ? ".0" : ".") + std::to_string(part);
}

std::optional<Action> draw_review_controls(const Pen& pen, const Area& area, const ViewState& view) {
    std::optional<Action> action;
    const TakePlayerState& play = view.review.play;
    float x = area.x;
    const auto button = [&](const char* command, const char* words, float wide, Emphasis emphasis = Emphasis::Plain) {
        const Area place{x, area.y, pen.px(wide), area.height};
        if (draw_button(pen, command, place, with_key(view, command, words), emphasis)) {
            action = find_command(command)->action;
        }
        x += place.width + pen.px(8);
    };
    button("play", play.playing ? tr("Stop") : tr("Play"), 128, Emphasis::Main);
    button("previous-place", tr("Before"), 108);
    button("next-place", tr("Next"), 108);
    button("loop", tr("Repeat"), 110, play.loop ? Emphasis::Chosen : Emphasis::Plain);
    button("play-slower", tr("Slower"), 102);
    pen.label({x, area.y, pen.px(60), area.height}, TextSize::Body,
              play.speed == 1.0 ? colour::muted() : colour::text(), speed_text(play.speed), Align::Centre);
    x += pen.px(64);
    button("play-faster", tr("Faster"), 102);
    const Area clock{x, area.y, area.right() - x, area.height};
    pen.label({clock.x, clock.y, clock.width * 0.6F, clock.height}, TextSize::Body, colour::text(),
              counter_text(play.position_s), Align::Right);
    pen.label({clock.x + clock.width * 0.62F, clock.y, clock.width * 0.38F, clock.height}, TextSize::Caption,
              colour::muted(), clock_text(play.length_s));
    return action;
}

std::optional<Action> draw_review_timeline(const Pen& pen, const Area& area, const Preset& preset,
                                           const PreviewImage& image, ViewState& view) {
    ReviewView& review = view.review;
    review.pointed_s.reset();
    pen.card(area);
    const ReviewMaterial* const take = review.shown();
    const Area inside = area.inset(pen.px(10), pen.px(8));
    if (!take || take->duration_s <= 0.0) {
        pen.label(inside, TextSize::Body, colour::muted(), tr("No curves yet"), Align::Centre);
        return std::nullopt;
    }
    const bool whole = review.to_s <= review.from_s;
    const float names = pen.px(250);
    TimeScale scale{inside.x + names, inside.width - names, whole ? 0.0 : review.from_s,
                    whole ? take->duration_s : review.to_s};
    review.lanes.fit(review.content->shown, preset, scale.from_s, scale.to_s, static_cast<int>(scale.width));

    std::optional<Action> action;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const Area ruler{scale.left, inside.y, scale.width, pen.px(58)};
    pen.label({inside.x, ruler.y, names - pen.px(10), ruler.height / 2}, TextSize::Caption, colour::muted(),
              whole ? tr("The whole take") : tr("A part of the take"));
    pen.label({inside.x, ruler.y + ruler.height / 2, names - pen.px(10), ruler.height / 2}, TextSize::Caption,
              colour::muted(),
              tr(say("{0} {1}: closer, wider", key_words(view.keys.key_for("timeline-closer")),
                     key_words(view.keys.key_for("timeline-wider")))));
    draw_ruler(pen, ruler, *take, scale);

    const Area list{inside.x, ruler.bottom() + pen.px(6), inside.width, inside.bottom() - ruler.bottom() - pen.px(6)};
    const float lane_height = pen.px(60);
    const float playhead = scale.x(review.play.position_s);
    const bool over = mouse.x >= scale.left && mouse.x <= scale.left + scale.width && mouse.y >= inside.y &&
                      mouse.y <= inside.bottom();
    const double at_s = over ? scale.time(mouse.x) : review.play.position_s;
    const Pen inner = begin_scroll(pen, "lanes", list);
    const float top = ImGui::GetCursorScreenPos().y;
    float y = top;
    for (const TimelineLane& lane : review.lanes.all()) {
        const Area row{list.x, y, list.width, lane_height - pen.px(6)};
        y += lane_height;
        if (row.bottom() < list.y || row.y > list.bottom()) continue;
        inner.mark(row.x + pen.px(12), row.y + pen.px(14), pen.px(9), tone_of(lane.status));
        inner.label({row.x + pen.px(28), row.y, names - pen.px(38), pen.px(28)}, TextSize::Caption, colour::text(),
                    lane.name);
        const auto value = take->timeline.value_at(lane.measure, at_s);
        inner.label({row.x + pen.px(28), row.y + pen.px(28), names - pen.px(38), pen.px(28)}, TextSize::Caption,
                    value && lane.limit ? colour_of(tone_of(status_of(*value, *lane.limit))) : colour::muted(),
                    value ? value_text(lane.measure, *value) : std::string("–"));
        draw_lane(inner, {scale.left, row.y, scale.width, row.height}, lane, scale);
    }
    if (review.lanes.all().empty()) {
        inner.label({list.x, list.y, list.width, pen.px(60)}, TextSize::Body, colour::muted(), tr("No curves yet"),
                    Align::Centre);
    }
    const auto draw_moments = [&](const Pen& on, float from, float to) {
        if (playhead >= scale.left && playhead <= scale.left + scale.width) {
            on.fill({playhead - pen.px(1.5F), from, pen.px(3), to - from}, colour::accent());
        }
        if (over) on.fill({mouse.x, from, std::max(1.0F, pen.px(1)), to - from}, colour::muted());
    };
    draw_moments(inner, list.y, list.bottom());  // lanes lie over what is drawn outside their list
    end_scroll(list, y - top);
    draw_moments(pen, inside.y, list.y);
    if (playhead >= scale.left && playhead <= scale.left + scale.width) {
        pen.list().AddTriangleFilled({playhead - pen.px(9), inside.y}, {playhead + pen.px(9), inside.y},
                                     {playhead, inside.y + pen.px(12)}, colour::accent());
    }
    if (!over) return action;
    review.pointed_s = at_s;
    if (ImGui::IsMouseDown(ImGuiMouseButton_Left) && view.overlay == Overlay::None && review.to_delete == 0 &&
        (ImGui::IsMouseClicked(ImGuiMouseButton_Left) || ImGui::IsMouseDragging(ImGuiMouseButton_Left, 1.0F))) {
        action = ReviewAction{PlayerCommand{SeekTo{at_s}}};
    }
    if (const float wheel = ImGui::GetIO().MouseWheel; wheel != 0.0F && mouse.y < ruler.bottom()) {
        action = ReviewAction{ZoomTimeline{wheel > 0 ? 1.5 : 1 / 1.5, at_s}};
    }
    // The thumbnail of that moment, above the pointer.
    const float high = pen.px(135), wide = high * 16.0F / 9.0F;
    const float left = std::clamp(mouse.x - wide / 2, area.x, area.right() - wide);
    const Area bubble{left, area.y - high - pen.px(8), wide, high};
    const std::string words = counter_text(at_s);
    if (image.scrub) {
        ImDrawList& front = *ImGui::GetForegroundDrawList();
        front.AddRectFilled({bubble.x - 2, bubble.y - 2}, {bubble.right() + 2, bubble.bottom() + 2}, colour::line());
        front.AddImage(image.scrub, {bubble.x, bubble.y}, {bubble.right(), bubble.bottom()});
    }
    const float words_wide = pen.width(TextSize::Caption, words) + pen.px(16);
    const Area plate{std::clamp(mouse.x - words_wide / 2, area.x, area.right() - words_wide), inside.y - pen.px(4),
                     words_wide, pen.px(26)};
    pen.fill(plate, colour::plate(), pen.px(4));
    pen.label(plate, TextSize::Caption, colour::text(), words, Align::Centre);
    return action;
}

}  // namespace changji
