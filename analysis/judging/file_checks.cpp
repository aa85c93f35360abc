#include "analysis/judging/checks.hpp"
#include "analysis/judging/finding_collector.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr double longest_offset_s = 0.040;
constexpr double bearable_offset_s = 1.0;

std::string two_digits(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// "14:59.96"
std::string clock_text(Nanoseconds span) {
    const std::int64_t centiseconds = (span.count() + 5'000'000) / 10'000'000;
    const std::int64_t seconds = centiseconds / 100, rest = centiseconds % 100;
    return std::to_string(seconds / 60) + ":" + two_digits(seconds % 60) + (rest ? "." + two_digits(rest) : "");
}

std::string size_text(int width_px, int height_px) {
    return std::to_string(width_px) + "x" + std::to_string(height_px);
}

std::string ratio_text(Rational ratio, char separator) {
    return std::to_string(ratio.num) + separator + std::to_string(ratio.den);
}

Rational reduced(Rational ratio) {
    const int common = std::gcd(ratio.num, ratio.den);
    return common > 0 ? Rational{ratio.num / common, ratio.den / common} : ratio;
}

std::string seconds_text(double seconds) {
    const auto milliseconds = std::lround(seconds * 1000.0);
    return std::to_string(milliseconds) + " ms";
}

void check_container(const FileDemand& demand, const MediaFacts& file, Collector& found) {
    if (demand.container == "mp4") {
        const std::string brand = file.major_brand.empty() ? file.container : file.major_brand;
        found.add("container.brand", file.iso_mp4 ? FindingStatus::Pass : FindingStatus::Fail, brand, demand.container,
                  file.iso_mp4 ? say("An MP4 file by its content.")
                               : say("Not an MP4 file by its content, whatever its name."),
                  say("Export or convert it as MP4; renaming it is not enough."));
        const bool at_once = file.moov_first && !file.fragmented;
        found.add("container.moov_first", at_once ? FindingStatus::Pass : FindingStatus::Warn, "", "",
                  at_once ? say("The file can be played while it downloads.")
                          : say("The index does not stand at the file's beginning: some players must load "
                                "all of it first."),
                  say("Export it again with “fast start” (“web optimised”)."));
    } else {
        found.expect("container.brand", file.container, demand.container, say("Export it in the demanded container."));
    }
    const bool one_each = file.video_streams == 1 && file.audio_streams <= 1;
    const FindingStatus status = !one_each                 ? FindingStatus::Fail
                                 : file.other_streams == 0 ? FindingStatus::Pass
                                                           : FindingStatus::Warn;
    found.add(
        "streams.count", status,
        std::to_string(file.video_streams) + "+" + std::to_string(file.audio_streams) + "+" +
            std::to_string(file.other_streams),
        "1+1+0",
        status == FindingStatus::Pass
            ? say("One picture track, and no track too many.")
            : say("The file holds {0} picture, {1} sound and {2} other tracks.", std::to_string(file.video_streams),
                  std::to_string(file.audio_streams), std::to_string(file.other_streams)),
        say("Export it again with one picture track and one sound track only."));
}

void check_size(const FileDemand& demand, const VideoFacts& video, Collector& found) {
    const std::string wanted = size_text(demand.width_px, demand.height_px);
    const std::string coded = size_text(video.coded_width_px, video.coded_height_px);
    const std::string shown = size_text(video.width_px, video.height_px);
    if (coded != wanted) {
        found.add("video.size", FindingStatus::Fail, coded, wanted,
                  say("The picture is stored as {0}, and {1} is demanded.", coded, wanted),
                  say("Record at 1920x1080; enlarging a smaller picture afterwards brings no detail back."));
    } else if (shown != wanted) {
        found.add("video.size", FindingStatus::Fail, shown, wanted,
                  say("The picture is stored as {0} and shown as {1}.", coded, shown),
                  say("Export it again upright and with square pixels."));
    } else {
        found.add("video.size", FindingStatus::Pass, coded, wanted, say("Stored and shown as demanded."));
    }
}

void check_geometry(const FileDemand& demand, const VideoFacts& video, Collector& found) {
    found.expect("video.aspect",
                 video.display_aspect_ratio.is_positive() ? ratio_text(reduced(video.display_aspect_ratio), ':') : "",
                 demand.display_aspect_ratio,
                 say("Record in the demanded picture ratio, with the camera held across."));
    // Where no ratio is written, every player takes square pixels.
    found.expect("video.sample_aspect",
                 video.sample_aspect_ratio.is_positive() ? ratio_text(reduced(video.sample_aspect_ratio), ':') : "1:1",
                 demand.sample_aspect_ratio, say("Export it again with square pixels."));
    const bool upright = video.orientation == Orientation{};
    found.add("video.rotation", upright ? FindingStatus::Pass : FindingStatus::Fail,
              std::to_string(video.orientation.rotation_degrees) + "°", "0°",
              upright ? say("Stored upright.")
              : video.orientation.mirrored
                  ? say("The picture is stored mirrored and relies on the player to turn it.")
                  : say("The picture is stored turned by {0}° and relies on the player to turn it.",
                        std::to_string(video.orientation.rotation_degrees)),
              say("Export it again so that the picture itself stands upright."));
}

void check_rate(const FileDemand& demand, const VideoFacts& video, Collector& found) {
    std::string allowed;
    for (const std::string& rate : demand.frame_rates) allowed += (allowed.empty() ? "" : ", ") + rate;
    const std::string rate = video.frame_rate.is_positive() ? ratio_text(reduced(video.frame_rate), '/') : "";
    const bool known = std::count(demand.frame_rates.begin(), demand.frame_rates.end(), rate) > 0;
    if (!video.constant_frame_rate) {
        found.add("video.frame_rate", FindingStatus::Fail, rate, allowed, say("The frame rate is not constant."),
                  say("Export it again at a constant frame rate; switch a phone's automatic rate off before "
                      "recording."));
    } else if (!known && !demand.frame_rates.empty()) {
        found.add("video.frame_rate", FindingStatus::Fail, rate, allowed,
                  say("The frame rate is {0}; allowed are {1}.", rate, allowed), say("Record at 25 frames a second."));
    } else {
        found.add("video.frame_rate", FindingStatus::Pass, rate, allowed, say("Constant, and an allowed rate."));
    }
}

void check_color(const FileDemand& demand, const VideoFacts& video, Collector& found) {
    const auto join = [](const std::string& range, const std::string& space) {
        return range.empty() && space.empty() ? std::string()
                                              : (range.empty() ? "?" : range) + "/" + (space.empty() ? "?" : space);
    };
    const std::string wanted = join(demand.color_range, demand.color_space);
    const bool untagged = video.color_range.empty() || video.color_space.empty();
    const bool contradicts = (!video.color_range.empty() && video.color_range != demand.color_range) ||
                             (!video.color_space.empty() && video.color_space != demand.color_space);
    const std::string value = join(video.color_range, video.color_space);
    if (untagged && !contradicts) {
        found.add("video.color", FindingStatus::Warn, value, wanted,
                  say("The file does not say how its colours are meant, so players guess."),
                  say("Export it again with the colours marked as BT.709."));
    } else {
        found.expect("video.color", value, wanted,
                     say("Export it again as standard HD video (BT.709, limited range)."));
    }
}

void check_video(const FileDemand& demand, const VideoFacts& video, Collector& found) {
    found.expect("video.codec", video.codec, demand.video_codec, say("Export the picture as H.264."));
    check_size(demand, video, found);
    check_geometry(demand, video, found);
    found.expect("video.scan", video.scan, demand.scan, say("Record and export progressive, not interlaced."));
    check_rate(demand, video, found);
    // FFmpeg's name for the same samples in full range, which is the colours' matter.
    const std::string pixel_format = video.pixel_format == "yuvj420p" ? "yuv420p" : video.pixel_format;
    found.expect("video.pixel_format", pixel_format, demand.pixel_format,
                 say("Export it again with 8 bits and 4:2:0 colour."));
    check_color(demand, video, found);
}

void check_offset(std::string check, Nanoseconds difference, Message message, Message advice, Collector& found) {
    const double seconds = std::abs(to_seconds(difference));
    const FindingStatus status = seconds <= longest_offset_s    ? FindingStatus::Pass
                                 : seconds <= bearable_offset_s ? FindingStatus::Warn
                                                                : FindingStatus::Fail;
    found.add(std::move(check), status, seconds_text(seconds), "≤ 40 ms",
              status == FindingStatus::Pass ? say("Picture and sound agree.") : std::move(message), std::move(advice));
}

void check_audio(const FileDemand& demand, const MediaFacts& file, Collector& found) {
    found.add("audio.present", file.audio ? FindingStatus::Pass : FindingStatus::Fail, "", "",
              file.audio ? say("The file has sound.") : say("The file has no sound."),
              say("Record again with a microphone, or export it with the sound track."));
    if (!file.audio) return;
    const AudioFacts& audio = *file.audio;
    found.expect("audio.codec", audio.codec, demand.audio_codec, say("Export the sound as AAC."));
    found.expect("audio.sample_rate", audio.sample_rate_hz > 0 ? std::to_string(audio.sample_rate_hz) : "",
                 std::to_string(demand.sample_rate_hz), say("Export the sound at 48 kHz."));
    found.expect("audio.channels", audio.channels > 0 ? std::to_string(audio.channels) : "",
                 std::to_string(demand.channels), say("Export the sound with two channels."));
    if (!file.video) return;
    check_offset("av.length", file.video->duration - audio.duration, say("Picture and sound are not of one length."),
                 say("Cut both to the same end and export again."), found);
    check_offset("av.start", file.video->start - audio.start, say("Picture and sound do not begin together."),
                 say("Check that lips and voice agree; export it again from the beginning."), found);
}

void check_decoding(const Evidence& evidence, Collector& found) {
    const std::optional<DecodeFacts>& decoded = evidence.decoded;
    if (!decoded && evidence.own_take) {
        found.add("decode", FindingStatus::Pass, "", "",
                  say("Every packet is as it was recorded, and the first and last second play."));
        return;
    }
    if (!decoded) {
        found.add(
            "decode", FindingStatus::Unmeasured, "", "",
            evidence.not_metered.empty() ? say("The file was not played through to its end.") : evidence.not_metered,
            say("Check the file once more with full decoding."));
        return;
    }
    const bool sound = decoded->reached_end && decoded->errors == 0 && decoded->problem.empty();
    Finding& finding =
        found.add("decode", sound ? FindingStatus::Pass : FindingStatus::Fail, std::to_string(decoded->errors), "0",
                  sound                       ? say("The file plays to its end without a fault.")
                  : !decoded->problem.empty() ? decoded->problem
                                              : say("The file has faults and does not play cleanly to its end."),
                  say("Export or copy the file again; if it stays damaged, record again."));
    if (!sound && decoded->first_error_at) {
        const double at_s = to_seconds(*decoded->first_error_at);
        finding.spans.push_back({at_s, at_s});
    }
}

}  // namespace

