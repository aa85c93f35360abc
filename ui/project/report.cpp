#include "ui/project/report.hpp"

#include <cmath>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ui/language/language.hpp"

namespace changji {
namespace {

using Json = nlohmann::ordered_json;

std::string ratio_text(Rational ratio, char sign) {
    return std::to_string(ratio.num) + sign + std::to_string(ratio.den);
}

/// Numbers are written with a sensible number of digits, not with sixteen.
double rounded(double value, int decimals) {
    const double scale = std::pow(10.0, decimals);
    return std::round(value * scale) / scale;
}

Json video_json(const VideoFacts& video) {
    return {{"codec", video.codec},
            {"profile", video.profile},
            {"width_px", video.width_px},
            {"height_px", video.height_px},
            {"coded_width_px", video.coded_width_px},
            {"coded_height_px", video.coded_height_px},
            {"sample_aspect_ratio", ratio_text(video.sample_aspect_ratio, ':')},
            {"display_aspect_ratio", ratio_text(video.display_aspect_ratio, ':')},
            {"frame_rate", ratio_text(video.frame_rate, '/')},
            {"constant_frame_rate", video.constant_frame_rate},
            {"frames", video.frames},
            {"scan", video.scan},
            {"pixel_format", video.pixel_format},
            {"color_range", video.color_range},
            {"color_space", video.color_space},
            {"rotation_degrees", video.orientation.rotation_degrees},
            {"mirrored", video.orientation.mirrored},
            {"bitrate_kbps", video.bitrate_kbps}};
}

Json audio_json(const AudioFacts& audio) {
    return {{"codec", audio.codec}, {"sample_rate_hz", audio.sample_rate_hz}, {"channels", audio.channels}};
}

Json stretches_json(const std::vector<Stretch>& stretches) {
    Json all = Json::array();
    for (const Stretch& stretch : stretches) all.push_back({rounded(stretch.from_s, 3), rounded(stretch.to_s, 3)});
    return all;
}

Json losses_json(const Losses& losses) {
    return {{"frames_captured", losses.frames_captured},
            {"frames_repeated", losses.frames_repeated},
            {"frames_dropped", losses.frames_dropped},
            {"frames_lost", losses.frames_lost},
            {"audio_gap_ms", losses.audio_gap_ms},
            {"camera_lost", losses.camera_lost},
            {"microphone_lost", losses.microphone_lost},
            {"audio_drift_ppm", rounded(losses.audio_drift_ppm, 1)},
            {"camera_gaps_s", stretches_json(losses.camera_gaps)},
            {"microphone_gaps_s", stretches_json(losses.microphone_gaps)}};
}

Json measures_json(const std::vector<MeasureSummary>& measures, const Readings& reference = {}) {
    Json all = Json::object();
    for (const MeasureSummary& summary : measures) {
        const MeasureInfo& about = info(summary.measure);
        Json one = Json::object();
        const auto put = [&](const char* name, std::optional<double> value) {
            if (value) one[name] = rounded(*value, about.decimals + 1);
        };
        put("value", summary.value);
        put("median", summary.median);
        put("p05", summary.p05);
        put("p95", summary.p95);
        if (const auto wanted = reference[summary.measure]; wanted && summary.judged()) {
            put("reference", wanted);
            put("distance", *summary.judged() - *wanted);
        }
        one["unit"] = about.unit;
        all[std::string(about.id)] = std::move(one);
    }
    return all;
}

/// Id and fields, so that a report can be read in another language than it was written in.
Json said_json(const Finding& finding) {
    Json said = Json::object();
    const auto put = [&](const char* key, const Message& message) {
        if (message.empty()) return;
        said[key] = Json::array({message.id});
        for (const std::string& field : message.args) said[key].push_back(field);
    };
    put("message", finding.message);
    put("advice", finding.advice);
    return said;
}

Json findings_json(const std::vector<Finding>& findings) {
    Json all = Json::array();
    for (const Finding& finding : findings) {
        Json one = {{"clause", finding.clause},
                    {"check", finding.check},
                    {"status", status_id(finding.status)},
                    {"value", finding.value},
                    {"limit", finding.limit},
                    {"spans_s", stretches_json(finding.spans)},
                    {"message", tr(finding.message)},
                    {"advice", finding.advice.empty() ? std::string() : tr(finding.advice)}};
        if (finding.worst_s) {
            Json evidence = {{"at_s", rounded(*finding.worst_s, 2)}};
            if (!finding.still.empty()) evidence["still"] = finding.still;
            if (!finding.bite.empty()) evidence["sound"] = finding.bite;
            one["evidence"] = std::move(evidence);
        }
        one["said"] = said_json(finding);
        all.push_back(std::move(one));
    }
    return all;
}

Json marks_json(const std::vector<Mark>& marks) {
    Json all = Json::array();
    for (const Mark& mark : marks) {
        Json one = {{"at_s", rounded(mark.at_s, 2)}};
        if (mark.kind == MarkKind::Topic) {
            one["topic"] = mark.topic;
        } else {
            one["kind"] = name_of(mark.kind);
        }
        if (mark.character > 0) one["character"] = mark.character;
        all.push_back(std::move(one));
    }
    return all;
}

void put_media(Json& document, const std::optional<MediaFacts>& media) {
    if (!media) return;
    document["container"] = {{"format", media->container},
                             {"brand", media->major_brand},
                             {"moov_first", media->moov_first},
                             {"size_bytes", media->size_bytes}};
    if (media->video) document["video"] = video_json(*media->video);
    if (media->audio) document["audio"] = audio_json(*media->audio);
}

/// File names are bytes, JSON is UTF-8: what is not UTF-8 is shown with replacement characters.
std::string dumped(const Json& document) { return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json file_json(const CheckedFile& checked) {
    Json one;
    one["file"] = checked.file;
    one["verdict"] = status_id(checked.verdict.status);
    if (checked.error) one["error"] = tr(checked.error->message);
    if (checked.media) one["duration_s"] = rounded(to_seconds(checked.media->duration), 3);
    put_media(one, checked.media);
    if (!checked.measures.empty()) one["measures"] = measures_json(checked.measures);
    one["findings"] = findings_json(checked.verdict.findings);
    return one;
}

}  // namespace

std::string take_report_json(const TakeReport& report) {
    Json document;
    document["schema"] = "changji.take/1";
    document["preset"] = report.preset;
    document["verdict"] = status_id(report.verdict.status);
    document["take"] = report.take;
    document["file"] = report.file;
    document["sha256"] = report.sha256;
    document["started_at"] = report.started_at;
    document["duration_s"] = rounded(report.duration_s, 3);
    document["slate"] = {{"school", report.slate.school}, {"guest", report.slate.guest},
                         {"office", report.slate.office}, {"host", report.slate.host},
                         {"place", report.slate.place},   {"confirmed", report.slate.confirmed_clauses}};
    put_media(document, report.media);
    if (report.encoder) {
        document["encoder"] = {
            {"name", report.encoder->name}, {"speed", report.encoder->speed}, {"chosen", report.encoder_chosen}};
    }
    if (report.losses) document["losses"] = losses_json(*report.losses);
    document["measures"] = measures_json(report.measures, report.reference);
    document["findings"] = findings_json(report.verdict.findings);
    document["left_to_delivery"] = report.verdict.left_to_delivery;
    document["marks"] = marks_json(report.marks);
    document["rating"] = "";
    document["note"] = "";
    if (!report.problem.empty()) document["problem"] = tr(report.problem);
    return dumped(document);
}

std::string checked_file_json(const CheckedFile& checked) { return dumped(file_json(checked)); }

std::string check_report_json(const std::string& preset, const std::vector<CheckedFile>& files) {
    Json document;
    document["schema"] = "changji.check/1";
    document["preset"] = preset;
    Json all = Json::array();
    for (const CheckedFile& checked : files) all.push_back(file_json(checked));
    document["files"] = std::move(all);
    return dumped(document);
}

std::optional<Losses> stored_losses(const std::filesystem::path& report_file) {
    std::ifstream stream(report_file);
    const Json report = Json::parse(stream, nullptr, false);
    if (!report.is_object() || !report.contains("losses") || !report["losses"].is_object()) return std::nullopt;
    const Json& stored = report["losses"];
    const auto read = [&](const char* key, auto& value) {
        if (stored.contains(key) && stored[key].is_number()) stored[key].get_to(value);
    };
    const auto read_stretches = [&](const char* key, std::vector<Stretch>& stretches) {
        if (!stored.contains(key) || !stored[key].is_array()) return;
        for (const Json& pair : stored[key]) {
            const bool sound = pair.is_array() && pair.size() == 2 && pair[0].is_number() && pair[1].is_number();
            if (sound) stretches.push_back({pair[0].get<double>(), pair[1].get<double>()});
        }
    };
    Losses losses;
    read("frames_captured", losses.frames_captured);
    read("frames_repeated", losses.frames_repeated);
    read("frames_dropped", losses.frames_dropped);
    read("frames_lost", losses.frames_lost);
    read("audio_gap_ms", losses.audio_gap_ms);
    read("camera_lost", losses.camera_lost);
    read("microphone_lost", losses.microphone_lost);
    read("audio_drift_ppm", losses.audio_drift_ppm);
    read_stretches("camera_gaps_s", losses.camera_gaps);
    read_stretches("microphone_gaps_s", losses.microphone_gaps);
    return losses;
}

std::vector<TakeSummary> summarise_takes(const std::filesystem::path& takes_folder) {
    std::vector<TakeSummary> takes;
    for (const TakeFiles& files : list_takes(takes_folder)) {
        TakeSummary take;
        take.number = files.number;
        take.unfinished = std::filesystem::exists(files.part);
        std::ifstream stream(files.report);
        const Json report = Json::parse(stream, nullptr, false);
        if (take.unfinished) {
            take.problem = say("Not finished yet.");
        } else if (!stream.is_open()) {
            take.problem = say("The report is missing.");
        } else if (!report.is_object()) {
            take.problem = say("The report can't be read.");
        } else {
            const auto text = [&](const char* key) {
                return report.contains(key) && report[key].is_string() ? report[key].get<std::string>() : std::string();
            };
            take.verdict_id = text("verdict");
            for (const auto status : {VerdictStatus::Pass, VerdictStatus::Warn, VerdictStatus::Fail}) {
                if (take.verdict_id == status_id(status)) take.verdict = status;
            }
            take.started_at = text("started_at");
            if (report.contains("duration_s") && report["duration_s"].is_number()) {
                take.duration_s = report["duration_s"].get<double>();
            }
        }
        takes.push_back(std::move(take));
    }
    return takes;
}

std::string wall_time(std::chrono::seconds age) {
    const std::time_t moment = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() - age);
    std::tm local{};
    ::localtime_r(&moment, &local);
    char text[40];
    std::string formatted(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S%z", &local));
    if (formatted.size() > 2) formatted.insert(formatted.size() - 2, ":");
    return formatted;
}

}  // namespace changji
