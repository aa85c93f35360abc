#include "capture/remux.hpp"

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "capture/av/versions.hpp"
#include "capture/mp4/media_input.hpp"
#include "capture/takes/takes_disk.hpp"

extern "C" {
#include <libavcodec/bsf.h>
#include <libavutil/opt.h>
}

namespace changji {
namespace fs = std::filesystem;
namespace {

struct FreeFilter {
    void operator()(AVBSFContext* filter) const { av_bsf_free(&filter); }
};
using FilterPtr = std::unique_ptr<AVBSFContext, FreeFilter>;

struct CloseOutput {
    void operator()(AVFormatContext* context) const {
        avio_closep(&context->pb);
        avformat_free_context(context);
    }
};
using OutputPtr = std::unique_ptr<AVFormatContext, CloseOutput>;

Error unwritable(const fs::path& path, int code) { return write_error(path, code > -4096 ? -code : EIO); }

Error does_not_fit(const fs::path& from, int code) {
    return {ErrorKind::UnsupportedFormat,
            say("{0} can't be copied into an MP4 file as it is ({1}): have it encoded again.", from.string(),
                av::reason(code))};
}

/// Where a picture's time lies on the grid of a constant rate, in ticks of that grid.
std::int64_t on_grid(std::int64_t time, AVRational time_base, Rational rate) {
    if (time == AV_NOPTS_VALUE) return time;
    return std::llround(static_cast<double>(time) * av_q2d(time_base) * rate.num / rate.den) * rate.den;
}

/// One of the streams that are copied.
class Lane {
public:
    static Result<Lane> open(const AVStream& from, AVFormatContext& output, const RemuxOptions& options,
                             const fs::path& name) {
        Lane lane(from);
        const bool picture = from.codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
        if (picture) lane.rate_ = options.constant_rate;
        lane.to_ = avformat_new_stream(&output, nullptr);
        if (!lane.to_) return does_not_fit(name, AVERROR(ENOMEM));
        const AVCodecParameters* parameters = from.codecpar;
        if (picture && options.tag_bt709) {
            if (const int code = lane.open_filter(); code < 0) return does_not_fit(name, code);
            parameters = lane.filter_->par_out;
        }
        if (const int code = avcodec_parameters_copy(lane.to_->codecpar, parameters); code < 0)
            return does_not_fit(name, code);
        if (picture && options.tag_bt709) {
            lane.to_->codecpar->color_range = AVCOL_RANGE_MPEG;
            lane.to_->codecpar->color_space = AVCOL_SPC_BT709;
            lane.to_->codecpar->color_primaries = AVCOL_PRI_BT709;
            lane.to_->codecpar->color_trc = AVCOL_TRC_BT709;
        }
        lane.to_->codecpar->codec_tag = 0;
        lane.to_->time_base = lane.times();
        lane.to_->avg_frame_rate = from.avg_frame_rate;
        lane.to_->sample_aspect_ratio = from.sample_aspect_ratio;
        lane.to_->disposition = from.disposition;
        av_dict_copy(&lane.to_->metadata, from.metadata, 0);
        av::copy_side_data(from, *lane.to_);
        return lane;
    }

    [[nodiscard]] int source() const { return from_->index; }

    /// 0 or an AVERROR.
    int write(AVPacket& packet, AVFormatContext& output) {
        if (!filter_) return send(packet, output);
        int code = av_bsf_send_packet(filter_.get(), &packet);
        const av::PacketPtr filtered(av_packet_alloc());
        while (code >= 0 && (code = av_bsf_receive_packet(filter_.get(), filtered.get())) >= 0) {
            code = send(*filtered, output);
        }
        return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
    }

private:
    explicit Lane(const AVStream& from) : from_(&from) {}
    [[nodiscard]] AVRational times() const { return rate_ ? AVRational{1, rate_->num} : from_->time_base; }

    int open_filter() {
        const AVBitStreamFilter* const about = av_bsf_get_by_name("h264_metadata");
        AVBSFContext* made = nullptr;
        if (!about) return AVERROR_BSF_NOT_FOUND;
        if (const int code = av_bsf_alloc(about, &made); code < 0) return code;
        filter_.reset(made);
        if (const int code = avcodec_parameters_copy(made->par_in, from_->codecpar); code < 0) return code;
        made->time_base_in = from_->time_base;
        constexpr int bt709 = 1;  // in all three tables of ITU-T H.264, annex E
        for (const char* what : {"colour_primaries", "transfer_characteristics", "matrix_coefficients"})
            av_opt_set_int(made->priv_data, what, bt709, 0);
        av_opt_set_int(made->priv_data, "video_full_range_flag", 0, 0);
        return av_bsf_init(made);
    }

