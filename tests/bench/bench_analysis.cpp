// What each meter costs: time per 1080p frame, and per second of sound.

#include "analysis/picture/background_meter.hpp"
#include "analysis/picture/clutter_overlay.hpp"
#include "analysis/picture/flicker_meter.hpp"
#include "analysis/picture/light_meter.hpp"
#include "analysis/picture/packaging_meter.hpp"
#include "analysis/picture/picture_meters.hpp"
#include "analysis/picture/picture_noise.hpp"
#include "analysis/picture/picture_scopes.hpp"
#include "analysis/picture/sharpness.hpp"
#include "analysis/picture/stillness_watch.hpp"
#include "analysis/sound/loudness_meter.hpp"
#include "analysis/sound/noise_meter.hpp"
#include "analysis/sound/sound_meters.hpp"
#include "analysis/sound/sound_scope.hpp"
#include "analysis/subject/face_tracker.hpp"

#include <array>
#include <cmath>

#include <benchmark/benchmark.h>

namespace changji {
namespace {

const VideoFrame& frame() {
    static const VideoFrame made = make_i420_frame(1920, 1080, [](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        for (int row = 0; row < 1080; ++row) {
            for (int column = 0; column < 1920; ++column) {
                y.data[row * y.stride_bytes + column] =
                    static_cast<std::uint8_t>(16 + (row * 7 + column * column / 91) % 220);
            }
        }
        for (const WritablePlane& chroma : {cb, cr})
            std::fill_n(chroma.data, chroma.stride_bytes * 540, std::uint8_t{124});
    });
    return made;
}

const std::vector<FaceBox>& one_face() {
    static const std::vector<FaceBox> faces{{0.42, 0.2, 0.15, 0.27}};
    return faces;
}

/// One second of a 300 Hz tone that comes and goes.
const std::vector<float>& second_of_sound() {
    static const std::vector<float> sound = [] {
        std::vector<float> samples;
        for (int i = 0; i < sound_rate_hz; ++i) {
            const auto sample = static_cast<float>(0.1 * std::sin(i * 0.039) * std::sin(i * 0.0004));
            samples.insert(samples.end(), {sample, sample});
        }
        return samples;
    }();
    return sound;
}

void thumbnail_per_frame(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(make_thumbnail(frame()));
}
void subject_mask_per_frame(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(mask_subjects(one_face()));
}
void light_per_frame(benchmark::State& state) {
    const Thumbnail small = make_thumbnail(frame());
    const SubjectMask subject = mask_subjects(one_face());
    for (auto _ : state) benchmark::DoNotOptimize(measure_light(frame(), small, one_face(), subject));
}
void background_per_frame(benchmark::State& state) {
    const Thumbnail small = make_thumbnail(frame());
    const SubjectMask subject = mask_subjects(one_face());
    for (auto _ : state) benchmark::DoNotOptimize(measure_clutter(small, subject));
}
template <ScopeTrace (*Trace)(const VideoFrame&)>
void scope_per_frame(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(Trace(frame()));
}
void luma_spread_per_frame(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(measure_luma_spread(frame()));
}
void clutter_overlay_per_frame(benchmark::State& state) {
    const SubjectMask subject = mask_subjects(one_face());
    for (auto _ : state) benchmark::DoNotOptimize(clutter_overlay(frame(), subject));
}
void picture_noise_per_frame(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(measure_picture_noise(frame()));
}
void row_means_per_frame(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(row_means(frame()));
}
/// One second of frames at `state.range(0)` a second, its reading among them.
void flicker_per_second(benchmark::State& state) {
    FlickerMeter meter;
    const RowMeans rows = row_means(frame());
    CaptureTime now;
    const auto second = [&] {
        for (int i = 0; i < state.range(0); ++i) meter.see(rows, now += Nanoseconds(1'000'000'000 / state.range(0)));
    };
    for (int i = 0; i < 10; ++i) second();
    for (auto _ : state) second();
}
void sharpness_per_frame(benchmark::State& state) {
    const SubjectMask subject = mask_subjects(one_face());
    for (auto _ : state) benchmark::DoNotOptimize(measure_sharpness(frame(), one_face(), subject, 2.0));
}
void packaging_per_frame(benchmark::State& state) {
    const Thumbnail small = make_thumbnail(frame());
    PackagingMeter packaging;
    for (auto _ : state) packaging.see(frame(), small);
}
/// A second of five metered frames without a face: the dearest case but the first frame.
void face_tracker_per_second(benchmark::State& state) {
    auto tracker = FaceTracker::open();
    if (!tracker) return state.SkipWithError("the face cascades are missing");
    VideoFrame next = frame();
    for (auto _ : state) {
        for (int i = 0; i < 5; ++i, next.captured_at += std::chrono::milliseconds(200)) tracker->see(next);
    }
}
/// A second of 25 frames through every picture meter.
void all_picture_meters_per_second(benchmark::State& state) {
    auto meters = PictureMeters::open(100.0, {});
    if (!meters) return state.SkipWithError("the face cascades are missing");
    VideoFrame next = frame();
    for (auto _ : state) {
        for (int i = 0; i < 25; ++i, next.captured_at += std::chrono::milliseconds(40)) meters->see(next);
    }
}
/// The limit that memory sets: every byte of a second of 25 pictures read once, none of them in a cache any more.
void read_every_pixel_per_second(benchmark::State& state) {
    constexpr std::size_t words = std::size_t{1920} * 1080 * 3 / 2 * 25 / sizeof(std::uint64_t);
    const std::vector<std::uint64_t> second(words, 1);
    for (auto _ : state) {
        std::array<std::uint64_t, 4> sums{};
        for (std::size_t i = 0; i < words; i += sums.size()) {
            for (std::size_t lane = 0; lane < sums.size(); ++lane) sums[lane] += second[i + lane];
        }
        benchmark::DoNotOptimize(sums);
    }
}
/// The plain search of a whole picture, as the first frame of a film has it: an earlier time begins a new film.
void face_search_per_frame(benchmark::State& state) {
    auto tracker = FaceTracker::open();
    if (!tracker) return state.SkipWithError("the face cascades are missing");
    VideoFrame next = frame();
    for (auto _ : state) {
        next.captured_at -= std::chrono::milliseconds(200);
        tracker->see(next);
    }
}

template <typename Meter>
void sound_per_second(benchmark::State& state) {
    Meter meter;
    for (auto _ : state) meter.hear(second_of_sound());
}

BENCHMARK(thumbnail_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(subject_mask_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(light_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(background_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(scope_per_frame<trace_waveform>)->Unit(benchmark::kMillisecond);
BENCHMARK(scope_per_frame<trace_parade>)->Unit(benchmark::kMillisecond);
BENCHMARK(scope_per_frame<trace_vectorscope>)->Unit(benchmark::kMillisecond);
BENCHMARK(luma_spread_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(clutter_overlay_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(picture_noise_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(row_means_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(flicker_per_second)->Unit(benchmark::kMillisecond)->Arg(25)->Arg(60);
BENCHMARK(sharpness_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(packaging_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(face_tracker_per_second)->Unit(benchmark::kMillisecond);
BENCHMARK(all_picture_meters_per_second)->Unit(benchmark::kMillisecond);
BENCHMARK(read_every_pixel_per_second)->Unit(benchmark::kMillisecond);
BENCHMARK(face_search_per_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<LoudnessMeter>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<NoiseMeter>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<ClippingMeter>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<ChannelMeter>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<HumMeter>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<PhaseMeter>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<SilenceMeter>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<DropoutMeter>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<SoundScope>)->Unit(benchmark::kMillisecond);
BENCHMARK(sound_per_second<SoundMeters>)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace changji

BENCHMARK_MAIN();
