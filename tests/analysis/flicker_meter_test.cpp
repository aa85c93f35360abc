#include "analysis/picture/flicker_meter.hpp"

#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

/// How a camera sees lamps that pulse as a sinusoid.
struct Shot {
    double rate = 30.0;
    double lamp_hz = 100.0;
    double depth_percent = 0.83;
    double readout_s = 0.020;   ///< from the first line to the last; 0 is a global shutter
    double wavering_s = 0.002;  ///< root mean square of the told capture times, cut at twice that
    double lost_share = 0.0;    ///< of the frames
    double seconds = 15.0;
};

using Scene = std::function<RowMeans(int frame)>;

RowMeans still_scene(int) {
    RowMeans rows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        rows[row] = static_cast<float>(110.0 + 50.0 * std::sin(0.05 * static_cast<double>(row)));
    }
    return rows;
}

/// Every new reading of the meter, while the lamps multiply what is above black.
std::vector<double> readings_of(const Shot& shot, const Scene& scene = still_scene, double meter_lamp_hz = 100.0) {
    FlickerMeter meter(meter_lamp_hz);
    std::mt19937 random(1);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<double> readings;
    for (int frame = 0; frame < shot.seconds * shot.rate; ++frame) {
        const double taken_s = frame / shot.rate;
        RowMeans rows = scene(frame);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const double at_s = taken_s + shot.readout_s * (static_cast<double>(row) + 0.5) / 180.0;
            const double lamp =
                1.0 + shot.depth_percent / 100.0 * std::sin(2.0 * std::numbers::pi * shot.lamp_hz * at_s);
            rows[row] = static_cast<float>(16.0 + (rows[row] - 16.0) * lamp + 0.05 * normal(random));
        }
        const double wavering_s = std::clamp(normal(random), -2.0, 2.0) * shot.wavering_s;
        if (uniform(random) < shot.lost_share) continue;
        meter.see(rows, CaptureTime(Nanoseconds(std::llround((1.0 + taken_s + wavering_s) * 1e9))));
        if (meter.percent() && (readings.empty() || *meter.percent() != readings.back())) {
            readings.push_back(*meter.percent());
        }
    }
    return readings;
}

void expect_within_a_quarter(const std::vector<double>& readings, double depth_percent) {
    ASSERT_FALSE(readings.empty());
    for (const double reading : readings) EXPECT_NEAR(reading, depth_percent, 0.25 * depth_percent);
}

void expect_at_most(const std::vector<double>& readings, double percent) {
    for (const double reading : readings) EXPECT_LE(reading, percent);
}

struct Known {
    double rate;
    double lamp_hz;
};
class KnownFlicker : public testing::TestWithParam<Known> {};

TEST_P(KnownFlicker, IsReadWithinAQuarterOfItsDepth) {
    const auto [rate, lamp_hz] = GetParam();
    for (const double depth : {0.8, 2.0, 5.0}) {
        for (const double readout_s : {0.008, 0.016, 0.030}) {
            SCOPED_TRACE(testing::Message() << depth << " % with " << readout_s << " s of readout");
            const Shot shot{.rate = rate, .lamp_hz = lamp_hz, .depth_percent = depth, .readout_s = readout_s};
            expect_within_a_quarter(readings_of(shot, still_scene, std::round(lamp_hz)), depth);
        }
    }
}

TEST_P(KnownFlicker, StillSceneWithoutItReadsNearlyZero) {
    const auto [rate, lamp_hz] = GetParam();
    const Shot steady{.rate = rate, .depth_percent = 0.0};
    expect_at_most(readings_of(steady, still_scene, std::round(lamp_hz)), 0.04);
}

// The mains deviate by 0.1 Hz and the lamps by twice that; 25 and 50 pictures a second show 100 Hz only so.
INSTANTIATE_TEST_SUITE_P(Sinusoid, KnownFlicker,
                         testing::Values(Known{30.0, 100.0}, Known{30.0, 100.2}, Known{30000.0 / 1001, 100.0},
                                         Known{60.0, 100.0}, Known{60000.0 / 1001, 99.9}, Known{25.0, 100.2},
                                         Known{25.0, 99.8}, Known{50.0, 100.2}, Known{24.0, 100.0}, Known{25.0, 120.0},
                                         Known{50.0, 120.0}, Known{30000.0 / 1001, 120.3}),
                         [](const auto& test) {
                             return "Rate" + std::to_string(std::lround(test.param.rate * 100)) + "Lamp" +
                                    std::to_string(std::lround(test.param.lamp_hz * 10));
                         });

TEST(FlickerMeter, PulsingOfTheWholePictureIsReadToo) {
    for (const double rate : {30.0, 60.0}) {
        expect_within_a_quarter(readings_of({.rate = rate, .readout_s = 0.0}), 0.83);
    }
}

TEST(FlickerMeter, LostFramesAndWaveringTimesDoNotMatter) {
    for (const double lost_share : {0.0, 0.05}) {
        expect_within_a_quarter(readings_of({.wavering_s = 0.004, .lost_share = lost_share}), 0.83);
        expect_within_a_quarter(readings_of({.rate = 60.0, .wavering_s = 0.002, .lost_share = lost_share}), 0.83);
    }
}

