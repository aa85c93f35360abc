#include "ui/review/html_report.hpp"

#include <algorithm>

#include "analysis/meter_timeline.hpp"
#include "ui/language/language.hpp"
#include "ui/review/html_text.hpp"
#include "ui/review/svg_chart.hpp"
#include "ui/review/take_list.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr int chart_columns = 296;

std::string element(const char* tag, const std::string& content, const std::string& name = {}) {
    return std::string("<") + tag + (name.empty() ? "" : " class=\"" + name + "\"") + ">" + content + "</" + tag + ">";
}
std::string heading(const char* words) { return element("h2", html_escaped(words)) + "\n"; }

template <typename Status>
std::string state(Status status) {
    return element("span", std::string(shape_for(status)) + " " + html_escaped(word_for(status)),
                   "state " + std::string(status_id(status)));
}

std::string row(const char* name, const std::string& content) {
    return "<tr><td>" + html_escaped(name) + "</td><td>" + content + "</td></tr>\n";
}
/// Nothing where nothing was typed.
std::string typed_row(const char* name, const std::string& typed) {
    return typed.empty() ? std::string() : row(name, html_typed(typed));
}

std::string stretches_text(const std::vector<Stretch>& spans) {
    constexpr std::size_t most = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, spans.size()); ++i) {
        if (i > 0) text += tr(", ");
        const std::string from = clock_text(spans[i].from_s), to = clock_text(spans[i].to_s);
        text += from == to ? from : from + "–" + to;
    }
    if (spans.size() <= most) return text;
    return fill_fields(tr("{0} and {1} more"), {text, std::to_string(spans.size() - most)});
}

std::string value_and_limit(const Finding& finding) {
    if (finding.value.empty() || finding.limit.empty()) return finding.value;
    return fill_fields(tr("{0} (limit {1})"), {finding.value, finding.limit});
}

std::string verdict_banner(const StoredReport& stored) {
    if (!stored.verdict) return element("p", html_escaped(tr("This report holds no verdict.")));
    const VerdictStatus status = *stored.verdict;
    return "<div class=\"verdict " + std::string(status_id(status)) + "\"><span class=\"shape\">" + shape_for(status) +
           "</span><div><b>" + html_escaped(word_for(status)) + "</b>" + html_escaped(sentence_for(status)) +
           "</div></div>\n";
}

std::string slate_table(const StoredReport& stored) {
    const TakeReport& report = stored.report;
    std::string rows;
    rows += typed_row(tr("School"), report.slate.school);
    rows += typed_row(tr("Guest"), report.slate.guest);
    rows += typed_row(tr("Office"), report.slate.office);
    rows += typed_row(tr("Host"), report.slate.host);
    rows += typed_row(tr("Place"), report.slate.place);
    rows += typed_row(tr("Recorded"), report.started_at);
    rows += row(tr("Length"), clock_text(report.duration_s));
    if (stored.rating != Rating::None) rows += row(tr("Rating"), html_escaped(rating_label(stored.rating)));
    rows += typed_row(tr("Note"), stored.note);
    if (!report.problem.empty()) rows += row(tr("Problem"), html_escaped(tr(report.problem)));
    return element("table", rows, "facts") + "\n";
}

std::string evidence_of(const Finding& finding, const ReviewedTake& take) {
    std::string shown;
    if (const auto still = take.evidence.find(finding.still); still != take.evidence.end()) {
        shown += "<img alt=\"" + html_escaped(name_for_check(finding.check)) + "\" src=\"" +
                 data_uri("image/png", still->second) + "\">";
    }
    if (const auto bite = take.evidence.find(finding.bite); bite != take.evidence.end()) {
        shown += "<audio controls preload=\"none\" src=\"" + data_uri("audio/wav", bite->second) + "\"></audio>";
    }
    return shown;
}

std::string card(const Finding& finding, const ReviewedTake& take) {
    std::string content = "<header><span>" + html_escaped(name_for_check(finding.check)) + "</span>" +
                          state(finding.status) + "</header>";
    const std::string value = value_and_limit(finding);
    if (!value.empty()) content += element("p", html_typed(value));
    content += element("p", html_escaped(tr(finding.message)));
    if (!finding.advice.empty()) content += element("p", html_escaped(tr(finding.advice)), "advice");
    if (!finding.spans.empty()) content += element("p", html_escaped(stretches_text(finding.spans)), "faint");
    return element("section", content + evidence_of(finding, take), "card " + std::string(status_id(finding.status))) +
           "\n";
}

/// The worst first, then in the report's order.
std::string open_points(const ReviewedTake& take) {
    std::vector<const Finding*> open;
    for (const Finding& finding : take.stored.report.verdict.findings) {
        if (finding.status != FindingStatus::Pass) open.push_back(&finding);
    }
    if (open.empty()) return {};
    std::ranges::stable_sort(open, std::ranges::greater{}, &Finding::status);
    std::string cards;
    for (const Finding* finding : open) cards += card(*finding, take);
    return heading(tr("What is open")) + element("div", "\n" + cards, "cards") + "\n";
}

