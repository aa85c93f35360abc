#include <algorithm>
#include <cstdio>
#include <thread>

#include "ui/cli/command.hpp"
#include "ui/cli/stop_request.hpp"
#include "ui/cli/values.hpp"
#include "ui/places.hpp"
#include "ui/session/rescue.hpp"
#include "ui/session/session.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

struct RecordOptions {
    std::string preset, camera = "auto", microphone = "auto", duration, project, rate = "auto", encoder = "auto",
                        crop = "center", person_model;
    std::optional<std::string> school, guest, office, host, place;
    std::vector<std::string> confirmed;
    bool strict = false;
};

/// With nobody watching, a camera that stays away so long ends the take: what follows would be a still picture.
constexpr double camera_patience_s = 10.0;

/// The command line as session options, or the first thing wrong with it.
Result<SessionOptions> session_options(const RecordOptions& given, Preset preset, Project project) {
    SessionOptions options;
    options.preset = std::move(preset);
    options.project = std::move(project);
    auto camera = parse_camera_spec(given.camera);
    if (!camera) return camera.error();
    options.camera = *std::move(camera);
    auto microphone = parse_microphone_spec(given.microphone);
    if (!microphone) return microphone.error();
    options.microphone = *std::move(microphone);
    auto rate = parse_rate(given.rate);
    if (!rate) return rate.error();
    options.rate = *rate;
    auto encoder = parse_encoder(given.encoder);
    if (!encoder) return encoder.error();
    options.encoder = *std::move(encoder);
    options.encoder_chosen_by_user = given.encoder != "auto";
    auto crop = parse_crop(given.crop);
    if (!crop) return crop.error();
    options.crop = *crop;
    if (!given.duration.empty()) {
        auto duration = parse_duration(given.duration);
        if (!duration) return duration.error();
        options.duration = *duration;
    }
    options.person_model = given.person_model;
    const bool device = options.camera.kind == SourceKind::Auto || options.camera.kind == SourceKind::V4l2;
    options.begin_take = device ? BeginTake::WhenAsked : BeginTake::WithFirstFrame;
    return options;
}

Status enter_slate(Project& project, const RecordOptions& given) {
    const Project before = project;
    const auto enter = [](std::string& field, const std::optional<std::string>& value) {
        if (value) field = *value;
    };
    enter(project.slate.school, given.school);
    enter(project.slate.guest, given.guest);
    enter(project.slate.office, given.office);
    enter(project.slate.host, given.host);
    enter(project.slate.place, given.place);
    if (!given.confirmed.empty()) project.slate.confirmed_clauses = given.confirmed;
    if (!given.preset.empty()) project.preset = given.preset;
    const bool is_new = !std::filesystem::exists(project.folder / "project.toml");
    const bool changed = before.slate != project.slate || before.preset != project.preset;
    return is_new || changed ? save_project(project) : Status();
}

/// A camera needs a moment to deliver and to settle its exposure, a microphone to wake up, the pre-flight a second.
Status wait_for_picture(const Session& session, bool awaits_preflight) {
    constexpr auto settling = 1s, patience = 6s, preflight_patience = 4s;
    const auto opened = std::chrono::steady_clock::now();
    for (;;) {
        const SessionSnapshot now = session.snapshot();
        const auto waited = std::chrono::steady_clock::now() - opened;
        if (now.loss) return *now.loss;
        const bool encoder_known = !awaits_preflight || !now.encoder_note.empty() || waited >= preflight_patience;
        if (now.framing.upright_width_px > 0 && waited >= settling && encoder_known) return {};
        if (stop_asked() || waited >= patience || now.stage == Stage::Lost) {
            return Error{ErrorKind::DeviceLost,
                         say("The camera delivers no picture: unplug it, plug it in again and try once more.")};
        }
        std::this_thread::sleep_for(50ms);
    }
}

std::string seconds_text(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", seconds);
    return text;
}

