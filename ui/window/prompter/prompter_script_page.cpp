#include <imgui.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>
#include <algorithm>
#include <string>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/imgui_versions.hpp"
#include "ui/window/prompter/prompter_pages.hpp"
#include "ui/window/prompter/prompter_perform.hpp"
#include "ui/window/setup/setup_pages.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

/// What ImGui calls while the field has the keyboard.
int on_field(ImGuiInputTextCallbackData* data) {
    auto& view = *static_cast<ViewState*>(data->UserData);
    ScriptDraft& draft = view.prompter.draft;
    const auto cursor_of = [&] { return static_cast<std::size_t>(data->CursorPos); };
    const std::string_view held(data->Buf, static_cast<std::size_t>(data->BufTextLen));
    const auto put = [&](std::size_t cursor) {
        data->DeleteChars(0, data->BufTextLen);
        data->InsertChars(0, draft.text.shown().data(), draft.text.shown().data() + draft.text.shown().size());
        data->CursorPos = static_cast<int>(std::min(cursor, draft.text.shown().size()));
        data->ClearSelection();
    };
    if (draft.replace_field) {
        draft.replace_field = false;
        if (held != draft.text.shown()) put(std::min(draft.cursor, draft.text.shown().size()));
    } else if (held != draft.text.shown()) {
        note_edit(held, cursor_of(), view);
        const std::string_view after(data->Buf, static_cast<std::size_t>(data->BufTextLen));
        if (after != draft.text.shown()) put(draft.cursor);
        data->CursorPos = static_cast<int>(draft.cursor);
    }
    draft.cursor = cursor_of();
    draft.selected_from = static_cast<std::size_t>(std::min(data->SelectionStart, data->SelectionEnd));
    draft.selected_to = static_cast<std::size_t>(std::max(data->SelectionStart, data->SelectionEnd));
    return 0;
}

/// What is copied out of the field is the text, without the breaks that only this field has.
class PlainClipboard {
public:
    explicit PlainClipboard(const ScriptDraft& draft) : write_(ImGui::GetIO().SetClipboardTextFn) {
        from() = this;
        draft_ = &draft;
        ImGui::GetIO().SetClipboardTextFn = [](void* user, const char* text) {
            const ScriptDraft& now = *from()->draft_;
            const std::string_view given(text);
            const bool selected =
                now.selected_to <= now.text.shown().size() && now.selected_from <= now.selected_to &&
                given ==
                    std::string_view(now.text.shown()).substr(now.selected_from, now.selected_to - now.selected_from);
            const std::string plain =
                selected ? now.text.plain(now.selected_from, now.selected_to) : std::string(given);
            if (from()->write_) from()->write_(user, plain.c_str());
        };
    }
    ~PlainClipboard() {
        ImGui::GetIO().SetClipboardTextFn = write_;
        from() = nullptr;
    }
    PlainClipboard(const PlainClipboard&) = delete;
    PlainClipboard& operator=(const PlainClipboard&) = delete;

private:
    static PlainClipboard*& from() {
        static PlainClipboard* current = nullptr;
        return current;
    }
    void (*write_)(void*, const char*);
    const ScriptDraft* draft_ = nullptr;
};

void draw_field_of_script(const Pen& pen, const Area& area, ViewState& view) {
    ScriptDraft& draft = view.prompter.draft;
    const float padding = pen.px(16);
    // The face is asked for anew each time: a new character makes all faces anew, also while this page is closed.
    draft.text.fit(area.width - 2 * padding - pen.px(30), [&fonts = pen.fonts()](char32_t c) {
        const ImFont* const font = fonts.face(TextSize::Body);
        const bool there = c <= IM_UNICODE_CODEPOINT_MAX && font->FindGlyphNoFallback(static_cast<ImWchar>(c));
        // One that was never shown is a Chinese character, as a rule.
        return there ? font->GetCharAdvance(static_cast<ImWchar>(c)) : font->FontSize / box_to_em;
    });
    if (!draft.shown) pen.fonts().need(TextSize::Body, draft.text.text());
    draft.shown = true;
    ImGui::SetCursorScreenPos({area.x, area.y});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {padding, padding});
    const ImGuiID id = ImGui::GetID("##script");
    if (ImGui::GetActiveID() != id) {
        draft.field = draft.text.shown();
        draft.replace_field = false;
    }
    {
        const PlainClipboard plain(draft);
        ImGui::InputTextMultiline("##script", &draft.field, {area.width, area.height},
                                  ImGuiInputTextFlags_CallbackAlways | ImGuiInputTextFlags_NoUndoRedo |
                                      ImGuiInputTextFlags_NoHorizontalScroll,
                                  on_field, &view);
    }
    ImGui::PopStyleVar();
    if (ImGui::GetActiveID() == id) {
        view.editing = true;
        pen.outline(area, colour::accent(), pen.px(2), pen.px(6));
    } else if (draft.text.text().empty()) {
        pen.paragraph(area.inset(padding, padding), TextSize::Body, TextSize::Caption, colour::muted(),
                      tr("Write or paste the script here, or drop a .txt, .md or .docx file on the window. A line is a "
                         "paragraph; “# …” is a heading, “1. …” a question, [in brackets] a direction that is not "
                         "read."));
    }
}

