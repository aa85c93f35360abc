#include "ui/project/stored_report.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "capture/take_lock.hpp"
#include "ui/project/sign_off.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

constexpr std::uintmax_t most_bytes = 32U << 20;
constexpr int deepest = 32;
constexpr double longest_s = 1e6;

constexpr std::array<std::pair<std::string_view, Rating>, 4> rating_ids{
    {{"", Rating::None}, {"good", Rating::Good}, {"reserve", Rating::Reserve}, {"no", Rating::No}}};

/// Reads values that may be of any form, or not there.
const Json* part(const Json& from, const char* key) {
    if (!from.is_object()) return nullptr;
    const auto found = from.find(key);
    return found == from.end() ? nullptr : &*found;
}
std::string text(const Json& from, const char* key) {
    const Json* const value = part(from, key);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}
std::optional<double> number(const Json& from, const char* key) {
    const Json* const value = part(from, key);
    return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}
std::int64_t whole(const Json& from, const char* key, std::int64_t most = INT64_C(1) << 52) {
    const double value = number(from, key).value_or(0.0);
    return static_cast<std::int64_t>(std::clamp(value, 0.0, static_cast<double>(most)));
}
int small(const Json& from, const char* key) { return static_cast<int>(whole(from, key, 1'000'000)); }
double seconds(const Json& from, const char* key) {
    return std::clamp(number(from, key).value_or(0.0), 0.0, longest_s);
}
bool flag(const Json& from, const char* key) {
    const Json* const value = part(from, key);
    return value && value->is_boolean() && value->get<bool>();
}
Json::array_t list(const Json& from, const char* key) {
    const Json* const value = part(from, key);
    return value && value->is_array() ? value->get<Json::array_t>() : Json::array_t();
}

Rational ratio(const Json& from, const char* key) {
    const std::string written = text(from, key);
    const std::size_t sign = written.find_first_of("/:");
    Rational read{0, 1};
    if (sign == std::string::npos) return read;
    const char* const end = written.data() + written.size();
    std::from_chars(written.data(), written.data() + sign, read.num);
    if (std::from_chars(written.data() + sign + 1, end, read.den).ec != std::errc() || read.den <= 0) return {0, 1};
    return read;
}

VideoFacts read_video(const Json& from) {
    VideoFacts video;
    video.codec = text(from, "codec");
    video.profile = text(from, "profile");
    video.width_px = small(from, "width_px");
    video.height_px = small(from, "height_px");
    video.coded_width_px = small(from, "coded_width_px");
    video.coded_height_px = small(from, "coded_height_px");
    video.sample_aspect_ratio = ratio(from, "sample_aspect_ratio");
    video.display_aspect_ratio = ratio(from, "display_aspect_ratio");
    video.frame_rate = ratio(from, "frame_rate");
    video.constant_frame_rate = flag(from, "constant_frame_rate");
    video.frames = whole(from, "frames");
    video.scan = text(from, "scan");
    video.pixel_format = text(from, "pixel_format");
    video.color_range = text(from, "color_range");
    video.color_space = text(from, "color_space");
    video.bitrate_kbps = whole(from, "bitrate_kbps");
    return video;
}

std::optional<MediaFacts> read_media(const Json& document) {
    const Json* const container = part(document, "container");
    const Json* const video = part(document, "video");
    const Json* const audio = part(document, "audio");
    if (!container && !video && !audio) return std::nullopt;
    MediaFacts media;
    if (container) {
        media.container = text(*container, "format");
        media.major_brand = text(*container, "brand");
        media.moov_first = flag(*container, "moov_first");
        media.size_bytes = whole(*container, "size_bytes");
    }
    if (video) media.video = read_video(*video);
    if (audio) {
        media.audio.emplace();
        media.audio->codec = text(*audio, "codec");
        media.audio->sample_rate_hz = small(*audio, "sample_rate_hz");
        media.audio->channels = small(*audio, "channels");
    }
    return media;
}

FindingStatus read_status(const std::string& id) {
    for (const auto status : {FindingStatus::Pass, FindingStatus::Confirm, FindingStatus::Unmeasured,
                              FindingStatus::Warn, FindingStatus::Fail}) {
        if (id == status_id(status)) return status;
    }
    return FindingStatus::Unmeasured;
}

/// `said`: id and fields, which any language can put into words; else the sentence as it was written.
Message read_message(const Json& finding, const char* key) {
    Message message;
    if (const Json* const said = part(finding, "said")) {
        for (const Json& one : list(*said, key)) {
            if (!one.is_string()) return {text(finding, key), {}};
            if (message.id.empty())
                message.id = one.get<std::string>();
            else
                message.args.push_back(one.get<std::string>());
        }
    }
    return message.empty() ? Message{text(finding, key), {}} : message;
}

