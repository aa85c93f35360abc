#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/setup/setup_pages.hpp"

namespace changji {
namespace {

const char* name_of(SetupPage page) {
    switch (page) {
        case SetupPage::Project: return tr("Project");
        case SetupPage::Slate: return tr("Slate");
        case SetupPage::Camera: return tr("Camera");
        case SetupPage::Microphone: return tr("Microphone");
        case SetupPage::Settings: break;
    }
    return tr("Settings");
}

std::optional<Action> draw_tabs(const Pen& pen, const Area& area, SetupPage open) {
    std::optional<Action> action;
    const float wide = area.width / setup_page_count;
    for (int index = 0; index < setup_page_count; ++index) {
        const auto page = static_cast<SetupPage>(index);
        const Area tab{area.x + static_cast<float>(index) * wide, area.y, wide - pen.px(10), area.height};
        if (draw_button(pen, name_of(page), tab, name_of(page), page == open ? Emphasis::Chosen : Emphasis::Plain)) {
            action = SetupAction{ShowSetup{page}};
        }
    }
    return action;
}

std::optional<Action> draw_page(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                                const PreviewImage& image, ViewState& view) {
    switch (view.setup.page) {
        case SetupPage::Project: return draw_project_page(pen, area, now, view);
        case SetupPage::Slate: return draw_slate_page(pen, area, now, preset, view);
        case SetupPage::Camera: return draw_camera_page(pen, area, now, image, view);
        case SetupPage::Microphone: return draw_microphone_page(pen, area, now, view);
        case SetupPage::Settings: break;
    }
    return draw_settings_page(pen, area, view);
}

/// What was refused just now, where a person looks; else which keys work here.
void draw_foot(const Pen& pen, const Area& area, const ViewState& view) {
    if (view.messages.empty()) {
        pen.label(area, TextSize::Body, colour::muted(),
                  tr("Page up / down: page    Arrows: choose    Enter: use    Esc: close"));
        return;
    }
    pen.fill(area.inset(-pen.px(14), -pen.px(6)), colour::plate(), pen.px(8));
    pen.mark(area.x + pen.px(16), area.y + area.height / 2, pen.px(16), Tone::Caution);
    pen.paragraph({area.x + pen.px(48), area.y, area.width - pen.px(48), area.height}, TextSize::Body,
                  TextSize::Caption, colour::text(), phrase(view.messages.back()));
}

}  // namespace

Halves halves(const Pen& pen, const Area& area, float share_of_left) {
    const float gap = pen.px(44);
    const float left = (area.width - gap) * share_of_left;
    return {{area.x, area.y, left, area.height}, {area.x + left + gap, area.y, area.width - left - gap, area.height}};
}

Area headed(const Pen& pen, const Area& area, std::string_view words) {
    pen.label({area.x, area.y, area.width, pen.px(40)}, TextSize::Body, colour::muted(), words);
    return {area.x, area.y + pen.px(50), area.width, area.height - pen.px(50)};
}

std::optional<Action> draw_slate_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                      const Preset& preset, ViewState& view) {
    const Halves parts = halves(pen, area, 0.56F);
    std::optional<Action> action;
    const Area fields = headed(pen, parts.left, tr("Who is interviewed, where, and by whom"));
    Slate& draft = view.draft;
    const auto* const offices = preset.guest ? &preset.guest->offices : nullptr;
    const auto* const places = preset.place ? &preset.place->suggestions : nullptr;
    const auto row = [&](int index) {
        return Area{fields.x, fields.y + static_cast<float>(index) * pen.px(78), fields.width, pen.px(60)};
    };
    const float label = 150;
    bool changed = draw_field(pen, row(0), {"##school", tr("School"), &draft.school, nullptr, label}, view.editing);
    changed |= draw_field(pen, row(1), {"##guest", tr("Guest"), &draft.guest, nullptr, label}, view.editing);
    changed |= draw_field(pen, row(2), {"##office", tr("Office"), &draft.office, offices, label}, view.editing);
    changed |= draw_field(pen, row(3), {"##host", tr("Host"), &draft.host, nullptr, label}, view.editing);
    changed |= draw_field(pen, row(4), {"##place", tr("Place"), &draft.place, places, label}, view.editing);
    if (changed) action = ChangeSlate{draft};
    const Area spoken{fields.x, row(5).y, fields.width, pen.px(150)};
    if (preset.opening) {
        pen.label({spoken.x, spoken.y, spoken.width, pen.px(36)}, TextSize::Caption, colour::muted(),
                  tr("The host will say:"));
        pen.paragraph({spoken.x, spoken.y + pen.px(40), spoken.width, pen.px(150)}, TextSize::Body, TextSize::Caption,
                      colour::text(), preset.opening_line_for(draft.spoken_guest()));
    }

    Area list = headed(pen, parts.right, tr("The campaign's demands"));
    const bool free = now.stage != Stage::Recording && now.stage != Stage::Finishing;
    for (const Preset& each : view.presets) {
        const Area line{list.x, list.y, list.width, pen.px(72)};
        const bool chosen = each.id == preset.id;
        if (draw_list_row(pen, each.id.c_str(), line, chosen) && free && !chosen) action = ChoosePreset{each.id};
        pen.label(line.inset(pen.px(24), 0), TextSize::Body, chosen ? colour::accent() : colour::text(),
                  title_of(each));
        list.y += pen.px(82);
    }
    return action;
}

std::optional<Action> draw_setup(const Pen& pen, const Area& screen, const SessionSnapshot& now, const Preset& preset,
                                 const PreviewImage& image, ViewState& view) {
    pen.fill(screen, colour::veil());
    const Area card = screen.inset(pen.px(70), pen.px(36));
    pen.card(card, colour::raised());
    const Area inside = card.inset(pen.px(48), pen.px(28));
    const float title_width = pen.text(inside.x, inside.y + pen.px(4), TextSize::Word, colour::text(), tr("Set-up"));
    const float tabs_left = inside.x + title_width + pen.px(56);
    auto action =
        draw_tabs(pen, {tabs_left, inside.y, inside.right() - tabs_left + pen.px(10), pen.px(64)}, view.setup.page);
    const Area foot{inside.x, inside.bottom() - pen.px(48), inside.width, pen.px(48)};
    const float top = inside.y + pen.px(92);
    ImGui::PushID(static_cast<int>(view.setup.page));
    ImGui::PushStyleColor(ImGuiCol_FrameBg, colour::surface());  // the card is as light as a field elsewhere
    ImGui::PushStyleColor(ImGuiCol_FrameBgActive, colour::surface());
    auto asked = draw_page(pen, {inside.x, top, inside.width, foot.y - top - pen.px(18)}, now, preset, image, view);
    ImGui::PopStyleColor(2);
    ImGui::PopID();
    draw_foot(pen, foot, view);
    return asked ? asked : action;
}

}  // namespace changji