std::string clauses_table(const StoredReport& stored, const Preset* preset) {
    const auto& findings = stored.report.verdict.findings;
    std::vector<std::string> clauses;
    for (const Finding& finding : findings) {
        if (std::ranges::find(clauses, finding.clause) == clauses.end()) clauses.push_back(finding.clause);
    }
    std::string rows;
    for (const std::string& clause : clauses) {
        const Clause* const known = preset ? preset->find_clause(clause) : nullptr;
        rows += "<tr class=\"clause\"><td colspan=\"4\"><b>" + html_typed(clause) + "</b> " +
                html_escaped(known ? known->text : std::string()) + "</td></tr>\n";
        for (const Finding& finding : findings) {
            if (finding.clause != clause) continue;
            rows += "<tr><td>" + state(finding.status) + "</td><td>" + html_escaped(name_for_check(finding.check)) +
                    "</td><td>" + html_typed(value_and_limit(finding)) + "</td><td>" +
                    html_escaped(tr(finding.message)) + "</td></tr>\n";
        }
    }
    if (rows.empty()) return {};
    const std::string head = "<thead><tr><th>" + html_escaped(tr("State")) + "</th><th>" + html_escaped(tr("Check")) +
                             "</th><th>" + html_escaped(tr("Value")) + "</th><th>" + html_escaped(tr("Finding")) +
                             "</th></tr></thead>\n";
    std::string table = heading(tr("Clause by clause")) + element("table", head + rows) + "\n";
    if (!stored.report.verdict.left_to_delivery.empty()) {
        std::string left;
        for (const std::string& clause : stored.report.verdict.left_to_delivery) {
            left += (left.empty() ? "" : tr(", ")) + clause;
        }
        table +=
            element("p", html_escaped(fill_fields(tr("Judged with the delivery, not here: {0}"), {left})), "faint") +
            "\n";
    }
    return table;
}

std::string sign_of(const Mark& mark) {
    switch (mark.kind) {
        case MarkKind::Topic: return std::to_string(mark.topic);
        case MarkKind::Good: return "+";
        case MarkKind::Bad: return "−";
        case MarkKind::Script: break;
    }
    return "·";
}

std::vector<ChartMark> chart_marks(const std::vector<Mark>& marks) {
    std::vector<ChartMark> all;
    all.reserve(marks.size());
    for (const Mark& mark : marks) all.push_back({mark.at_s, sign_of(mark)});
    return all;
}

/// "median 58.1 %, mostly 55.0 to 61.0 %", or the one value that holds for the take.
std::string summary_text(const MeasureSummary& summary) {
    const auto shown = [&](double value) { return value_text(summary.measure, value); };
    if (summary.value) return shown(*summary.value);
    if (!summary.median) return {};
    if (!summary.p05 || !summary.p95) return shown(*summary.median);
    return fill_fields(tr("median {0}, mostly {1} to {2}"),
                       {shown(*summary.median), shown(*summary.p05), shown(*summary.p95)});
}

/// What the preset limits; without a preset everything that was measured.
std::string charts(const ReviewedTake& take, const Preset* preset) {
    const MeterTimeline timeline(take.log);
    const double duration_s = std::max(take.stored.report.duration_s, timeline.end_s());
    const std::vector<MeasureSummary> summaries = take.log.summarise();
    std::string figures;
    for (const MeasureInfo& measure : all_measures()) {
        const MeterLimit* const limit = preset ? preset->find_meter(measure.id) : nullptr;
        if (!timeline.has(measure.measure) || (preset && !limit)) continue;
        Chart chart;
        chart.title = name_for_check(measure.id);
        chart.duration_s = duration_s;
        chart.columns = timeline.columns(measure.measure, 0.0, duration_s, chart_columns);
        chart.decimals = measure.decimals;
        if (limit) chart.limit = *limit;
        chart.marks = chart_marks(take.stored.report.marks);
        std::string status;
        for (const Finding& finding : take.stored.report.verdict.findings) {
            if (finding.check != measure.id) continue;
            chart.status = finding.status;
            chart.spans = finding.spans;
            status = element("span", shape_for(finding.status), std::string(status_id(finding.status))) + " ";
        }
        std::string summary;
        for (const MeasureSummary& one : summaries) {
            if (one.measure == measure.measure) summary = summary_text(one);
        }
        figures += "<figure><figcaption><b>" + status + html_escaped(chart.title) + "</b><span class=\"faint\">" +
                   html_escaped(summary) + "</span></figcaption>" + svg_chart(chart) + "</figure>\n";
    }
    if (figures.empty()) return {};
    return heading(tr("The meters over time")) +
           element(
               "p",
               html_escaped(tr("Between the solid lines a value passes, between the dashed ones it warns. Bars below "
                               "a chart are the stretches of a finding.")),
               "faint") +
           element("div", "\n" + figures, "charts") + "\n";
}

