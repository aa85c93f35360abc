#include "analysis/picture/picture_scopes.hpp"

#include "analysis/picture/luma_histogram.hpp"
#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"
#include "tests/support/program.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::flat_frame;
using test::paint_frame;
using test::Pixel;

/// Where a trace glows, and nowhere else.
struct Spot {
    int x, y, glow;
    friend bool operator==(const Spot&, const Spot&) = default;
};
std::vector<Spot> spots(const ScopeTrace& trace) {
    std::vector<Spot> found;
    for (int y = 0; y < trace.height; ++y) {
        for (int x = 0; x < trace.width; ++x) {
            if (trace.at(x, y) > 0) found.push_back({x, y, trace.at(x, y)});
        }
    }
    return found;
}

TEST(Waveform, AFlatGreyIsOneFullLineAtItsLevel) {
    const ScopeTrace trace = trace_waveform(flat_frame({126, 128, 128}));
    ASSERT_EQ(trace.width, waveform_columns);
    const auto lit = spots(trace);
    ASSERT_EQ(lit.size(), static_cast<std::size_t>(waveform_columns));
    for (int x = 0; x < waveform_columns; ++x) EXPECT_EQ(lit[static_cast<std::size_t>(x)], (Spot{x, 255 - 126, 255}));
}

TEST(Waveform, ARampRisesFromLeftToRight) {
    const ScopeTrace trace = trace_waveform(paint_frame(1920, 1080, [](int x, int) {
        return Pixel{static_cast<std::uint8_t>(16 + x * 219 / 1919), 128, 128};
    }));
    for (const Spot& spot : spots(trace)) EXPECT_NEAR(255 - spot.y, 16 + spot.x * 219.0 / 319.0, 1.7);
}

TEST(Waveform, PicturesOfAnySizeFillTheSameGrid) {
    for (const auto& [width, height] : {std::pair(640, 360), std::pair(322, 242), std::pair(3840, 2160)}) {
        const auto lit = spots(trace_waveform(flat_frame({200, 128, 128}, width, height)));
        for (const Spot& spot : lit) EXPECT_EQ(spot.y, 55);
        EXPECT_GE(lit.size(), 100U) << width;
    }
}

TEST(Parade, PureColoursLightTheirOwnThirdsAlone) {
    // BT.709, 8 bit: red 63 102 240, green 173 42 26, blue 32 240 118.
    const std::array colours{Pixel{63, 102, 240}, Pixel{173, 42, 26}, Pixel{32, 240, 118}};
    for (std::size_t colour = 0; colour < colours.size(); ++colour) {
        for (const Spot& spot : spots(trace_parade(flat_frame(colours[colour])))) {
            const bool own = static_cast<std::size_t>(spot.x / parade_columns) == colour;
            EXPECT_NEAR(255 - spot.y, own ? 235 : 16, 1) << colour << " at " << spot.x;
        }
    }
}

TEST(Vectorscope, GreyIsTheMiddle) {
    EXPECT_EQ(spots(trace_vectorscope(flat_frame({90, 128, 128}))), (std::vector<Spot>{{128, 127, 255}}));
}

TEST(Vectorscope, ColourBarsLandInTheirTargets) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "bars.mkv";
    // ffmpeg paints BT.709's own bars at 75 %: an oracle for the targets as well.
    ASSERT_EQ(test::run("ffmpeg -v error -f lavfi -i smptehdbars=size=1920x1080:rate=25 -frames:v 1 -vf "
                        "format=yuv420p,setparams=range=tv:colorspace=bt709 -c:v ffv1 '" +
                        file.string() + "'")
                  .exit_code,
              0);
    const ScopeTrace trace = trace_vectorscope(test::decode_picture(file));
    for (const ColourTarget& target : colour_targets()) {
        int brightest = 0;
        for (int dy = -2; dy <= 2; ++dy) {
            for (int dx = -2; dx <= 2; ++dx) {
                brightest = std::max<int>(brightest, trace.at(static_cast<int>(std::lround(target.cb)) + dx,
                                                              255 - static_cast<int>(std::lround(target.cr)) + dy));
            }
        }
        EXPECT_EQ(brightest, 255) << target.cb << " " << target.cr;
    }
}

TEST(LumaSpread, CountsAndClippedSharesAreThose) {
    // A quarter black, a quarter burnt out, the rest 3:1 at 100 and 180.
    const LumaSpread spread = measure_luma_spread(paint_frame(1920, 1080, [](int x, int) {
        const int eighth = x / 240;
        return Pixel{static_cast<std::uint8_t>(eighth < 2 ? 16 : eighth < 4 ? 240 : eighth < 7 ? 100 : 180), 128, 128};
    }));
    EXPECT_NEAR(spread.crushed_percent, 25.0, 1e-9);
    EXPECT_NEAR(spread.burnt_percent, 25.0, 1e-9);
    EXPECT_FLOAT_EQ(spread.height[100], 1.0F);
    EXPECT_FLOAT_EQ(spread.height[180], 1.0F / 3.0F);
    EXPECT_FLOAT_EQ(spread.height[101], 0.0F);
    EXPECT_FLOAT_EQ(measure_luma_spread(flat_frame({16, 128, 128})).height[16], 1.0F) << "black alone is shown, too";
}

