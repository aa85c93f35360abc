#include <algorithm>
#include <cstdio>
#include <utility>

#include "ui/language/language.hpp"
#include "ui/review/take_list.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/package/package_parts.hpp"
#include "ui/window/setup/setup_pages.hpp"
#include "ui/words.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

/// What there is to choose, and what choosing it means.
struct Line {
    std::string words;
    PackageAction action;
};

/// A button that says what is chosen and opens a list below it.
std::optional<Action> draw_choice(const Pen& pen, const char* id, const Area& area, const std::string& label,
                                  const std::string& chosen, const std::vector<Line>& lines) {
    const float label_width = pen.px(180);
    pen.label({area.x, area.y, label_width - pen.px(12), area.height}, TextSize::Body, TextSize::Caption,
              colour::muted(), label);
    const Area box{area.x + label_width, area.y, area.width - label_width, area.height};
    ImGui::PushID(id);
    if (pen.button("open", box)) ImGui::OpenPopup("choice");
    pen.fill(box, ImGui::IsItemHovered() ? colour::line() : colour::surface(), pen.px(8));
    if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible) pen.outline(box, colour::text(), pen.px(3), pen.px(8));
    pen.label({box.x + pen.px(18), box.y, box.width - pen.px(70), box.height}, TextSize::Body, TextSize::Caption,
              colour::text(), chosen);
    draw_arrow(pen, {box.right() - pen.px(44), box.y, pen.px(36), box.height});
    std::optional<Action> action;
    ImGui::SetNextWindowPos({box.x, box.bottom() + pen.px(4)});
    ImGui::SetNextWindowSizeConstraints({box.width, 0}, {box.width, pen.px(420)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {pen.px(12), pen.px(12)});
    if (ImGui::BeginPopup("choice")) {
        int number = 0;
        for (const Line& line : lines) {
            pen.fonts().need(TextSize::Body, line.words);
            ImGui::PushID(number++);
            if (ImGui::Selectable(line.words.c_str())) action = line.action;
            ImGui::PopID();
        }
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
    ImGui::PopID();
    return action;
}

std::string take_words(const ReportedTake& take) {
    Rating rating = parse_rating(take.rating).value_or(Rating::None);
    const std::string words = tr(say("Take {0}   {1} {2}   {3}", std::to_string(take.number), shape_for(take.verdict),
                                     word_for(take.verdict), clock_text(take.duration_s)));
    return rating == Rating::None ? words : words + "   " + rating_label(rating);
}

const PackageItem* item_of(const PackageState& state, PackageRole role) {
    if (!state.plan) return nullptr;
    const auto found = std::ranges::find(state.plan->items, role, &PackageItem::role);
    return found == state.plan->items.end() ? nullptr : &*found;
}

/// What it comes to: a file with its mark, or that there is none.
void draw_outcome(const Pen& pen, const Area& area, const PackageState& state, PackageRole role) {
    if (!state.plan) return;
    const float middle = area.y + area.height / 2;
    const PackageItem* const item = item_of(state, role);
    pen.mark(area.x + pen.px(12), middle, pen.px(11), item ? tone_of(item->verdict) : Tone::Bad);
    const std::string words =
        item ? tr(say("{0}: {1} MB", item->source.filename().string(), megabytes_of(item->source))) : tr("None");
    pen.label({area.x + pen.px(34), area.y, area.width - pen.px(34), area.height}, TextSize::Caption,
              item ? colour::muted() : colour::text(), words);
}

std::vector<Line> interview_lines(const PackageView& package) {
    std::vector<Line> lines{{tr("The best one"), ChooseInterview{0}}};
    if (!package.state.choices) return lines;
    for (const ReportedTake& take : package.state.choices->interviews)
        lines.push_back({take_words(take), ChooseInterview{take.number}});
    return lines;
}

std::vector<Line> message_lines(const PackageView& package) {
    std::vector<Line> lines{{tr("The best one here"), ChooseMessage{}}};
    const bool elsewhere = fs::path(package.message).has_parent_path();
    if (package.state.choices && !elsewhere) {
        for (const ReportedTake& take : package.state.choices->messages)
            lines.push_back({take_words(take), ChooseMessage{std::to_string(take.number)}});
    }
    for (const fs::path& project : package.recent)
        lines.push_back({tr(say("Of the project {0}", project.filename().string())), ChooseMessage{project.string()}});
    return lines;
}

std::vector<Line> manuscript_lines(const PackageView& package) {
    std::vector<Line> lines{{tr("The one in the project"), ChooseManuscript{}}};
    if (!package.state.choices) return lines;
    for (const fs::path& file : package.state.choices->manuscripts)
        lines.push_back({file.filename().string(), ChooseManuscript{file}});
    return lines;
}

std::string chosen_interview(const PackageView& package) {
    return package.interview > 0 ? tr(say("Take {0}", std::to_string(package.interview))) : tr("The best one");
}

std::string chosen_message(const PackageView& package) {
    if (package.message.empty()) return tr("The best one here");
    const fs::path path(package.message);
    return path.has_parent_path() ? tr(say("Of the project {0}", path.filename().string()))
                                  : tr(say("Take {0}", package.message));
}

/// The photos as they are sent in; those that were named can be taken out again.
std::optional<Action> draw_photos(const Pen& pen, const Area& area, const PackageView& package) {
    std::optional<Action> action;
    const Pen inner = begin_scroll(pen, "photos", area);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    float used = 0.0F;
    const auto row = [&](Tone tone, const std::string& words, const std::string& size) {
        const Area line{at.x, at.y + used, area.width - pen.px(16), pen.px(38)};
        inner.mark(line.x + pen.px(14), line.y + line.height / 2, pen.px(11), tone);
        inner.label({line.x + pen.px(38), line.y, line.width - pen.px(250), line.height}, TextSize::Caption,
                    colour::text(), words);
        inner.label({line.right() - pen.px(210), line.y, pen.px(110), line.height}, TextSize::Caption, colour::muted(),
                    size, Align::Right);
        used += pen.px(42);
        return Area{line.right() - pen.px(90), line.y + pen.px(1), pen.px(90), line.height - pen.px(2)};
    };
    for (std::size_t index = 0; index < package.photos.size(); ++index) {
        const Area end = row(Tone::Unknown, package.photos[index].filename().string(), {});
        ImGui::PushID(static_cast<int>(index));
        if (draw_button(inner, "out", end, tr("Take out"))) action = PackageAction{ForgetPhoto{index}};
        ImGui::PopID();
    }
    if (package.state.plan) {
        for (const PackageItem& item : package.state.plan->items) {
            if (item.role == PackageRole::Photo)
                row(tone_of(item.verdict), item.source.filename().string(), megabytes_of(item.source) + " MB");
        }
    }
    end_scroll(area, used);
    return action;
}

std::optional<Action> draw_options(const Pen& pen, const Area& area, ViewState& view) {
    PackageView& package = view.package;
    std::optional<Action> action;
    const float add = pen.px(150), half = (area.width - pen.px(12)) / 2;
    const bool entered = draw_field(pen, {area.x, area.y, area.width - add - pen.px(12), pen.px(54)},
                                    {"##file", tr("Add a file"), &package.typed, nullptr, 180}, view.editing);
    const bool pressed = draw_button(pen, "add", {area.right() - add, area.y, add, pen.px(54)}, tr("Add"));
    if (pressed || (entered && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter))))
        action = PackageAction{NameFile{package.typed}};
    pen.label({area.x + pen.px(180), area.y + pen.px(56), area.width - pen.px(180), pen.px(30)}, TextSize::Caption,
              colour::muted(), tr("Type a path, or drop files on the window"));
    const Area zip{area.x, area.y + pen.px(96), half, pen.px(50)};
    const auto toggle = [&](const char* id, const Area& place, const char* words, bool on) {
        return draw_button(pen, id, place, on ? tr(say("✓ {0}", words)) : std::string(words),
                           on ? Emphasis::Chosen : Emphasis::Plain);
    };
    if (toggle("zip", zip, tr("A .zip file as well"), package.zip)) action = PackageAction{ToggleZip{}};
    if (toggle("location", {zip.right() + pen.px(12), zip.y, half, zip.height}, tr("Take places out of photos"),
               package.remove_location)) {
        action = PackageAction{ToggleLocation{}};
    }
    static_cast<void>(draw_field(pen, {area.x, area.y + pen.px(160), area.width, pen.px(54)},
                                 {"##to", tr("Goes into"), &package.to, nullptr, 180}, view.editing));
    return action;
}

