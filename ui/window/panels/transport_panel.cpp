#include <algorithm>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr double little_disk_minutes = 20.0;

const char* button_word(Stage stage, bool armed, bool counting) {
    switch (stage) {
        case Stage::Watching: return counting ? tr("Cancel") : tr("Record");
        case Stage::Recording: return armed ? tr("Stop now") : tr("Stop");
        case Stage::Finishing: return tr("Finishing…");
        case Stage::Lost: break;
    }
    return tr("No picture");
}

/// The key, and what lies between it and the take.
std::string_view key_caption(Stage stage, const Settings& settings, std::string_view key) {
    if (stage != Stage::Watching || settings.countdown_s == 0) return key;
    const std::string seconds = std::to_string(settings.countdown_s);
    return settings.cue ? phrase("{0}, {1} s, tone", key, seconds) : phrase("{0}, {1} s", key, seconds);
}

bool draw_record_button(const Pen& pen, const Area& area, Stage stage, bool armed, const ViewState& view) {
    const bool usable = stage == Stage::Watching || stage == Stage::Recording;
    const bool pressed = pen.button("record", area) && usable;
    const bool hovered = usable && ImGui::IsItemHovered();
    pen.card(area, armed ? colour::red() : hovered ? colour::line() : colour::raised());
    if (usable) pen.outline(area, colour::red(), pen.px(3), pen.px(12));

    const ImVec2 middle(area.x + area.width / 2, area.y + area.height * 0.36F);
    const float radius = pen.px(34);
    const ImU32 ink = armed ? colour::on_accent() : usable ? colour::red() : colour::muted();
    if (stage == Stage::Recording) {
        pen.fill({middle.x - radius, middle.y - radius, 2 * radius, 2 * radius}, ink, pen.px(8));
    } else {
        pen.list().AddCircleFilled(middle, radius, ink, 48);
    }
    const Area words{area.x + pen.px(6), area.y + area.height * 0.58F, area.width - pen.px(12), pen.px(44)};
    const char* const word = button_word(stage, armed, view.countdown.running());
    const ImU32 text_ink = armed ? colour::on_accent() : usable ? colour::text() : colour::muted();
    pen.label(words, TextSize::Label, TextSize::Body, text_ink, word, Align::Centre);
    if (usable) {
        pen.label({words.x, words.bottom(), words.width, pen.px(26)}, TextSize::Caption,
                  armed ? colour::on_accent() : colour::muted(),
                  key_caption(stage, view.settings, view.keys.words_for("record")), Align::Centre);
    }
    return pressed;
}

double remaining_s(const SessionSnapshot& now) { return std::max(0.0, now.limit_s - now.elapsed_s); }

/// Unknown while nothing runs.
Tone tone_of_timer(const SessionSnapshot& now) {
    if (now.stage != Stage::Recording) return Tone::Unknown;
    if (remaining_s(now) <= 0.0) return Tone::Bad;
    return remaining_s(now) <= now.next_warning_s ? Tone::Caution : Tone::Good;
}

/// Urgent before the limit: with a mark, in another colour.
void draw_remaining(const Pen& pen, float x, float y, const SessionSnapshot& now) {
    const Tone tone = tone_of_timer(now);
    const bool urgent = tone == Tone::Caution || tone == Tone::Bad;
    if (urgent) {
        pen.mark(x + pen.px(18), y + pen.height(TextSize::Label) / 2, pen.px(16), tone);
        x += pen.px(46);
    }
    pen.text(x, y, TextSize::Label, urgent ? colour_of(tone) : colour::text(),
             phrase("{0} left", clock_text(std::ceil(remaining_s(now)))));
}

