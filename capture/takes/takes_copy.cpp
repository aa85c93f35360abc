#include "capture/takes/takes_copy.hpp"

#include <cerrno>
#include <memory>
#include <string>

#include "capture/av/versions.hpp"
#include "capture/mp4/media_input.hpp"
#include "capture/takes/takes_disk.hpp"
#include "capture/takes/takes_output.hpp"

#include <xxhash.h>

namespace changji {
namespace fs = std::filesystem;
namespace {

class PacketHash {
public:
    PacketHash() : state_(XXH3_createState()) { XXH3_128bits_reset(state_.get()); }

    void add(const AVPacket& packet) {
        const std::array<std::int64_t, 4> facts = {packet.pts, packet.dts, packet.flags & AV_PKT_FLAG_KEY, packet.size};
        XXH3_128bits_update(state_.get(), facts.data(), sizeof facts);
        XXH3_128bits_update(state_.get(), packet.data, static_cast<std::size_t>(packet.size));
        ++packets_;
    }

    [[nodiscard]] StreamDigest digest(AVRational time_base) const {
        const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
        return {time_base.den, packets_, {hash.high64, hash.low64}};
    }

private:
    struct FreeState {
        void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
    };
    std::unique_ptr<XXH3_state_t, FreeState> state_;
    std::int64_t packets_ = 0;
};

Digests digests_of(const std::vector<PacketHash>& hashes, const AVFormatContext& context) {
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
        // The demuxer doesn't know each one's; of all but the last, the next one's time tells it.
        if (left > 0 && (packet.duration <= 0 || packet.duration > left)) packet.duration = left;
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

struct FreeMuxer {
    void operator()(AVFormatContext* context) const {
        if (context->pb) {
            av_freep(&context->pb->buffer);
            avio_context_free(&context->pb);
        }
        avformat_free_context(context);
    }
};
using MuxerPtr = std::unique_ptr<AVFormatContext, FreeMuxer>;

int on_write(void* output, av::WrittenByte* data, int size) {
    const int failed = static_cast<TakeOutput*>(output)->write({data, static_cast<std::size_t>(size)});
    return failed == 0 ? size : AVERROR(failed);
}

std::int64_t on_seek(void* opaque, std::int64_t offset, int whence) {
    auto& output = *static_cast<TakeOutput*>(opaque);
    if (whence & AVSEEK_SIZE) return output.size_bytes();
    if ((whence & 3) == SEEK_CUR) offset += output.position();
    if ((whence & 3) == SEEK_END) offset += output.size_bytes();
    output.seek(offset);
    return offset;
}

/// What the index (moov) takes at most: the tables have up to 36 bytes a sample (stsz 4, stts 8, ctts 8, stss 4, and
/// with a chunk of its own stsc 12 and co64 8, but never all of them), the rest far less than this.
std::int64_t index_bytes_at_most(const std::vector<mp4::Track>& tracks) {
    constexpr std::int64_t bytes_a_sample = 44, bytes_besides = 16'384;
    std::int64_t bytes = bytes_besides;
    for (const mp4::Track& track : tracks) bytes += bytes_a_sample * track.samples;
    return bytes;
}

/// An MP4 with the input's streams, its header written, with room for the index left at its beginning.
Result<MuxerPtr> open_muxer(const AVFormatContext& input, TakeOutput& output, std::int64_t index_bytes,
                            const fs::path& to) {
    AVFormatContext* context = nullptr;
    if (const int code = avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr); code < 0) {
        return unwritable(to, code);
    }
    MuxerPtr muxer(context);
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
    constexpr int buffer_bytes = 1 << 16;
    auto* buffer = static_cast<unsigned char*>(av_malloc(buffer_bytes));
    context->pb = buffer ? avio_alloc_context(buffer, buffer_bytes, 1, &output, nullptr, on_write, on_seek) : nullptr;
    if (!context->pb) {
        av_free(buffer);
        return unwritable(to, AVERROR(ENOMEM));
    }
    AVDictionary* options = nullptr;
    av_dict_set_int(&options, "moov_size", index_bytes, 0);
    av_dict_set_int(&options, "video_track_timescale", timescale, 0);
    const int code = avformat_write_header(context, &options);
    av_dict_free(&options);
    if (code < 0) return unwritable(to, code);
    return muxer;
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
    const std::int64_t index_bytes = index_bytes_at_most(tracks);
    constexpr std::int64_t other_header_bytes = 4096;  // ftyp, and what leads in the media data
    Result<std::unique_ptr<TakeOutput>> output =
        TakeOutput::create(to, index_bytes + other_header_bytes, end + index_bytes + other_header_bytes);
    if (!output) return output.error();
    const Result<MuxerPtr> muxer = open_muxer(*input->context(), **output, index_bytes, to);
    if (!muxer) return muxer.error();
    AVFormatContext* const written = muxer->get();
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
    avio_flush(written->pb);
    if (written->pb->error < 0) return unwritable(to, written->pb->error);
    if (const int failed = (*output)->close(); failed != 0) return write_error(to, failed);
    return digests_of(hashes, *input->context());
}

}  // namespace changji