std::optional<Action> draw_choices(const Pen& pen, const Area& area, const Preset& preset, ViewState& view) {
    PackageView& package = view.package;
    std::optional<Action> action;
    float y = area.y;
    const auto choice = [&](const char* id, const std::string& label, const std::string& chosen, PackageRole role,
                            const std::vector<Line>& lines) {
        if (auto asked = draw_choice(pen, id, {area.x, y, area.width, pen.px(54)}, label, chosen, lines))
            action = asked;
        draw_outcome(pen, {area.x + pen.px(180), y + pen.px(56), area.width - pen.px(180), pen.px(32)}, package.state,
                     role);
        y += pen.px(96);
    };
    choice("interview", tr("Interview"), chosen_interview(package), PackageRole::Interview, interview_lines(package));
    if (preset.delivery && !preset.delivery->message_preset.empty())
        choice("message", tr("Message clip"), chosen_message(package), PackageRole::Message, message_lines(package));
    if (preset.manuscript) {
        choice("manuscript", tr("Manuscript"),
               package.manuscript.empty() ? tr("The one in the project") : package.manuscript.filename().string(),
               PackageRole::Manuscript, manuscript_lines(package));
    }
    const float options = pen.px(220);
    if (preset.photos) {
        const auto count = package.state.plan
                               ? std::ranges::count(package.state.plan->items, PackageRole::Photo, &PackageItem::role)
                               : 0;
        pen.label({area.x, y, area.width, pen.px(36)}, TextSize::Body, colour::muted(),
                  tr(say("Photos: {0}", std::to_string(count))));
        const Area list{area.x, y + pen.px(40), area.width, area.bottom() - options - y - pen.px(56)};
        if (auto asked = draw_photos(pen, list, package)) action = asked;
    }
    if (auto asked = draw_options(pen, {area.x, area.bottom() - options, area.width, options}, view)) action = asked;
    return action;
}

