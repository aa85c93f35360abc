#include "ui/window/package/package_perform.hpp"

#include <algorithm>

#include "ui/places.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

/// What was chosen for another project is not chosen for this one.
void begin_with(const fs::path& project, ViewState& view) {
    PackageView& package = view.package;
    if (package.project != project) {
        PackageState state = std::move(package.state);
        package = {};
        package.state = std::move(state);
        package.project = project;
    }
    if (package.to.empty()) package.to = (fs::absolute(project).lexically_normal().parent_path() / "delivery").string();
    package.recent = recent_projects();
    std::erase_if(package.recent, [&](const fs::path& other) {
        std::error_code unknown;
        return other == project || !fs::is_directory(other / "takes", unknown);
    });
}

PackageRequest request_of(const Session& session, const ViewState& view) {
    const PackageView& package = view.package;
    PackageRequest request;
    request.project.folder = package.project;
    request.preset = session.preset();
    if (request.preset.delivery && !request.preset.delivery->message_preset.empty()) {
        const auto found = std::ranges::find(view.presets, request.preset.delivery->message_preset, &Preset::id);
        if (found != view.presets.end()) {
            request.message_preset = *found;
        } else if (auto loaded = load_preset(preset_folder() / (request.preset.delivery->message_preset + ".toml"));
                   auto* preset = std::get_if<Preset>(&loaded)) {
            request.message_preset = std::move(*preset);
        }
    }
    request.interview = package.interview;
    request.message = package.message;
    request.manuscript = package.manuscript;
    request.photos = package.photos;
    request.remove_location = package.remove_location;
    return request;
}

/// By what the file is; what can't be sent in is told.
void name_file(const std::string& typed, ViewState& view) {
    PackageView& package = view.package;
    const fs::path path = typed_folder(typed, package.project);
    std::error_code unknown;
    const bool is_folder = fs::is_directory(path, unknown);
    view.messages.clear();
    if (path.empty()) return;
    if (is_folder && fs::is_directory(path / "takes", unknown)) {
        package.message = path.string();
    } else if (is_folder || (fs::exists(path, unknown) && delivery_kind(path) == DeliveryKind::Photo)) {
        if (std::ranges::find(package.photos, path) == package.photos.end()) package.photos.push_back(path);
    } else if (fs::exists(path, unknown) && delivery_kind(path) == DeliveryKind::Manuscript) {
        package.manuscript = path;
    } else {
        return view.messages.push_back(
            fs::exists(path, unknown)
                ? say("{0} is neither manuscript nor photo. Videos are sent in from their projects: name the folder.",
                      path.filename().string())
                : say("There is no file {0}: check the path.", path.string()));
    }
    package.typed.clear();
}

/// True: the plan is another now.
bool choose(const PackageAction& action, ViewState& view) {
    PackageView& package = view.package;
    if (const auto* asked = std::get_if<ChooseInterview>(&action)) package.interview = asked->take;
    if (const auto* asked = std::get_if<ChooseMessage>(&action)) package.message = asked->wish;
    if (const auto* asked = std::get_if<ChooseManuscript>(&action)) package.manuscript = asked->file;
    if (const auto* asked = std::get_if<NameFile>(&action)) name_file(asked->typed, view);
    if (const auto* asked = std::get_if<ForgetPhoto>(&action)) {
        if (asked->index < package.photos.size())
            package.photos.erase(package.photos.begin() + static_cast<std::ptrdiff_t>(asked->index));
    }
    if (std::holds_alternative<ToggleLocation>(action)) package.remove_location = !package.remove_location;
    return !std::holds_alternative<ToggleZip>(action) && !std::holds_alternative<UnfoldClause>(action) &&
           !std::holds_alternative<StartPackage>(action) && !std::holds_alternative<StopPackage>(action);
}

void start(const Session& session, PackageDesk& desk, ViewState& view) {
    PackageView& package = view.package;
    const PackageState state = desk.latest();
    view.messages.clear();
    const Stage stage = session.snapshot().stage;
    if (stage == Stage::Recording || stage == Stage::Finishing)
        return view.messages.push_back(say("A take is being recorded: put the package together after it."));
    if (!state.plan || state.planning || state.writing) return;
    if (state.plan->items.empty())
        return view.messages.push_back(say("There is nothing to send in yet: record a take first."));
    const fs::path to = typed_folder(package.to, package.project);
    if (to.empty()) return view.messages.push_back(say("Write the folder that the package goes into."));
    if (state.plan->verdict == VerdictStatus::Fail && !package.asked_to_force) {
        package.asked_to_force = true;
        return;
    }
    package.asked_to_force = false;
    desk.write(to, package.zip);
}

}  // namespace

void perform_package(const PackageAction& action, const Session& session, PackageDesk& desk, ViewState& view) {
    PackageView& package = view.package;
    if (std::holds_alternative<TogglePackage>(action)) {
        view.overlay = view.overlay == Overlay::Package ? Overlay::None : Overlay::Package;
        package.asked_to_force = false;
        if (view.overlay == Overlay::None) return;
        begin_with(view.setup.wish.project, view);
    }
    if (std::holds_alternative<StartPackage>(action)) return start(session, desk, view);
    package.asked_to_force = false;
    if (std::holds_alternative<StopPackage>(action)) desk.stop();
    if (std::holds_alternative<ToggleZip>(action)) package.zip = !package.zip;
    if (const auto* asked = std::get_if<UnfoldClause>(&action)) {
        if (!package.turned.insert(asked->clause).second) package.turned.erase(asked->clause);
    }
    if (choose(action, view)) desk.plan(request_of(session, view));
}

void follow_package(const SessionSnapshot& now, PackageDesk& desk, ViewState& view) {
    desk.hold(now.stage == Stage::Recording || now.stage == Stage::Finishing);
    const bool wrote = view.package.state.writing;
    view.package.state = desk.latest();
    const PackageState& state = view.package.state;
    if (!wrote || state.writing || view.overlay == Overlay::Package) return;
    view.messages.push_back(state.written ? say("The package is in {0}.", state.written->folder.string())
                                          : state.problem);
}

}  // namespace changji
