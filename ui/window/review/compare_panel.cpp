#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/review/review_panels.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

std::string number_words(const ReviewMaterial& take) { return tr(say("Take {0}", std::to_string(take.files.number))); }

/// Number, verdict, length, rating of one of the two; the suggested one says so.
void draw_side(const Pen& pen, const Area& area, const ReviewMaterial& take, bool suggested) {
    const Tone tone = take.take.stored.verdict ? tone_of(*take.take.stored.verdict) : Tone::Unknown;
    pen.card(area);
    if (suggested) pen.outline(area, colour::accent(), pen.px(3), pen.px(12));
    pen.mark(area.x + pen.px(48), area.y + area.height / 2, pen.px(26), tone);
    const float left = area.x + pen.px(92), width = area.right() - pen.px(16) - left;
    const std::string name = number_words(take);
    const float name_width = pen.text(left, area.y + pen.px(14), TextSize::Label, colour::text(), name);
    const char* const word = take.take.stored.verdict ? word_for(tone) : tr("No verdict");
    pen.label({left + name_width + pen.px(20), area.y + pen.px(8), pen.px(220), pen.px(44)}, TextSize::Body,
              take.take.stored.verdict ? colour_of(tone) : colour::muted(), word);
    std::string facts = clock_text(take.duration_s);
    const Rating rating = take.take.stored.rating;
    if (rating != Rating::None) facts = tr(say("{0}    {1} {2}", facts, stars_of(rating), rating_label(rating)));
    pen.label({left, area.y + pen.px(54), width, pen.px(34)}, TextSize::Body, colour::muted(), facts);
    if (!suggested) return;
    const char* const words = tr("Suggested");
    const float wide = pen.width(TextSize::Body, words) + pen.px(36);
    const Area badge{area.right() - wide - pen.px(16), area.y + pen.px(14), wide, pen.px(44)};
    pen.fill(badge, colour::accent(), pen.px(8));
    pen.label(badge, TextSize::Body, colour::on_accent(), words, Align::Centre);
}

/// Both films at the same moment, and what plays them. Returns its foot.
float draw_films(const Pen& pen, const Area& first, const Area& second, const PreviewImage& image,
                 const ViewState& view) {
    const ReviewView& review = view.review;
    const float high = std::floor(first.width * 9.0F / 16.0F);
    draw_film_picture(pen, {first.x, first.y, first.width, high}, image.texture, review.play,
                      review.content->shown.get());
    draw_film_picture(pen, {second.x, second.y, second.width, high}, image.other, review.other_play,
                      review.content->other.get());
    const Area line{first.x, first.y + high + pen.px(4), second.right() - first.x, pen.px(36)};
    pen.label(line, TextSize::Caption, colour::muted(),
              tr(say("{0}: play both, with the left one's sound", key_words(view.keys.key_for("play")))));
    pen.label(line, TextSize::Body, colour::text(), counter_text(review.play.position_s), Align::Right);
    return line.bottom();
}

