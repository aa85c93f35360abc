#include "ui/check/check_overview.hpp"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "analysis/measures.hpp"
#include "ui/language/language.hpp"
#include "ui/project/report.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view first_line = "<!doctype html><!-- changji.check overview -->";

/// What the meeting compares, besides verdict, length and format.
constexpr Measure compared[] = {Measure::LightFaceLuma, Measure::BackgroundClutter, Measure::SoundLoudness,
                                Measure::SoundNoiseFloor, Measure::SoundSpeechToNoise};

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
            case '&': safe += "&amp;"; break;
            case '<': safe += "&lt;"; break;
            case '>': safe += "&gt;"; break;
            case '"': safe += "&quot;"; break;
            default: safe += letter;
        }
    }
    return safe;
}

/// A path as an address: what isn't a plain letter is written as %XX.
std::string address_of(const fs::path& path) {
    std::string address;
    for (const char letter : path.generic_string()) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte) != 0 || std::string_view("-._~/").find(letter) != std::string_view::npos) {
            address += letter;
        } else {
            char code[4];
            std::snprintf(code, sizeof code, "%%%02X", byte);
            address += code;
        }
    }
    return address;
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            group <<= 8;
            if (at + i < bytes.size()) group |= static_cast<unsigned char>(bytes[at + i]);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += at + i > bytes.size() ? '=' : digits[group >> (18 - 6 * i) & 63];
        }
    }
    return text;
}

std::string text_of(const Json& from, const char* key) {
    return from.is_object() && from.contains(key) && from[key].is_string() ? from[key].get<std::string>()
                                                                           : std::string();
}

std::optional<double> number_of(const Json& from, const char* key) {
    if (!from.is_object() || !from.contains(key) || !from[key].is_number()) return std::nullopt;
    return from[key].get<double>();
}

const Json& part_of(const Json& from, const char* key) {
    static const Json nothing = Json::object();
    return from.is_object() && from.contains(key) ? from[key] : nothing;
}

FindingStatus status_named(std::string_view id) {
    for (const auto status : {FindingStatus::Pass, FindingStatus::Confirm, FindingStatus::Warn, FindingStatus::Fail}) {
        if (status_id(status) == id) return status;
    }
    return FindingStatus::Unmeasured;
}

VerdictStatus verdict_named(std::string_view id) {
    return id == "pass" ? VerdictStatus::Pass : id == "warn" ? VerdictStatus::Warn : VerdictStatus::Fail;
}

std::string number_text(double value, int decimals) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string cell(std::string_view sorted_by, const std::string& content, bool number) {
    return std::string(number ? "<td class=n" : "<td") + " data-v=\"" + escaped(sorted_by) + "\">" + content + "</td>";
}

std::string rate_cell(const Json& video) {
    int num = 0, den = 0;
    if (std::sscanf(text_of(video, "frame_rate").c_str(), "%d/%d", &num, &den) != 2 || num <= 0 || den <= 0)
        return cell("", "", true);
    const double rate = static_cast<double>(num) / den;
    const std::string text = number_text(rate, den == 1 ? 0 : 2);
    return cell(text, text, true);
}

std::string size_cell(const Json& video) {
    const auto width = number_of(video, "width_px"), height = number_of(video, "height_px");
    if (!width || !height) return cell("", "", true);
    return cell(number_text(*width * *height, 0), number_text(*width, 0) + "×" + number_text(*height, 0), true);
}

std::string measure_cell(const Json& file, Measure measure) {
    const MeasureInfo& about = info(measure);
    const std::string id(about.id);
    const Json& reading = part_of(part_of(file, "measures"), id.c_str());
    const auto value = number_of(reading, "value") ? number_of(reading, "value") : number_of(reading, "median");
    if (!value) return cell("", "–", true);
    std::string status = "pass";
    for (const Json& finding : part_of(file, "findings")) {
        if (text_of(finding, "check") == id) status = text_of(finding, "status");
    }
    const std::string text = number_text(*value, about.decimals);
    return cell(text, "<span class=" + status + ">" + shape_for(status_named(status)) + " " + text + "</span>", true);
}

std::string findings_cell(const Json& file) {
    int failed = 0, others = 0;
    std::string list;
    for (const Json& finding : part_of(file, "findings")) {
        const std::string id = text_of(finding, "status");
        if (id == "pass") continue;
        const FindingStatus status = status_named(id);
        ++(status == FindingStatus::Fail ? failed : others);
        list += "<li><span class=" + escaped(id) + ">" + shape_for(status) + " " + escaped(word_for(status)) +
                "</span> " + escaped(name_for_check(text_of(finding, "check"))) + " " +
                escaped(text_of(finding, "value")) + "<br>" + escaped(text_of(finding, "message"));
        const std::string advice = text_of(finding, "advice");
        if (!advice.empty()) list += "<br><span class=todo>→ " + escaped(advice) + "</span>";
        list += "</li>";
    }
    const std::string summary =
        fill_fields(tr("{0} failed, {1} open"), {std::to_string(failed), std::to_string(others)});
    return cell(std::to_string(failed * 1000 + others),
                "<details><summary>" + escaped(summary) + "</summary><ul>" + list + "</ul></details>", false);
}

