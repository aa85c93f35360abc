#include "ui/rescue.hpp"

#include <chrono>
#include <fstream>
#include <sstream>

#include "capture/take_lock.hpp"
#include "capture/takes.hpp"
#include "ui/running_take.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

std::string content_of(const fs::path& file) {
    std::ostringstream content;
    content << std::ifstream(file, std::ios::binary).rdbuf();
    return content.str();
}

/// The part file was last written when the take broke off.
std::string time_of_last_write(const fs::path& part) {
    std::error_code failure;
    const auto written = fs::last_write_time(part, failure);
    if (failure) return {};
    return wall_time(std::chrono::duration_cast<std::chrono::seconds>(fs::file_time_type::clock::now() - written));
}

RescuedTake rescue(const TakeFiles& files, const Project& project, const Preset& preset) {
    RescuedTake rescued;
    rescued.number = files.number;
    const auto lock = TakeLock::acquire(files.part);
    if (!lock) {
        rescued.message = lock.error().message;
        return rescued;
    }
    TakeReport report;
    report.take = files.number;
    report.started_at = time_of_last_write(files.part);
    report.slate = project.slate;
    Evidence evidence;
    evidence.log = parse_meters_csv(content_of(files.meters));
    evidence.rescued = say("The recording of this take broke off; up to a second of its end may be missing.");
    complete_report(report, preset, std::move(evidence), files);
    if (report.sha256.empty()) {
        rescued.message = report.problem;
        return rescued;
    }
    std::ostringstream seconds;
    seconds.precision(1);
    seconds << std::fixed << report.duration_s;
    rescued.message = say("Take {0} was left unfinished and has been rescued: {1} s, {2}.",
                          std::to_string(files.number), seconds.str(), files.video.string());
    rescued.report = std::move(report);
    return rescued;
}

}  // namespace

std::vector<RescuedTake> rescue_takes(const Project& project, const Preset& preset) {
    std::vector<RescuedTake> rescued;
    for (const TakeFiles& files : list_takes(project.takes_folder())) {
        if (fs::exists(files.part)) rescued.push_back(rescue(files, project, preset));
    }
    return rescued;
}

}  // namespace changji