void check_duration(const Preset& preset, const Evidence& evidence, std::vector<Finding>& findings) {
    Collector found(preset.duration.clause, findings);
    const Nanoseconds max = preset.duration.max;
    if (max <= Nanoseconds{0}) return;
    const std::string limit = "≤ " + clock_text(max);
    if (!evidence.file) {
        found.add("duration", FindingStatus::Unmeasured, "", limit,
                  say("The file could not be read, so its length is not known."));
        return;
    }
    const MediaFacts& file = *evidence.file;
    const bool counted =
        file.video && file.video->constant_frame_rate && file.video->frames > 0 && file.video->frame_rate.is_positive();
    const Nanoseconds length = counted ? tick_time(file.video->frames, file.video->frame_rate)
                               : file.video && file.video->duration.count() > 0 ? file.video->duration
                                                                                : file.duration;
    if (length <= Nanoseconds{0}) {
        found.add("duration", FindingStatus::Unmeasured, "", limit, say("The file does not say how long it is."));
        return;
    }
    const bool fits = counted ? file.video->frames <= ticks_within(max, file.video->frame_rate) : length <= max;
    // A frame too many must not be rounded away.
    const std::string value =
        fits ? clock_text(length) : clock_text(std::max(length, max + std::chrono::milliseconds(10)));
    Finding& finding = found.add(
        "duration", fits ? FindingStatus::Pass : FindingStatus::Fail, value, limit,
        fits ? say("Within the permitted length.") : say("Longer than permitted: {0} instead of {1}.", value, limit),
        say("Cut it, or record a shorter take."));
    if (!fits) finding.spans.push_back({to_seconds(max), to_seconds(length)});
}

