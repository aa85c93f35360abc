#include "analysis/repair_plan.hpp"

#include <algorithm>
#include <numeric>

namespace changji {
namespace {

/// What this program's recorder writes; re-encoding can't aim at anything else.
bool is_what_we_write(const FileDemand& demand) {
    return demand.container == "mp4" && demand.video_codec == "h264" && demand.width_px == 1920 &&
           demand.height_px == 1080 && demand.pixel_format == "yuv420p" && demand.color_range == "tv" &&
           demand.color_space == "bt709" && demand.audio_codec == "aac" && demand.sample_rate_hz == 48'000 &&
           demand.channels == 2;
}

bool is_hdr(const VideoFacts& video) {
    return video.color_transfer == "smpte2084" || video.color_transfer == "arib-std-b67";
}

bool is_16_by_9(const VideoFacts& video) {
    return std::int64_t{video.display_aspect_ratio.num} * 9 == std::int64_t{video.display_aspect_ratio.den} * 16;
}

std::string rate_text(Rational rate) {
    const int common = std::max(1, std::gcd(rate.num, rate.den));
    return std::to_string(rate.num / common) + "/" + std::to_string(rate.den / common);
}

Message hindrance_to_all(const FileDemand& demand, const Evidence& evidence) {
    const MediaFacts& file = *evidence.file;
    if (!file.video) return say("Without a picture there is nothing to repair.");
    if (demand.container != "mp4") return say("Only MP4 files can be written here.");
    if (file.video_streams != 1 || file.audio_streams > 1)
        return say("The file holds several pictures or sounds: a person has to choose which are meant.");
    const bool damaged = evidence.decoded && (evidence.decoded->errors > 0 || !evidence.decoded->reached_end);
    if (damaged) return say("The file is damaged, and a copy would be damaged too: copy or export it again.");
    return {};
}

Message hindrance_to_encoding(const FileDemand& demand, const VideoFacts& video) {
    if (!is_what_we_write(demand)) return say("What this preset demands can't be encoded here.");
    if (is_hdr(video)) return say("HDR colours can't be converted here: export it as SDR.");
    if (!is_16_by_9(video))
        return say(
            "The picture is not 16:9, and what to cut away is for a person to decide: "
            "changji record --camera FILE --crop X,Y,W,H");
    if (video.width_px < demand.width_px || video.height_px < demand.height_px)
        return say("The picture is too small, and enlarging it brings no detail back: record again.");
    return {};
}

/// Colours may be marked where the file says nothing and its pictures agree.
bool may_tag(const FileDemand& demand, const VideoFacts& video, const Evidence& evidence) {
    if (demand.color_range != "tv" || demand.color_space != "bt709" || video.pixel_format != "yuv420p") return false;
    const bool missing = video.color_range.empty() || video.color_space.empty();
    const bool contradicts = (!video.color_range.empty() && video.color_range != "tv") ||
                             (!video.color_space.empty() && video.color_space != "bt709");
    if (!missing || contradicts || !evidence.signs || evidence.signs->tags.pixels == 0) return false;
    return !evidence.signs->tags.looks_full_range() && !evidence.signs->tags.looks_bt601();
}

void plan_copying(const MediaFacts& file, bool tags_colours, RepairPlan& plan) {
    if (!file.iso_mp4) {
        plan.steps.push_back(
            {"container.brand", RepairBy::Copying, say("Picture and sound are copied into an MP4 file as they are.")});
    } else if (!file.moov_first || file.fragmented) {
        plan.steps.push_back(
            {"container.moov_first", RepairBy::Copying, say("The index is put at the file's beginning.")});
    }
    if (file.other_streams > 0) {
        plan.steps.push_back(
            {"streams.count", RepairBy::Copying, say("Tracks that are neither picture nor sound are left out.")});
    }
    if (tags_colours) {
        plan.tags_bt709 = true;
        plan.steps.push_back({"video.color", RepairBy::Copying, say("The colours are marked as BT.709.")});
    }
}

void plan_encoding(const FileDemand& demand, const MediaFacts& file, bool tags_colours, RepairPlan& plan) {
    const auto add = [&](const char* check, bool wrong, Message what) {
        if (wrong) plan.steps.push_back({check, RepairBy::Encoding, std::move(what)});
    };
    const VideoFacts& video = *file.video;
    const bool larger = video.width_px > demand.width_px || video.height_px > demand.height_px;
    const bool colours_ok = video.color_range == demand.color_range && video.color_space == demand.color_space;
    add("video.codec", video.codec != demand.video_codec, say("The picture is encoded as H.264."));
    add("video.size", larger, say("The picture is scaled down to 1920x1080."));
    add("video.sample_aspect",
        video.sample_aspect_ratio.num > 0 && video.sample_aspect_ratio.num != video.sample_aspect_ratio.den,
        say("The picture is stored with square pixels."));
    add("video.rotation", !(video.orientation == Orientation{}), say("The picture itself is turned upright."));
    add("video.scan", video.scan == "interlaced", say("Half pictures are made whole."));
    add("video.frame_rate",
        !video.constant_frame_rate ||
            std::ranges::find(demand.frame_rates, rate_text(video.frame_rate)) == demand.frame_rates.end(),
        say("The frame rate is made constant."));
    add("video.pixel_format", video.pixel_format != demand.pixel_format,
        say("The colours are stored with 8 bits and 4:2:0."));
    add("video.color", !colours_ok && !tags_colours, say("The colours are converted to limited-range BT.709."));
    if (!file.audio) return;
    add("audio.codec", file.audio->codec != demand.audio_codec, say("The sound is encoded as AAC."));
    add("audio.sample_rate", file.audio->sample_rate_hz != demand.sample_rate_hz,
        say("The sound is converted to 48 kHz."));
    add("audio.channels", file.audio->channels != demand.channels, say("The sound is brought to two channels."));
}

}  // namespace

const RepairStep* RepairPlan::step_for(std::string_view check) const {
    const auto found = std::ranges::find(steps, check, &RepairStep::check);
    return found == steps.end() ? nullptr : &*found;
}

bool RepairPlan::has(RepairBy by) const { return std::ranges::find(steps, by, &RepairStep::by) != steps.end(); }

RepairPlan plan_repair(const FileDemand& demand, const Evidence& evidence) {
    RepairPlan plan;
    if (!evidence.file) return plan;
    plan.hindrance = hindrance_to_all(demand, evidence);
    if (!plan.hindrance.empty()) return plan;
    const MediaFacts& file = *evidence.file;
    const bool copies = file.video->codec == "h264" && (!file.audio || file.audio->codec == "aac");
    const bool tags_colours = copies && may_tag(demand, *file.video, evidence);
    RepairPlan by_encoding;
    plan_encoding(demand, file, tags_colours, by_encoding);
    plan_copying(file, tags_colours, plan);
    if (!copies) {
        for (RepairStep& step : plan.steps) step.by = RepairBy::Encoding;
    }
    if (copies && by_encoding.steps.empty()) return plan;
    plan.hindrance = hindrance_to_encoding(demand, *file.video);
    if (!plan.hindrance.empty()) {
        std::erase_if(plan.steps, [](const RepairStep& step) { return step.by == RepairBy::Encoding; });
        return plan;
    }
    plan.steps.insert(plan.steps.end(), by_encoding.steps.begin(), by_encoding.steps.end());
    return plan;
}

}  // namespace changji