/// What was refused, what is going on, or what became of it; always in words.
void draw_sentence(const Pen& pen, const Area& area, const ViewState& view) {
    const PackageView& package = view.package;
    const PackageState& state = package.state;
    const auto say_it = [&](Tone tone, const std::string& words) {
        pen.mark(area.x + pen.px(18), area.y + area.height / 2, pen.px(16), tone);
        const float left = pen.px(50);
        pen.paragraph({area.x + left, area.y, area.width - left, area.height}, TextSize::Body, TextSize::Caption,
                      colour::text(), words);
    };
    if (!view.messages.empty()) return say_it(Tone::Caution, tr(view.messages.back()));
    if (!state.problem.empty()) return say_it(Tone::Bad, tr(state.problem));
    if (state.held && (state.writing || state.planning))
        return say_it(Tone::Unknown, tr("A take is being recorded: this goes on after it."));
    if (state.writing) return say_it(Tone::Unknown, tr("Copying; each file is read back and compared."));
    if (state.planning) return say_it(Tone::Unknown, tr("Checking what there is…"));
    if (state.written) {
        const std::string folder = state.written->folder.string();
        return say_it(Tone::Good, state.written->zip.empty()
                                      ? tr(say("The package is in {0}.", folder))
                                      : tr(say("The package is in {0}, and as a .zip file beside it.", folder)));
    }
    if (package.asked_to_force)
        return say_it(Tone::Bad, tr("A clause fails. Press again to put it together all the same."));
    pen.label(area, TextSize::Body, colour::muted(), tr("Tab: next    Arrows: choose    Enter: use    Esc: close"));
}