/// Nobody is there to be asked whether a take without sound will do: it is said, the microphone has a moment to come
/// alive, it is said again, and recorded.
Status start_take(Session& session) {
    constexpr auto patience = 2s;
    Status begun = session.start_take(Consent::NotGiven);
    if (begun || begun.error().kind != ErrorKind::NeedsConsent) return begun;
    const auto say_so = [&] {
        for (const Message& alert : session.snapshot().alerts) {
            print_notice(fill_fields(tr("Warning: {0}"), {tr(alert)}));
        }
    };
    say_so();
    const auto asked = std::chrono::steady_clock::now();
    while (!begun && std::chrono::steady_clock::now() - asked < patience && !stop_asked()) {
        std::this_thread::sleep_for(50ms);
        begun = session.start_take(Consent::NotGiven);
        if (!begun && begun.error().kind != ErrorKind::NeedsConsent) return begun;
    }
    if (begun) return begun;
    say_so();
    return session.start_take(Consent::WithoutSound);
}

void show_progress(const SessionSnapshot& now, double& shown_s) {
    if (now.elapsed_s < shown_s + 1.0) return;
    shown_s = now.elapsed_s;
    std::string line =
        fill_fields(tr("Recording take {0}: {1} of {2}"),
                    {std::to_string(now.take_number), clock_text(now.elapsed_s), clock_text(now.limit_s)});
    for (const LiveMeter& meter : now.meters) line += fill_fields("  {0} {1}", {shape_for(meter.status), meter.value});
    print_notice(line);
}

/// Each once, when it comes up.
void show_new_alerts(const std::vector<Message>& alerts, std::vector<Message>& told) {
    for (const Message& alert : alerts) {
        if (std::ranges::find(told, alert.id, &Message::id) == told.end())
            print_notice(fill_fields(tr("Warning: {0}"), {tr(alert)}));
    }
    told = alerts;
}

/// Where a device was away during the take; false when none was.
bool print_absences(const Losses& losses) {
    for (const Stretch& gap : losses.camera_gaps) {
        print_notice(tr(say("The camera was away from {0} to {1}: the picture holds there.", seconds_text(gap.from_s),
                            seconds_text(gap.to_s))));
    }
    for (const Stretch& gap : losses.microphone_gaps) {
        print_notice(tr(say("The microphone was away from {0} to {1}: there is silence.", seconds_text(gap.from_s),
                            seconds_text(gap.to_s))));
    }
    return losses.camera_lost > 0 || losses.microphone_lost > 0;
}

void print_take(const TakeReport& report, const Project& project) {
    print(fill_fields(tr("Take {0}: {1} {2}. {3}"),
                      {std::to_string(report.take), shape_for(report.verdict.status), word_for(report.verdict.status),
                       sentence_for(report.verdict.status)}));
    print(fill_fields(tr("File: {0}"), {(project.takes_folder() / report.file).string()}));
    print(fill_fields(tr("Length: {0} s"), {std::to_string(report.duration_s)}));
    print_findings(report.verdict);
}