std::string head_row() {
    std::string row = "<tr><th class=plain scope=col>" + escaped(tr("Picture")) + "</th>";
    int column = 1;
    const auto add = [&](const std::string& name, const char* kind) {
        row += "<th scope=col data-column=" + std::to_string(column++) + " data-kind=" + kind +
               "><button type=button>" + escaped(name) + "</button></th>";
    };
    add(tr("File"), "text");
    add(tr("Verdict"), "number");
    add(tr("Length"), "number");
    add(tr("Size"), "number");
    add(tr("Frames/s"), "number");
    add(tr("Mbit/s"), "number");
    for (const Measure measure : compared) {
        const MeasureInfo& about = info(measure);
        std::string name = name_for_check(about.id);
        if (!about.unit.empty()) name += " [" + std::string(about.unit) + "]";
        add(name, "number");
    }
    add(tr("Findings"), "number");
    return row + "</tr>";
}

std::string filter_box(VerdictStatus status) {
    return "<label class=\"" + std::string(status_id(status)) +
           "\"><input type=checkbox checked value=" + std::string(status_id(status)) + "> " + shape_for(status) + " " +
           escaped(word_for(status)) + "</label>";
}

}  // namespace

CheckOverview::CheckOverview(fs::path path, fs::path temporary)
    : path_(std::move(path)), temporary_(std::move(temporary)), out_(temporary_, std::ios::binary) {}

CheckOverview::~CheckOverview() {
    out_.close();
    std::error_code ignored;
    if (!finished_) fs::remove(temporary_, ignored);
}

Result<std::unique_ptr<CheckOverview>> CheckOverview::open(const fs::path& path, const std::string& title) {
    std::error_code failure;
    if (fs::exists(fs::symlink_status(path, failure))) {
        std::ifstream there(path);
        std::string line;
        std::getline(there, line);
        if (line != first_line)
            return Error{ErrorKind::InvalidConfig,
                         say("{0} is there and is no overview of this program: name another file.", path.string())};
    }
    fs::path temporary = path;
    temporary += ".tmp";
    std::unique_ptr<CheckOverview> page(new CheckOverview(path, temporary));
    if (!page->out_) return Error{ErrorKind::Io, say("{0} can't be written: name another file.", path.string())};
    page->out_ << first_line << "\n<html lang=" << (language_in_use() == Language::Chinese ? "zh-CN" : "en")
               << "><head><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>"
               << escaped(title) << "</title><style>" << overview_style() << "</style></head><body><header><h1>"
               << escaped(title) << "</h1><div class=tools><input type=search aria-label=\"" << escaped(tr("Search"))
               << "\" placeholder=\"" << escaped(tr("Search")) << "\">" << filter_box(VerdictStatus::Pass)
               << filter_box(VerdictStatus::Warn) << filter_box(VerdictStatus::Fail)
               << "<output id=shown></output></div></header>\n<main><table><thead>" << head_row()
               << "</thead><tbody>\n";
    return page;
}

void CheckOverview::add(const std::string& line, const std::string& still_jpeg) {
    const Json file = Json::parse(line, nullptr, false);
    const fs::path path = text_of(file, "file");
    std::error_code failure;
    const fs::path folder = fs::absolute(path_, failure).parent_path();
    const fs::path linked = fs::absolute(path, failure).lexically_relative(folder);
    const std::string link = "<a href=\"" + address_of(linked.empty() ? path : linked) + "\">";
    const VerdictStatus verdict = verdict_named(text_of(file, "verdict"));
    ++counts_.at(static_cast<std::size_t>(verdict));
    const Json& video = part_of(file, "video");
    const auto length = number_of(file, "duration_s"), kbps = number_of(video, "bitrate_kbps");
    const std::string id(status_id(verdict));

    out_ << "<tr data-verdict=" << id << "><td>" << link
         << (still_jpeg.empty()
                 ? "<div class=none>" + escaped(tr("No picture")) + "</div>"
                 : "<img loading=lazy alt=\"\" src=\"data:image/jpeg;base64," + base64(still_jpeg) + "\">")
         << "</a></td>"
         << cell(path.filename().string(),
                 link + "<span class=name>" + escaped(path.filename().string()) + "</span></a><div class=folder>" +
                     escaped(path.parent_path().string()) + "</div>",
                 false)
         << cell(std::to_string(static_cast<int>(verdict)),
                 "<span class=\"verdict " + id + "\">" + shape_for(verdict) + " " + escaped(word_for(verdict)) +
                     "</span>",
                 false)
         << (length ? cell(number_text(*length, 3), clock_text(*length), true) : cell("", "", true)) << size_cell(video)
         << rate_cell(video)
         << (kbps ? cell(number_text(*kbps / 1000.0, 3), number_text(*kbps / 1000.0, 1), true) : cell("", "", true));
    for (const Measure measure : compared) out_ << measure_cell(file, measure);
    out_ << findings_cell(file) << "</tr>\n";
}

Status CheckOverview::finish() {
    const auto count = [&](VerdictStatus status) {
        return std::to_string(counts_.at(static_cast<std::size_t>(status)));
    };
    out_ << "</tbody></table></main><footer>"
         << escaped(fill_fields(
                tr("{0} pass, {1} with open points, {2} fail. Made {3}."),
                {count(VerdictStatus::Pass), count(VerdictStatus::Warn), count(VerdictStatus::Fail), wall_time()}))
         << "</footer><script>" << overview_script() << "</script></body></html>\n";
    out_.close();
    if (!out_) return Error{ErrorKind::Io, say("{0} can't be written: name another file.", path_.string())};
    std::error_code failure;
    fs::rename(temporary_, path_, failure);
    if (failure) return Error{ErrorKind::Io, say("{0} can't be written: name another file.", path_.string())};
    finished_ = true;
    return {};
}

}  // namespace changji
