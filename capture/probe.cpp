#include "capture/probe.hpp"

#include <algorithm>
#include <cmath>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/index.hpp"
#include "capture/mp4/media_input.hpp"
#include "capture/probing/probe_packets.hpp"
#include "capture/probing/probe_picture.hpp"

namespace changji {
namespace {

bool is_picture(const AVStream& stream) {
    // A cover picture is an attachment, whatever kind of stream carries it.
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !(stream.disposition & AV_DISPOSITION_ATTACHED_PIC);
}

struct Streams {
    AVStream* picture = nullptr;
    AVStream* sound = nullptr;
};

Streams count_streams(const AVFormatContext& context, MediaFacts& facts) {
    Streams first;
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        AVStream* const stream = context.streams[i];
        if (is_picture(*stream)) {
            ++facts.video_streams;
            if (!first.picture) first.picture = stream;
        } else if (stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO) {
            ++facts.audio_streams;
            if (!first.sound) first.sound = stream;
        } else {
            ++facts.other_streams;
        }
    }
    return first;
}

AudioFacts sound_facts(const AVStream& stream) {
    const AVCodecParameters& codec = *stream.codecpar;
    AudioFacts facts;
    if (codec.codec_id != AV_CODEC_ID_NONE) facts.codec = avcodec_get_name(codec.codec_id);
    facts.sample_rate_hz = codec.sample_rate;
    facts.channels = codec.ch_layout.nb_channels;
    return facts;
}

/// The first track of a kind that has samples; null when there is none.
const mp4::Track* track_of(const mp4::Index& index, const AVStream* stream) {
    if (!stream) return nullptr;
    const auto track = std::ranges::find_if(index.tracks, [&](const mp4::Track& each) {
        return static_cast<int>(each.id) == stream->id && each.timescale > 0 && each.samples > 0;
    });
    return track == index.tracks.end() ? nullptr : &*track;
}

std::int64_t kilobits_per_second(std::int64_t bytes, Nanoseconds during) {
    return during.count() <= 0 ? 0 : std::llround(static_cast<double>(bytes) * 8e-3 / to_seconds(during));
}

PacketTimes times_of(const mp4::Track& track) {
    PacketTimes times;
    times.packets = track.samples;
    times.bytes = track.bytes;
    times.start = track.start;
    times.duration = track.duration;
    times.constant_rate = track.one_length && track.sample_length > 0;
    constexpr std::int64_t largest_term = 90'000;  // keeps arithmetic on the rate, in nanoseconds, within 64 bits
    AVRational rate{0, 1};
    av_reduce(&rate.num, &rate.den,
              times.constant_rate ? track.timescale : track.samples * std::int64_t{track.timescale},
              times.constant_rate ? track.sample_length : std::max<std::int64_t>(track.length, 1), largest_term);
    times.rate = av::from_av(rate);
    return times;
}

void set_times(VideoFacts& facts, const PacketTimes& times) {
    facts.frames = times.packets;
    facts.frame_rate = times.rate;
    facts.constant_frame_rate = times.constant_rate;
    facts.start = times.start;
    facts.duration = times.duration;
    facts.bitrate_kbps = kilobits_per_second(times.bytes, times.duration);
}

void set_times(AudioFacts& facts, const PacketTimes& times) {
    facts.start = times.start;
    facts.duration = times.duration;
}

}  // namespace

Result<MediaFacts> probe_file(const std::filesystem::path& path) {
    const Result<mp4::ByteFile> file = mp4::open_byte_file(path);
    if (!file) return file.error();
    Result<mp4::MediaInput> input = mp4::open_media(*file, file->size_bytes(), path);
    if (!input) return input.error();
    AVFormatContext& context = *input->context();
    MediaFacts facts;
    facts.container = context.iformat->name;
    facts.size_bytes = file->size_bytes();
    const Streams streams = count_streams(context, facts);
    if (!streams.picture && !streams.sound) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("{0} holds neither picture nor sound: hand in the finished clip as MP4.", path.string())};
    }
    if (streams.picture) {
        facts.video = picture_facts(context, *streams.picture);
        look_into_pictures(*input, *streams.picture, *facts.video);
    }
    if (streams.sound) facts.audio = sound_facts(*streams.sound);

    mp4::Index index;
    if (facts.container.starts_with("mov")) {
        index = mp4::read_index(*file);
        facts.major_brand = index.major_brand;
        facts.iso_mp4 = mp4::is_iso_mp4(index);
        facts.moov_first = index.moov_first;
        facts.fragmented = index.fragmented;
    }
    const mp4::Track* const picture_track = track_of(index, streams.picture);
    const mp4::Track* const sound_track = track_of(index, streams.sound);
    if (picture_track) set_times(*facts.video, times_of(*picture_track));
    if (sound_track) set_times(*facts.audio, times_of(*sound_track));
    std::vector<const AVStream*> untold;
    if (streams.picture && !picture_track) untold.push_back(streams.picture);
    if (streams.sound && !sound_track) untold.push_back(streams.sound);
    if (!untold.empty()) {
        Result<mp4::MediaInput> again = mp4::open_media(*file, file->size_bytes(), path);
        if (!again) return again.error();
        const std::vector<PacketTimes> times = packet_times(*again, untold);
        for (std::size_t i = 0; i < untold.size(); ++i) {
            if (untold[i] == streams.picture)
                set_times(*facts.video, times[i]);
            else
                set_times(*facts.audio, times[i]);
        }
    }
    if (facts.video) facts.duration = facts.video->start + facts.video->duration;
    if (facts.audio) facts.duration = std::max(facts.duration, facts.audio->start + facts.audio->duration);
    return facts;
}

}  // namespace changji
