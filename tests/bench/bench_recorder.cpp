// What one frame and one second of sound cost the recorder. Run with --benchmark_min_time=2 on a quiet
// machine.

#include "capture/recording/encoders.hpp"
#include "capture/recording/frame_pacer.hpp"
#include "capture/recording/sound_clock.hpp"

#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

namespace changji {
namespace {

constexpr Rational rate_25{25, 1};

/// A portrait's worth of detail: smooth shading, mild sensor noise, and a shape that moves a little a frame.
std::vector<VideoFrame> make_pictures() {
    std::vector<VideoFrame> pictures;
    std::minstd_rand random(3);
    for (int step = 0; step < 12; ++step) {
        pictures.push_back(make_i420_frame(1920, 1080, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
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
    return pictures;
}

void encode_1080p(benchmark::State& state, const char* speed) {
    const std::vector<VideoFrame> pictures = make_pictures();
    Result<PictureEncoder> encoder = PictureEncoder::open({"libx264", speed}, rate_25, 12'000);
    if (!encoder) return state.SkipWithError("the encoder can't be opened");
    std::int64_t tick = 0;
    std::int64_t bytes = 0;
    const OnPacket on_packet = [&](av::PacketPtr packet) { bytes += packet->size; };
    for (auto _ : state) {
        if (!encoder->encode(pictures[tick % 12], tick, on_packet)) return state.SkipWithError("encoding failed");
        ++tick;
    }
    state.SetItemsProcessed(state.iterations());
    state.counters["kbps_at_25"] = static_cast<double>(bytes) * 8 * 25 / 1000 / static_cast<double>(tick);
}
BENCHMARK_CAPTURE(encode_1080p, superfast, "superfast")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(encode_1080p, ultrafast, "ultrafast")->Unit(benchmark::kMillisecond)->UseRealTime();

void place_frames(benchmark::State& state) {
    FramePacer pacer(rate_25);
    std::int64_t index = 0;
    for (auto _ : state) benchmark::DoNotOptimize(pacer.place(CaptureTime(tick_time(index++, {30, 1}))));
}
BENCHMARK(place_frames);

/// One second of sound a round; the argument is the microphone's skew in ppm (0: passes untouched).
void follow_sound(benchmark::State& state) {
    const double rate_hz = sound_rate_hz * (1.0 + static_cast<double>(state.range(0)) * 1e-6);
    SoundClock clock{CaptureTime{}};
    const auto samples = std::make_shared<const std::vector<float>>(960 * sound_channels, 0.25F);
    std::int64_t first = 0;
    for (auto _ : state) {
        for (int block = 0; block < 50; ++block, first += 960) {
            const Nanoseconds at(static_cast<std::int64_t>(static_cast<double>(first) / rate_hz * 1e9));
            clock.take({samples, first, CaptureTime(at)});
        }
        benchmark::DoNotOptimize(clock.pull(first));
    }
}
BENCHMARK(follow_sound)->Arg(0)->Arg(200)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace changji

BENCHMARK_MAIN();
