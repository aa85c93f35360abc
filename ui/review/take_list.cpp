#include "ui/review/take_list.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <string_view>

#include "ui/language/language.hpp"
#include "ui/review/html_text.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

std::string folded(std::string_view text) {
    std::string folded(text);
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return folded;
}

bool holds_every_word(const ListedTake& take, const std::string& search) {
    const TakeReport& report = take.stored.report;
    std::string all;
    for (const std::string* text : {&report.slate.school, &report.slate.guest, &report.slate.office, &report.slate.host,
                                    &report.slate.place, &take.stored.note, &report.started_at}) {
        all += folded(*text) + '\n';
    }
    all += take.files.video.filename().string();
    std::istringstream words(folded(search));
    return std::all_of(std::istream_iterator<std::string>(words), {},
                       [&](const std::string& word) { return all.find(word) != std::string::npos; });
}

std::string csv_cell(std::string_view cell) {
    std::string text(cell);
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        text.insert(text.begin(), '\'');
    }
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

}  // namespace

std::vector<ListedTake> filtered(const std::vector<ListedTake>& takes, const TakeFilter& filter) {
    std::vector<ListedTake> wanted;
    std::ranges::copy_if(takes, std::back_inserter(wanted), [&](const ListedTake& take) {
        return (!filter.verdict || (take.stored.verdict == filter.verdict && !take.unfinished)) &&
               (!filter.rating || take.stored.rating == *filter.rating) && holds_every_word(take, filter.search);
    });
    return wanted;
}

TakeTotals totals_of(const std::vector<ListedTake>& takes) {
    TakeTotals totals;
    for (const ListedTake& take : takes) {
        ++totals.takes;
        totals.duration_s += take.stored.report.duration_s;
        totals.size_bytes += take.size_bytes;
        if (take.stored.rating == Rating::Good) ++totals.good;
        if (!take.stored.verdict || take.unfinished) {
            ++totals.unjudged;
            continue;
        }
        switch (*take.stored.verdict) {
            case VerdictStatus::Pass: ++totals.pass; break;
            case VerdictStatus::Warn: ++totals.warn; break;
            case VerdictStatus::Fail: ++totals.fail; break;
        }
    }
    return totals;
}

std::string totals_text(const TakeTotals& totals) {
    const auto text = [](int count) { return std::to_string(count); };
    return fill_fields(
        tr("Takes: {0}, {1} long, {2} MB. Pass: {3}, warn: {4}, fail: {5}, without verdict: {6}. Rated good: {7}."),
        {text(totals.takes), clock_text(totals.duration_s),
         number_text(static_cast<double>(totals.size_bytes) / 1e6, 1), text(totals.pass), text(totals.warn),
         text(totals.fail), text(totals.unjudged), text(totals.good)});
}

Message problem_of(const ListedTake& take) {
    if (take.unfinished) return say("Not finished yet.");
    if (take.stored.state != ReportState::Whole) return take.stored.problem;
    return take.stored.verdict ? Message{} : say("This report holds no verdict.");
}

const char* rating_label(Rating rating) {
    switch (rating) {
        case Rating::Good: return tr("good");
        case Rating::Reserve: return tr("reserve");
        case Rating::No: return tr("no");
        case Rating::None: break;
    }
    return "";
}

std::string takes_csv(const std::vector<ListedTake>& takes) {
    std::string csv =
        "\xEF\xBB\xBFtake,verdict,rating,duration_s,started_at,school,guest,office,host,place,failures,warnings,size_"
        "bytes,file,sha256,note\r\n";
    for (const ListedTake& take : takes) {
        const TakeReport& report = take.stored.report;
        const auto count = [&](FindingStatus status) {
            return std::to_string(std::ranges::count(report.verdict.findings, status, &Finding::status));
        };
        const std::string verdict(take.stored.verdict && !take.unfinished ? status_id(*take.stored.verdict) : "");
        std::string line;
        for (const std::string& cell :
             {std::to_string(take.files.number), verdict, std::string(rating_id(take.stored.rating)),
              number_text(report.duration_s, 3), report.started_at, report.slate.school, report.slate.guest,
              report.slate.office, report.slate.host, report.slate.place, count(FindingStatus::Fail),
              count(FindingStatus::Warn), std::to_string(take.size_bytes), report.file, report.sha256,
              take.stored.note}) {
            line += (line.empty() ? "" : ",") + csv_cell(cell);
        }
        csv += line + "\r\n";
    }
    return csv;
}

}  // namespace changji
