#include "ui/check/check_lines.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "ui/language/language.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* schema = "changji.check/1";

const char* id_of(RepairBy by) { return by == RepairBy::Copying ? "copying" : "encoding"; }

std::string on_one_line(const Json& document) { return document.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json steps_json(const RepairPlan& plan) {
    Json steps = Json::array();
    for (const RepairStep& step : plan.steps)
        steps.push_back({{"check", step.check}, {"by", id_of(step.by)}, {"what", tr(step.what)}});
    return steps;
}

Json outcome_json(const RepairOutcome& repaired) {
    Json one = {{"file", repaired.file.string()}};
    if (!repaired.problem.empty()) {
        one["problem"] = tr(repaired.problem);
        return one;
    }
    one["by"] = id_of(repaired.encoded ? RepairBy::Encoding : RepairBy::Copying);
    if (!repaired.after) return one;
    one["verdict"] = status_id(repaired.after->verdict.status);
    Json left = Json::array();
    for (const Finding& finding : repaired.after->verdict.findings) {
        if (finding.status == FindingStatus::Fail) left.push_back(finding.check);
    }
    one["still_fails"] = std::move(left);
    return one;
}

Error no_journal(const fs::path& path) {
    return {ErrorKind::InvalidConfig,
            say("{0} is no journal of a check, and nothing is written into it: name another file.", path.string())};
}

}  // namespace

std::string check_line(const FileCheck& check, const Preset& preset, const FileStamp& stamp, const std::string& basis,
                       const std::optional<RepairOutcome>& repaired) {
    Json line = {{"schema", schema},
                 {"preset", preset.id},
                 {"basis", basis},
                 {"size_bytes", stamp.size_bytes},
                 {"modified_ns", stamp.modified_ns}};
    Json file = Json::parse(checked_file_json(check.checked));
    for (Json& finding : file["findings"]) {
        if (finding["status"] == "pass") continue;
        if (const RepairStep* step = check.repair.step_for(finding["check"].get<std::string>()))
            finding["repair"] = id_of(step->by);
    }
    line.update(file);
    if (!check.repair.steps.empty()) line["repairs"] = steps_json(check.repair);
    if (!check.repair.hindrance.empty()) line["not_repairable"] = tr(check.repair.hindrance);
    if (repaired) line["repaired"] = outcome_json(*repaired);
    return on_one_line(line);
}

std::string check_document_head(const Preset& preset) {
    return "{\n  \"schema\": " + Json(schema).dump() + ",\n  \"preset\": " + Json(preset.id).dump() +
           ",\n  \"files\": [\n";
}

std::string check_document_element(const std::string& line) {
    Json file = Json::parse(line);
    for (const char* of_streams_only : {"schema", "preset", "basis"}) file.erase(of_streams_only);
    return file.dump(2);
}

std::string check_document_tail(const LeftOut& left_out) {
    Json all = Json::array();
    for (const auto& [path, reason] : left_out) all.push_back({{"path", path.string()}, {"reason", tr(reason)}});
    return "\n  ],\n  \"left_out\": " + on_one_line(all) + "\n}\n";
}

Result<CheckJournal> CheckJournal::open(const fs::path& path) {
    CheckJournal journal;
    journal.path_ = path;
    std::ifstream stream(path, std::ios::binary);
    std::int64_t whole_bytes = 0;
    std::string text;
    while (std::getline(stream, text) && !stream.eof()) {
        const Json line = Json::parse(text, nullptr, false);
        const auto has = [&](const char* key, bool (Json::*is)() const noexcept) {
            return line.is_object() && line.contains(key) && (line[key].*is)();
        };
        const bool ours = has("schema", &Json::is_string) && line["schema"] == schema &&
                          has("file", &Json::is_string) && has("basis", &Json::is_string) &&
                          has("size_bytes", &Json::is_number_integer) && has("modified_ns", &Json::is_number_integer);
        if (!ours) return no_journal(path);
        journal.places_[line["file"].get<std::string>()] = {
            {line["size_bytes"].get<std::int64_t>(), line["modified_ns"].get<std::int64_t>()},
            line["basis"].get<std::string>(),
            whole_bytes};
        whole_bytes += static_cast<std::int64_t>(text.size()) + 1;
    }
    // A run that was killed while writing leaves the beginning of a line.
    constexpr std::string_view beginning = R"({"schema":"changji.check/1")";
    if (whole_bytes == 0 &&
        !std::string_view(text).substr(0, beginning.size()).starts_with(beginning.substr(0, text.size())))
        return no_journal(path);
    stream.close();
    std::error_code failure;
    if (fs::exists(path, failure)) fs::resize_file(path, static_cast<std::uintmax_t>(whole_bytes), failure);
    if (failure || !std::ofstream(path, std::ios::app)) {
        return Error{ErrorKind::Io, say("The journal {0} can't be written: name another file.", path.string())};
    }
    return journal;
}

std::optional<std::string> CheckJournal::find(const std::string& file, const FileStamp& stamp,
                                              const std::string& basis) const {
    const auto place = places_.find(file);
    if (place == places_.end() || place->second.basis != basis || !(place->second.stamp == stamp)) return std::nullopt;
    std::ifstream stream(path_, std::ios::binary);
    std::string line;
    if (!stream.seekg(place->second.offset) || !std::getline(stream, line)) return std::nullopt;
    return line;
}

Status CheckJournal::append(const std::string& line) {
    std::ofstream stream(path_, std::ios::app | std::ios::binary);
    stream << line << '\n' << std::flush;
    if (stream) return {};
    return Error{ErrorKind::Io, say("The journal {0} can't be written: name another file.", path_.string())};
}

}  // namespace changji
