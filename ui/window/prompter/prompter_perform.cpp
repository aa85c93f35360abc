#include "ui/window/prompter/prompter_perform.hpp"

#include <algorithm>
#include <fstream>

#include "ui/prompter/characters.hpp"
#include "ui/prompter/script_file.hpp"
#include "ui/window/prompter/talent_windows.hpp"
#include "ui/window/take_flow.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr double held_down_s = 0.5;  // longer than a press: a pedal
constexpr double one_edit_s = 1.0;   // what is typed without a pause is undone at once
constexpr std::size_t most_undone = 100;
constexpr int pace_step = 10;
constexpr std::size_t first_words = 18;

/// "script-20220504-103210" → "2022-05-04 10:32:10".
std::string made_at(const fs::path& file) {
    std::string name = file.stem().string();
    if (name.size() < 22) return name;
    return name.substr(7, 4) + "-" + name.substr(11, 2) + "-" + name.substr(13, 2) + " " + name.substr(16, 2) + ":" +
           name.substr(18, 2) + ":" + name.substr(20);
}

std::string first_words_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string line;
    while (line.empty() && std::getline(stream, line)) {
    }
    const auto points = code_points(line);
    return points.size() <= first_words ? line : line.substr(0, points[first_words].byte) + "…";
}

void list_versions(ViewState& view) {
    view.prompter.versions.clear();
    for (const fs::path& file : script_versions(view.setup.wish.project)) {
        view.prompter.versions.push_back({file, made_at(file), first_words_of(file)});
    }
}

void replace_draft(std::string text, ViewState& view) {
    ScriptDraft& draft = view.prompter.draft;
    if (text == draft.text.text()) return;
    draft.past.push_back(draft.text.text());
    if (draft.past.size() > most_undone) draft.past.erase(draft.past.begin());
    draft.future.clear();
    draft.text.set(std::move(text));
    draft.replace_field = true;
    draft.shown = false;
}

void undo(int steps, ViewState& view) {
    ScriptDraft& draft = view.prompter.draft;
    auto& from = steps > 0 ? draft.past : draft.future;
    auto& to = steps > 0 ? draft.future : draft.past;
    if (from.empty()) return;
    to.push_back(draft.text.text());
    draft.text.set(std::move(from.back()));
    from.pop_back();
    draft.replace_field = true;
    draft.shown = false;
    draft.edited_s = -1e9;
}

void show_page(PrompterPage page, Session& session, ViewState& view) {
    view.prompter.page = page;
    if (view.overlay == Overlay::Prompter) return;
    view.overlay = Overlay::Prompter;
    view.messages.clear();
    ScriptDraft& draft = view.prompter.draft;
    const auto script = session.snapshot().script;
    draft.used = script ? script->text() : std::string();
    draft.past.clear();
    draft.future.clear();
    draft.text.set(draft.used);
    draft.replace_field = true;
    draft.shown = false;
    list_versions(view);
}

void open_script(const fs::path& file, Session& session, ViewState& view) {
    show_page(PrompterPage::Script, session, view);
    view.messages.clear();
    auto text = read_script_file(file);
    if (!text) return view.messages.push_back(text.error().message);
    replace_draft(*std::move(text), view);
}

void step(const StepScript& asked, Session& session, const ViewState& view) {
    const SessionSnapshot now = session.snapshot();
    if (!now.script) return;
    const Script& script = *now.script;
    std::vector<std::size_t> marks;
    for (const ScriptMark& mark : script.marks()) marks.push_back(mark.character);
    const auto& lines =
        view.prompter.talent_lines.empty() ? view.prompter.layout.line_starts() : view.prompter.talent_lines;
    const auto& starts = asked.by == PrompterStep::Mark                        ? marks
                         : asked.by == PrompterStep::Sentence || lines.empty() ? script.sentence_starts()
                                                                               : lines;
    double place = now.prompter.character;
    for (int i = 0; i < std::abs(asked.steps); ++i) {
        place = static_cast<double>(asked.steps > 0 ? step_on(starts, place, script.characters())
                                                    : step_back(starts, place));
    }
    session.prompt({PrompterAct::MoveTo, place});
}

void set_pace(int characters_per_min, Session& session) {
    session.prompt({PrompterAct::SetPace, static_cast<double>(characters_per_min)});
}

}  // namespace

