// What keeping time costs the recorder: a frame's place, a second of sound. Encoding and the rest: bench_stages.

#include "capture/recording/frame_pacer.hpp"
#include "capture/recording/sound_clock.hpp"

#include <vector>

#include <benchmark/benchmark.h>

namespace changji {
namespace {

constexpr Rational rate_25{25, 1};

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
