#include "analysis/sync/sync_meter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <string>

#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

namespace changji::test {
namespace {

using namespace std::chrono_literals;

/// A scene in which somebody claps, or a light flashes, at known moments, filmed and recorded by devices whose sound is
/// `offset_s` late. All that happens by chance comes from the seed.
struct Scene {
    int rate = 25;
    double offset_s = 0.0;
    unsigned seed = 1;
    double length_s = 7.0;
    double exposure_s = 0.008;
    std::vector<double> claps_s;
    std::vector<double> flashes_s;
    double flash_s = 0.15;   ///< how long the light stays on
    double gesture_s = 0.0;  ///< 1/this swings a second of an arm; 0: nobody moves
};

/// About a second apart, at any phase of the pictures.
std::vector<double> moments(int count, unsigned seed) {
    std::mt19937 chance(seed);
    std::uniform_real_distribution<double> jitter(-0.12, 0.12);
    std::vector<double> all;
    for (int i = 0; i < count; ++i) all.push_back(1.0 + i + jitter(chance));
    return all;
}

/// Half the distance of the palms, in pixels of a picture 320 wide: a swing of a quarter of a second, ever faster,
/// until they meet; closed for a while; opened slowly.
double half_gap_px(const std::vector<double>& claps_s, double time_s) {
    constexpr double open_px = 40.0, swing_s = 0.26, closed_s = 0.14, opening_s = 0.5;
    for (const double clap_s : claps_s) {
        const double since_s = time_s - clap_s;
        if (since_s > -swing_s && since_s <= 0) {
            const double done = (since_s + swing_s) / swing_s;
            return open_px * (1.0 - done * done);
        }
        if (since_s > 0 && since_s < closed_s) return 0.0;
        if (since_s >= closed_s && since_s < closed_s + opening_s) {
            const double done = (since_s - closed_s) / opening_s;
            return open_px * done * done * (3.0 - 2.0 * done);
        }
    }
    return open_px;
}

/// 320×180, grainy, each pixel the mean of what the exposure saw; stamped with the middle of the exposure.
VideoFrame film(const Scene& scene, double time_s, std::uint32_t& grain) {
    constexpr int width = 320, height = 180, samples = 4;
    constexpr double hand_px = 14.0;
    std::vector<double> row(width, 0.0), arm(width, 0.0);
    double light = 0.0;
    for (int i = 0; i < samples; ++i) {
        const double at_s = time_s + scene.exposure_s * ((i + 0.5) / samples - 0.5);
        const double gap = half_gap_px(scene.claps_s, at_s);
        for (int x = 0; x < width; ++x) {
            const double from_middle = std::abs(x + 0.5 - width / 2.0);
            row[static_cast<std::size_t>(x)] += from_middle >= gap && from_middle < gap + hand_px ? 1.0 / samples : 0.0;
        }
        for (const double flash_s : scene.flashes_s) {
            light += at_s >= flash_s && at_s < flash_s + scene.flash_s ? 60.0 / samples : 0.0;
        }
        if (scene.gesture_s > 0) {
            const double swing = std::sin(2 * std::numbers::pi * at_s / scene.gesture_s) +
                                 0.6 * std::sin(2 * std::numbers::pi * at_s / (scene.gesture_s * 0.37));
            const double arm_px = 100.0 + 45.0 * swing;
            for (int x = 0; x < width; ++x)
                arm[static_cast<std::size_t>(x)] += std::abs(x - arm_px) < 9.0 ? 1.0 / samples : 0.0;
        }
    }
    VideoFrame frame = make_i420_frame(width, height, [&](WritablePlane y, WritablePlane, WritablePlane) {
        for (int line = 0; line < height; ++line) {
            for (int x = 0; x < width; ++x) {
                grain = grain * 1664525U + 1013904223U;
                const double noise = (static_cast<double>(grain >> 16) / 32768.0 - 1.0) * 8.0;
                double value = 70.0 + 0.15 * x + ((line / 23 + x / 31) % 2) * 20.0 + light + noise;
                if (line >= 80 && line < 104) value += 80.0 * row[static_cast<std::size_t>(x)];
                if (line >= 120 && line < 150) value += 80.0 * arm[static_cast<std::size_t>(x)];
                y.data[line * y.stride_bytes + x] = static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
            }
        }
    });
    frame.captured_at = CaptureTime(1h) + Nanoseconds(std::llround(time_s * 1e9));
    return frame;
}

void show(SyncMeter& meter, const Scene& scene) {
    std::mt19937 chance(scene.seed * 77 + 5);
    const double phase_s = std::uniform_real_distribution<double>(0.0, 1.0 / scene.rate)(chance);
    std::uint32_t grain = scene.seed;
    for (double time_s = phase_s; time_s < scene.length_s; time_s += 1.0 / scene.rate) {
        meter.see(film(scene, time_s, grain));
    }
}

/// A bright burst that dies away in 8 ms, and its echo in the room.
void add_clap(Interleaved& sound, double at_s, double peak, unsigned seed) {
    std::mt19937 chance(seed);
    std::normal_distribution<double> noise(0.0, 0.35);
    const auto first = static_cast<std::size_t>(std::llround(at_s * sound_rate_hz));
    for (std::size_t frame = first; frame < first + 24'000 && 2 * frame + 1 < sound.size(); ++frame) {
        const double since_s = static_cast<double>(frame - first) / sound_rate_hz;
        const double value = peak * noise(chance) * (std::exp(-since_s / 0.008) + 0.12 * std::exp(-since_s / 0.09));
        sound[2 * frame] += static_cast<float>(value);
        sound[2 * frame + 1] += static_cast<float>(value);
    }
}

/// Syllables four to six times a second, some of them beginning with the burst of a consonant.
void add_speech(Interleaved& sound, double peak, unsigned seed) {
    std::mt19937 chance(seed);
    std::uniform_real_distribution<double> any(0.0, 1.0);
    const double length_s = static_cast<double>(sound.size()) / 2 / sound_rate_hz;
    for (double at_s = 0.1; at_s < length_s - 0.4; at_s += 0.16 + 0.12 * any(chance)) {
        const double hertz = 110.0 + 60.0 * any(chance), length = 0.09 + 0.1 * any(chance);
        if (any(chance) < 0.3) add_clap(sound, at_s, 0.08 * peak, seed + static_cast<unsigned>(at_s * 1000));
        const auto first = static_cast<std::size_t>(at_s * sound_rate_hz);
        for (std::size_t n = 0; n < static_cast<std::size_t>(length * sound_rate_hz); ++n) {
            const double since_s = static_cast<double>(n) / sound_rate_hz;
            double value = 0.0;
            for (int harmonic = 1; harmonic <= 20; ++harmonic) {
                value += std::sin(2 * std::numbers::pi * hertz * harmonic * since_s) / harmonic;
            }
            value *= 0.5 * peak * std::sin(std::numbers::pi * since_s / length);
            sound[2 * (first + n)] += static_cast<float>(value);
            sound[2 * (first + n) + 1] += static_cast<float>(value);
        }
    }
}

Interleaved record(const Scene& scene, double speech_peak = 0.0) {
    Interleaved sound = white_noise(-60.0, scene.length_s + 0.5, scene.seed);
    if (speech_peak > 0) add_speech(sound, speech_peak, scene.seed);
    for (const auto* const all : {&scene.claps_s, &scene.flashes_s}) {
        for (const double at_s : *all) add_clap(sound, at_s + scene.offset_s, 0.5, scene.seed + 13);
    }
    return sound;
}

void play(SyncMeter& meter, const Interleaved& sound) {
    constexpr std::size_t block = 960;
    for (std::size_t first = 0; 2 * (first + block) <= sound.size(); first += block) {
        const auto begin = sound.begin() + static_cast<std::ptrdiff_t>(2 * first);
        SoundBlock heard = block_of(Interleaved(begin, begin + 2 * block), static_cast<std::int64_t>(first));
        heard.captured_at = CaptureTime(1h) + sound_duration(heard.first_frame);
        meter.hear(heard);
    }
}

SyncReading measure(const Scene& scene, double speech_peak = 0.0) {
    SyncMeter meter;
    show(meter, scene);
    play(meter, record(scene, speech_peak));
    return meter.read();
}

struct Devices {
    int rate;
    int offset_ms;
};
class SyncMeterFinds : public testing::TestWithParam<Devices> {
protected:
    /// Another chance for every pair.
    [[nodiscard]] static Scene scene() {
        Scene scene;
        scene.rate = GetParam().rate;
        scene.offset_s = GetParam().offset_ms / 1000.0;
        scene.seed = static_cast<unsigned>(GetParam().rate * 1000 + GetParam().offset_ms);
        return scene;
    }
};

TEST_P(SyncMeterFinds, TheOffsetOfHandClaps) {
    Scene clapping = scene();
    clapping.claps_s = moments(5, clapping.seed);
    const SyncReading reading = measure(clapping, 0.1);
    ASSERT_TRUE(reading.offset_ms) << in_english(reading.problem);
    EXPECT_NEAR(*reading.offset_ms, GetParam().offset_ms, 20.0);
    EXPECT_GE(reading.claps.size(), 4U);
    EXPECT_LT(reading.spread_ms, 30.0);
}

TEST_P(SyncMeterFinds, TheOffsetOfFlashes) {
    Scene flashing = scene();
    flashing.flashes_s = moments(5, flashing.seed);
    const SyncReading reading = measure(flashing, 0.1);
    ASSERT_TRUE(reading.offset_ms) << in_english(reading.problem);
    EXPECT_NEAR(*reading.offset_ms, GetParam().offset_ms, 10.0);
    EXPECT_EQ(reading.claps.size(), 5U);
}

INSTANTIATE_TEST_SUITE_P(Devices, SyncMeterFinds,
                         testing::Values(Devices{25, 0}, Devices{25, -80}, Devices{25, 40}, Devices{25, 200},
                                         Devices{30, 0}, Devices{30, -80}, Devices{30, 40}, Devices{30, 200},
                                         Devices{60, 0}, Devices{60, -80}, Devices{60, 40}, Devices{60, 200}),
                         [](const auto& tested) {
                             const int ms = tested.param.offset_ms;
                             return "At" + std::to_string(tested.param.rate) + (ms < 0 ? "Early" : "Late") +
                                    std::to_string(std::abs(ms));
                         });

TEST(SyncMeter, ALightOfOnePictureIsTakenAtThatPicture) {
    SyncMeter meter;
    Interleaved sound = white_noise(-60.0, 6.0);
    for (int k = 0; k < 150; ++k) {
        VideoFrame frame = flat_frame({static_cast<std::uint8_t>(k % 25 == 20 ? 200 : 60), 128, 128}, 320, 180);
        frame.captured_at = CaptureTime(1h) + 40ms * k;
        meter.see(frame);
        if (k % 25 == 20) add_clap(sound, 0.04 * k + 0.015, 0.5, 3);
    }
    play(meter, sound);
    const SyncReading reading = meter.read();
    ASSERT_TRUE(reading.offset_ms);
    EXPECT_NEAR(*reading.offset_ms, 15.0, 1.5);
    EXPECT_LT(reading.spread_ms, 1.5);
}

TEST(SyncMeter, TooFewClapsAreNoMeasurement) {
    Scene scene;
    scene.claps_s = moments(2, 1);
    scene.length_s = 4.0;
    const SyncReading reading = measure(scene);
    EXPECT_FALSE(reading.offset_ms);
    EXPECT_NE(in_english(reading.problem).find("Too few claps were heard"), std::string::npos);
}

TEST(SyncMeter, ClapsOutOfViewSayThatTheHandsMustBeSeen) {
    Scene scene;
    scene.claps_s = moments(5, 1);
    const Interleaved sound = record(scene);
    scene.claps_s.clear();
    SyncMeter meter;
    show(meter, scene);
    play(meter, sound);
    const SyncReading reading = meter.read();
    EXPECT_EQ(reading.heard, 5);
    EXPECT_FALSE(reading.offset_ms);
    EXPECT_NE(in_english(reading.problem).find("Too few claps were seen"), std::string::npos);
}

TEST(SyncMeter, HandsWithoutSoundAreNoMeasurement) {
    Scene scene;
    scene.claps_s = moments(5, 2);
    SyncMeter meter;
    show(meter, scene);
    scene.claps_s.clear();
    play(meter, record(scene));
    const SyncReading reading = meter.read();
    EXPECT_EQ(reading.heard, 0);
    EXPECT_GE(reading.seen, 3);
    EXPECT_FALSE(reading.offset_ms);
}

TEST(SyncMeter, SpeechAndGesturesAreNoClaps) {
    for (unsigned seed = 1; seed <= 2; ++seed) {
        Scene scene;
        scene.seed = seed;
        scene.gesture_s = 0.7 + 0.13 * seed;
        const SyncReading reading = measure(scene, 0.6);
        EXPECT_GT(reading.heard, 10) << "consonants";
        EXPECT_FALSE(reading.offset_ms) << "seed " << seed << ": " << reading.claps.size() << " agreed by chance";
        EXPECT_FALSE(reading.problem.empty());
    }
}

TEST(SyncMeter, SpeechAndHandsThatCloseSilentlyAgreeOnlyByChance) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        Scene scene;
        scene.seed = seed;
        scene.claps_s = moments(6, seed);
        SyncMeter meter;
        show(meter, scene);
        scene.claps_s.clear();
        play(meter, record(scene, 0.6));
        const SyncReading reading = meter.read();
        EXPECT_GE(reading.seen, 4);
        EXPECT_GT(reading.heard, 10);
        EXPECT_FALSE(reading.offset_ms) << "seed " << seed << ": " << reading.claps.size() << " agreed by chance";
    }
}