void draw_timer(const Pen& pen, const Area& area, const SessionSnapshot& now) {
    const bool running = now.stage == Stage::Recording;
    pen.text(area.x, area.y, TextSize::Display, running ? colour::text() : colour::muted(), clock_text(now.elapsed_s));
    const float second_row = area.y + pen.px(106);
    if (now.limit_s <= 0.0) return;

    draw_remaining(pen, area.x, second_row, now);
    const Tone tone = tone_of_timer(now);

    const Area track{area.x, area.bottom() - pen.px(14), area.width, pen.px(10)};
    pen.fill(track, colour::raised(), pen.px(5));
    const float share = static_cast<float>(std::clamp(now.elapsed_s / now.limit_s, 0.0, 1.0));
    if (running && share > 0.0F) {
        pen.fill({track.x, track.y, std::max(pen.px(10), track.width * share), track.height},
                 tone == Tone::Good ? colour::accent() : colour_of(tone), pen.px(5));
    }
}

void draw_fact(const Pen& pen, const Area& row, Tone tone, std::string_view words) {
    pen.mark(row.x + pen.px(14), row.y + row.height / 2, pen.px(12), tone);
    pen.label({row.x + pen.px(38), row.y, row.width - pen.px(38), row.height}, TextSize::Body, TextSize::Caption,
              colour::text(), words);
}

bool nothing_lost(const Losses& lost) {
    return lost.frames_lost == 0 && lost.audio_gap_ms == 0 && lost.camera_lost == 0 && lost.microphone_lost == 0;
}

const std::string& losses_text(const Losses& losses) {
    if (losses.frames_lost > 0) return phrase("{0} frames lost", std::to_string(losses.frames_lost));
    if (losses.audio_gap_ms > 0) return phrase("{0} ms of sound lost", std::to_string(losses.audio_gap_ms));
    if (losses.camera_lost > 0) return phrase("Camera was gone");
    if (losses.microphone_lost > 0) return phrase("Microphone was gone");
    return phrase("Nothing lost");
}

void draw_facts(const Pen& pen, const Area& area, const SessionSnapshot& now) {
    const float row = pen.px(40);
    pen.label({area.x, area.y - pen.px(4), area.width, pen.px(52)}, TextSize::Label, colour::text(),
              phrase("Take {0}", std::to_string(now.take_number)));
    float y = area.y + pen.px(56);
    if (now.disk_minutes >= 0.0) {
        const auto minutes = std::to_string(static_cast<long>(now.disk_minutes));
        const Tone tone = now.disk_minutes < 1.0                   ? Tone::Bad
                          : now.disk_minutes < little_disk_minutes ? Tone::Caution
                                                                   : Tone::Good;
        draw_fact(pen, {area.x, y, area.width, row}, tone, phrase("Disk for {0} min", minutes));
        y += row;
    }
    draw_fact(pen, {area.x, y, area.width, row}, nothing_lost(now.losses) ? Tone::Good : Tone::Bad,
              losses_text(now.losses));
    y += row;
    if (now.stage == Stage::Recording) {
        const auto count = [&](MarkKind kind) {
            return std::to_string(std::ranges::count(now.marks, kind, &Mark::kind));
        };
        pen.label({area.x, y, area.width, row}, TextSize::Body, colour::muted(),
                  phrase("{0} good, {1} bad", count(MarkKind::Good), count(MarkKind::Bad)));
    }
    if (now.last_verdict && now.stage != Stage::Recording) {
        const Tone tone = tone_of(*now.last_verdict);
        draw_fact(pen, {area.x, y, area.width, row}, tone, phrase("Last take: {0}", word_for(tone)));
    }
}

/// For where the outline has no room. Returns the width it took; 0 where there is none left.
float draw_topics_left(const Pen& pen, float x, const Area& strip, const SessionSnapshot& now, const TopicList& list) {
    const auto left = std::ranges::count_if(
        list.topics, [&](const Topic& topic) { return topic.required && !find_topic(now.marks, topic.number); });
    const std::string& words =
        left == 0 ? phrase("Required topics done") : phrase("Required topics: {0} left", std::to_string(left));
    const float width = pen.width(TextSize::Body, words) + pen.px(46);
    if (x + width > strip.right()) return 0.0F;
    draw_fact(pen, {x, strip.y, width, strip.height}, left == 0 ? Tone::Good : Tone::Unknown, words);
    return width + pen.px(20);
}

}  // namespace