std::string words_of(const Mark& mark, const Preset* preset) {
    switch (mark.kind) {
        case MarkKind::Topic: break;
        case MarkKind::Good: return tr("A good moment");
        case MarkKind::Bad: return tr("A bad moment");
        case MarkKind::Script: return tr("The next question of the script");
    }
    const std::string number = std::to_string(mark.topic);
    if (preset && preset->topics) {
        const auto& topics = preset->topics->topics;
        const auto topic = std::ranges::find(topics, mark.topic, &Topic::number);
        if (topic != topics.end()) return fill_fields(tr("Topic {0}: {1}"), {number, topic->text});
    }
    return fill_fields(tr("Topic {0}"), {number});
}

std::string marks_table(const StoredReport& stored, const Preset* preset) {
    std::string rows;
    for (const Mark& mark : stored.report.marks) {
        rows += "<tr><td class=\"number\">" + clock_text(mark.at_s) + "</td><td>" +
                html_escaped(words_of(mark, preset)) + "</td></tr>\n";
    }
    return rows.empty() ? rows : heading(tr("Marks and topics")) + element("table", rows) + "\n";
}

std::string losses_table(const Losses& losses) {
    const auto count = [](std::int64_t number) { return std::to_string(number); };
    std::string rows;
    rows += row(tr("Frames from the camera"), count(losses.frames_captured));
    rows += row(tr("Repeated frames"), count(losses.frames_repeated));
    rows += row(tr("Dropped frames"), count(losses.frames_dropped));
    rows += row(tr("Of these lost, the machine was too slow"), count(losses.frames_lost));
    rows += row(tr("Silence put in"), html_escaped(fill_fields("{0} ms", {count(losses.audio_gap_ms)})));
    rows += row(tr("Clock of the microphone"),
                html_escaped(fill_fields("{0} ppm", {number_text(losses.audio_drift_ppm, 1)})));
    if (!losses.camera_gaps.empty()) rows += row(tr("Camera away"), html_escaped(stretches_text(losses.camera_gaps)));
    if (!losses.microphone_gaps.empty())
        rows += row(tr("Microphone away"), html_escaped(stretches_text(losses.microphone_gaps)));
    return heading(tr("Losses")) + element("table", rows, "facts") + "\n";
}

std::string file_table(const TakeReport& report) {
    std::string rows = typed_row(tr("File"), report.file);
    if (const auto& media = report.media) {
        if (media->video) {
            const VideoFacts& video = *media->video;
            rows +=
                row(tr("Picture"),
                    html_typed(fill_fields("{0} {1}  {2}×{3}  {4}/s  {5}  {6} kb/s",
                                           {video.codec, video.profile, std::to_string(video.width_px),
                                            std::to_string(video.height_px), number_text(video.frame_rate.value(), 3),
                                            video.pixel_format, std::to_string(video.bitrate_kbps)})));
        }
        if (media->audio) {
            rows += row(tr("Sound"),
                        html_typed(fill_fields("{0}  {1} Hz  {2} ch",
                                               {media->audio->codec, std::to_string(media->audio->sample_rate_hz),
                                                std::to_string(media->audio->channels)})));
        }
        rows += row(tr("Size"), fill_fields("{0} MB", {number_text(static_cast<double>(media->size_bytes) / 1e6, 1)}));
    }
    if (report.encoder) {
        rows += row(tr("Encoder"), html_typed(report.encoder->name + " " + report.encoder->speed));
    }
    if (!report.sha256.empty()) rows += row("SHA-256", element("span", html_escaped(report.sha256), "sha"));
    return heading(tr("The file")) + element("table", rows, "facts") + "\n";
}

}  // namespace

std::string html_report(const ReviewedTake& take, const Preset* preset) {
    const TakeReport& report = take.stored.report;
    const std::string title = fill_fields(tr("Take {0}"), {std::to_string(report.take)});
    std::string body = element("h1", html_escaped(title)) + "\n";
    body += element("p", html_escaped(preset ? preset->title : report.preset), "faint") + "\n";
    if (take.stored.state != ReportState::Whole) {
        return html_page(title, body + element("p", html_escaped(tr(take.stored.problem))) + "\n");
    }
    body += verdict_banner(take.stored) + slate_table(take.stored) + open_points(take) + charts(take, preset) +
            marks_table(take.stored, preset) + clauses_table(take.stored, preset);
    if (report.losses) body += losses_table(*report.losses);
    body += file_table(report);
    body += element("footer", html_escaped(tr("Made by Changji from the take's report and its meters file."))) + "\n";
    return html_page(title, body);
}

}  // namespace changji
