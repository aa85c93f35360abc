// A take is recorded in the real window, its review opens by itself, and keys lead to what was wrong with it.

#include <gtest/gtest.h>

#include "window_fixture.hpp"

namespace changji::test {
namespace {

class WindowReview : public Window {
protected:
    /// Records for so long, and waits for the report.
    void record(std::chrono::seconds length, const char* report) {
        ASSERT_TRUE(starts_a_take());
        std::this_thread::sleep_for(length);
        stop();
        ASSERT_TRUE(comes_true([&] { return fs::exists(take(report)); }));
    }
    void stop() {
        screen_->key("space");
        std::this_thread::sleep_for(800ms);
        screen_->key("space");
    }
    [[nodiscard]] nlohmann::json report(const char* name) const {
        std::ifstream stream(take(name));
        return nlohmann::json::parse(stream, nullptr, false);
    }
    /// Mean luma, 0..255, of the part of the screen where the take's picture is, as it is now.
    [[nodiscard]] double luma_of_the_film() const {
        const auto shot = (home_.path() / "film.png").string();
        static_cast<void>(run(screen_->display() + " import -window root '" + shot + "'"));
        const auto mean =
            run("convert '" + shot + "' -crop 600x300+60+130 -colorspace Gray -format '%[fx:255*mean]' info:");
        return mean.output.empty() ? -1.0 : std::stod(mean.output);
    }
};

TEST_F(WindowReview, OfADarkTakeOpensByItselfAndShowsTheDarkMoment) {
    CHANGJI_NEEDS_PROGRAM("import");
    // Bright, then dark for three seconds, then bright.
    const auto source = home_.path() / "source.mkv";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i color=c=0xA0A0A0:size=1920x1080:rate=25:duration=40 -vf \"drawbox=c="
                  "0x080808:t=fill:enable='between(t,9,12)'\" -pix_fmt yuv420p -color_range tv -colorspace bt709 -c:v "
                  "ffv1 '" +
                  source.string() + "'")
                  .exit_code,
              0);
    open_window("--camera '" + source.string() + "' --microphone none");
    record(12s, "take-001.json");
    const auto written = report("take-001.json");
    EXPECT_EQ(written["verdict"], "fail") << "no sound";
    // The picture is there without a key, and playing it moves on.
    EXPECT_TRUE(comes_true([&] { return luma_of_the_film() > 0.0; }));
    screen_->photograph("review-opened");
    // To the first picture that isn't right: the dark stretch is one of those places.
    bool dark = false;
    for (int place = 0; place < 12 && !dark; ++place) {
        dark = comes_true([&] { return luma_of_the_film() < 60.0; }, 3s);
        if (!dark) screen_->key("n");
    }
    EXPECT_TRUE(dark) << "the picture at that moment";
    screen_->photograph("review-dark-moment");
    screen_->key("Escape");
    EXPECT_TRUE(comes_true([&] { return luma_of_the_film() > 60.0; })) << "the live picture again";
    EXPECT_TRUE(runs());
}

TEST_F(WindowReview, TheNextTakeIsOneKeyAwayAndRatingsNotesAndTheTrashReachTheDisk) {
    open_window("--camera demo --microphone camera");
    record(4s, "take-001.json");
    EXPECT_TRUE(comes_by_key(
        "g", [&] { return report("take-001.json").value("rating", "") == "good"; }, 10s));
    screen_->photograph("review-good");
    screen_->key("r");
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-002.part.mp4")); })) << "R records";
    std::this_thread::sleep_for(3s);
    stop();
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-002.json")); }));
    screen_->key("F2");
    std::this_thread::sleep_for(1500ms);
    static_cast<void>(run(screen_->display() + " xdotool type --delay 60 keep"));
    screen_->key("Return");
    EXPECT_TRUE(comes_true([&] { return report("take-002.json").value("note", "") == "keep"; }, 10s));
    screen_->photograph("take-log");
    screen_->key("ctrl+s");
    EXPECT_TRUE(comes_true([&] { return fs::exists(project() / "take-log.csv"); }, 10s));
    screen_->key("ctrl+p");
    EXPECT_TRUE(comes_true([&] { return fs::exists(take("take-002.html")); }, 10s));
    screen_->key("c");
    std::this_thread::sleep_for(1500ms);
    screen_->photograph("compare");
    screen_->key("Page_Down");
    std::this_thread::sleep_for(500ms);
    screen_->key("Delete");
    std::this_thread::sleep_for(500ms);
    EXPECT_TRUE(fs::exists(take("take-002.mp4"))) << "it is asked first";
    screen_->key("Return");
    EXPECT_TRUE(comes_true([&] { return !fs::exists(take("take-002.mp4")); }, 10s));
    EXPECT_TRUE(fs::exists(home_.path() / ".local/share/Trash/files/take-002.mp4") || fs::exists(take("take-001.mp4")));
    EXPECT_TRUE(fs::exists(take("take-001.mp4")));
    EXPECT_TRUE(runs());
}

TEST_F(WindowReview, FilesThatVanishOrAreDamagedUnderItLeaveTheWindowRunning) {
    open_window("--camera demo --microphone camera");
    record(4s, "take-001.json");
    std::this_thread::sleep_for(1s);
    std::ofstream(take("take-001.json")) << "{\"schema\": \"changji.take/1\", \"verd";
    std::ofstream(take("take-001.meters.csv")) << "time_s,light_face_luma_percent\n0.0,5";
    std::this_thread::sleep_for(1500ms);
    screen_->photograph("review-damaged");
    EXPECT_TRUE(runs());
    fs::rename(take("take-001.mp4"), take("take-001.part.mp4"));
    std::this_thread::sleep_for(1500ms);
    fs::remove(take("take-001.part.mp4"));
    std::this_thread::sleep_for(1500ms);
    for (const char* key : {"space", "n", "o", "Down", "g", "c", "Page_Down"}) screen_->key(key);
    std::this_thread::sleep_for(1s);
    EXPECT_TRUE(runs());
    screen_->photograph("review-gone");
    screen_->key("Escape");
    ASSERT_TRUE(comes_by_key("space", [&] { return fs::exists(take("take-002.part.mp4")); })) << "and it records on";
}

}  // namespace
}  // namespace changji::test