Finding read_finding(const Json& from) {
    Finding finding;
    finding.clause = text(from, "clause");
    finding.check = text(from, "check");
    finding.status = read_status(text(from, "status"));
    finding.value = text(from, "value");
    finding.limit = text(from, "limit");
    for (const Json& pair : list(from, "spans_s")) {
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number() || !pair[1].is_number()) continue;
        finding.spans.push_back(
            {std::clamp(pair[0].get<double>(), 0.0, longest_s), std::clamp(pair[1].get<double>(), 0.0, longest_s)});
    }
    finding.message = read_message(from, "message");
    finding.advice = read_message(from, "advice");
    if (const Json* const evidence = part(from, "evidence")) {
        if (number(*evidence, "at_s")) finding.worst_s = seconds(*evidence, "at_s");
        finding.still = text(*evidence, "still");
        finding.bite = text(*evidence, "sound");
    }
    return finding;
}

std::vector<MeasureSummary> read_measures(const Json& document) {
    std::vector<MeasureSummary> all;
    const Json* const measures = part(document, "measures");
    if (!measures || !measures->is_object()) return all;
    for (const auto& [id, values] : measures->items()) {
        const MeasureInfo* const about = find_measure(id);
        if (!about) continue;
        all.push_back({about->measure, number(values, "value"), number(values, "median"), number(values, "p05"),
                       number(values, "p95")});
    }
    return all;
}

void read_slate(const Json& document, Slate& slate) {
    const Json* const stored = part(document, "slate");
    if (!stored) return;
    slate.school = text(*stored, "school");
    slate.guest = text(*stored, "guest");
    slate.office = text(*stored, "office");
    slate.host = text(*stored, "host");
    slate.place = text(*stored, "place");
    for (const Json& clause : list(*stored, "confirmed")) {
        if (clause.is_string()) slate.confirmed_clauses.push_back(clause.get<std::string>());
    }
}

std::vector<Mark> read_marks(const Json& document) {
    std::vector<Mark> marks;
    for (const Json& each : list(document, "marks")) {
        const int topic = small(each, "topic");
        const auto kind = topic > 0 ? MarkKind::Topic : mark_kind(text(each, "kind"));
        if (!number(each, "at_s") || !kind || (topic <= 0 && *kind == MarkKind::Topic)) continue;
        marks.push_back({seconds(each, "at_s"), *kind, topic, small(each, "character")});
    }
    std::ranges::stable_sort(marks, {}, &Mark::at_s);
    return marks;
}

StoredReport read_document(const Json& document, const fs::path& file) {
    StoredReport stored;
    stored.state = ReportState::Whole;
    const std::string verdict = text(document, "verdict");
    for (const auto status : {VerdictStatus::Pass, VerdictStatus::Warn, VerdictStatus::Fail}) {
        if (verdict == status_id(status)) stored.verdict = status;
    }
    TakeReport& report = stored.report;
    report.verdict.status = stored.verdict.value_or(VerdictStatus::Warn);
    report.preset = text(document, "preset");
    report.take = small(document, "take");
    report.file = text(document, "file");
    report.sha256 = text(document, "sha256");
    report.started_at = text(document, "started_at");
    report.duration_s = seconds(document, "duration_s");
    read_slate(document, report.slate);
    report.media = read_media(document);
    if (const Json* const encoder = part(document, "encoder")) {
        report.encoder = EncoderChoice{text(*encoder, "name"), text(*encoder, "speed")};
        report.encoder_chosen = text(*encoder, "chosen");
    }
    report.losses = stored_losses(file);
    report.measures = read_measures(document);
    for (const Json& finding : list(document, "findings")) report.verdict.findings.push_back(read_finding(finding));
    for (const Json& clause : list(document, "left_to_delivery")) {
        if (clause.is_string()) report.verdict.left_to_delivery.push_back(clause.get<std::string>());
    }
    report.problem = Message{text(document, "problem"), {}};
    report.marks = read_marks(document);
    stored.rating = parse_rating(text(document, "rating")).value_or(Rating::None);
    stored.note = text(document, "note");
    return stored;
}