    int send(AVPacket& packet, AVFormatContext& output) {
        if (rate_) {
            packet.pts = on_grid(packet.pts, from_->time_base, *rate_);
            packet.dts = on_grid(packet.dts, from_->time_base, *rate_);
            packet.duration = rate_->den;
        }
        av_packet_rescale_ts(&packet, times(), to_->time_base);
        packet.stream_index = to_->index;
        packet.pos = -1;
        return av_interleaved_write_frame(&output, &packet);
    }

    const AVStream* from_;
    AVStream* to_ = nullptr;
    std::optional<Rational> rate_;
    FilterPtr filter_;
};

const AVStream* first_of(const AVFormatContext& context, AVMediaType type) {
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const AVStream* const stream = context.streams[i];
        if (stream->codecpar->codec_type == type && !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC)) return stream;
    }
    return nullptr;
}

Status copy_all(mp4::MediaInput& input, AVFormatContext& output, std::vector<Lane>& lanes, const fs::path& from,
                const fs::path& temporary) {
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movflags", "+faststart", 0);
    int code = avformat_write_header(&output, &options);
    av_dict_free(&options);
    if (code < 0) return does_not_fit(from, code);
    const av::PacketPtr packet(av_packet_alloc());
    while (input.read(*packet)) {
        for (Lane& lane : lanes) {
            if (lane.source() != packet->stream_index) continue;
            code = lane.write(*packet, output);
            break;
        }
        av_packet_unref(packet.get());
        if (output.pb->error < 0) return unwritable(temporary, output.pb->error);
        if (code < 0) return does_not_fit(from, code);
    }
    if (input.error() != 0) {
        return Error{ErrorKind::Corrupt,
                     say("{0} can't be read to its end: copy it again from where it comes.", from.string())};
    }
    code = av_write_trailer(&output);
    avio_flush(output.pb);
    if (output.pb->error < 0) return unwritable(temporary, output.pb->error);
    return code < 0 ? Status(unwritable(temporary, code)) : Status();
}

}  // namespace

Status remux_to_mp4(const fs::path& from, const fs::path& to, const RemuxOptions& options) {
    av::quiet_log();
    const Result<mp4::ByteFile> file = mp4::open_byte_file(from);
    if (!file) return file.error();
    Result<mp4::MediaInput> input = mp4::open_media(*file, file->size_bytes(), from);
    if (!input) return input.error();

    // Of its own, whoever else writes to the same name at this moment.
    static std::atomic<int> count = 0;
    fs::path temporary = to;
    temporary += "." + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".tmp";
    const RemoveAtEnd unless_renamed(temporary);
    AVFormatContext* made = nullptr;
    if (const int code = avformat_alloc_output_context2(&made, nullptr, "mp4", temporary.c_str()); code < 0)
        return unwritable(to, code);
    OutputPtr output(made);
    std::vector<Lane> lanes;
    for (const AVMediaType type : {AVMEDIA_TYPE_VIDEO, AVMEDIA_TYPE_AUDIO}) {
        const AVStream* const stream = first_of(*input->context(), type);
        if (!stream) continue;
        Result<Lane> lane = Lane::open(*stream, *output, options, from);
        if (!lane) return lane.error();
        lanes.push_back(*std::move(lane));
    }
    if (const int code = avio_open(&output->pb, temporary.c_str(), AVIO_FLAG_WRITE); code < 0)
        return unwritable(to, code);
    if (Status copied = copy_all(*input, *output, lanes, from, temporary); !copied) return copied;
    output.reset();
    if (const int failed = sync_path(temporary); failed != 0) return write_error(to, failed);
    if (const int failed = rename_new(temporary, to); failed != 0) {
        if (failed != EEXIST) return write_error(to, failed);
        return Error{ErrorKind::Io,
                     say("{0} is already there, and nothing is ever replaced: choose another folder.", to.string())};
    }
    if (const int failed = sync_path(folder_of(to)); failed != 0) return write_error(to, failed);
    return {};
}

}  // namespace changji