std::optional<Action> draw_transport(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                     const ViewState& view) {
    pen.card(area);
    const Area inside = area.inset(pen.px(16), pen.px(16));
    const bool armed = now.stage == Stage::Recording && view.stop.armed(view.now_s);
    const Area button{inside.x, inside.y, pen.px(176), inside.height};
    const bool pressed = draw_record_button(pen, button, now.stage, armed, view);
    const float timer_left = button.right() + pen.px(24);
    draw_timer(pen, {timer_left, inside.y, pen.px(262), inside.height}, now);
    const float facts_left = timer_left + pen.px(286);
    draw_facts(pen, {facts_left, inside.y, inside.right() - facts_left, inside.height}, now);
    if (pressed) return PressRecord{};
    const Area trial{inside.right() - pen.px(128), inside.y, pen.px(128), pen.px(44)};
    const std::string& words = phrase("{0} {1}", view.keys.words_for("trial"), tr("Test"));
    if (now.stage == Stage::Watching && !now.trial && draw_button(pen, "trial", trial, words, Emphasis::Main)) {
        return SetupAction{StartTrial{}};
    }
    return std::nullopt;
}

std::optional<Action> draw_transport_strip(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                           const Preset& preset, const ViewState& view) {
    pen.card(area);
    const Area inside = area.inset(pen.px(10), pen.px(8));
    const bool armed = now.stage == Stage::Recording && view.stop.armed(view.now_s);
    const bool usable = now.stage == Stage::Watching || now.stage == Stage::Recording;
    const Area button{inside.x, inside.y, pen.px(170), inside.height};
    const bool pressed = pen.button("record", button) && usable;
    pen.card(button, armed ? colour::red() : colour::raised());
    if (usable) pen.outline(button, colour::red(), pen.px(3), pen.px(12));
    const ImU32 ink = armed ? colour::on_accent() : usable ? colour::red() : colour::muted();
    const float radius = pen.px(16);
    const ImVec2 middle(button.x + pen.px(32), button.y + button.height / 2);
    if (now.stage == Stage::Recording) {
        pen.fill({middle.x - radius, middle.y - radius, 2 * radius, 2 * radius}, ink, pen.px(4));
    } else {
        pen.list().AddCircleFilled(middle, radius, ink, 32);
    }
    pen.label({button.x + pen.px(58), button.y, button.width - pen.px(62), button.height}, TextSize::Body,
              TextSize::Caption, armed ? colour::on_accent() : colour::text(),
              button_word(now.stage, armed, view.countdown.running()));

    const float clock_x = button.right() + pen.px(20);
    const float clock_width =
        pen.text(clock_x, inside.y + (inside.height - pen.height(TextSize::Word)) / 2, TextSize::Word,
                 now.stage == Stage::Recording ? colour::text() : colour::muted(), clock_text(now.elapsed_s));
    float x = clock_x + clock_width + pen.px(24);
    if (now.limit_s > 0.0) {
        draw_remaining(pen, x, inside.y + (inside.height - pen.height(TextSize::Label)) / 2, now);
        x += pen.px(270);
    }
    if (now.stage == Stage::Recording && preset.topics) x += draw_topics_left(pen, x, inside, now, *preset.topics);
    const float fact_width = inside.right() - x;
    if (fact_width >= pen.px(180)) {
        const bool whole = nothing_lost(now.losses);
        draw_fact(pen, {x, inside.y, fact_width, inside.height}, whole ? Tone::Good : Tone::Bad,
                  losses_text(now.losses));
    }
    if (pressed) return PressRecord{};
    return std::nullopt;
}

}  // namespace changji