/// The meters of both over the same time, one pair a row; the pointer, else the films, at the same moment in both.
std::optional<Action> draw_pairs(const Pen& pen, const Area& area, const Preset& preset, ViewState& view) {
    ReviewView& review = view.review;
    const ReviewContent& content = *review.content;
    const double length_s = std::max({content.shown->duration_s, content.other->duration_s, 0.2});
    const float gap = pen.px(16), names = pen.px(32), wide = (area.width - gap) / 2;
    const float inset = pen.px(8), shown = wide - pen.px(24);
    const TimeScale first{area.x + inset, shown, 0.0, length_s};
    const TimeScale second{area.x + wide + gap + inset, shown, 0.0, length_s};
    review.lanes_of_first.fit(content.shown, preset, 0.0, length_s,
                              std::min(static_cast<int>(shown), TimelineLanes::most_columns / 2));
    review.lanes_of_second.fit(content.other, preset, 0.0, length_s,
                               std::min(static_cast<int>(shown), TimelineLanes::most_columns / 2));
    TimelineLanes::pair_up(review.lanes_of_first, review.lanes_of_second);
    pen.card(area);
    const auto& left = review.lanes_of_first.all();
    const auto& right = review.lanes_of_second.all();
    if (left.empty()) {
        pen.label(area, TextSize::Body, colour::muted(), tr("No curves yet"), Align::Centre);
        return std::nullopt;
    }
    const float ruler = pen.px(58), row = pen.px(96);
    const float head = area.y + pen.px(8);
    draw_ruler(pen, {first.left, head, shown, ruler}, *content.shown, first);
    draw_ruler(pen, {second.left, head, shown, ruler}, *content.other, second);
    const Area list{area.x, head + ruler + pen.px(6), area.width, area.bottom() - head - ruler - pen.px(12)};
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    std::optional<double> pointed_s;
    if (mouse.y > area.y && mouse.y < area.bottom()) {
        for (const TimeScale& scale : {first, second}) {
            if (mouse.x > scale.left && mouse.x < scale.left + scale.width) pointed_s = scale.time(mouse.x);
        }
    }
    const double at_s = pointed_s.value_or(review.play.position_s);
    const Pen inner = begin_scroll(pen, "pairs", list);
    const float top = ImGui::GetCursorScreenPos().y;
    float y = top;
    for (std::size_t index = 0; index < left.size(); ++index, y += row) {
        if (y + row < list.y || y > list.bottom()) continue;
        for (const auto& [lane, scale, take] : {std::tuple(&left[index], &first, content.shown.get()),
                                                std::tuple(&right[index], &second, content.other.get())}) {
            const float x = scale->left;
            inner.mark(x + pen.px(12), y + names / 2, pen.px(9), tone_of(lane->status));
            const auto value = take->timeline.value_at(lane->measure, at_s);
            const std::string words = value ? value_text(lane->measure, *value) : std::string();
            inner.label({x + pen.px(30), y, wide - pen.px(200), names}, TextSize::Caption, colour::text(), lane->name);
            inner.label({x + shown - pen.px(166), y, pen.px(160), names}, TextSize::Caption,
                        value && lane->limit ? colour_of(tone_of(status_of(*value, *lane->limit))) : colour::muted(),
                        words, Align::Right);
            draw_lane(inner, {x, y + names, shown, row - names - pen.px(8)}, *lane, *scale);
        }
    }
    for (const Pen* const on : {&inner, &pen}) {
        for (const TimeScale& scale : {first, second}) {
            const float foot = on == &pen ? list.y : list.bottom();
            on->fill({scale.x(at_s), head, std::max(1.0F, pen.px(2)), foot - head}, colour::accent());
        }
        if (on == &inner) end_scroll(list, y - top);
    }
    const bool covered = view.overlay != Overlay::None || review.to_delete != 0;
    if (!pointed_s || covered || !ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return std::nullopt;
    return ReviewAction{PlayerCommand{SeekTo{*pointed_s}}};
}

std::string side_words(FindingStatus status, const std::string& value) {
    return value.empty() ? std::string(word_for(status)) : value;
}

/// Check by check: both values, and an arrow to the better one.
void draw_checks(const Pen& pen, const Area& area, const ReviewContent& content) {
    pen.card(area);
    const Area inside = area.inset(pen.px(14), pen.px(10));
    const float half = (inside.width - pen.px(16)) / 2;
    pen.label({inside.x, inside.y, half, pen.px(36)}, TextSize::Body, colour::muted(), number_words(*content.shown));
    pen.label({inside.right() - half, inside.y, half, pen.px(36)}, TextSize::Body, colour::muted(),
              number_words(*content.other), Align::Right);
    const Area list{inside.x, inside.y + pen.px(42), inside.width, inside.height - pen.px(42)};
    const Pen inner = begin_scroll(pen, "checks", list);
    const float top = ImGui::GetCursorScreenPos().y;
    float y = top;
    const float row = pen.px(78), width = list.width - pen.px(12);
    // What differs first.
    for (const bool differs : {true, false}) {
        for (const ComparedCheck& check : content.compared) {
            if ((check.better != Better::Neither) != differs) continue;
            const Area line{list.x, y, width, row - pen.px(6)};
            y += row;
            if (line.bottom() < list.y || line.y > list.bottom()) continue;
            inner.fill(line, colour::raised(), pen.px(8));
            inner.label({line.x + pen.px(12), line.y + pen.px(4), width - pen.px(24), pen.px(32)}, TextSize::Caption,
                        colour::muted(), name_for_check(check.check), Align::Centre);
            for (const bool second : {false, true}) {
                const FindingStatus status = second ? check.second : check.first;
                const bool better = check.better == (second ? Better::Second : Better::First);
                const float edge = second ? line.right() - pen.px(26) : line.x + pen.px(26);
                inner.mark(edge, line.y + pen.px(50), pen.px(12), tone_of(status));
                const float middle = line.x + line.width / 2;
                const Area words = second ? Area{middle + pen.px(30), line.y + pen.px(34),
                                                 edge - pen.px(22) - middle - pen.px(30), pen.px(34)}
                                          : Area{edge + pen.px(22), line.y + pen.px(34),
                                                 middle - pen.px(30) - edge - pen.px(22), pen.px(34)};
                inner.label(words, TextSize::Body, TextSize::Caption, better ? colour::text() : colour::muted(),
                            side_words(status, second ? check.second_value : check.first_value),
                            second ? Align::Right : Align::Left);
                if (!better) continue;
                const float point = second ? 1.0F : -1.0F, at = line.y + pen.px(51);
                inner.list().AddTriangleFilled({middle + point * pen.px(20), at},
                                               {middle - point * pen.px(2), at - pen.px(12) * point},
                                               {middle - point * pen.px(2), at + pen.px(12) * point}, colour::accent());
            }
            if (check.better == Better::Neither) {
                inner.label({line.x + line.width / 2 - pen.px(24), line.y + pen.px(34), pen.px(48), pen.px(34)},
                            TextSize::Body, colour::muted(), "=", Align::Centre);
            }
        }
    }
    end_scroll(list, y - top);
}

}  // namespace