TEST(SyncMeter, NothingAtAllIsNoMeasurement) {
    EXPECT_FALSE(SyncMeter().read().offset_ms);
    Scene scene;
    scene.length_s = 3.0;
    EXPECT_FALSE(measure(scene).offset_ms);
}

TEST(SyncMeter, AnInterruptedSoundIsNoClap) {
    SyncMeter meter;
    play(meter, silence(1.0));
    const Interleaved tone = sine(1000.0, -12.0, 1.0);
    SoundBlock later = block_of(tone, 20 * sound_rate_hz);
    later.captured_at = CaptureTime(1h) + 20s;
    meter.hear(later);
    EXPECT_EQ(meter.read().heard, 0);
}

TEST(SyncMeter, RealSpeechHasNoClaps) {
    CHANGJI_NEEDS_MEDIA("a01_en_jfk.flac");
    SyncMeter meter;
    Scene scene;
    scene.length_s = 11.0;
    scene.gesture_s = 0.9;
    show(meter, scene);
    play(meter, decode_sound(media_folder() / "a01_en_jfk.flac"));
    const SyncReading reading = meter.read();
    EXPECT_FALSE(reading.offset_ms) << reading.heard << " heard, " << reading.seen << " seen";
}

}  // namespace
}  // namespace changji::test
