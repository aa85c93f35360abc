#include <cstdio>

#include "ui/cli/command.hpp"
#include "ui/cli/progress.hpp"
#include "ui/delivery/package_writer.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

struct PackageWishes {
    std::string project, to, message, manuscript, preset;
    std::vector<std::string> photos;
    int interview = 0;
    bool zip = false, force = false, remove_location = false;
};

std::optional<PackageRequest> request_of(const CommandContext& context, const PackageWishes& given,
                                         const Project& project) {
    PackageRequest request;
    request.project = project;
    auto preset = find_preset(context, given.preset.empty() ? project.preset : given.preset);
    if (!preset) return std::nullopt;
    request.preset = *std::move(preset);
    if (request.preset.delivery && !request.preset.delivery->message_preset.empty()) {
        request.message_preset = find_preset(context, request.preset.delivery->message_preset);
        if (!request.message_preset) return std::nullopt;
    }
    request.interview = given.interview;
    request.message = given.message;
    request.manuscript = given.manuscript;
    request.photos.assign(given.photos.begin(), given.photos.end());
    request.remove_location = given.remove_location;
    return request;
}

/// A folder or disk that fails is code 3, what was given wrong or damaged is code 2.
int code_of(const Error& error) {
    return error.kind == ErrorKind::DiskFull || error.kind == ErrorKind::Io ? exit_recording_failed : exit_wrong_input;
}

int refuse(const CommandContext& context, const PackagePlan& plan) {
    if (context.options.json)
        std::fputs(package_json(plan, {}, {}, {}, false).c_str(), stdout);
    else
        std::fputs(package_checklist(plan, {}).c_str(), stdout);
    print_notice(tr("Nothing was put together: a clause fails. Mend it, or send it in all the same with --force."));
    return exit_clause_failed;
}

int run_package(const CommandContext& context, const PackageWishes& given) {
    std::error_code ignored;
    if (!fs::is_directory(given.project, ignored)) {
        return print_error(
            context, {ErrorKind::InvalidConfig, say("There is no project folder {0}: check the path.", given.project)});
    }
    const auto project = load_project(given.project);
    if (!project) return print_error(context, project.error());
    const auto request = request_of(context, given, *project);
    if (!request) return exit_wrong_input;
    const auto plan = plan_package(*request, local_today());
    if (!plan) return print_error(context, plan.error());
    const bool fails = plan->verdict == VerdictStatus::Fail;
    if ((fails && !given.force) || plan->items.empty()) return refuse(context, *plan);

    Progress progress(plan->folder_name);
    PackageOptions options;
    options.to = given.to;
    options.zip = given.zip;
    options.forced = fails;
    options.on_progress = [&](double share) { progress.show(share); };
    const auto written = write_package(*plan, options);
    if (!written) return print_error(context, written.error(), code_of(written.error()));
    if (context.options.json) {
        std::fputs(package_json(*plan, written->files, written->folder.string(), written->zip.string(), fails).c_str(),
                   stdout);
    } else {
        std::fputs(package_checklist(*plan, written->files).c_str(), stdout);
        print(fill_fields(tr("Put together in {0}; check a copy of it with: sha256sum -c SHA256SUMS"),
                          {written->folder.string()}));
        if (!written->zip.empty()) print(fill_fields(tr("As one file: {0}"), {written->zip.string()}));
    }
    return exit_done;
}

}  // namespace

void add_package_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(
        app, "package", tr("Check and put together what is sent in: videos, manuscript, photos, reports, checksums."),
        "changji package interview --to delivery --message message --zip");
    auto given = std::make_shared<PackageWishes>();
    command->add_option("project", given->project, tr("The project's folder."))->required();
    command
        ->add_option("--to", given->to,
                     tr("The folder in which the package's own folder is made; nothing there is replaced."))
        ->required();
    command
        ->add_option("--interview", given->interview,
                     tr("The interview's take; default: the best rated, then the best verdict, then the newest."))
        ->check(CLI::PositiveNumber);
    command->add_option("--message", given->message,
                        tr("The message clip: a take's number, or another project's folder."));
    command->add_option("--manuscript", given->manuscript,
                        tr("The manuscript; default: the only one in the project's folder."));
    command->add_option("--photos", given->photos,
                        tr("Photos and folders of photos; default: photos/ in the project."));
    command->add_option("--preset", given->preset, tr("The campaign's demands: id or file of a preset."));
    command->add_flag("--zip", given->zip, tr("Make one .zip file beside the folder as well."));
    command->add_flag("--remove-location", given->remove_location,
                      tr("Take the place where a photo was taken out of its copy."));
    command->add_flag("--force", given->force,
                      tr("Put it together although a clause fails; a take that was changed since is never sent in."));
    command->callback([given, &context] { context.exit_code = run_package(context, *given); });
}

}  // namespace changji