std::optional<Action> draw_comparison(const Pen& pen, const Area& area, const Preset& preset, const PreviewImage& image,
                                      ViewState& view) {
    const ReviewContent* const content = view.review.content.get();
    if (!content || !content->shown || !content->other || content->shown == content->other) {
        pen.card(area);
        pen.label({area.x, area.y + area.height * 0.4F, area.width, pen.px(48)}, TextSize::Label, colour::muted(),
                  tr("Two takes are needed to compare"), Align::Centre);
        return std::nullopt;
    }
    std::optional<Action> action;
    const float gap = pen.px(16), right_width = pen.px(640), left_width = area.width - right_width - gap;
    const float wide = (left_width - gap) / 2;
    const Area first{area.x, area.y, wide, pen.px(98)}, second{first.right() + gap, area.y, wide, first.height};
    const bool known = content->better.has_value();
    draw_side(pen, first, *content->shown, known && content->better->take == 0);
    draw_side(pen, second, *content->other, known && content->better->take == 1);
    const float films = first.bottom() + pen.px(8);
    const float top = draw_films(pen, {first.x, films, wide, 0}, {second.x, films, wide, 0}, image, view) + pen.px(4);
    if (auto asked = draw_pairs(pen, {area.x, top, left_width, area.bottom() - top}, preset, view)) action = asked;

    // Which to send in, and why.
    const Area why{area.x + left_width + gap, area.y, right_width, pen.px(236)};
    pen.card(why);
    const Area inside = why.inset(pen.px(20), pen.px(14));
    if (known) {
        const ReviewMaterial& better = content->better->take == 0 ? *content->shown : *content->other;
        pen.label({inside.x, inside.y, inside.width, pen.px(48)}, TextSize::Label, colour::accent(),
                  tr(say("Better of the two: take {0}", std::to_string(better.files.number))));
        float y = inside.y + pen.px(56);
        for (const Message& reason : content->better->reasons) {
            if (y + pen.px(34) > inside.bottom()) break;
            pen.mark(inside.x + pen.px(14), y + pen.px(17), pen.px(10), Tone::Good);
            y += std::max(pen.px(38), pen.paragraph({inside.x + pen.px(36), y + pen.px(4), inside.width - pen.px(36),
                                                     inside.bottom() - y},
                                                    TextSize::Body, TextSize::Caption, colour::text(), tr(reason)) +
                                          pen.px(8));
        }
    } else {
        pen.paragraph({inside.x, inside.y, inside.width, inside.height}, TextSize::Body, TextSize::Caption,
                      colour::muted(), tr("Nothing can be suggested: both need a finished film and a report."));
    }
    const Area turn{inside.x, why.bottom() + pen.px(10), inside.width, pen.px(32)};
    pen.label(turn, TextSize::Caption, colour::muted(),
              tr("[ ]: the left take    ↑ ↓: the right take    Enter: watch the left one"));
    const float checks_top = turn.bottom() + pen.px(8);
    draw_checks(pen, {why.x, checks_top, why.width, area.bottom() - checks_top}, *content);
    return action;
}

}  // namespace changji
