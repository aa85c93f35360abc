#include "capture/takes_copy.hpp"

#include <cerrno>
#include <memory>
#include <string>

#include "capture/mp4/media_input.hpp"
#include "capture/takes_disk.hpp"

extern "C" {
#include <libavutil/murmur3.h>
}

namespace changji {
namespace fs = std::filesystem;
namespace {

class PacketHash {
public:
    PacketHash() : state_(av_murmur3_alloc()) { av_murmur3_init(state_.get()); }

    void add(const AVPacket& packet) {
        const std::array<std::int64_t, 4> facts = {packet.pts, packet.dts, packet.flags & AV_PKT_FLAG_KEY, packet.size};
        av_murmur3_update(state_.get(), reinterpret_cast<const std::uint8_t*>(facts.data()), sizeof facts);
        av_murmur3_update(state_.get(), packet.data, static_cast<std::size_t>(packet.size));
        ++packets_;
    }

    [[nodiscard]] StreamDigest digest(AVRational time_base) {
        StreamDigest digest{time_base.den, packets_, {}};
        av_murmur3_final(state_.get(), digest.hash.data());
        return digest;
    }

private:
    struct FreeState {
        void operator()(AVMurMur3* state) const { av_free(state); }
    };
    std::unique_ptr<AVMurMur3, FreeState> state_;
    std::int64_t packets_ = 0;
};

Digests digests_of(std::vector<PacketHash>& hashes, const AVFormatContext& context) {
    Digests digests;
    for (unsigned i = 0; i < hashes.size(); ++i) digests.push_back(hashes[i].digest(context.streams[i]->time_base));
    return digests;
}

Error unreadable(const fs::path& name, int code) {
    return {ErrorKind::Io, say("{0} can't be read to its end ({1}): check the disk, then recover the take again.",
                               name.string(), av::reason(code))};
}

/// FFmpeg hands the system's error numbers on as negative codes; its own codes are far below.
Error unwritable(const fs::path& path, int code) { return write_error(path, code > -4096 ? -code : EIO); }

/// Where a track ends, on the demuxer's timeline: an encoder's last sound packet is mostly not full.
struct TrackEnd {
    std::int64_t length = 0;  ///< 0: unknown
    std::int64_t first = AV_NOPTS_VALUE;

    void shorten(AVPacket& packet) {
        if (length == 0 || packet.dts == AV_NOPTS_VALUE) return;
        if (first == AV_NOPTS_VALUE) first = packet.dts;
        const std::int64_t left = first + length - packet.dts;
        if (left > 0 && packet.duration > left) packet.duration = left;
    }
};

std::vector<TrackEnd> ends_of(const std::vector<mp4::Track>& tracks, const AVFormatContext& context) {
    std::vector<TrackEnd> ends(context.nb_streams);
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        for (const mp4::Track& track : tracks) {
            const bool ours = static_cast<int>(track.id) == context.streams[i]->id &&
                              static_cast<int>(track.timescale) == context.streams[i]->time_base.den;
            if (ours) ends[i].length = track.length;
        }
    }
    return ends;
}

struct CloseOutput {
    void operator()(AVFormatContext* context) const {
        avio_closep(&context->pb);
        avformat_free_context(context);
    }
};
using OutputPtr = std::unique_ptr<AVFormatContext, CloseOutput>;

/// An MP4 with the input's streams, its header written.
Result<OutputPtr> open_output(const AVFormatContext& input, const fs::path& to) {
    AVFormatContext* context = nullptr;
    const std::string url = "file:" + to.string();
    if (const int code = avformat_alloc_output_context2(&context, nullptr, "mp4", url.c_str()); code < 0) {
        return unwritable(to, code);
    }
    OutputPtr output(context);
    int timescale = 0;
    for (unsigned i = 0; i < input.nb_streams; ++i) {
        const AVStream& from = *input.streams[i];
        AVStream* stream = avformat_new_stream(context, nullptr);
        if (!stream || avcodec_parameters_copy(stream->codecpar, from.codecpar) < 0)
            return unwritable(to, AVERROR(ENOMEM));
        stream->codecpar->codec_tag = 0;
        stream->time_base = from.time_base;
        stream->avg_frame_rate = from.avg_frame_rate;
        stream->sample_aspect_ratio = from.sample_aspect_ratio;
        stream->disposition = from.disposition;
        av_dict_copy(&stream->metadata, from.metadata, 0);
        if (from.codecpar->codec_type == AVMEDIA_TYPE_VIDEO) timescale = from.time_base.den;
    }
    av_dict_copy(&context->metadata, input.metadata, 0);
    context->avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED;
    if (const int code = avio_open(&context->pb, url.c_str(), AVIO_FLAG_WRITE); code < 0) return unwritable(to, code);
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movflags", "+faststart", 0);
    av_dict_set_int(&options, "video_track_timescale", timescale, 0);
    const int code = avformat_write_header(context, &options);
    av_dict_free(&options);
    if (code < 0) return unwritable(to, code);
    return output;
}

}  // namespace

Result<Digests> digest_packets(const mp4::ByteFile& file, std::int64_t end, const fs::path& name) {
    Result<mp4::MediaInput> input = mp4::open_media(file, end, name);
    if (!input) return input.error();
    std::vector<PacketHash> hashes(input->context()->nb_streams);
    const av::PacketPtr packet(av_packet_alloc());
    while (input->read(*packet)) {
        if (static_cast<std::size_t>(packet->stream_index) < hashes.size()) {
            hashes[static_cast<std::size_t>(packet->stream_index)].add(*packet);
        }
    }
    if (input->error() != 0) return unreadable(name, input->error());
    return digests_of(hashes, *input->context());
}

Result<Digests> copy_packets(const mp4::ByteFile& file, std::int64_t end, const std::vector<mp4::Track>& tracks,
                             const fs::path& name, const fs::path& to) {
    Result<mp4::MediaInput> input = mp4::open_media(file, end, name);
    if (!input) return input.error();
    Result<OutputPtr> output = open_output(*input->context(), to);
    if (!output) return output.error();
    AVFormatContext* const written = output->get();
    std::vector<PacketHash> hashes(input->context()->nb_streams);
    std::vector<TrackEnd> ends = ends_of(tracks, *input->context());
    const av::PacketPtr packet(av_packet_alloc());
    while (input->read(*packet)) {
        const auto stream = static_cast<std::size_t>(packet->stream_index);
        if (stream >= hashes.size()) continue;
        hashes[stream].add(*packet);
        ends[stream].shorten(*packet);
        av_packet_rescale_ts(packet.get(), input->context()->streams[stream]->time_base,
                             written->streams[stream]->time_base);
        packet->pos = -1;
        if (const int code = av_interleaved_write_frame(written, packet.get()); code < 0) return unwritable(to, code);
    }
    if (input->error() != 0) return unreadable(name, input->error());
    if (const int code = av_write_trailer(written); code < 0) return unwritable(to, code);
    if (written->pb->error < 0) return unwritable(to, written->pb->error);
    if (const int code = avio_closep(&written->pb); code < 0) return unwritable(to, code);
    return digests_of(hashes, *input->context());
}

}  // namespace changji