std::optional<Action> draw_foot(const Pen& pen, const Area& area, const ViewState& view) {
    const PackageState& state = view.package.state;
    const Area button{area.right() - pen.px(380), area.y, pen.px(380), area.height};
    const Area words{area.x, area.y, button.x - area.x - pen.px(32), area.height};
    if (state.writing) {
        const Area bar{words.x, words.bottom() - pen.px(10), words.width, pen.px(10)};
        pen.fill(bar, colour::surface(), pen.px(5));
        pen.fill({bar.x, bar.y, bar.width * static_cast<float>(state.share), bar.height}, colour::accent(), pen.px(5));
        draw_sentence(pen, {words.x, words.y, words.width, words.height - pen.px(14)}, view);
        return draw_button(pen, "stop", button, tr("Stop copying"))
                   ? std::optional<Action>(PackageAction{StopPackage{}})
                   : std::nullopt;
    }
    draw_sentence(pen, words, view);
    const bool fails = state.plan && state.plan->verdict == VerdictStatus::Fail;
    // Enter alone as well, as soon as the screen is open.
    const bool entered = !ImGui::IsAnyItemFocused() && !ImGui::IsAnyItemActive() &&
                         ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false);
    const bool pressed =
        draw_button(pen, "start", button, fails ? tr("Put together all the same") : tr("Put the package together"),
                    fails ? Emphasis::Plain : Emphasis::Main);
    ImGui::SetItemDefaultFocus();
    return pressed || entered ? std::optional<Action>(PackageAction{StartPackage{}}) : std::nullopt;
}

}  // namespace

std::string megabytes_of(const fs::path& file) {
    std::error_code unknown;
    const auto bytes = fs::file_size(file, unknown);
    return unknown ? "–" : megabytes(static_cast<std::int64_t>(bytes));
}

std::optional<Action> draw_package(const Pen& pen, const Area& screen, const Preset& preset, ViewState& view) {
    pen.fill(screen, colour::veil());
    const Area card = screen.inset(pen.px(70), pen.px(36));
    pen.card(card, colour::raised());
    const Area inside = card.inset(pen.px(48), pen.px(28));
    const float title = pen.text(inside.x, inside.y + pen.px(4), TextSize::Word, colour::text(), tr("Send in"));
    const PackageState& state = view.package.state;
    if (state.plan) {
        const float left = inside.x + title + pen.px(56);
        pen.mark(left + pen.px(22), inside.y + pen.px(30), pen.px(22), tone_of(state.plan->verdict));
        pen.label({left + pen.px(62), inside.y, inside.right() - left - pen.px(62), pen.px(60)}, TextSize::Label,
                  colour::text(), sentence_for(state.plan->verdict));
    }
    const Area foot{inside.x, inside.bottom() - pen.px(64), inside.width, pen.px(64)};
    const float top = inside.y + pen.px(92);
    const Halves parts = halves(pen, {inside.x, top, inside.width, foot.y - top - pen.px(18)}, 0.44F);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, colour::surface());
    ImGui::PushStyleColor(ImGuiCol_FrameBgActive, colour::surface());
    auto action = draw_choices(pen, parts.left, preset, view);
    ImGui::PopStyleColor(2);
    if (auto asked = draw_package_checklist(pen, parts.right, view.package)) action = asked;
    if (auto asked = draw_foot(pen, foot, view)) action = asked;
    return action;
}

}  // namespace changji