std::string outline_of(const TopicList& topics) {
    std::string lines;
    for (const Topic& topic : topics.topics) lines += std::to_string(topic.number) + ". " + topic.text + '\n';
    return lines;
}

std::optional<Action> draw_versions(const Pen& pen, const Area& area, const ViewState& view) {
    std::optional<Action> action;
    const auto& versions = view.prompter.versions;
    if (versions.empty()) {
        pen.paragraph(area, TextSize::Body, TextSize::Caption, colour::muted(),
                      tr("None yet: each text that goes to the screens is kept here."));
        return action;
    }
    const Pen inner = begin_scroll(pen, "versions", area);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    float used = 0.0F;
    for (const KeptVersion& version : versions) {
        const Area line{at.x, at.y + used, area.width - pen.px(16), pen.px(72)};
        used += pen.px(78);
        if (!ImGui::IsRectVisible({line.x, line.y}, {line.right(), line.bottom()})) {
            ImGui::SetCursorScreenPos({line.x, line.y});
            ImGui::Dummy({line.width, line.height});
            continue;
        }
        if (draw_list_row(inner, version.file.c_str(), line, false)) action = PrompterAction{OpenScript{version.file}};
        inner.label({line.x + pen.px(18), line.y + pen.px(4), line.width - pen.px(36), pen.px(32)}, TextSize::Caption,
                    colour::accent(), version.made);
        inner.text(line.x + pen.px(18), line.y + pen.px(40), TextSize::Caption, colour::text(),
                   shorten(version.begins, line.width - pen.px(36), inner.face(TextSize::Caption).measure));
    }
    end_scroll(area, used);
    return action;
}

}  // namespace

std::optional<Action> draw_script_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                       const Preset& preset, ViewState& view) {
    const Halves parts = halves(pen, area, 0.66F);
    ScriptDraft& draft = view.prompter.draft;
    std::optional<Action> action;
    const float row = pen.px(56), gap = pen.px(12);

    Area field = parts.left;
    if (preset.opening) {
        const Area opening{field.x, field.y, field.width, pen.px(66)};
        static_cast<void>(pen.paragraph(opening, TextSize::Caption, TextSize::Caption, colour::muted(),
                                        tr(say("Before it: {0}", preset.opening_line_for(now.slate.spoken_guest())))));
        field.y += opening.height;
        field.height -= opening.height;
    }
    field.height -= row + gap;
    draw_field_of_script(pen, field, view);

    const Area buttons{field.x, field.bottom() + gap, field.width, row};
    const float third = (buttons.width - 2 * gap) / 3;
    const Area use{buttons.x, buttons.y, third, row};
    if (draw_button(pen, "use", use, draft.changed() ? tr("To the screens") : tr("It is on the screens"),
                    draft.changed() ? Emphasis::Main : Emphasis::Plain) &&
        draft.changed()) {
        action = PrompterAction{UseScript{}};
    }
    if (draw_button(pen, "paste", {use.right() + gap, buttons.y, third, row}, tr("Paste at the end"))) {
        const char* const clipboard = ImGui::GetClipboardText();
        if (clipboard && *clipboard) action = PrompterAction{AddToScript{clipboard}};
    }
    if (preset.topics && draw_button(pen, "questions", {use.right() + 2 * gap + third, buttons.y, third, row},
                                     tr("Add the campaign's topics"))) {
        action = PrompterAction{AddToScript{outline_of(*preset.topics)}};
    }

    Area right = headed(pen, parts.right, tr("A file: .txt, .md, .docx"));
    bool editing = false;
    const Area open{right.right() - pen.px(130), right.y, pen.px(130), row};
    const bool typed = draw_field(pen, {right.x, right.y, right.width - pen.px(142), row},
                                  {"##file", "", &view.prompter.file, nullptr, 0}, editing);
    const bool entered = typed && (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter)) ||
                                   ImGui::IsKeyPressed(ImGui::GetKeyIndex(keypad_enter)));
    view.editing |= editing;
    const bool pressed = draw_button(pen, "open", open, tr("Open file"));
    if ((pressed || entered) && !view.prompter.file.empty()) action = PrompterAction{OpenScript{view.prompter.file}};
    right.y += row + gap * 2;
    right.height -= row + gap * 2;

    const std::string facts =
        now.script ? tr(say("{0} characters, {1} at {2} a minute", std::to_string(now.script->characters()),
                            clock_text(static_cast<double>(now.script->characters()) * 60.0 /
                                       std::max(1, now.prompter.characters_per_min)),
                            std::to_string(now.prompter.characters_per_min)))
                   : std::string();
    pen.label({right.x, right.y, right.width, pen.px(36)}, TextSize::Caption, colour::text(), facts);
    right.y += pen.px(52);
    right.height -= pen.px(52);
    const Area versions = headed(pen, right, tr("Versions kept: Enter takes one into the field"));
    if (auto asked = draw_versions(pen, versions, view)) action = asked;
    return action;
}

}  // namespace changji
