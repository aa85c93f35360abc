// Films in the review: two beside each other, who is in them, what is heard of them.

#include "ui/window/review/review_playback.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <functional>
#include <numeric>
#include <thread>
#include <vector>

#include "capture/source.hpp"
#include "capture/types/queue.hpp"
#include "tests/support/numbered_clip.hpp"
#include "tests/support/sound_server.hpp"
#include "ui/window/review/sound_tap.hpp"

namespace changji::test {
namespace {

using namespace std::chrono_literals;
using Stage = TakePlayerState::Stage;

std::shared_ptr<const ReviewMaterial> material_of(int number, const std::filesystem::path& film) {
    auto material = std::make_shared<ReviewMaterial>();
    material->files.number = number;
    material->files.video = material->film_file = film;
    material->film = Film::Finished;
    return material;
}

/// Two films of twelve and six seconds whose pictures carry their numbers.
class FilmsBesideEachOther : public ::testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        auto content = std::make_shared<ReviewContent>();
        content->shown = material_of(1, clip(numbered_pictures(12) + coded + as_finished));
        content->other = material_of(2, clip(numbered_pictures(6) + coded + as_finished));
        review_.content = std::move(content);
        review_.open = true;
        review_.page = ReviewPage::Compare;
    }
    /// As the window does, until `done` or half a minute is over.
    bool look_until(const std::function<bool()>& done) {
        for (int looks = 0; looks < 6'000; ++looks) {
            playback_.follow(review_, monitoring_);
            if (const auto picture = playback_.picture()) first_ = number_in(*picture);
            if (const auto picture = playback_.other_picture()) second_ = number_in(*picture);
            if (done()) return true;
            std::this_thread::sleep_for(5ms);
        }
        return false;
    }
    bool both_are_open() {
        return look_until([&] {
            return review_.play.stage == Stage::Open && review_.other_play.stage == Stage::Open && first_ >= 0 &&
                   second_ >= 0;
        });
    }
    Environment driver_{"SDL_AUDIODRIVER", "no-such-driver"};
    ReviewView review_;
    Monitoring monitoring_;
    ReviewPlayback playback_;
    int first_ = -1, second_ = -1;
};

TEST_F(FilmsBesideEachOther, StandAndStepAtTheSamePicture) {
    ASSERT_TRUE(both_are_open());
    review_.to_player = {SeekTo{3.0}};
    EXPECT_TRUE(look_until([&] { return first_ == 75 && second_ == 75; })) << first_ << " " << second_;
    review_.to_player = {StepFrames{2}};
    EXPECT_TRUE(look_until([&] { return first_ == 77 && second_ == 77; })) << first_ << " " << second_;
    review_.to_player = {SeekTo{9.0}};
    EXPECT_TRUE(look_until([&] { return first_ == 225 && second_ == 149; })) << "the shorter one stays at its last";
}

TEST_F(FilmsBesideEachOther, AThirdTakeComesToTheSamePicture) {
    ASSERT_TRUE(both_are_open());
    review_.to_player = {SeekTo{3.0}};
    ASSERT_TRUE(look_until([&] { return first_ == 75 && second_ == 75; }));
    auto content = std::make_shared<ReviewContent>(*review_.content);
    content->other = material_of(3, clip(numbered_pictures(5) + coded + as_finished));
    review_.content = std::move(content);
    second_ = -1;
    EXPECT_TRUE(look_until([&] { return second_ == 75; })) << second_;
    EXPECT_EQ(first_, 75);
}

TEST_F(FilmsBesideEachOther, PlayTogetherAndStopTogether) {
    ASSERT_TRUE(both_are_open());
    review_.to_player = {TogglePlay{}};
    ASSERT_TRUE(look_until([&] { return first_ > 50; }));
    EXPECT_TRUE(review_.play.playing);
    EXPECT_TRUE(look_until([&] { return review_.other_play.playing && std::abs(first_ - second_) <= 5; }))
        << first_ << " " << second_;
    review_.to_player = {TogglePlay{}};
    EXPECT_TRUE(look_until([&] { return !review_.play.playing && !review_.other_play.playing && first_ == second_; }))
        << first_ << " " << second_;
}

