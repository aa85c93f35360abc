#include <algorithm>
#include <array>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/review/review_panels.hpp"
#include "ui/window/review/review_perform.hpp"

namespace changji {
namespace {

const char* name_of(ReviewPage page) {
    switch (page) {
        case ReviewPage::Take: return tr("Review");
        case ReviewPage::Compare: return tr("Compare");
        case ReviewPage::Log: break;
    }
    return tr("Take log");
}

Tone tone_of_review(const ReviewMaterial* take) {
    return take && take->take.stored.verdict ? tone_of(*take->take.stored.verdict) : Tone::Unknown;
}

std::optional<Action> draw_ways_out(const Pen& pen, const Area& area, const ViewState& view) {
    std::optional<Action> action;
    const float gap = pen.px(12);
    const Area record{area.right() - pen.px(260), area.y, pen.px(260), area.height};
    const Area live{record.x - gap - pen.px(190), area.y, pen.px(190), area.height};
    if (draw_button(pen, "to-live", live, with_key(view, "cancel", tr("Live")), Emphasis::Plain)) {
        action = ReviewAction{CloseReview{}};
    }
    if (draw_button(pen, "record-next", record, "")) action = ReviewAction{RecordNext{}};
    pen.outline(record, colour::red(), pen.px(3), pen.px(8));
    pen.list().AddCircleFilled({record.x + pen.px(36), record.y + record.height / 2}, pen.px(13), colour::red(), 32);
    pen.label({record.x + pen.px(60), record.y, record.width - pen.px(72), record.height}, TextSize::Body,
              colour::text(), with_key(view, "record-next", tr("Next take")), Align::Centre);
    const float wide = pen.px(130);
    float x = live.x - gap - static_cast<float>(review_page_count) * (wide + pen.px(6));
    for (int index = 0; index < review_page_count; ++index) {
        const auto page = static_cast<ReviewPage>(index);
        const Area tab{x, area.y, wide, area.height};
        if (draw_button(pen, name_of(page), tab, name_of(page),
                        page == view.review.page ? Emphasis::Chosen : Emphasis::Plain)) {
            action = ReviewAction{OpenReview{page, 0}};
        }
        x += wide + pen.px(6);
    }
    return action;
}

/// The verdict in one line, told apart without colour, and what take it is of.
std::optional<Action> draw_head(const Pen& pen, const Area& area, const ViewState& view) {
    const ReviewMaterial* const take = view.review.shown();
    const Tone tone = tone_of_review(take);
    pen.card(area, colour::raised());
    pen.fill({area.x, area.y, pen.px(10), area.height}, colour_of(tone), pen.px(4));
    pen.mark(area.x + pen.px(64), area.y + area.height / 2, pen.px(32), tone);
    const float ways_width = pen.px(906);
    const Area words{area.x + pen.px(116), area.y + pen.px(8), area.width - pen.px(116) - ways_width,
                     area.height - pen.px(16)};
    const bool read = view.review.content != nullptr;
    const std::string_view headline = take   ? std::string_view(view.review.words.headline)
                                      : read ? tr("No takes yet")
                                             : tr("The take is being read…");
    const Area line{words.x, words.y, words.width, words.height - pen.px(32)};
    const TextSize size = pen.width(TextSize::Word, headline) <= line.width ? TextSize::Word : TextSize::Label;
    if (pen.width(size, headline) <= line.width) {
        pen.label(line, size, colour_of(tone), headline);
    } else {
        pen.paragraph(line, TextSize::Body, TextSize::Caption, colour_of(tone), headline);
    }
    pen.label({words.x, words.bottom() - pen.px(30), words.width, pen.px(30)}, TextSize::Caption, colour::muted(),
              view.review.words.take);
    return draw_ways_out(
        pen, {area.right() - ways_width, area.y + pen.px(18), ways_width - pen.px(18), area.height - pen.px(36)}, view);
}

SoundShown sound_of(const ViewState& view) {
    const ReviewView& review = view.review;
    const ReviewMaterial* const take = review.shown();
    return {review.play.audible, review.sound ? &*review.sound : nullptr,
            take ? take->timeline.value_at(Measure::SoundHum, review.play.position_s) : std::nullopt};
}

/// As the live picture, with the same tools on it; the take's own moment, and nothing of the camera.
void draw_film(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
               const PreviewImage& image, const ViewState& view) {
    const TakePlayerState& play = view.review.play;
    if (draw_film_picture(pen, area, image.texture, play, view.review.shown())) {
        if (view.monitoring.clutter && image.clutter) {
            const PicturePart part = part_shown(view.monitoring);
            pen.list().AddImage(image.clutter, {area.x, area.y}, {area.right(), area.bottom()}, part.from, part.to);
        }
        pen.list().PushClipRect({area.x, area.y}, {area.right(), area.bottom()}, true);
        draw_faces(pen, area, now.faces, view.monitoring);
        pen.list().PopClipRect();
        const float floor = area.bottom() - pen.px(24);
        draw_monitoring(pen, area, floor, view.monitoring, preset);
        draw_scopes(pen, area, floor, sound_of(view), preset, image, view.monitoring);
    }
    if (!play.message.empty()) {
        const Area plate{area.x + pen.px(24), area.bottom() - pen.px(108), area.width - pen.px(48), pen.px(84)};
        pen.fill(plate, colour::plate(), pen.px(8));
        pen.outline(plate, colour::amber(), pen.px(3), pen.px(8));
        pen.mark(plate.x + pen.px(40), plate.y + plate.height / 2, pen.px(20), Tone::Caution);
        pen.paragraph({plate.x + pen.px(80), plate.y + pen.px(10), plate.width - pen.px(96), plate.height - pen.px(16)},
                      TextSize::Body, TextSize::Caption, colour::text(), tr(play.message));
    }
}

float draw_problems(const Pen& pen, const Area& area, const std::vector<std::string>& problems) {
    float y = area.y;
    for (const std::string& problem : problems) {
        const Area plate{area.x, y, area.width, pen.px(72)};
        if (plate.bottom() > area.bottom()) break;
        pen.fill(plate, colour::surface(), pen.px(8));
        pen.outline(plate, colour::amber(), pen.px(2), pen.px(8));
        pen.mark(plate.x + pen.px(34), plate.y + plate.height / 2, pen.px(16), Tone::Caution);
        pen.paragraph({plate.x + pen.px(66), plate.y + pen.px(12), plate.width - pen.px(78), plate.height - pen.px(14)},
                      TextSize::Body, TextSize::Caption, colour::text(), problem);
        y += pen.px(80);
    }
    return y - area.y;
}

/// The verdict above, keys below, one of the pages between.
struct Frame {
    Area head, page, foot;
};
Frame frame_of(const Pen& pen, const Area& screen) {
    const float margin = pen.px(16);
    const Area head{screen.x + margin, screen.y + pen.px(8), screen.width - 2 * margin, pen.px(112)};
    const Area foot{head.x, screen.bottom() - pen.px(40), head.width, pen.px(40)};
    const float top = head.bottom() + pen.px(12);
    return {head, {head.x, top, head.width, foot.y - top - pen.px(4)}, foot};
}

Area film_of(const Pen& pen, const Area& page) {
    const float wide = std::min(pen.px(960), page.width * 0.52F);
    return {page.x, page.y, wide, std::floor(wide * 9.0F / 16.0F)};
}

std::optional<Action> draw_take_page(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                                     const PreviewImage& image, ViewState& view) {
    std::optional<Action> action;
    const float gap = pen.px(12);
    const Area film = film_of(pen, area);
    const float wide = film.width;
    draw_film(pen, film, now, preset, image, view);
    const Area controls{area.x, film.bottom() + gap, wide, pen.px(56)};
    keep(action, draw_review_controls(pen, controls, view));
    const float timeline_top = controls.bottom() + gap;
    keep(action,
         draw_review_timeline(pen, {area.x, timeline_top, wide, area.bottom() - timeline_top}, preset, image, view));

    Area right{film.right() + pen.px(16), area.y, area.right() - film.right() - pen.px(16), area.height};
    const float told = draw_problems(pen, right, view.review.words.problems);
    right.y += told;
    right.height -= told;
    const float crew_height = height_of_review_crew(pen, preset);
    const Area crew{right.x, right.bottom() - crew_height, right.width, crew_height};
    keep(action, draw_review_clauses(pen, {right.x, right.y, right.width, right.height - crew_height - gap}, view));
    keep(action, draw_review_crew(pen, crew, now, preset, view));
    return action;
}

/// The trash gives it back; still it is asked.
std::optional<Action> draw_delete_question(const Pen& pen, const Area& screen, int take) {
    std::optional<Action> action;
    pen.fill(screen, colour::veil());
    const Area card{screen.x + screen.width * 0.25F, screen.y + screen.height * 0.36F, screen.width * 0.5F,
                    pen.px(280)};
    pen.card(card, colour::raised());
    pen.outline(card, colour::red(), pen.px(3), pen.px(12));
    const Area inside = card.inset(pen.px(36), pen.px(28));
    pen.label({inside.x, inside.y, inside.width, pen.px(60)}, TextSize::Label, colour::text(),
              tr(say("Move take {0} to the trash?", std::to_string(take))), Align::Centre);
    pen.paragraph({inside.x, inside.y + pen.px(72), inside.width, pen.px(72)}, TextSize::Body, TextSize::Caption,
                  colour::muted(), tr("Film, report and meters go together; the desktop's trash can give them back."));
    const float wide = (inside.width - pen.px(24)) / 2;
    const Area keep_it{inside.x, inside.bottom() - pen.px(60), wide, pen.px(60)};
    if (draw_button(pen, "keep-take", keep_it, tr("Esc  Keep it"), Emphasis::Main)) action = Cancel{};
    if (draw_button(pen, "delete-it", {keep_it.right() + pen.px(24), keep_it.y, wide, keep_it.height},
                    tr("Enter  Move to the trash"))) {
        action = ReviewAction{DeleteIt{}};
    }
    return action;
}

std::optional<Action> draw_foot(const Pen& pen, const Area& area, const ViewState& view) {
    struct Entry {
        const char* id;  ///< of the command
        const char* words;
    };
    const std::array entries{Entry{"help", tr("Help")}, Entry{"tools", tr("Tools")},
                             Entry{"save-report", tr("Report to print")},
                             Entry{"take-after", tr("Next take in the list")}, Entry{"take-before", tr("Take before")}};
    std::optional<Action> action;
    float right = area.right();
    for (const Entry& entry : entries) {
        const std::string words = tr(say("{0} {1}", key_words(view.keys.key_for(entry.id)), entry.words));
        const float wide = pen.width(TextSize::Caption, words) + pen.px(28);
        const Area button{right - wide, area.y, wide, area.height};
        if (pen.button(entry.id, button)) action = find_command(entry.id)->action;
        pen.label(button, TextSize::Caption, ImGui::IsItemHovered() ? colour::text() : colour::muted(), words,
                  Align::Centre);
        right = button.x;
    }
    pen.label({area.x, area.y, right - area.x - pen.px(16), area.height}, TextSize::Caption, colour::muted(),
              tr("N P: places that aren't right    ← →: pictures    J K L: back, still, on"));
    return action;
}

}  // namespace

std::string with_key(const ViewState& view, const char* command, const char* words) {
    return tr(say("{0}  {1}", key_words(view.keys.key_for(command)), words));
}

bool draw_film_picture(const Pen& pen, const Area& area, ImTextureID picture, const TakePlayerState& play,
                       const ReviewMaterial* take) {
    pen.fill(area, colour::black);
    if (play.stage == TakePlayerState::Stage::Open && picture) {
        pen.list().AddImage(picture, {area.x, area.y}, {area.right(), area.bottom()});
        return true;
    }
    const bool none = play.stage == TakePlayerState::Stage::Failed || (take && take->film == Film::None);
    if (none) pen.mark(area.x + area.width / 2, area.y + area.height * 0.36F, pen.px(36), Tone::Bad);
    pen.label({area.x, area.y + area.height * 0.46F, area.width, pen.px(48)}, TextSize::Label, colour::white,
              none ? tr("No picture") : tr("Waiting for the first picture…"), Align::Centre);
    return false;
}

Area review_film(const Pen& pen, const Area& screen) { return film_of(pen, frame_of(pen, screen).page); }

std::optional<Action> draw_review(const Pen& pen, const Area& screen, const SessionSnapshot& now, const Preset& preset,
                                  const PreviewImage& image, ViewState& view) {
    view.review.keyboard_on_button = ImGui::GetIO().NavVisible;
    pen.fill(screen, colour::background());
    const auto [head, page, foot] = frame_of(pen, screen);
    auto action = draw_head(pen, head, view);
    const Preset& judged_by = preset_of_review(view, preset);
    switch (view.review.page) {
        case ReviewPage::Take: keep(action, draw_take_page(pen, page, now, judged_by, image, view)); break;
        case ReviewPage::Compare: keep(action, draw_comparison(pen, page, judged_by, image, view)); break;
        case ReviewPage::Log: keep(action, draw_take_log(pen, page, now, judged_by, view)); break;
    }
    keep(action, draw_foot(pen, foot, view));
    if (view.review.to_delete != 0) keep(action, draw_delete_question(pen, screen, view.review.to_delete));
    return action;
}

}  // namespace changji
