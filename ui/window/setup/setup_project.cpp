#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/setup/setup_pages.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

std::string name_of(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return name.empty() ? folder.string() : name;
}

std::optional<Action> draw_recent(const Pen& pen, const Area& area, const ViewState& view) {
    std::optional<Action> action;
    const Pen inner = begin_scroll(pen, "recent", area);
    float used = 0.0F;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    for (const RecentProject& each : view.setup.recent) {
        const Area row{at.x, at.y + used, area.width - pen.px(16), pen.px(66)};
        const bool open = each.folder == view.setup.wish.project;
        const bool pressed = draw_list_row(inner, each.folder.c_str(), row, open);
        if (pressed && each.is_there && !open) action = SetupAction{ChangeSession{each.folder, {}, {}}};
        const Area words = row.inset(pen.px(22), pen.px(4));
        inner.label({words.x, words.y, words.width, pen.px(34)}, TextSize::Body,
                    each.is_there ? colour::text() : colour::muted(), name_of(each.folder));
        inner.label({words.x, words.y + pen.px(32), words.width, pen.px(26)}, TextSize::Caption, colour::muted(),
                    each.is_there ? each.folder.string() : phrase("Not there any more: {0}", each.folder.string()));
        used += pen.px(74);
    }
    end_scroll(area, used);
    return action;
}

std::optional<Action> draw_folders(const Pen& pen, const Area& area, const ViewState& view) {
    std::optional<Action> action;
    const Pen inner = begin_scroll(pen, "folders", area);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    float used = 0.0F;
    const auto row = [&](const char* id, const fs::path& folder, const std::string& words, bool is_project) {
        const Area line{at.x, at.y + used, area.width - pen.px(16), pen.px(50)};
        if (draw_list_row(inner, id, line, false)) {
            action = is_project ? SetupAction{ChangeSession{folder, {}, {}}} : SetupAction{BrowseFolder{folder}};
        }
        if (is_project) inner.mark(line.x + pen.px(30), line.y + line.height / 2, pen.px(13), Tone::Good);
        const std::string kind = is_project ? tr("Project: opens") : std::string();
        inner.label({line.x + pen.px(56), line.y, line.width - pen.px(260), line.height}, TextSize::Body,
                    colour::text(), words);
        inner.label({line.x, line.y, line.width - pen.px(16), line.height}, TextSize::Caption, colour::accent(), kind,
                    Align::Right);
        used += pen.px(56);
    };
    if (view.setup.folder.has_relative_path())
        row("up", view.setup.folder.parent_path(), tr("↑  One folder up"), false);
    for (const FolderRow& each : view.setup.folders) row(each.path.c_str(), each.path, each.name, each.is_project);
    end_scroll(area, used);
    return action;
}

}  // namespace

std::optional<Action> draw_project_page(const Pen& pen, const Area& area, const SessionSnapshot& now, ViewState& view) {
    SetupView& setup = view.setup;
    const Halves parts = halves(pen, area, 0.48F);
    std::optional<Action> action;

    Area left = headed(pen, parts.left, tr("Open now"));
    pen.label({left.x, left.y - pen.px(10), left.width, pen.px(48)}, TextSize::Label, colour::text(),
              name_of(setup.wish.project));
    pen.label({left.x, left.y + pen.px(40), left.width, pen.px(30)}, TextSize::Caption, colour::muted(),
              phrase("{0}    {1} takes", setup.wish.project.string(), std::to_string(now.takes.size())));
    left.y += pen.px(94);
    left =
        headed(pen, {left.x, left.y, left.width, parts.left.bottom() - left.y}, tr("New project: a name, or a folder"));
    const float button = pen.px(150);
    const bool entered = draw_field(pen, {left.x, left.y, left.width - button - pen.px(12), pen.px(56)},
                                    {"##new", "", &setup.new_name, nullptr, 0}, view.editing);
    const bool pressed =
        draw_button(pen, "make", {left.right() - button, left.y, button, pen.px(56)}, tr("Make it"), Emphasis::Main);
    const bool by_enter = entered && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter));
    if (pressed || by_enter) action = SetupAction{NewProject{setup.new_name}};
    left.y += pen.px(84);
    const Area recent = headed(pen, {left.x, left.y, left.width, parts.left.bottom() - left.y}, tr("Recent"));
    if (auto asked = draw_recent(pen, {recent.x, recent.y, recent.width, recent.height - pen.px(70)}, view)) {
        action = asked;
    }
    if (draw_button(pen, "guide", {left.x, parts.left.bottom() - pen.px(56), left.width, pen.px(56)},
                    tr("Ctrl G  The guide for the first time"))) {
        action = SetupAction{ToggleGuide{}};
    }

    const Area right = headed(pen, parts.right, tr("Open another: type a folder, or walk to it"));
    const float open = pen.px(150);
    const bool typed = draw_field(pen, {right.x, right.y, right.width - open - pen.px(12), pen.px(56)},
                                  {"##open", "", &setup.open_path, nullptr, 0}, view.editing);
    const bool open_pressed =
        draw_button(pen, "open", {right.right() - open, right.y, open, pen.px(56)}, tr("Open it"));
    if (open_pressed || (typed && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter)))) {
        action = SetupAction{OpenProject{setup.open_path}};
    }
    pen.label({right.x, right.y + pen.px(66), right.width, pen.px(34)}, TextSize::Caption, colour::accent(),
              setup.folder.string());
    const Area list{right.x, right.y + pen.px(106), right.width, parts.right.bottom() - right.y - pen.px(106)};
    if (auto asked = draw_folders(pen, list, view)) action = asked;
    return action;
}

}  // namespace changji
