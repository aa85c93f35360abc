#include "analysis/judging/checks.hpp"
#include "analysis/judging/finding_collector.hpp"

#include <cstdio>

namespace changji {
namespace {

/// Fewer moving pictures decide nothing.
constexpr int least_moving = 4;
/// A cut or a flash makes single pictures look combed.
constexpr double few_percent = 10.0, most_percent = 50.0;

std::string percent_text(double percent) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", percent);
    return text;
}

void check_fields(const VideoFacts& video, const FieldCount& fields, Collector& found) {
    const std::string value = percent_text(fields.combed_percent()), limit = "≤ 10 %";
    if (fields.moving < least_moving) {
        found.add("picture.scan", FindingStatus::Unmeasured, "", limit,
                  say("Too little moves to tell whole pictures from two half ones."));
    } else if (fields.combed_percent() <= few_percent) {
        found.add("picture.scan", FindingStatus::Pass, value, limit,
                  video.scan == "interlaced" ? say("The pictures are whole, though the file is marked as interlaced.")
                                             : say("The pictures are whole: their lines are of one moment."));
    } else {
        found.add(
            "picture.scan", fields.combed_percent() > most_percent ? FindingStatus::Fail : FindingStatus::Warn, value,
            limit,
            say("Lines of two moments lie in one picture: edges that move look like combs, whatever the file says "
                "of itself."),
            say("Go back to the original: switch camera and editing project to progressive, or have the editing "
                "program deinterlace it."));
    }
}

void check_range(const VideoFacts& video, const TagSigns& tags, Collector& found) {
    constexpr double nothing_percent = 0.01;
    if (video.color_range == "pc") {
        if (tags.outside_limited_percent > nothing_percent) return;  // the tag is right, and fails by itself
        found.add("picture.range", FindingStatus::Warn, percent_text(tags.outside_limited_percent), "",
                  say("Marked as full range, but nothing lies outside limited range: probably only the mark is wrong."),
                  say("Play it beside the original; if it looks pale, export it again as limited range."));
        return;
    }
    found.add("picture.range", tags.looks_full_range() ? FindingStatus::Warn : FindingStatus::Pass,
              percent_text(tags.beyond_video_percent), "≤ 1 %",
              tags.looks_full_range()
                  ? say("Blacks and whites lie beyond what limited range may hold (EBU R103): it was probably recorded "
                        "in full range, and its shadows and lights are lost on the screen.")
                  : say("Blacks and whites lie where limited range has them."),
              say("Export it again from the original as limited range (“video levels”)."));
}

void check_matrix(const VideoFacts& video, const TagSigns& tags, Collector& found) {
    if (!video.color_space.empty() && video.color_space != "bt709") return;  // fails by its tag
    found.add("picture.matrix", tags.looks_bt601() ? FindingStatus::Warn : FindingStatus::Pass,
              percent_text(tags.impossible_709_percent), "≤ 0.5 %",
              tags.looks_bt601()
                  ? say("Read as BT.709 many colours are impossible, read as BT.601 they are not: it was probably "
                        "converted for SD, and reds and greens are off.")
                  : say("No colour contradicts BT.709."),
              say("Export it again from the original as HD video (BT.709)."));
}

}  // namespace

void check_signs(const FileDemand& demand, const Evidence& evidence, std::vector<Finding>& findings) {
    if (!evidence.file || !evidence.file->video || (evidence.own_take && !evidence.signs)) return;
    Collector found(demand.clause, findings);
    const VideoFacts& video = *evidence.file->video;
    const bool progressive = demand.scan == "progressive";
    const bool limited = demand.color_range == "tv", hd = demand.color_space == "bt709";
    if (!evidence.signs) {
        const Message why =
            evidence.not_metered.empty() ? say("The pictures themselves were not looked at.") : evidence.not_metered;
        if (progressive) found.add("picture.scan", FindingStatus::Unmeasured, "", "", why);
        if (limited) found.add("picture.range", FindingStatus::Unmeasured, "", "", why);
        if (hd) found.add("picture.matrix", FindingStatus::Unmeasured, "", "", why);
        return;
    }
    if (progressive) check_fields(video, evidence.signs->fields, found);
    if (evidence.signs->tags.pixels == 0) {
        const Message why = say("The pixels lie in memory in a way that isn't looked at here.");
        if (limited) found.add("picture.range", FindingStatus::Unmeasured, "", "", why);
        if (hd) found.add("picture.matrix", FindingStatus::Unmeasured, "", "", why);
        return;
    }
    if (limited) check_range(video, evidence.signs->tags, found);
    if (hd) check_matrix(video, evidence.signs->tags, found);
}

}  // namespace changji
