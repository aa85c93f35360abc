#include "analysis/meter_feed.hpp"

#include "tests/analysis/signals.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

/// Measures every fifth frame in full and counts the samples it has heard; nothing else.
class CountingBank final : public MeterBank {
public:
    using MeterBank::hear;
    bool see(const VideoFrame& frame) override {
        if (++frames_ % 5 != 1) return false;
        picture_.set(Measure::LightPictureLuma, static_cast<double>(frame.sequence));
        return true;
    }
    void hear(std::span<const float> interleaved, CaptureTime captured_at) override {
        EXPECT_NEAR(to_seconds(captured_at - next_.value_or(captured_at)), 0.0, 1e-6)
            << "a piece is missing or doubled";
        const auto frames = static_cast<std::int64_t>(interleaved.size() / sound_channels);
        next_ = captured_at + sound_duration(frames);
        heard_ += frames;
    }
    [[nodiscard]] Readings read(Part part) const override {
        if (part == Part::Picture) return picture_;
        Readings sound;
        sound.set(Measure::SoundLoudness, static_cast<double>(heard_));
        return sound;
    }
    [[nodiscard]] std::vector<MeterEvent> events() const override { return {}; }
    [[nodiscard]] const std::vector<FaceBox>& faces() const override { return faces_; }
    [[nodiscard]] std::array<ChannelLevel, sound_channels> levels() const override { return {}; }
    void begin_take(Part part) override {
        if (part == Part::Sound) heard_ = 0;
        if (part == Part::Picture) frames_ = 0;
    }
    void end_take(Part) override { ++ended_; }

    int ended_ = 0;

private:
    int frames_ = 0;
    std::int64_t heard_ = 0;
    std::optional<CaptureTime> next_;
    Readings picture_;
    std::vector<FaceBox> faces_;
};

VideoFrame picture(int index) {
    static const VideoFrame small = test::flat_frame({100, 128, 128}, 64, 36);
    VideoFrame frame = small;
    frame.sequence = static_cast<std::uint64_t>(index);
    frame.captured_at = CaptureTime(tick_time(index, {25, 1}));
    return frame;
}

SoundBlock sound(std::int64_t first, std::int64_t frames) {
    SoundBlock block = test::block_of(test::Interleaved(static_cast<std::size_t>(frames) * 2, 0.1F), first);
    block.captured_at = CaptureTime(sound_duration(first));
    return block;
}

std::vector<std::pair<double, double>> rows_of(MeterFeed& feed) {
    std::vector<std::pair<double, double>> rows;
    for (const MeterRow& row : feed.take_rows()) {
        rows.emplace_back(to_seconds(row.at.time_since_epoch()), row.readings[Measure::SoundLoudness].value_or(-1));
    }
    return rows;
}

/// The rows of two seconds whose sound comes in blocks of that size and so much earlier or later than its picture.
std::vector<std::pair<double, double>> rows_with(std::int64_t block_frames, Nanoseconds sound_early) {
    CountingBank bank;
    MeterFeed feed(bank);
    feed.begin_take();
    std::int64_t sent = 0;
    const auto send_sound_until = [&](Nanoseconds time) {
        while (sent < 2 * sound_rate_hz && sound_duration(sent) <= time + sound_early) {
            feed.hear(sound(sent, std::min(block_frames, 2 * std::int64_t{sound_rate_hz} - sent)));
            sent += block_frames;
        }
    };
    for (int index = 0; index < 50; ++index) {
        send_sound_until(tick_time(index, {25, 1}));
        feed.see(picture(index));
    }
    send_sound_until(10s);
    feed.end_take(CaptureTime(2s));
    return rows_of(feed);
}

TEST(MeterFeed, ARowHoldsTheSoundUpToItsPictureToTheSample) {
    const auto rows = rows_with(960, 0ms);
    ASSERT_EQ(rows.size(), 10u);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        EXPECT_NEAR(rows[i].first, 0.2 * static_cast<double>(i), 1e-9);
        EXPECT_EQ(rows[i].second, 9600.0 * static_cast<double>(i));
    }
    EXPECT_EQ(rows.back().second, 96'000.0) << "the last row holds what is true of the whole take";
}

TEST(MeterFeed, RowsDependNeitherOnBlocksNorOnWhoComesFirst) {
    const auto expected = rows_with(960, 0ms);
    for (const std::int64_t block : {1, 333, 480, 4800}) EXPECT_EQ(rows_with(block, 0ms), expected) << block;
    for (const auto early : {-400ms, -120ms, 120ms, 400ms}) EXPECT_EQ(rows_with(960, early), expected) << early.count();
}

TEST(MeterFeed, WithoutSoundRowsComeAllTheSame) {
    CountingBank bank;
    MeterFeed feed(bank);
    feed.begin_take();
    for (int index = 0; index < 50; ++index) feed.see(picture(index));
    EXPECT_GE(feed.take_rows().size(), 6u) << "they wait half a second for sound, then no longer";
    feed.end_take(CaptureTime(2s));
    EXPECT_EQ(bank.ended_, 2) << "pictures and sound";
}

TEST(MeterFeed, WithoutPicturesTheSoundGoesOn) {
    CountingBank bank;
    MeterFeed feed(bank);
    for (std::int64_t block = 0; block < 200; ++block) feed.hear(sound(block * 480, 480));
    EXPECT_EQ(bank.read(Part::Sound)[Measure::SoundLoudness], 1.5 * sound_rate_hz) << "all but half a second";
}

TEST(MeterFeed, ATakeBeginsWithTheSoundOfItsFirstPicture) {
    CountingBank bank;
    MeterFeed feed(bank);
    for (int index = 0; index < 30; ++index) {
        if (index == 10) feed.begin_take();
        feed.see(picture(index));
        feed.hear(sound(index * 1920, 1920));
    }
    feed.end_take(CaptureTime(tick_time(30, {25, 1})));
    const auto rows = rows_of(feed);
    ASSERT_FALSE(rows.empty());
    EXPECT_EQ(rows.back().second, 20 * 1920.0);
}

TEST(MeterFeed, SoundAloneIsMarked) {
    CountingBank bank;
    MeterFeed feed(bank);
    feed.begin_take();
    feed.mark(CaptureTime(0s));
    for (std::int64_t block = 0; block < 100; ++block) {
        feed.hear(sound(block * 480, 480));
        if (block % 20 == 19) feed.mark(CaptureTime(sound_duration((block + 1) * 480)));
    }
    feed.end_take(CaptureTime(1s));
    const auto rows = rows_of(feed);
    ASSERT_EQ(rows.size(), 6u);
    EXPECT_EQ(rows.back().second, 48'000.0);
}

}  // namespace
}  // namespace changji
