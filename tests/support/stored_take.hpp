#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "analysis/take_log.hpp"
#include "capture/takes.hpp"
#include "ui/project/report.hpp"

namespace changji::test {

inline void write_text(const std::filesystem::path& file, const std::string& content) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

/// A take of 60 s, dark from 20 to 30 s and noisy throughout, as its report tells it; the film is only as long as the
/// report says, nothing that plays.
inline TakeReport dark_report(int number) {
    TakeReport report;
    report.preset = "hunan-2022-interview";
    report.take = number;
    report.file = take_files("", number).video.filename().string();
    report.sha256 = std::string(64, 'a');
    report.started_at = "2026-11-23T10:0" + std::to_string(number % 10) + ":00+08:00";
    report.duration_s = 60.0;
    report.slate.guest = "林安";
    report.media.emplace();
    report.media->size_bytes = 1000;
    report.losses.emplace();
    report.losses->camera_gaps = {{40.0, 42.0}};
    report.losses->camera_lost = 1;
    Finding dark;
    dark.clause = "四.3-c";
    dark.check = "light.face_luma_percent";
    dark.status = FindingStatus::Fail;
    dark.value = "20.0 %";
    dark.limit = "45–72 %";
    dark.spans = {{20.0, 30.0}};
    dark.worst_s = 25.0;
    dark.message = say("It has become dark: switch the lamps on, or open the curtains.");
    dark.advice = say("It has become dark: switch the lamps on, or open the curtains.");
    Finding noisy = dark;
    noisy.clause = "四.3-d";
    noisy.check = "sound.noise_floor_dbfs";
    noisy.status = FindingStatus::Warn;
    noisy.value = "-55.0 dBFS";
    noisy.limit = "≤ -60 dBFS";
    noisy.spans = {{5.0, 8.0}, {50.0, 60.0}};
    noisy.worst_s.reset();
    Finding size;
    size.clause = "四.4";
    size.check = "video.size";
    size.status = FindingStatus::Pass;
    size.value = "1920x1080";
    Finding host;
    host.clause = "四.5-a";
    host.check = "crew.confirmation";
    host.status = FindingStatus::Confirm;
    host.message = say("Sign off what only people can judge");
    report.verdict.findings = {size, noisy, host, dark};
    report.verdict.status = VerdictStatus::Fail;
    report.marks = {{12.0, MarkKind::Topic, 1}, {33.0, MarkKind::Good, 0}};
    return report;
}

inline TakeReport good_report(int number) {
    TakeReport report = dark_report(number);
    for (Finding& finding : report.verdict.findings) {
        finding.status = FindingStatus::Pass;
        finding.spans.clear();
        finding.worst_s.reset();
        finding.advice = {};
    }
    report.verdict.status = VerdictStatus::Pass;
    report.losses = Losses{};
    return report;
}

inline std::string meters_csv(double seconds) {
    std::string csv = csv_header() + "\n";
    for (int row = 0; row * row_interval_s < seconds; ++row) {
        TakeLog::Row line;
        line.time_s = row * row_interval_s;
        for (const MeasureInfo& about : all_measures()) line.readings.set(about.measure, 1.0);
        line.readings.set(Measure::LightFaceLuma, line.time_s >= 20 && line.time_s < 30 ? 20.0 : 58.0);
        line.readings.set(Measure::SoundNoiseFloor, -55.0);
        csv += csv_row(line) + "\n";
    }
    return csv;
}

/// All files of a take, whole.
inline TakeFiles store_take(const std::filesystem::path& project, const TakeReport& report) {
    const TakeFiles files = take_files(project / "takes", report.take);
    write_text(files.report, take_report_json(report));
    write_text(files.meters, meters_csv(report.duration_s));
    write_text(files.video, std::string(1000, 'v'));
    return files;
}

}  // namespace changji::test
