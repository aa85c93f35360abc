// What one 1080p frame costs on each stage of its way: decode, convert, encode, mux. Times are of the processor, all
// threads together. Run with --benchmark_min_time=2 on a quiet machine.

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "capture/framing.hpp"
#include "capture/recording/encoder_input.hpp"
#include "capture/recording/encoders.hpp"
#include "capture/recording/fragment_writer.hpp"

namespace changji {
namespace {

constexpr Rational rate_25{25, 1};
constexpr int pictures_made = 12;

/// A portrait's worth of detail: smooth shading, mild sensor noise, and a shape that moves a little a frame.
const std::vector<VideoFrame>& pictures() {
    static const std::vector<VideoFrame> made = [] {
        std::vector<VideoFrame> frames;
        std::minstd_rand random(3);
        for (int step = 0; step < pictures_made; ++step) {
            frames.push_back(make_i420_frame(1920, 1080, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
                for (int row = 0; row < 1080; ++row) {
                    for (int column = 0; column < 1920; ++column) {
                        const bool shape = std::abs(column - 900 - 4 * step) < 250 && row > 300;
                        const int shade = 60 + row / 16 + column / 32 + (shape ? 50 : 0);
                        y.data[row * y.stride_bytes + column] =
                            static_cast<std::uint8_t>(shade + static_cast<int>(random() % 5));
                    }
                }
                std::memset(cb.data, 122, static_cast<std::size_t>(cb.stride_bytes) * 540);
                std::memset(cr.data, 134, static_cast<std::size_t>(cr.stride_bytes) * 540);
            }));
        }
        return frames;
    }();
    return made;
}

/// A gray ramp of any size and format, as a camera would tag it.
VideoFrame ramp(int width_px, int height_px, AVPixelFormat format, ColorRange range, ColorMatrix matrix) {
    const std::shared_ptr<AVFrame> memory(av_frame_alloc(), av::Free());
    memory->format = format;
    memory->width = width_px;
    memory->height = height_px;
    if (av_frame_get_buffer(memory.get(), 0) < 0) std::abort();
    VideoFrame frame;
    for (std::size_t plane = 0; plane < frame.planes.size() && memory->data[plane]; ++plane) {
        const bool halved = plane > 0 && (format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_NV12);
        const int rows = halved ? height_px / 2 : height_px;
        for (int row = 0; row < rows; ++row) {
            std::uint8_t* const line = memory->data[plane] + static_cast<std::ptrdiff_t>(row) * memory->linesize[plane];
            for (int at = 0; at < memory->linesize[plane]; ++at)
                line[at] = static_cast<std::uint8_t>(40 + (row + at) % 160);
        }
        frame.planes[plane] = {memory->data[plane], memory->linesize[plane]};
    }
    frame.owner = memory;
    frame.width_px = width_px;
    frame.height_px = height_px;
    frame.format = av::from_av(format);
    frame.range = range;
    frame.matrix = matrix;
    return frame;
}

av::PacketPtr compress_to_motion_jpeg(const VideoFrame& picture) {
    const AVCodec* const jpeg = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    const av::CodecPtr codec(avcodec_alloc_context3(jpeg));
    codec->width = picture.width_px;
    codec->height = picture.height_px;
    codec->pix_fmt = AV_PIX_FMT_YUVJ420P;
    codec->time_base = {1, 25};
    codec->flags |= AV_CODEC_FLAG_QSCALE;
    codec->global_quality = 3 * FF_QP2LAMBDA;
    if (avcodec_open2(codec.get(), jpeg, nullptr) < 0) return nullptr;
    const av::FramePtr frame = av::to_av_frame(picture);
    frame->format = AV_PIX_FMT_YUVJ420P;
    frame->pts = 0;
    av::PacketPtr packet(av_packet_alloc());
    if (avcodec_send_frame(codec.get(), frame.get()) < 0) return nullptr;
    if (avcodec_send_frame(codec.get(), nullptr) < 0) return nullptr;
    return avcodec_receive_packet(codec.get(), packet.get()) < 0 ? nullptr : std::move(packet);
}

void decode_motion_jpeg(benchmark::State& state) {
    const av::PacketPtr packet = compress_to_motion_jpeg(pictures().front());
    const AVCodec* const jpeg = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
    const av::CodecPtr codec(avcodec_alloc_context3(jpeg));
    codec->thread_count = 1;
    if (!packet || avcodec_open2(codec.get(), jpeg, nullptr) < 0) return state.SkipWithError("no Motion JPEG here");
    const av::FramePtr frame(av_frame_alloc());
    for (auto _ : state) {
        if (avcodec_send_packet(codec.get(), packet.get()) < 0) return state.SkipWithError("decoding failed");
        if (avcodec_receive_frame(codec.get(), frame.get()) < 0) return state.SkipWithError("decoding failed");
        benchmark::DoNotOptimize(av::to_video_frame(*frame));
    }
}

void convert(benchmark::State& state, const VideoFrame& source) {
    Framing framing;
    for (auto _ : state) {
        if (!framing.frame(source)) return state.SkipWithError("converting failed");
    }
}
void convert_nothing(benchmark::State& state) { convert(state, pictures().front()); }
void convert_yuyv(benchmark::State& state) {
    convert(state, ramp(1920, 1080, AV_PIX_FMT_YUYV422, ColorRange::Limited, ColorMatrix::Bt601));
}
void convert_motion_jpeg_420(benchmark::State& state) {
    convert(state, ramp(1920, 1080, AV_PIX_FMT_YUV420P, ColorRange::Full, ColorMatrix::Bt601));
}
void convert_motion_jpeg_422(benchmark::State& state) {
    convert(state, ramp(1920, 1080, AV_PIX_FMT_YUV422P, ColorRange::Full, ColorMatrix::Bt601));
}
void convert_720p_jpeg(benchmark::State& state) {
    convert(state, ramp(1280, 720, AV_PIX_FMT_YUV422P, ColorRange::Full, ColorMatrix::Bt601));
}
void convert_4k_jpeg(benchmark::State& state) {
    convert(state, ramp(3840, 2160, AV_PIX_FMT_YUV422P, ColorRange::Full, ColorMatrix::Bt601));
}
void convert_4k_file(benchmark::State& state) {
    convert(state, ramp(3840, 2160, AV_PIX_FMT_YUV420P, ColorRange::Limited, ColorMatrix::Bt709));
}

void lay_out_nv12(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(to_nv12(pictures().front()));
}

void encode(benchmark::State& state, const char* speed) {
    Result<PictureEncoder> encoder = PictureEncoder::open({"libx264", speed}, rate_25, 12'000);
    if (!encoder) return state.SkipWithError("the encoder can't be opened");
    std::int64_t tick = 0;
    std::int64_t bytes = 0;
    const OnPacket on_packet = [&](const av::PacketPtr& packet) { bytes += packet->size; };
    for (auto _ : state) {
        const VideoFrame& picture = pictures()[static_cast<std::size_t>(tick % pictures_made)];
        if (!encoder->encode(picture, tick, on_packet)) return state.SkipWithError("encoding failed");
        ++tick;
    }
    state.counters["kbps_at_25"] = static_cast<double>(bytes) * 8 * 25 / 1000 / static_cast<double>(tick);
}

class NoDisk final : public ByteSink {
public:
    Status write(std::span<const std::uint8_t> bytes) override {
        benchmark::DoNotOptimize(bytes.data());
        return {};
    }
    Status sync() override { return {}; }
};

void mux(benchmark::State& state) {
    Result<PictureEncoder> encoder = PictureEncoder::open({"libx264", "ultrafast"}, rate_25, 12'000);
    if (!encoder) return state.SkipWithError("the encoder can't be opened");
    std::vector<av::PacketPtr> second;
    const OnPacket keep = [&](av::PacketPtr packet) { second.push_back(std::move(packet)); };
    for (int tick = 0; tick < 25; ++tick) {
        if (!encoder->encode(pictures()[static_cast<std::size_t>(tick % pictures_made)], tick, keep)) return;
    }
    if (!encoder->flush(keep) || second.size() != 25) return state.SkipWithError("encoding failed");
    auto writer = FragmentWriter::open(std::make_unique<NoDisk>(), encoder->context(), nullptr);
    if (!writer) return state.SkipWithError("the muxer can't be opened");
    std::int64_t tick = 0;
    for (auto _ : state) {
        av::PacketPtr packet(av_packet_clone(second[static_cast<std::size_t>(tick % 25)].get()));
        packet->pts = packet->dts = tick++;
        if (!(*writer)->write_video(std::move(packet))) return state.SkipWithError("muxing failed");
    }
    if (!(*writer)->finish()) state.SkipWithError("muxing failed");
}

#define STAGE(name) BENCHMARK(name)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()
STAGE(decode_motion_jpeg);
STAGE(convert_nothing);
STAGE(convert_yuyv);
STAGE(convert_motion_jpeg_420);
STAGE(convert_motion_jpeg_422);
STAGE(convert_720p_jpeg);
STAGE(convert_4k_jpeg);
STAGE(convert_4k_file);
STAGE(lay_out_nv12);
BENCHMARK_CAPTURE(encode, ultrafast, "ultrafast")->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(encode, superfast, "superfast")->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(encode, veryfast, "veryfast")->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(encode, faster, "faster")->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
STAGE(mux);

}  // namespace
}  // namespace changji

BENCHMARK_MAIN();
