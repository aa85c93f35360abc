#include "ui/window/prompter/prompter_pages.hpp"

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/setup/setup_pages.hpp"

namespace changji {
namespace {

void draw_foot(const Pen& pen, const Area& area, const ViewState& view) {
    if (!view.messages.empty()) {
        pen.fill(area.inset(-pen.px(14), -pen.px(6)), colour::plate(), pen.px(8));
        pen.mark(area.x + pen.px(16), area.y + area.height / 2, pen.px(16), Tone::Caution);
        pen.paragraph({area.x + pen.px(48), area.y, area.width - pen.px(48), area.height}, TextSize::Body,
                      TextSize::Caption, colour::text(), tr(view.messages.back()));
    } else if (view.prompter.page == PrompterPage::Script) {
        pen.label(area, TextSize::Body, TextSize::Caption, colour::muted(),
                  tr("Ctrl S: to the screens at once    Ctrl Z: undo    Esc: leave the field, then close"));
    } else {
        pen.label(area, TextSize::Body, TextSize::Caption, colour::muted(),
                  tr("Tab, arrows: choose    Enter: use    Left, right between two Enters: move    Esc: close"));
    }
}

}  // namespace

std::optional<Action> draw_prompter_pages(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                          const Preset& preset, ViewState& view) {
    // The strip above stays in sight: what is typed can be compared with what is read.
    pen.fill(screen, colour::veil());
    const Area card = screen.inset(pen.px(70), pen.px(16));
    pen.card(card, colour::raised());
    const Area inside = card.inset(pen.px(40), pen.px(24));
    const float title = pen.text(inside.x, inside.y + pen.px(4), TextSize::Word, colour::text(), tr("Prompter"));
    std::optional<Action> action;
    const float wide = pen.px(360);
    float x = inside.x + title + pen.px(56);
    const auto tab = [&](const char* id, const char* words, PrompterPage page) {
        const bool open = view.prompter.page == page;
        if (draw_button(pen, id, {x, inside.y, wide, pen.px(60)}, words, open ? Emphasis::Chosen : Emphasis::Plain) &&
            !open) {
            action = PrompterAction{TogglePrompterPage{page}};
        }
        x += wide + pen.px(10);
    };
    tab("script-tab", tr("Script"), PrompterPage::Script);
    tab("screens-tab", tr("Screens and pace"), PrompterPage::Screens);
    const Area foot{inside.x, inside.bottom() - pen.px(44), inside.width, pen.px(44)};
    const float top = inside.y + pen.px(82);
    const Area page{inside.x, top, inside.width, foot.y - top - pen.px(14)};
    ImGui::PushStyleColor(ImGuiCol_FrameBg, colour::surface());
    ImGui::PushStyleColor(ImGuiCol_FrameBgActive, colour::surface());
    ImGui::PushStyleColor(ImGuiCol_ChildBg, colour::surface());
    const auto asked = view.prompter.page == PrompterPage::Script ? draw_script_page(pen, page, now, preset, view)
                                                                  : draw_screens_page(pen, page, now, view);
    ImGui::PopStyleColor(3);
    draw_foot(pen, foot, view);
    return asked ? asked : action;
}

}  // namespace changji