/// The document, when the file is a take's report of this kind; else what there is instead.
std::pair<Json, StoredReport> open_report(const fs::path& file) {
    StoredReport none;
    const auto instead = [&](ReportState state, Message problem) {
        none.state = state;
        none.problem = std::move(problem);
        return std::pair(Json(), std::move(none));
    };
    std::error_code failure;
    const fs::file_status status = fs::status(file, failure);
    if (!fs::exists(status)) return instead(ReportState::Missing, say("The report is missing."));
    std::ifstream stream;
    if (fs::is_regular_file(status)) stream.open(file, std::ios::binary);
    if (!stream.is_open()) return instead(ReportState::Unreadable, say("The report can't be read."));
    const auto bytes = fs::file_size(file, failure);
    if (failure || bytes > most_bytes) return instead(ReportState::Foreign, say("This is no report of a take."));
    bool too_deep = false;
    const auto watch_depth = [&](int depth, Json::parse_event_t, Json&) { return !(too_deep |= depth > deepest); };
    Json document = Json::parse(stream, watch_depth, false);
    if (stream.bad()) return instead(ReportState::Unreadable, say("The report can't be read."));
    if (too_deep) return instead(ReportState::Foreign, say("This is no report of a take."));
    if (document.is_discarded()) {
        return instead(ReportState::Broken, say("The report is damaged: it was not written to its end."));
    }
    if (text(document, "schema") != "changji.take/1") {
        return instead(ReportState::Foreign, say("This is no report of a take."));
    }
    return {std::move(document), StoredReport()};
}

/// The document between reading and writing is nobody else's.
template <typename Change>
Status rewrite(const TakeFiles& files, Change change) {
    std::error_code ignored;
    std::vector<TakeLock> locks;
    for (const fs::path& media : {files.part, files.video}) {
        if (!fs::exists(media, ignored)) continue;
        auto lock = TakeLock::acquire_within(500ms, media);
        if (!lock) return lock.error();
        locks.push_back(*std::move(lock));
    }
    auto [document, instead] = open_report(files.report);
    if (!document.is_object()) return Error{ErrorKind::InvalidConfig, instead.problem};
    change(document);
    return write_file_atomically(files.report, document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void toggle_topic(Json& document, const Mark& topic) {
    Json::array_t marks = list(document, "marks");
    const auto is_it = [&](const Json& each) { return small(each, "topic") == topic.topic; };
    if (std::erase_if(marks, is_it) == 0) {
        const auto later =
            std::ranges::find_if(marks, [&](const Json& each) { return seconds(each, "at_s") > topic.at_s; });
        marks.insert(later, Json{{"at_s", std::round(topic.at_s * 100.0) / 100.0}, {"topic", topic.topic}});
    }
    document["marks"] = std::move(marks);
}

}  // namespace

std::string_view rating_id(Rating rating) {
    const auto found = std::ranges::find(rating_ids, rating, [](const auto& entry) { return entry.second; });
    return found == rating_ids.end() ? std::string_view() : found->first;
}

std::optional<Rating> parse_rating(std::string_view id) {
    const auto found = std::ranges::find(rating_ids, id, [](const auto& entry) { return entry.first; });
    return found == rating_ids.end() ? std::nullopt : std::optional(found->second);
}

StoredReport read_report(const fs::path& report_file) {
    auto [document, instead] = open_report(report_file);
    return document.is_object() ? read_document(document, report_file) : std::move(instead);
}

std::string with_remarks_of(const fs::path& report_file, std::string report_json) {
    const StoredReport earlier = read_report(report_file);
    if (earlier.rating == Rating::None && earlier.note.empty()) return report_json;
    Json document = Json::parse(report_json, nullptr, false);
    if (!document.is_object()) return report_json;
    document["rating"] = rating_id(earlier.rating);
    document["note"] = earlier.note;
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Status edit_report(const TakeFiles& files, const ReportEdit& edit) {
    return rewrite(files, [&](Json& document) {
        if (edit.rating) document["rating"] = rating_id(*edit.rating);
        if (edit.note) document["note"] = *edit.note;
    });
}

Status edit_crew_part(const TakeFiles& files, const CrewEdit& edit, const Preset& preset) {
    return rewrite(files, [&](Json& document) {
        if (edit.topic) toggle_topic(document, *edit.topic);
        StoredReport stored = read_document(document, files.report);
        Slate slate = stored.report.slate;
        if (edit.confirmed) slate.confirmed_clauses = *edit.confirmed;
        const TakeReport judged = signed_off(std::move(stored.report), preset, slate);
        const Json anew = Json::parse(take_report_json(judged));
        for (const char* key : {"verdict", "findings", "left_to_delivery"}) document[key] = anew[key];
        Json& written = document["slate"];
        if (!written.is_object()) written = Json::object();
        written["confirmed"] = anew["slate"]["confirmed"];
    });
}

}  // namespace changji
