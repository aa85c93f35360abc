#include "ui/check/calibration_report.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "ui/language/language.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

using Json = nlohmann::ordered_json;

const char* id_of(CalibrationOutcome outcome) {
    switch (outcome) {
        case CalibrationOutcome::Unmeasured: return "unmeasured";
        case CalibrationOutcome::NotSeparating: return "not_separating";
        case CalibrationOutcome::AgainstPreset: return "against_preset";
        case CalibrationOutcome::TooFew: return "too_few";
        case CalibrationOutcome::Proposed: return "proposed";
    }
    return "";
}

const char* id_of(GoodWhen when) {
    switch (when) {
        case GoodWhen::Higher: return "higher";
        case GoodWhen::Lower: return "lower";
        case GoodWhen::Within: return "within";
    }
    return "";
}

bool has_proposal(const MeasureCalibration& one) {
    return one.outcome == CalibrationOutcome::Proposed || one.outcome == CalibrationOutcome::TooFew;
}

using Bound = std::pair<const char*, std::optional<double>>;
std::array<Bound, 5> bounds_of(const MeterLimit& limit) {
    return {Bound{"pass_min", limit.pass_min},
            {"pass_max", limit.pass_max},
            {"warn_min", limit.warn_min},
            {"warn_max", limit.warn_max},
            {"reference_min", limit.reference_min}};
}

Json counts_json(const StatusCounts& counts) {
    return {{"pass", counts.pass}, {"warn", counts.warn}, {"fail", counts.fail}};
}

Json limit_json(const MeterLimit& limit, const ConfusionTable& table) {
    Json document;
    for (const auto& [key, value] : bounds_of(limit)) {
        if (value) document[key] = *value;
    }
    document["provisional"] = limit.provisional;
    document["good"] = counts_json(table.good);
    document["bad"] = counts_json(table.bad);
    return document;
}

Json measure_json(const MeasureCalibration& one) {
    Json document = {{"measure", one.present.measure},
                     {"outcome", id_of(one.outcome)},
                     {"good", {{"measured", one.good}, {"unmeasured", one.good_missing}}},
                     {"bad", {{"measured", one.bad}, {"unmeasured", one.bad_missing}}}};
    if (one.outcome != CalibrationOutcome::Unmeasured) {
        document["good_when"] = id_of(one.good_when);
        document["auc"] = one.auc;
        document["p_value"] = one.p_value;
    }
    if (one.spearman) document["spearman"] = *one.spearman;
    document["present"] = limit_json(one.present, one.at_present);
    if (!has_proposal(one)) return document;
    document["proposed"] = limit_json(one.proposed, one.at_proposed);
    document["youden_j"] = one.youden_j;
    document["right"] = one.right;
    document["right_left_out"] = one.right_left_out;
    if (const Message objection = objection_to(one); !objection.empty()) document["objection"] = tr(objection);
    return document;
}

Json file_json(const CalibrationReport::Measured& measured) {
    Json document = {{"file", measured.file}, {"sorted", measured.sample.good ? "good" : "bad"}};
    if (measured.sample.rating) document["rating"] = *measured.sample.rating;
    Json readings = Json::object();
    for (const MeasureInfo& measure : all_measures()) {
        if (const auto value = measured.sample.readings[measure.measure]) readings[std::string(measure.id)] = *value;
    }
    document["measures"] = std::move(readings);
    return document;
}

