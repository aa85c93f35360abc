#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/setup/setup_pages.hpp"

namespace changji {
namespace {

/// Two choices side by side; true when the other one was pressed.
bool draw_pair(const Pen& pen, const Area& row, const char* label, const char* first, const char* second,
               bool is_second) {
    pen.label({row.x, row.y, pen.px(180), row.height}, TextSize::Body, colour::muted(), label);
    const float wide = (row.width - pen.px(180)) / 2;
    const Area one{row.x + pen.px(180), row.y, wide - pen.px(10), row.height};
    const Area two{one.right() + pen.px(10), row.y, wide, row.height};
    ImGui::PushID(label);
    const bool to_first =
        draw_button(pen, "first", one, first, is_second ? Emphasis::Plain : Emphasis::Chosen) && is_second;
    const bool to_second =
        draw_button(pen, "second", two, second, is_second ? Emphasis::Chosen : Emphasis::Plain) && !is_second;
    ImGui::PopID();
    return to_first || to_second;
}

std::optional<Action> draw_zoom(const Pen& pen, const Area& row, int percent) {
    pen.label({row.x, row.y, pen.px(180), row.height}, TextSize::Body, colour::muted(), tr("Size"));
    const float wide = pen.px(90);
    const Area smaller{row.x + pen.px(180), row.y, wide, row.height};
    const Area larger{row.right() - wide, row.y, wide, row.height};
    std::optional<Action> action;
    if (draw_button(pen, "smaller", smaller, "−")) action = Zoom{-1};
    if (draw_button(pen, "larger", larger, "+")) action = Zoom{1};
    pen.label({smaller.right(), row.y, larger.x - smaller.right(), row.height}, TextSize::Body, colour::text(),
              phrase("{0} %", std::to_string(percent)), Align::Centre);
    return action;
}

std::optional<Action> draw_key(const Pen& pen, const Area& row, const Command& command, const ViewState& view) {
    std::optional<Action> action;
    const std::string key = view.keys.key_for(command.id);
    const bool waiting = view.setup.awaiting == command.id;
    const bool own = key != command.key;
    const float reset_width = pen.px(210);
    ImGui::PushID(command.id);
    const Area line{row.x, row.y, row.width - (own ? reset_width + pen.px(10) : 0.0F), row.height};
    if (draw_list_row(pen, "row", line, waiting)) action = SetupAction{AwaitKey{waiting ? "" : command.id}};
    const Area cap{line.x + pen.px(14), line.y + pen.px(6), pen.px(150), line.height - pen.px(12)};
    pen.fill(cap, colour::background(), pen.px(6));
    pen.label(cap.inset(pen.px(4), 0), TextSize::Caption, colour::accent(),
              waiting       ? "…"
              : key.empty() ? "–"
                            : key_words(key),
              Align::Centre);
    pen.label({cap.right() + pen.px(18), line.y, line.right() - cap.right() - pen.px(26), line.height}, TextSize::Body,
              colour::text(), waiting ? tr("Press the new key. Esc leaves it as it is.") : tr(command.meaning));
    if (own && draw_button(pen, "reset", {line.right() + pen.px(10), row.y, reset_width, row.height},
                           phrase("Back to {0}", key_words(command.key)))) {
        action = SetupAction{ResetKeys{command.id}};
    }
    ImGui::PopID();
    return action;
}

}  // namespace

std::optional<Action> draw_settings_page(const Pen& pen, const Area& area, const ViewState& view) {
    const Halves parts = halves(pen, area, 0.38F);
    std::optional<Action> action;
    const Area left = headed(pen, parts.left, tr("The window"));
    const auto row = [&](int index) {
        return Area{left.x, left.y + static_cast<float>(index) * pen.px(76), left.width, pen.px(58)};
    };
    if (draw_pair(pen, row(0), tr("Language"), "中文", "English", language_in_use() == Language::English)) {
        action = ToggleLanguage{};
    }
    if (draw_pair(pen, row(1), tr("Theme"), tr("Dark"), tr("Light screen"), view.settings.theme == "light")) {
        action = ToggleTheme{};
    }
    if (draw_pair(pen, row(2), tr("Arrangement"), tr("Everything"), tr("Preview, meters"), view.settings.compact)) {
        action = ToggleCompact{};
    }
    if (auto asked = draw_zoom(pen, row(3), view.settings.zoom_percent)) action = asked;

    const Area right = headed(pen, parts.right, tr("Keys: Enter on a line, then the new key"));
    const Area reset_all{right.right() - pen.px(300), parts.right.y, pen.px(300), pen.px(44)};
    if (!view.keys.chosen().empty() && draw_button(pen, "reset-all", reset_all, tr("All keys as they were"))) {
        action = SetupAction{ResetKeys{}};
    }
    const Pen inner = begin_scroll(pen, "keys", right);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    float used = 0.0F;
    for (const Command& command : commands()) {
        const Area line{at.x, at.y + used, right.width - pen.px(16), pen.px(50)};
        if (auto asked = draw_key(inner, line, command, view)) action = asked;
        used += pen.px(56);
    }
    end_scroll(right, used);
    return action;
}

}  // namespace changji
