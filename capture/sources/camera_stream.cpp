#include "capture/sources/camera_stream.hpp"

#include "capture/av/av.hpp"
#include "capture/devices/cameras.hpp"
#include "capture/sources/camera_sequence.hpp"
#include "capture/sources/reopening.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

extern "C" {
#include <libavdevice/avdevice.h>
}

namespace changji {
namespace {
using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto poll_interval = 3ms;
constexpr auto longest_wait = 2s;

class Stream final : public CameraStream {
public:
    Stream(av::InputPtr input, av::CodecPtr decoder, VideoSettings granted, std::chrono::milliseconds patience)
        : input_(std::move(input)), decoder_(std::move(decoder)), granted_(std::move(granted)), patience_(patience) {}
    ~Stream() override { stop(); }

    bool sends_pictures(std::chrono::milliseconds limit) override {
        const auto end = steady_clock::now() + limit;
        bool any = false;
        while (!any && steady_clock::now() < end) {
            const int got = av_read_frame(input_.get(), packet_.get());
            if (got < 0 && got != AVERROR(EAGAIN)) return false;
            if (got < 0) {
                std::this_thread::sleep_for(poll_interval);
                continue;
            }
            any = decode().has_value();
            av_packet_unref(packet_.get());
        }
        sequence_ = CameraSequence();
        unreadable_ = 0;
        return any;
    }
    std::shared_ptr<const std::atomic<bool>> has_delivered() const override { return delivered_; }

    Status start(std::function<void(VideoFrame)> on_frame, std::function<void(Error)> on_lost) override {
        stop();
        reader_ = std::jthread(
            [this, on_frame = std::move(on_frame), on_lost = std::move(on_lost)](const std::stop_token& stopping) {
                discard_old_frames(stopping);
                if (const auto loss = deliver(stopping, on_frame)) on_lost(*loss);
            });
        return {};
    }
    void stop() override { reader_ = std::jthread(); }
    [[nodiscard]] VideoSettings granted() const override { return granted_; }

private:
    /// The driver began to fill its buffers when the camera was opened: those pictures are from before
    /// start().
    void discard_old_frames(const std::stop_token& stopping) {
        while (!stopping.stop_requested() && av_read_frame(input_.get(), packet_.get()) >= 0) {
            av_packet_unref(packet_.get());
        }
    }

    /// Until told to stop (nothing), or until the camera is lost.
    std::optional<Error> deliver(const std::stop_token& stopping, const std::function<void(VideoFrame)>& on_frame) {
        auto deadline = steady_clock::now() + patience_;
        while (!stopping.stop_requested()) {
            // Non-blocking: in a stall a blocking read never returns and never asks the interrupt callback.
            const int got = av_read_frame(input_.get(), packet_.get());
            if (got < 0 && got != AVERROR(EAGAIN)) return unplugged();
            if (got >= 0) {
                if (auto frame = decode()) {
                    deadline = steady_clock::now() + longest_wait;
                    *delivered_ = true;
                    on_frame(std::move(*frame));
                }
                av_packet_unref(packet_.get());
            } else {
                std::this_thread::sleep_for(poll_interval);
            }
            if (steady_clock::now() > deadline) return camera_stalled(granted_.name);
        }
        return std::nullopt;
    }

    std::optional<VideoFrame> decode() {
        // libavdevice empties what the driver marked as damaged; to a decoder an empty packet is the end.
        if (packet_->size == 0) return unreadable();
        const CaptureTime captured_at = capture_time();
        if (granted_.input_format != "mjpeg" && granted_.input_format != "h264" && !own_packet()) {
            return unreadable();
        }
        if (avcodec_send_packet(decoder_.get(), packet_.get()) < 0 ||
            avcodec_receive_frame(decoder_.get(), decoded_.get()) < 0 || decoded_->decode_error_flags != 0 ||
            (decoded_->flags & AV_FRAME_FLAG_CORRUPT) != 0) {
            return unreadable();
        }
        Result<VideoFrame> frame = av::to_video_frame(*decoded_);
        av_frame_unref(decoded_.get());
        if (!frame) return unreadable();
        tag(*frame);
        frame->captured_at = captured_at;
        frame->sequence = sequence_.next(captured_at, std::exchange(unreadable_, 0));
        return std::move(*frame);
    }

    std::optional<VideoFrame> unreadable() {
        ++unreadable_;
        return std::nullopt;
    }

    /// libavdevice lends the driver's own memory, which is gone once the camera is closed; frames live
    /// longer.
    bool own_packet() {
        const av::PacketPtr lent(av_packet_clone(packet_.get()));
        av_packet_unref(packet_.get());
        if (!lent || av_new_packet(packet_.get(), lent->size) < 0) return false;
        std::copy_n(lent->data, lent->size, packet_->data);
        return true;
    }