/// One of ffmpeg's own scopes over the same pixels: the cells it lights.
class FfmpegScope : public testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        ASSERT_EQ(test::run("ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:rate=25 -frames:v 1 -pix_fmt yuv420p "
                            "-f rawvideo '" +
                            raw().string() + "'")
                      .exit_code,
                  0);
        const std::string bytes = test::content_of(raw());
        ASSERT_EQ(bytes.size(), std::size_t{1920} * 1080 * 3 / 2);
        const auto* const y = reinterpret_cast<const std::uint8_t*>(bytes.data());
        const auto* const cb = y + std::size_t{1920} * 1080;
        const auto* const cr = cb + std::size_t{960} * 540;
        frame_ = paint_frame(1920, 1080, [&](int x, int row) {
            const std::size_t chroma = static_cast<std::size_t>(row / 2) * 960 + static_cast<std::size_t>(x / 2);
            return Pixel{y[static_cast<std::size_t>(row) * 1920 + static_cast<std::size_t>(x)], cb[chroma], cr[chroma]};
        });
    }
    [[nodiscard]] std::string draw(const std::string& filter) const {
        const auto drawn = folder_.path() / "drawn";
        EXPECT_EQ(test::run("ffmpeg -v error -f rawvideo -pix_fmt yuv420p -video_size 1920x1080 -i '" + raw().string() +
                            "' -vf '" + filter + "' -f rawvideo '" + drawn.string() + "'")
                      .exit_code,
                  0);
        return test::content_of(drawn);
    }
    [[nodiscard]] std::filesystem::path raw() const { return folder_.path() / "raw"; }

    test::TemporaryFolder folder_;
    VideoFrame frame_;
};

TEST_F(FfmpegScope, TheWaveformIsFfmpegs) {
    const std::string drawn = draw("waveform=m=column:c=1:i=1:e=none,extractplanes=y");
    ASSERT_EQ(drawn.size(), std::size_t{1920} * 256);
    const ScopeTrace trace = trace_waveform(frame_);
    int theirs = 0, both = 0;
    for (int y = 0; y < 256; ++y) {
        for (int column = 0; column < waveform_columns; ++column) {
            const char* const six = drawn.data() + std::size_t{1920} * static_cast<std::size_t>(y) + column * 6;
            const bool lit = std::any_of(six, six + 6, [](char value) { return value != 0; });
            theirs += lit;
            both += lit && trace.at(column, y) > 0;
            if (!lit) {
                EXPECT_EQ(trace.at(column, y), 0) << column << " " << y;
            }
        }
    }
    EXPECT_GT(theirs, 2000);
    EXPECT_GT(both, theirs * 6 / 10) << "a twelfth of the pixels shows most of what there is";
}

TEST_F(FfmpegScope, TheVectorscopeIsFfmpegs) {
    const std::string drawn = draw("scale=flags=neighbor,format=yuv444p,vectorscope=m=gray:i=1:e=none,extractplanes=y");
    ASSERT_EQ(drawn.size(), std::size_t{256} * 256);
    const ScopeTrace trace = trace_vectorscope(frame_);
    int theirs = 0, both = 0;
    for (int y = 0; y < 256; ++y) {
        for (int x = 0; x < 256; ++x) {
            const bool lit = static_cast<unsigned char>(drawn[static_cast<std::size_t>(y) * 256 + x]) > 16;
            theirs += lit;
            both += lit && trace.at(x, y) > 0;
            if (!lit) {
                EXPECT_EQ(trace.at(x, y), 0) << x << " " << y;
            }
        }
    }
    EXPECT_GT(theirs, 50);
    EXPECT_GT(both, theirs / 2);
}

TEST_F(FfmpegScope, TheHistogramsMeanIsItsSignalstats) {
    const auto told =
        test::run("ffmpeg -v error -f rawvideo -pix_fmt yuv420p -video_size 1920x1080 -i '" + raw().string() +
                  "' -vf signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=- "
                  "-f null -");
    const auto at = told.output.find("YAVG=");
    ASSERT_NE(at, std::string::npos);
    const LumaSpread spread = measure_luma_spread(frame_);
    LumaHistogram exact;
    exact.add(frame_, {0, 0, 1920, 1080}, 4);
    EXPECT_NEAR(exact.mean_code(), std::stod(told.output.substr(at + 5)), 0.5);
    EXPECT_NEAR(spread.crushed_percent, exact.percent_at_or_below(17), 1e-9);
}

}  // namespace
}  // namespace changji