TEST(FlickerMeter, TimesOfNoEvenClockGiveNoReadingInsteadOfAZero) {
    EXPECT_TRUE(readings_of({.rate = 60.0, .wavering_s = 0.008}).empty());
    EXPECT_TRUE(readings_of({.lost_share = 0.3}).empty());
}

TEST(FlickerMeter, BandsThatStandStillAreNotCalledAbsentFlicker) {
    for (const double rate : {25.0, 50.0, 20.0}) {
        EXPECT_TRUE(readings_of({.rate = rate, .depth_percent = 5.0}).empty()) << rate;
        EXPECT_TRUE(readings_of({.rate = rate, .depth_percent = 0.0}).empty()) << rate;
    }
}

TEST(FlickerMeter, OtherFrequenciesAreNoFlickerOfTheLamps) {
    expect_at_most(readings_of({.lamp_hz = 104.0, .depth_percent = 5.0}), 0.04);
}

TEST(FlickerMeter, LightSwitchedOnAndOffIsNoFlicker) {
    const auto switching = [](int frame) {
        RowMeans rows = still_scene(frame);
        if (frame / 100 % 2) {
            for (float& row : rows) row = 16.0f + (row - 16.0f) * 0.7f;
        }
        return rows;
    };
    expect_at_most(readings_of({.depth_percent = 0.0}, switching), 0.3);
    expect_within_a_quarter(readings_of({.depth_percent = 2.0}, switching), 2.0);
}

TEST(FlickerMeter, NothingIsReadBeforeEightSecondsAndAgainAfterAPause) {
    FlickerMeter meter;
    const auto see = [&](double second) {
        meter.see(still_scene(0), CaptureTime(Nanoseconds(std::llround(second * 1e9))));
        return meter.percent().has_value();
    };
    for (int frame = 0; frame < 240; ++frame) EXPECT_FALSE(see(frame / 30.0)) << frame;
    EXPECT_TRUE(see(8.0));
    EXPECT_FALSE(see(8.6)) << "a pause";
    for (int frame = 1; frame < 240; ++frame) EXPECT_FALSE(see(8.6 + frame / 30.0)) << frame;
    EXPECT_TRUE(see(16.6));
    EXPECT_FALSE(see(1.0)) << "back in time";
}

TEST(RowMeans, EachBandIsTheMeanOfItsMiddleLine) {
    const auto frame = test::paint_frame(1920, 1080, [](int x, int y) {
        return test::Pixel{static_cast<std::uint8_t>(y % 6 == 3 ? y / 6 + x % 2 : 255), 128, 128};
    });
    const RowMeans rows = row_means(frame);
    for (std::size_t band = 0; band < rows.size(); ++band) {
        EXPECT_FLOAT_EQ(rows[band], static_cast<float>(band) + 0.5f);
    }
}

/// The clip forwards and backwards without end, at 180 lines.
Scene real_scene(const std::filesystem::path& file) {
    constexpr int width = 320, height = 180;
    const test::TemporaryFolder folder;
    const auto raw = folder.path() / "raw";
    const auto decoded = test::run(
        "ffmpeg -v error -i '" + file.string() +
        "' -map 0:v:0 -fps_mode passthrough -vf scale=320:180:flags=area:out_range=limited,format=gray -f rawvideo '" +
        raw.string() + "'");
    EXPECT_EQ(decoded.exit_code, 0) << decoded.errors;
    const std::string bytes = test::content_of(raw);
    std::vector<RowMeans> clip;
    for (std::size_t at = 0; at + width * height <= bytes.size(); at += width * height) {
        clip.push_back(row_means(test::paint_frame(width, height, [&](int x, int y) {
            return test::Pixel{static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(y * width + x)]), 128,
                               128};
        })));
    }
    return [clip = std::move(clip)](int frame) {
        const int last = static_cast<int>(clip.size()) - 1;
        const int place = frame % (2 * last);
        return clip[static_cast<std::size_t>(place <= last ? place : 2 * last - place)];
    };
}

class RealClip : public testing::TestWithParam<const char*> {};

TEST_P(RealClip, MovingPeopleAreNoFlickerAndDoNotHideIt) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    const Scene clip = real_scene(test::media_folder() / GetParam());
    for (const double rate : {30.0, 60.0}) {
        expect_at_most(readings_of({.rate = rate, .depth_percent = 0.0, .seconds = 30.0}, clip), 0.1);
        expect_within_a_quarter(readings_of({.rate = rate, .seconds = 30.0}, clip), 0.83);
    }
}

TEST_P(RealClip, MovingPeopleAreNotTakenForSlowBands) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    const Scene clip = real_scene(test::media_folder() / GetParam());
    EXPECT_TRUE(readings_of({.rate = 25.0, .depth_percent = 0.0, .seconds = 60.0}, clip).empty());
}

INSTANTIATE_TEST_SUITE_P(Clips, RealClip,
                         testing::Values("v03_face_door_640x360.mp4", "v06_woman_signing_office_640x480.mkv",
                                         "v08_man_headpose_plain_480x270.gif",
                                         "v10_meeting_2people_whiteboard_720p.webm", "v12_outdoor_city_640x360.mp4"));

}  // namespace
}  // namespace changji