    /// The driver's time stamp where it is of the monotonic clock, else the moment of arrival.
    [[nodiscard]] CaptureTime capture_time() const {
        const CaptureTime now = steady_clock::now();
        if (packet_->pts == AV_NOPTS_VALUE) return now;
        const AVRational time_base = input_->streams[packet_->stream_index]->time_base;
        const CaptureTime stamped{Nanoseconds{av_rescale_q(packet_->pts, time_base, AVRational{1, 1'000'000'000})}};
        return stamped <= now && stamped > now - 2s ? stamped : now;
    }

    /// libavdevice does not pass on V4L2's colour space. Motion JPEG is full-range BT.601 by its standard;
    /// raw YCbCr of a webcam is limited-range BT.601 (V4L2's default for sRGB sources, and UVC's).
    void tag(VideoFrame& frame) const {
        if (granted_.input_format == "h264" || frame.format == PixelFormat::Bgra) return;
        frame.matrix = ColorMatrix::Bt601;
        frame.range = granted_.input_format == "mjpeg" ? ColorRange::Full : ColorRange::Limited;
    }

    [[nodiscard]] Error unplugged() const {
        return {ErrorKind::DeviceLost,
                say("The camera {0} was disconnected: check its cable and its port.", granted_.name)};
    }

    av::InputPtr input_;
    av::CodecPtr decoder_;  // after the input: closed first
    VideoSettings granted_;
    const std::chrono::milliseconds patience_;
    const std::shared_ptr<std::atomic<bool>> delivered_ = std::make_shared<std::atomic<bool>>(false);
    av::PacketPtr packet_{av_packet_alloc()};
    av::FramePtr decoded_{av_frame_alloc()};
    CameraSequence sequence_;
    std::uint64_t unreadable_ = 0;
    std::jthread reader_;  // last: ends before what it uses
};

class Options {
public:
    ~Options() { av_dict_free(&entries_); }
    Options() = default;
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;
    void set(const char* key, const std::string& value) { av_dict_set(&entries_, key, value.c_str(), 0); }
    AVDictionary** get() { return &entries_; }

private:
    AVDictionary* entries_ = nullptr;
};

Result<av::InputPtr> open_input(const CameraDevice& camera, const CameraRequest& request) {
    av::quiet_log();
    avdevice_register_all();
    Options options;
    options.set("timestamps", "default");  // the driver's own: monotonic
    if (!request.input_format.empty()) options.set("input_format", request.input_format);
    if (request.width_px > 0) {
        options.set("video_size", std::to_string(request.width_px) + "x" + std::to_string(request.height_px));
    }
    if (request.rate.is_positive()) {
        options.set("framerate", std::to_string(request.rate.num) + "/" + std::to_string(request.rate.den));
    }
    AVFormatContext* context = avformat_alloc_context();
    context->flags |= AVFMT_FLAG_NONBLOCK;
    // Frees the context when it fails.
    const int opened = avformat_open_input(&context, camera.path.c_str(), av_find_input_format("v4l2"), options.get());
    if (opened < 0) return camera_open_error(camera.name, AVUNERROR(opened));
    return av::InputPtr(context);
}

Result<av::CodecPtr> open_decoder(const CameraDevice& camera, const AVCodecParameters& parameters) {
    const AVCodec* const codec = avcodec_find_decoder(parameters.codec_id);
    av::CodecPtr decoder(avcodec_alloc_context3(codec));
    if (!codec || !decoder || avcodec_parameters_to_context(decoder.get(), &parameters) < 0) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The camera {0} sends {1}, which can't be read: choose another format with \"?format=\".",
                         camera.name, avcodec_get_name(parameters.codec_id))};
    }
    decoder->thread_count = 2;
    decoder->thread_type = FF_THREAD_SLICE;  // frame threads would hold pictures back
    decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
    decoder->err_recognition |= AV_EF_EXPLODE;  // half a picture is no picture
    if (const int opened = avcodec_open2(decoder.get(), codec, nullptr); opened < 0) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The pictures of the camera {0} can't be read: {1}.", camera.name, av::reason(opened))};
    }
    return decoder;
}

VideoSettings granted_by(const CameraDevice& camera, const CameraRequest& request, const AVStream& stream) {
    VideoSettings granted;
    granted.name = camera.name;
    granted.width_px = stream.codecpar->width;
    granted.height_px = stream.codecpar->height;
    granted.rate = av::from_av(stream.avg_frame_rate);
    granted.input_format =
        request.input_format.empty() ? avcodec_get_name(stream.codecpar->codec_id) : request.input_format;
    return granted;
}

}  // namespace

Result<std::unique_ptr<CameraStream>> open_camera_stream(const CameraDevice& camera, const CameraRequest& request,
                                                         std::chrono::milliseconds patience) {
    auto input = open_input(camera, request);
    if (!input) return input.error();
    const AVStream& stream = *(*input)->streams[0];
    auto decoder = open_decoder(camera, *stream.codecpar);
    if (!decoder) return decoder.error();
    VideoSettings granted = granted_by(camera, request, stream);
    return std::unique_ptr<CameraStream>(
        std::make_unique<Stream>(std::move(*input), std::move(*decoder), std::move(granted), patience));
}

}  // namespace changji