void check_file(const FileDemand& demand, const Evidence& evidence, std::vector<Finding>& findings) {
    Collector found(demand.clause, findings);
    if (!evidence.file) {
        found.add("file", FindingStatus::Unmeasured, "", "",
                  say("The file could not be read, so nothing about it was measured."),
                  say("Make sure that the file exists and can be opened."));
        return;
    }
    const MediaFacts& file = *evidence.file;
    check_container(demand, file, found);
    if (file.video) {
        check_video(demand, *file.video, found);
    } else {
        found.add("video.codec", FindingStatus::Fail, "", demand.video_codec, say("The file has no picture."),
                  say("Choose the video file, not the sound recording."));
    }
    check_audio(demand, file, found);
    check_decoding(evidence, found);
}

void check_recording(const FileDemand& demand, const Evidence& evidence, std::vector<Finding>& findings) {
    Collector found(demand.clause, findings);
    if (evidence.enlarged) {
        found.add("video.enlarged", FindingStatus::Fail, evidence.enlarged_from,
                  size_text(demand.width_px, demand.height_px),
                  say("The camera gave {0} only: the picture was enlarged and is no true {1}.", evidence.enlarged_from,
                      size_text(demand.width_px, demand.height_px)),
                  say("Set the camera to 1920x1080 or use another camera; don't crop closer than that."));
    } else if (evidence.own_take) {
        found.add("video.enlarged", FindingStatus::Pass, "", "", say("The camera gave the full size."));
    }
    if (!evidence.rescued.empty()) {
        found.add("rescued", FindingStatus::Warn, "", "", evidence.rescued,
                  say("Watch the take to its end before you use it."));
    }
    if (!evidence.losses) return;
    const Losses& losses = *evidence.losses;
    const bool interrupted = losses.camera_lost > 0 || losses.microphone_lost > 0;
    if (interrupted || losses.audio_gap_ms > 0) {
        found.add("losses", FindingStatus::Warn, std::to_string(losses.frames_lost), "0",
                  say("The camera went away {0} times and the microphone {1} times; {2} ms of sound and {3} "
                      "frames are missing.",
                      std::to_string(losses.camera_lost), std::to_string(losses.microphone_lost),
                      std::to_string(losses.audio_gap_ms), std::to_string(losses.frames_lost)),
                  say("Check cables and connections, and record again if it disturbs."));
        std::vector<Stretch>& spans = findings.back().spans;
        spans = losses.camera_gaps;
        spans.insert(spans.end(), losses.microphone_gaps.begin(), losses.microphone_gaps.end());
        std::ranges::sort(spans, {}, &Stretch::from_s);
    } else if (losses.frames_lost > 0) {
        found.add("losses", FindingStatus::Warn, std::to_string(losses.frames_lost), "0",
                  say("{0} frames are missing because the computer was too slow.", std::to_string(losses.frames_lost)),
                  say("Close other programs before the next take, or choose a faster encoder."));
    } else {
        found.add("losses", FindingStatus::Pass, "0", "0", say("Nothing was lost while recording."));
    }
}

}  // namespace changji
