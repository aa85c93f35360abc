#include "ui/window/setup/setup_perform.hpp"

#include <algorithm>

#include "ui/places.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

void keep_refusal(const Status& status, ViewState& view) {
    if (!status) view.messages.push_back(status.error().message);
}

void show_setup(SetupPage page, ViewState& view) {
    if (view.overlay != Overlay::Setup) view.setup.from_guide = view.overlay == Overlay::Guide;
    view.overlay = Overlay::Setup;
    view.setup.page = page;
    view.setup.awaiting.clear();
    view.setup.recent.clear();
    for (const fs::path& folder : recent_projects()) {
        std::error_code unknown;
        view.setup.recent.push_back({folder, fs::is_directory(folder, unknown)});
    }
    if (view.setup.folder.empty()) browse(view.setup.wish.project.parent_path(), view);
}

/// Whoever leaves it has seen it: it doesn't come by itself again.
void leave_guide(ViewState& view) {
    view.overlay = Overlay::None;
    view.settings.guide_done = true;
}

void turn_guide(int by, Session& session, ViewState& view) {
    FirstSteps& guide = view.setup.guide;
    if (by > 0 && guide.step == GuideStep::Trial) {
        session.dismiss_trial();
        return leave_guide(view);
    }
    guide.turn(by);
}

void start_trial(Session& session, ViewState& view) {
    if (view.overlay != Overlay::Guide) view.overlay = Overlay::None;
    view.messages.clear();
    keep_refusal(session.start_trial(), view);
}

/// A good one ends the guide.
void dismiss_trial(Session& session, ViewState& view) {
    const auto trial = session.snapshot().trial;
    const bool good = trial && trial->result && trial->result->status == VerdictStatus::Pass;
    session.dismiss_trial();
    if (good && view.overlay == Overlay::Guide) leave_guide(view);
}

void bind_key(const BindKey& asked, ViewState& view) {
    view.setup.awaiting.clear();
    view.keys.bind(asked.command, asked.key);
    view.settings.keys = view.keys.chosen();
}

void reset_keys(const ResetKeys& asked, ViewState& view) {
    view.setup.awaiting.clear();
    if (asked.command.empty()) {
        view.keys = KeyMap();
    } else if (const Command* const command = find_command(asked.command)) {
        view.keys.bind(asked.command, command->key);
    }
    view.settings.keys = view.keys.chosen();
}

}  // namespace

void close_setup(ViewState& view) {
    view.setup.awaiting.clear();
    view.overlay = view.setup.from_guide ? Overlay::Guide : Overlay::None;
}

void browse(const fs::path& folder, ViewState& view) {
    auto rows = list_folders(folder);
    if (!rows) return view.messages.push_back(rows.error().message);
    view.setup.folder = folder;
    view.setup.open_path = folder.string();
    view.setup.folders = *std::move(rows);
}

void perform_setup(const SetupAction& action, Session& session, ViewState& view) {
    if (std::holds_alternative<ToggleSetup>(action)) {
        if (view.overlay == Overlay::Setup) {
            close_setup(view);
        } else {
            show_setup(view.setup.page, view);
        }
    }
    if (const auto* asked = std::get_if<ShowSetup>(&action)) show_setup(asked->page, view);
    if (const auto* asked = std::get_if<TurnSetupPage>(&action)) {
        const int page = static_cast<int>(view.setup.page) + asked->by + setup_page_count;
        show_setup(static_cast<SetupPage>(page % setup_page_count), view);
    }
    if (const auto* asked = std::get_if<BrowseFolder>(&action)) browse(asked->folder, view);
    if (const auto* asked = std::get_if<SetControl>(&action)) {
        view.messages.clear();
        keep_refusal(session.set_control(asked->wish), view);
    }
    if (const auto* asked = std::get_if<ShapeSound>(&action)) keep_refusal(session.shape_sound(asked->shape), view);
    if (const auto* asked = std::get_if<AwaitKey>(&action)) view.setup.awaiting = asked->command;
    if (const auto* asked = std::get_if<BindKey>(&action)) bind_key(*asked, view);
    if (const auto* asked = std::get_if<ResetKeys>(&action)) reset_keys(*asked, view);
    if (std::holds_alternative<StartTrial>(action)) start_trial(session, view);
    if (std::holds_alternative<DismissTrial>(action)) dismiss_trial(session, view);
    if (std::holds_alternative<ToggleGuide>(action)) {
        if (view.overlay == Overlay::Guide) return leave_guide(view);
        view.overlay = Overlay::Guide;
        view.setup.guide = {};
    }
    if (const auto* asked = std::get_if<TurnGuide>(&action)) turn_guide(asked->by, session, view);
}

std::optional<std::optional<Action>> setup_action_for(std::string_view key, bool typing, const ViewState& view) {
    using Asked = std::optional<Action>;
    if (!view.setup.awaiting.empty()) {
        if (key.empty()) return Asked();  // a modifier alone: the key itself is still to come
        if (key == "Escape") return Asked(SetupAction{AwaitKey{}});
        return Asked(SetupAction{BindKey{view.setup.awaiting, std::string(key)}});
    }
    // The prompter's keys turn pages here, unless somebody gave them to something else.
    const Command* const command = view.keys.command_for(key);
    if (command && !std::holds_alternative<PrompterAction>(command->action)) return std::nullopt;
    if (view.overlay == Overlay::Setup && key == "PageDown") return Asked(SetupAction{TurnSetupPage{1}});
    if (view.overlay == Overlay::Setup && key == "PageUp") return Asked(SetupAction{TurnSetupPage{-1}});
    if (view.overlay == Overlay::Guide && !typing && key == "Right") return Asked(SetupAction{TurnGuide{1}});
    if (view.overlay == Overlay::Guide && !typing && key == "Left") return Asked(SetupAction{TurnGuide{-1}});
    return std::nullopt;
}

Result<std::optional<SessionWish>> wish_of(const SetupAction& action, const SessionWish& now) {
    SessionWish wish = now;
    if (const auto* asked = std::get_if<ChangeSession>(&action)) {
        if (asked->project) {
            if (const Status there = check_project_folder(*asked->project); !there) return there.error();
            wish.project = *asked->project;
        }
        if (asked->camera) wish.camera = *asked->camera;
        if (asked->microphone) wish.microphone = *asked->microphone;
        return std::optional(wish);
    }
    if (const auto* asked = std::get_if<NewProject>(&action)) {
        wish.project = typed_folder(asked->typed, videos_folder());
        if (const Status made = make_project(wish.project); !made) return made.error();
        return std::optional(wish);
    }
    if (const auto* asked = std::get_if<OpenProject>(&action)) {
        wish.project = typed_folder(asked->typed, videos_folder());
        if (const Status there = check_project_folder(wish.project); !there) return there.error();
        return std::optional(wish);
    }
    return std::optional<SessionWish>();
}

}  // namespace changji
