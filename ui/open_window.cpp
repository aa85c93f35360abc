#include "ui/open_window.hpp"

#include <cstdlib>

#include "ui/places.hpp"
#include "ui/session/rescue.hpp"
#include "ui/session/session_keeper.hpp"

#ifdef CHANGJI_GUI
#include "ui/window/window.hpp"
#endif

namespace changji {

void add_window_options(CLI::App& app, WindowStart& start) {
    app.add_option("--project", start.project, tr("The project's folder."));
    app.add_option("--preset", start.preset, tr("The campaign's demands: id or file of a preset."));
    app.add_option("--camera", start.camera, tr("auto, demo, /dev/video0, v4l2:NAME, a file or URL, lavfi:GRAPH."));
    app.add_option("--microphone", start.microphone,
                   tr("auto, camera, none, demo, pulse:NAME, alsa:NAME, a file or URL, lavfi:GRAPH."));
    add_person_model_option(app, start.person_model);
}

#ifndef CHANGJI_GUI

int open_window(const CommandContext& context, const WindowStart&, const LoadedSettings&) {
    return print_error(
        context, {ErrorKind::InvalidConfig, say("This build of the program has no window: use `changji record`.")});
}

#else

namespace {

/// Both sources by name. What is only remembered, not asked for, may be gone: then the best there is.
SessionWish wish_for(const WindowStart& start, const LastStart& last, const Project& project) {
    const auto wanted = [](const std::string& asked, const std::string& remembered) {
        return !asked.empty() ? asked : !remembered.empty() ? remembered : std::string("auto");
    };
    return {project.folder, wanted(start.camera, last.camera), wanted(start.microphone, last.microphone)};
}

Result<SessionOptions> options_for(const WindowStart& start, const SessionWish& wish) {
    SessionOptions options;
    auto camera = parse_camera_spec(wish.camera);
    if (!camera) return camera.error();
    options.camera = *std::move(camera);
    auto microphone = parse_microphone_spec(wish.microphone);
    if (!microphone) return microphone.error();
    options.microphone = *std::move(microphone);
    options.person_model = start.person_model;
    return options;
}

/// `wish` becomes what the session was opened by.
Result<std::unique_ptr<Session> > open_first_that_works(const WindowStart& start, const Preset& preset,
                                                        const Project& project, SessionWish& wish,
                                                        std::vector<Message>& notices) {
    for (const LastStart& last : {last_start(), LastStart{}}) {
        wish = wish_for(start, last, project);
        auto options = options_for(start, wish);
        if (!options) return options.error();
        options->preset = preset;
        options->project = project;
        auto session = open_session(*std::move(options));
        const bool only_remembered = start.camera.empty() || start.microphone.empty();
        if (session || !only_remembered || (last.camera.empty() && last.microphone.empty())) return session;
        notices.push_back(session.error().message);
    }
    return Error{ErrorKind::DeviceNotFound, say("No picture source could be opened.")};
}

std::vector<Preset> presets_without_fault() {
    std::vector<Preset> presets;
    for (const std::string& id : list_presets(preset_folder())) {
        PresetOutcome outcome = load_preset(preset_folder() / (id + ".toml"));
        if (auto* preset = std::get_if<Preset>(&outcome)) presets.push_back(std::move(*preset));
    }
    return presets;
}

}  // namespace

int open_window(const CommandContext& context, const WindowStart& start, const LoadedSettings& loaded) {
    // Whoever names a project or a source on the command line needs no guide.
    const bool told = !start.project.empty() || !start.camera.empty() || !start.microphone.empty();
    const bool first_time = !told && !loaded.settings.guide_done && last_start().project.empty();
    auto project =
        load_project(start.project.empty() ? default_project_folder() : std::filesystem::path(start.project));
    if (!project) return print_error(context, project.error());
    if (!start.preset.empty()) project->preset = start.preset;
    const auto preset = find_preset(context, project->preset);
    if (!preset) return exit_wrong_input;
    WindowOptions window;
    window.settings = loaded.settings;
    window.notices = loaded.notices;
    for (const RescuedTake& rescued : rescue_takes(*project, *preset)) window.notices.push_back(rescued.message);
    window.guide = first_time;
    SessionWish wish;
    auto session = open_first_that_works(start, *preset, *project, wish, window.notices);
    if (!session) return print_error(context, session.error());
    if (const Message note = (*session)->snapshot().note; !note.empty()) window.notices.push_back(note);
    SessionKeeper keeper(*std::move(session), wish, start.person_model);
    const LastStart last = last_start();
    remember_start({project->folder, start.camera.empty() ? last.camera : start.camera,
                    start.microphone.empty() ? last.microphone : start.microphone});
    window.presets = presets_without_fault();
    window.on_display_loss = [&] {
        keeper.close();
        print_error(context, {ErrorKind::DeviceLost,
                              say("The display is gone, and the window with it; a running take was finished first.")});
        std::_Exit(exit_recording_failed);  // what runs at the end of a program would ask for the display
    };
    if (auto closed = run_window(keeper, window); !closed) return print_error(context, closed.error());
    return exit_done;
}

#endif

}  // namespace changji