int run_record(const RecordOptions& given, const CommandContext& context) {
    auto project =
        load_project(given.project.empty() ? default_project_folder() : std::filesystem::path(given.project));
    if (!project) return print_error(context, project.error());
    auto preset = find_preset(context, given.preset.empty() ? project->preset : given.preset);
    if (!preset) return exit_wrong_input;
    if (auto entered = enter_slate(*project, given); !entered) return print_error(context, entered.error());
    auto options = session_options(given, *preset, *project);
    if (!options) return print_error(context, options.error());
    for (const RescuedTake& rescued : rescue_takes(*project, *preset)) print_notice(tr(rescued.message));

    const BeginTake begin = options->begin_take;
    watch_for_stop();
    const auto code_for = [](const Error& error) {
        return error.kind == ErrorKind::DiskFull ? exit_recording_failed : exit_wrong_input;
    };
    auto opened = open_session(*std::move(options));
    if (!opened) return print_error(context, opened.error(), code_for(opened.error()));
    Session& session = **opened;
    if (const Message note = session.snapshot().note; !note.empty()) print_notice(tr(note));
    if (begin == BeginTake::WhenAsked) {
        if (auto ready = wait_for_picture(session, given.encoder == "auto"); !ready)
            return print_error(context, ready.error());
        const Status begun = start_take(session);
        if (!begun) return print_error(context, begun.error(), code_for(begun.error()));
    }
    if (const Message note = session.snapshot().encoder_note; !note.empty()) print_notice(tr(note));

    double shown_s = -1.0;
    std::vector<Message> told;
    while (!session.last_report()) {
        const SessionSnapshot now = session.snapshot();
        if (now.stage == Stage::Recording) {
            show_progress(now, shown_s);
            show_new_alerts(now.alerts, told);
        }
        if (stop_asked() || now.camera_away_s > camera_patience_s) session.stop_take();
        std::this_thread::sleep_for(20ms);
    }
    const TakeReport report = *session.last_report();
    const auto loss = session.snapshot().loss;
    if (report.file.empty())
        return print_error(context, {ErrorKind::UnsupportedFormat, loss ? loss->message : report.problem});
    if (context.options.json)
        std::fputs(take_report_json(report).c_str(), stdout);
    else
        print_take(report, *project);
    if (!report.problem.empty()) print_notice(fill_fields(tr("Error: {0}"), {tr(report.problem)}));
    if (loss) print_notice(fill_fields(tr("Error: {0}"), {tr(loss->message)}));
    const bool interrupted = print_absences(report.losses.value_or(Losses{}));
    if (loss || interrupted || !report.problem.empty()) {
        print_notice(tr(say("The take is kept as far as it went: {0} in {1}.", clock_text(report.duration_s),
                            (project->takes_folder() / report.file).string())));
        return exit_recording_failed;
    }
    return given.strict && report.verdict.status == VerdictStatus::Fail ? exit_clause_failed : exit_done;
}

}  // namespace

void add_record_command(CLI::App& app, CommandContext& context) {
    CLI::App* command =
        add_command(app, "record", tr("Record one take without a window."),
                    "changji record --camera demo --microphone camera --duration 10 --project interview");
    auto given = std::make_shared<RecordOptions>();
    command->add_option("--preset", given->preset, tr("The campaign's demands: id or file of a preset."));
    command->add_option("--camera", given->camera,
                        tr("auto, demo, /dev/video0, v4l2:NAME, a file or URL, lavfi:GRAPH."));
    command->add_option("--microphone", given->microphone,
                        tr("auto, camera, none, demo, pulse:NAME, alsa:NAME, a file or URL, lavfi:GRAPH."));
    command->add_option("--duration", given->duration, tr("Length: 90, 90s or 1:30; at most the preset's limit."));
    command->add_option("--project", given->project, tr("The project's folder."));
    command->add_option("--school", given->school, tr("The school, for the slate and the opening line."));
    command->add_option("--guest", given->guest, tr("The guest's name, for the slate and the opening line."));
    command->add_option("--office", given->office, tr("The guest's office, for the slate and the opening line."));
    command->add_option("--host", given->host, tr("The host's name, for the slate."));
    command->add_option("--place", given->place, tr("Where the take is recorded, for the slate."));
    command->add_option("--confirm", given->confirmed, tr("A clause that the crew has signed off; may be repeated."));
    command->add_option("--rate", given->rate, tr("Frames a second: 25, 30, 50, 60 or auto."));
    command->add_option("--encoder", given->encoder, tr("auto, or NAME[:SPEED] such as libx264:superfast."));
    command->add_option("--crop", given->crop, tr("center, or X,Y,WIDTH,HEIGHT of the 16:9 part to keep."));
    add_person_model_option(*command, given->person_model);
    command->add_flag("--strict", given->strict, tr("Exit with 1 when a clause failed."));
    command->callback([given, &context] { context.exit_code = run_record(*given, context); });
}

}  // namespace changji
