#include "capture/recording/fragment_writer.hpp"

#include "capture/av/versions.hpp"

#include <atomic>
#include <chrono>
#include <optional>

extern "C" {
#include <libavutil/opt.h>
}

namespace changji {
namespace {

constexpr int io_buffer_bytes = 1 << 16;
constexpr auto sync_every = std::chrono::milliseconds(500);
constexpr int min_timescale_hz = 10'000;

struct FreeOutput {
    void operator()(AVFormatContext* context) const {
        if (context->pb) {
            av_freep(&context->pb->buffer);
            avio_context_free(&context->pb);
        }
        avformat_free_context(context);
    }
};

Error muxer_error(int code) {
    return {ErrorKind::Io,
            say("The recording can't be written: {0}. What was recorded until now is kept.", av::reason(code))};
}

// A multiple of the rate, so that every frame lasts a whole number of units; large enough for players.
int timescale_for(AVRational tick) {
    int timescale = tick.den;
    while (timescale < min_timescale_hz) timescale *= 2;
    return timescale;
}

class Mp4FragmentWriter final : public FragmentWriter {
public:
    explicit Mp4FragmentWriter(std::unique_ptr<ByteSink> sink) : sink_(std::move(sink)) {}

    Status open(const AVCodecContext& video, const AVCodecContext* audio) {
        AVFormatContext* context = nullptr;
        if (const int code = avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr); code < 0) {
            return muxer_error(code);
        }
        context_.reset(context);
        auto* buffer = static_cast<unsigned char*>(av_malloc(io_buffer_bytes));
        context->pb = avio_alloc_context(buffer, io_buffer_bytes, 1, this, nullptr, on_write, nullptr);
        if (!buffer || !context->pb) return muxer_error(AVERROR(ENOMEM));
        context->flags |= AVFMT_FLAG_FLUSH_PACKETS;
        // Picture and sound are never far apart here, and no packet may overtake: wait as long as it takes.
        context->max_interleave_delta = 0;

        const int timescale = timescale_for(video.time_base);
        if (Status added = add_stream(video, {1, timescale}); !added) return added;
        if (audio) {
            if (Status added = add_stream(*audio, {1, audio->sample_rate}); !added) return added;
        }
        AVDictionary* options = nullptr;
        av_dict_set(&options, "movflags", "+frag_keyframe+empty_moov+delay_moov+default_base_moof", 0);
        av_dict_set_int(&options, "frag_duration", 500'000, 0);
        av_dict_set_int(&options, "video_track_timescale", timescale, 0);
        const int code = avformat_write_header(context, &options);
        av_dict_free(&options);
        if (code < 0) return sink_error_ ? Status(*sink_error_) : Status(muxer_error(code));
        return {};
    }

    Status write_video(av::PacketPtr packet) override { return write(std::move(packet), 0); }
    Status write_audio(av::PacketPtr packet) override { return write(std::move(packet), 1); }

    Status finish() override {
        if (sink_error_) return *sink_error_;
        const int code = av_write_trailer(context_.get());
        if (sink_error_) return *sink_error_;
        if (code < 0) return muxer_error(code);
        return sync();
    }

    std::int64_t bytes_written() const override { return bytes_written_; }

private:
    Status add_stream(const AVCodecContext& encoder, AVRational time_base) {
        AVStream* stream = avformat_new_stream(context_.get(), nullptr);
        if (!stream) return muxer_error(AVERROR(ENOMEM));
        if (const int code = avcodec_parameters_from_context(stream->codecpar, &encoder); code < 0) {
            return muxer_error(code);
        }
        stream->time_base = time_base;
        encoder_time_base_[stream->index] = encoder.time_base;
        if (encoder.codec_type == AVMEDIA_TYPE_VIDEO) {
            stream->avg_frame_rate = encoder.framerate;
            stream->sample_aspect_ratio = encoder.sample_aspect_ratio;
        }
        return {};
    }

    Status write(av::PacketPtr packet, int stream) {
        if (sink_error_) return *sink_error_;
        packet->stream_index = stream;
        av_packet_rescale_ts(packet.get(), encoder_time_base_[stream], context_->streams[stream]->time_base);
        const int code = av_interleaved_write_frame(context_.get(), packet.get());
        if (sink_error_) return *sink_error_;
        if (code < 0) return muxer_error(code);
        return std::chrono::steady_clock::now() - synced_at_ >= sync_every ? sync() : Status();
    }

    Status sync() {
        Status synced = sink_->sync();
        if (!synced) sink_error_ = synced.error();
        synced_at_ = std::chrono::steady_clock::now();
        return synced;
    }

    static int on_write(void* self, av::WrittenByte* data, int size) {
        return static_cast<Mp4FragmentWriter*>(self)->write_bytes({data, static_cast<std::size_t>(size)});
    }

    int write_bytes(std::span<const std::uint8_t> bytes) {
        if (sink_error_) return AVERROR_EXTERNAL;
        if (Status written = sink_->write(bytes); !written) {
            sink_error_ = written.error();
            return AVERROR_EXTERNAL;
        }
        bytes_written_ += static_cast<std::int64_t>(bytes.size());
        return static_cast<int>(bytes.size());
    }

    std::unique_ptr<ByteSink> sink_;
    std::optional<Error> sink_error_;
    std::unique_ptr<AVFormatContext, FreeOutput> context_;
    std::array<AVRational, 2> encoder_time_base_{};
    std::chrono::steady_clock::time_point synced_at_ = std::chrono::steady_clock::now();
    std::atomic<std::int64_t> bytes_written_ = 0;
};

}  // namespace

Result<std::unique_ptr<FragmentWriter>> FragmentWriter::open(std::unique_ptr<ByteSink> sink,
                                                             const AVCodecContext& video, const AVCodecContext* audio) {
    auto writer = std::make_unique<Mp4FragmentWriter>(std::move(sink));
    if (Status opened = writer->open(video, audio); !opened) return opened.error();
    return std::unique_ptr<FragmentWriter>(std::move(writer));
}

}  // namespace changji