std::string number(double value) {
    std::array<char, 32> digits;
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

/// JSON's quotation is TOML's.
std::string quoted(const std::string& text) { return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string comment(const std::string& text) {
    std::string line = "# " + text;
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return line + '\n';
}

std::string source_of(const CalibrationReport& report, const MeasureCalibration& one) {
    std::array<char, 8> auc{};
    std::snprintf(auc.data(), auc.size(), "%.2f", one.auc);
    return fill_fields(
        tr("changji calibrate, {0}: {1} good and {2} bad files, AUC {3}; each judged by the others: {4} of "
           "{5} right"),
        {report.made_at.substr(0, 10), std::to_string(one.good), std::to_string(one.bad), auc.data(),
         std::to_string(one.right_left_out), std::to_string(one.good + one.bad)});
}

std::string meter_table(const CalibrationReport& report, const MeasureCalibration& one) {
    const Message objection = objection_to(one);
    const std::string before = objection.empty() ? "" : "# ";
    const MeterLimit& limit = one.proposed;
    std::string table = '\n' + comment(name_for_check(limit.measure));
    if (!objection.empty()) table += comment(tr(objection));
    table += before + "[[meter]]\n";
    table += before + "measure = " + quoted(limit.measure) + '\n';
    table += before + "clause = " + quoted(limit.clause) + '\n';
    for (const auto& [key, value] : bounds_of(limit)) {
        if (value) table += before + key + " = " + number(*value) + '\n';
    }
    table += before + "severity = " + (limit.severity == Severity::Advises ? "\"advises\"" : "\"fails\"") + '\n';
    if (limit.provisional) table += before + "provisional = true\n";
    return table + before + "source = " + quoted(source_of(report, one)) + '\n';
}

}  // namespace

int CalibrationReport::good() const {
    return static_cast<int>(
        std::count_if(files.begin(), files.end(), [](const Measured& one) { return one.sample.good; }));
}

int CalibrationReport::bad() const { return static_cast<int>(files.size()) - good(); }

Message objection_to(const MeasureCalibration& one) {
    if (one.outcome == CalibrationOutcome::TooFew) {
        return say("Too few files to replace a limit: that takes {0} good and {0} bad ones, and here are {1} and {2}.",
                   std::to_string(fewest_for_a_limit), std::to_string(one.good), std::to_string(one.bad));
    }
    if (!one.present.provisional) {
        return say("The present limit is not provisional ({0}): replace it only if these files weigh more.",
                   one.present.source);
    }
    return {};
}

std::string calibration_json(const CalibrationReport& report) {
    Json document = {{"schema", "changji.calibration/1"},
                     {"folder", report.folder},
                     {"preset", report.preset},
                     {"made_at", report.made_at}};
    if (report.good_from) document["good_from"] = *report.good_from;
    document["good"] = report.good();
    document["bad"] = report.bad();
    document["tried"] = report.calibration.tried;
    Json measures = Json::array(), files = Json::array(), skipped = Json::array();
    for (const auto& one : report.calibration.measures) measures.push_back(measure_json(one));
    for (const auto& one : report.files) files.push_back(file_json(one));
    for (const auto& one : report.skipped) skipped.push_back({{"file", one.file}, {"reason", tr(one.reason)}});
    document["measures"] = std::move(measures);
    document["files"] = std::move(files);
    document["skipped"] = std::move(skipped);
    document["toml"] = calibration_toml(report);
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string calibration_toml(const CalibrationReport& report) {
    std::string toml = comment(
        fill_fields(tr("Made by changji calibrate on {0} from {1} good and {2} bad files, against "
                       "the limits of {3}."),
                    {report.made_at, std::to_string(report.good()), std::to_string(report.bad()), report.preset}));
    const auto& measures = report.calibration.measures;
    if (std::none_of(measures.begin(), measures.end(), has_proposal)) {
        return toml + comment(tr("No measure tells these files apart: there is nothing to replace."));
    }
    const auto ready = [](const MeasureCalibration& one) { return has_proposal(one) && objection_to(one).empty(); };
    toml += comment(std::any_of(measures.begin(), measures.end(), ready)
                        ? tr("In the preset, delete the [[meter]] tables of these measures and paste this.")
                        : tr("Nothing here is ready for a preset: each limit says why."));
    for (const MeasureCalibration& one : measures) {
        if (has_proposal(one)) toml += meter_table(report, one);
    }
    return toml;
}

}  // namespace changji