TEST_F(FilmsBesideEachOther, TheOtherIsClosedWithTheComparison) {
    ASSERT_TRUE(both_are_open());
    review_.page = ReviewPage::Take;
    EXPECT_TRUE(look_until([&] { return review_.other_play.stage == Stage::Closed; }));
    EXPECT_EQ(review_.play.stage, Stage::Open);
    review_.open = false;
    EXPECT_TRUE(look_until([&] { return review_.play.stage == Stage::Closed; }));
    EXPECT_FALSE(review_.subject);
}

/// The demo scene, one person in its middle.
VideoFrame interview() {
    LatestValue<VideoFrame> latest;
    const auto sources = open_sources(*parse_camera_spec("demo"), *parse_microphone_spec("none"));
    EXPECT_TRUE(sources->video->start([&](VideoFrame frame) { latest.put(std::move(frame)); }, [](const Error&) {}));
    std::optional<VideoFrame> picture;
    while (!picture) {
        std::this_thread::sleep_for(5ms);
        picture = latest.take();
    }
    sources->video->stop();
    return *picture;
}

TEST(FilmSubject, FindsTheFaceOfThePictureThatIsShownAndForgetsItElsewhere) {
    VideoFrame picture = interview();
    picture.captured_at = CaptureTime(10s);
    FilmSubject subject;
    EXPECT_FALSE(subject.about(picture.captured_at));
    std::optional<FilmSubject::Seen> seen;
    for (int looks = 0; looks < 2'000 && !seen; ++looks) {
        subject.look(picture);
        std::this_thread::sleep_for(10ms);
        seen = subject.about(picture.captured_at);
    }
    ASSERT_TRUE(seen);
    ASSERT_EQ(seen->faces.size(), 1u);
    EXPECT_NEAR(seen->faces[0].x + seen->faces[0].width / 2, 0.5, 0.05);
    EXPECT_GT(seen->mask.count(), 0u);
    EXPECT_TRUE(subject.about(CaptureTime(10'400ms)));
    EXPECT_FALSE(subject.about(CaptureTime(20s)));
}

TEST(SoundTap, KeepsTheOrderAndLeavesOutWhatFindsNoRoom) {
    SoundTap tap;
    std::vector<float> written(SoundTap::room - 100), read(SoundTap::room);
    std::iota(written.begin(), written.end(), 0.0F);
    tap.write(written);
    tap.write(std::vector<float>(200, -1.0F));  // all or nothing
    ASSERT_EQ(tap.read(read), written.size());
    EXPECT_TRUE(std::equal(written.begin(), written.end(), read.begin()));
    EXPECT_EQ(tap.read(read), 0u);
    tap.write(written);  // across the end of its room
    ASSERT_EQ(tap.read({read.data(), 300}), 300u);
    ASSERT_EQ(tap.read(std::span(read).subspan(300)), written.size() - 300);
    EXPECT_TRUE(std::equal(written.begin(), written.end(), read.begin()));
}

TEST(SoundTap, PassesFromOneThreadToAnother) {
    SoundTap tap;
    std::atomic<bool> done{false};
    std::jthread writer([&] {
        float next = 1.0F;
        std::array<float, 96> some;
        while (next < 4e6F) {  // as far as a float counts in ones
            for (float& sample : some) sample = next++;
            tap.write(some);
        }
        done = true;
    });
    std::array<float, 512> some;
    float last = 0.0F;
    for (bool more = true; more;) {
        const bool was_done = done;
        const std::size_t count = tap.read(some);
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_GT(some[i], last);
            last = some[i];
        }
        more = count > 0 || !was_done;
    }
    EXPECT_GT(last, 0.0F);
}

}  // namespace
}  // namespace changji::test
