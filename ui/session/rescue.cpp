#include "ui/session/rescue.hpp"

#include <chrono>
#include <sstream>

#include "capture/take_lock.hpp"
#include "capture/takes.hpp"
#include "ui/file_content.hpp"
#include "ui/session/running_take.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

/// A take's file was last written when the take broke off or was finished.
std::string time_of_last_write(const fs::path& file) {
    std::error_code failure;
    const auto written = fs::last_write_time(file, failure);
    if (failure) return {};
    return wall_time(std::chrono::duration_cast<std::chrono::seconds>(fs::file_time_type::clock::now() - written));
}

/// What the program was doing when it ended.
enum class BrokeOff { Recording, Reporting };

RescuedTake rescue(const TakeFiles& files, BrokeOff during, const Project& project, const Preset& preset) {
    RescuedTake rescued;
    rescued.number = files.number;
    const bool recording = during == BrokeOff::Recording;
    TakeReport report;
    report.take = files.number;
    report.started_at = time_of_last_write(recording ? files.part : files.video);
    report.slate = project.slate;
    report.marks = read_journal(content_of(files.marks).value_or("")).all();
    Evidence evidence;
    evidence.log = parse_meters_csv(content_of(files.meters).value_or(""));
    evidence.rescued =
        recording ? say("The recording of this take broke off; up to a second of its end may be missing.")
                  : say("The program ended before this take had its report; what may have been lost while it was "
                        "recorded is not known.");
    // A take that ended in order and could not be finished, on a full disk for example, has told what it lost.
    report.losses = evidence.losses = stored_losses(files.report);
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

/// Ended before the first half second of picture was there: an empty file, and a meters file that says nothing.
void remove_empty(const TakeFiles& files) {
    std::error_code ignored;
    fs::remove(files.meters, ignored);
    fs::remove(files.marks, ignored);
    fs::remove(files.part, ignored);
}

std::optional<RescuedTake> rescue(const TakeFiles& files, const Project& project, const Preset& preset) {
    std::error_code ignored;
    const bool recording = fs::exists(files.part, ignored);
    if (!recording && (!fs::exists(files.video, ignored) || fs::exists(files.report, ignored))) {
        if (fs::exists(files.report, ignored)) fs::remove(files.marks, ignored);  // the report has them
        return std::nullopt;
    }
    if (!recording) {
        // Another program may be about to write the report.
        if (!TakeLock::acquire(files.video)) return std::nullopt;
        return rescue(files, BrokeOff::Reporting, project, preset);
    }
    const auto lock = TakeLock::acquire(files.part);
    if (!lock) return RescuedTake{files.number, {}, lock.error().message};
    if (fs::file_size(files.part, ignored) == 0 && !fs::exists(files.video, ignored)) {
        remove_empty(files);
        return std::nullopt;
    }
    return rescue(files, BrokeOff::Recording, project, preset);
}

}  // namespace

std::vector<RescuedTake> rescue_takes(const Project& project, const Preset& preset) {
    std::vector<RescuedTake> rescued;
    for (const TakeFiles& files : list_takes(project.takes_folder())) {
        if (auto take = rescue(files, project, preset)) rescued.push_back(*std::move(take));
    }
    return rescued;
}

}  // namespace changji
