#include "analysis/sound/sound_scope.hpp"

#include "tests/analysis/signals.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::Interleaved;

SoundPicture picture_of(const Interleaved& sound) {
    SoundScope scope;
    EXPECT_TRUE(scope.hear(sound));
    return scope.picture();
}

std::size_t band_of(double hertz) {
    return static_cast<std::size_t>(std::lround(place_of_hz(hertz) * (SoundPicture::bands - 1)));
}

Interleaved mixed(Interleaved one, const Interleaved& other) {
    for (std::size_t i = 0; i < one.size(); ++i) one[i] += other[i];
    return one;
}

TEST(SoundScope, ASineStandsAtItsFrequencyWithItsLevel) {
    for (const double hertz : {50.0, 60.0, 120.0, 440.0, 1000.0, 3333.0, 15'000.0}) {
        const SoundPicture picture = picture_of(test::sine(hertz, -20.0, 1.0));
        const auto highest = std::max_element(picture.dbfs.begin(), picture.dbfs.end());
        EXPECT_NEAR(*highest, -23.01, 0.5) << hertz << " Hz: the power of a sine is half its peak's";
        EXPECT_NEAR(picture.dbfs[band_of(hertz)], -23.01, 0.6) << hertz;
    }
}

TEST(SoundScope, HumStandsAtItsMarkersAboveTheNoiseBetween) {
    Interleaved hum = test::white_noise(-70.0, 1.0);
    for (const double hertz : {50.0, 100.0, 150.0}) hum = mixed(hum, test::sine(hertz, -50.0, 1.0));
    const SoundPicture picture = picture_of(hum);
    for (const double hertz : {50.0, 100.0, 150.0}) EXPECT_NEAR(picture.dbfs[band_of(hertz)], -53.0, 1.0) << hertz;
    for (const double hertz : {30.0, 72.0, 123.0, 400.0}) EXPECT_LT(picture.dbfs[band_of(hertz)], -80.0) << hertz;
}

TEST(SoundScope, NothingIsLostWhereOneChannelIsTurnedRound) {
    Interleaved turned = test::sine(1000.0, -20.0, 1.0);
    for (std::size_t i = 1; i < turned.size(); i += 2) turned[i] = -turned[i];
    EXPECT_NEAR(picture_of(turned).dbfs[band_of(1000.0)], -23.0, 0.6) << "the mean of powers, not of samples";
}

TEST(SoundScope, BlocksOfAnySizeGiveTheSamePicture) {
    const Interleaved sound = mixed(test::white_noise(-30.0, 1.0), test::sine(220.0, -12.0, 1.0));
    SoundScope whole, cut;
    static_cast<void>(whole.hear(sound));
    int pictures = 0;
    for (std::size_t at = 0; at < sound.size(); at += 2 * 441) {
        pictures += cut.hear(std::span(sound).subspan(at, std::min<std::size_t>(2 * 441, sound.size() - at)));
    }
    EXPECT_EQ(pictures, 10) << "ten a second";
    EXPECT_EQ(whole.picture().dbfs, cut.picture().dbfs);
}

TEST(SoundScope, BarsFallTwentyDecibelsASecond) {
    SoundScope scope;
    static_cast<void>(scope.hear(test::sine(1000.0, -20.0, 1.0)));
    static_cast<void>(scope.hear(test::silence(0.5)));
    EXPECT_NEAR(scope.picture().dbfs[band_of(1000.0)], -23.0 - 5 * 2.0, 2.5);
    scope.restart();
    static_cast<void>(scope.hear(test::silence(0.5)));
    EXPECT_LE(scope.picture().dbfs[band_of(1000.0)], -119.0F) << "forgotten";
}

TEST(SoundScope, MonoIsAnUprightLineAndATurnedChannelALyingOne) {
    const SoundPicture mono = picture_of(test::sine(300.0, -20.0, 1.0));
    float most = 0.0F;
    for (const auto& point : mono.stereo) {
        EXPECT_FLOAT_EQ(point.side, 0.0F);
        most = std::max(most, std::abs(point.middle));
    }
    EXPECT_FLOAT_EQ(most, 1.0F);
    ASSERT_TRUE(mono.correlation);
    EXPECT_NEAR(*mono.correlation, 1.0, 1e-6);

    Interleaved turned = test::sine(300.0, -20.0, 1.0);
    for (std::size_t i = 1; i < turned.size(); i += 2) turned[i] = -turned[i];
    const SoundPicture lying = picture_of(turned);
    for (const auto& point : lying.stereo) EXPECT_FLOAT_EQ(point.middle, 0.0F);
    EXPECT_NEAR(*lying.correlation, -1.0, 1e-6);
}

TEST(SoundScope, SilenceHasNoPhase) {
    const SoundPicture picture = picture_of(test::silence(1.0));
    EXPECT_FALSE(picture.correlation);
    for (const auto& point : picture.stereo) EXPECT_EQ(point.middle, 0.0F);
}

}  // namespace
}  // namespace changji