void note_edit(std::string_view edited, std::size_t cursor, ViewState& view) {
    ScriptDraft& draft = view.prompter.draft;
    if (view.now_s - draft.edited_s > one_edit_s || draft.past.empty()) {
        draft.past.push_back(draft.text.text());
        if (draft.past.size() > most_undone) draft.past.erase(draft.past.begin());
    }
    draft.future.clear();
    draft.edited_s = view.now_s;
    draft.cursor = draft.text.edit(edited, draft.cursor, cursor);
    draft.shown = false;
}

void use_script(Session& session, ViewState& view) {
    ScriptDraft& draft = view.prompter.draft;
    if (!draft.changed()) return;
    keep_refusal(session.change_script(draft.text.text()), view);
    draft.used = draft.text.text();
    list_versions(view);
}

void release_hold_key(Session& session, ViewState& view) {
    PrompterView& prompter = view.prompter;
    const bool pedal = prompter.hold_key_down && view.now_s - prompter.hold_since_s > held_down_s;
    prompter.hold_key_down = false;
    if (pedal) session.prompt({PrompterAct::Release, 0.0});
}

void bring_prompter_settings(Session& session, const Settings& settings) {
    set_pace(settings.characters_per_min, session);
}

void perform_prompter(const PrompterAction& action, Session& session, ViewState& view) {
    const PrompterState state = session.snapshot().prompter;
    if (const auto* asked = std::get_if<TogglePrompterPage>(&action)) {
        if (view.overlay == Overlay::Prompter && view.prompter.page == asked->page) {
            view.overlay = Overlay::None;
        } else {
            show_page(asked->page, session, view);
        }
    }
    if (std::holds_alternative<RunOrPause>(action)) {
        session.prompt({state.running ? PrompterAct::Pause : PrompterAct::Run, 0.0});
    }
    if (std::holds_alternative<HoldOrRelease>(action)) {
        session.prompt({state.held ? PrompterAct::Release : PrompterAct::Hold, 0.0});
        view.prompter.hold_key_down = !state.held;
        view.prompter.hold_since_s = view.now_s;
    }
    if (std::holds_alternative<FollowOrPace>(action)) {
        const bool follows = state.pace == PrompterPace::Voice || state.preparing;
        session.prompt({follows ? PrompterAct::FollowPace : PrompterAct::FollowVoice, 0.0});
    }
    if (const auto* asked = std::get_if<StepScript>(&action)) step(*asked, session, view);
    if (std::holds_alternative<RewindScript>(action)) session.prompt({PrompterAct::MoveTo, 0.0});
    if (const auto* asked = std::get_if<ChangePace>(&action)) {
        set_pace(state.characters_per_min + asked->steps * pace_step, session);
    }
    if (const auto* asked = std::get_if<TellPrompter>(&action)) session.prompt(asked->command);
    if (std::holds_alternative<UseScript>(action)) use_script(session, view);
    if (const auto* asked = std::get_if<OpenScript>(&action)) open_script(asked->file, session, view);
    if (const auto* asked = std::get_if<AddToScript>(&action)) {
        std::string text = view.prompter.draft.text.text();
        if (!text.empty() && !text.ends_with('\n')) text += '\n';
        replace_draft(text + asked->text, view);
    }
    if (const auto* asked = std::get_if<UndoScript>(&action)) undo(asked->steps, view);
    if (std::holds_alternative<ToggleTalents>(action)) {
        view.settings.talents = toggled_talents(std::move(view.settings.talents), view.prompter.displays);
    }
    if (const auto* asked = std::get_if<SetTalent>(&action)) {
        view.settings.talents = with_settings(std::move(view.settings.talents), asked->settings);
        view.prompter.chosen_display = asked->settings.display;
    }
    if (std::holds_alternative<TogglePrompterWithTake>(action)) {
        view.settings.prompter_with_take = !view.settings.prompter_with_take;
    }
}

std::optional<Action> prompter_action_for(std::string_view key, const ViewState& view) {
    if (view.overlay != Overlay::Prompter || view.prompter.page != PrompterPage::Script) return std::nullopt;
    if (key == "Ctrl+S") return PrompterAction{UseScript{}};
    if (key == "Ctrl+Z") return PrompterAction{UndoScript{1}};
    if (key == "Ctrl+Y" || key == "Ctrl+Shift+Z") return PrompterAction{UndoScript{-1}};
    return std::nullopt;
}

}  // namespace changji
