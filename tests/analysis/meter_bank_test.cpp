#include "analysis/meter_bank.hpp"

#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <cstdlib>

#include <algorithm>

#include <gtest/gtest.h>
#include <malloc.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<MeterBank> open_bank() {
    auto bank = open_meter_bank();
    EXPECT_TRUE(bank) << in_english(bank.error().message);
    return std::move(bank).value();
}

VideoFrame at_time(VideoFrame frame, Nanoseconds time) {
    frame.captured_at = CaptureTime(time);
    return frame;
}

Readings see_picture(const std::string& name, std::size_t faces) {
    auto bank = open_bank();
    bank->see(test::decode_picture(test::media_folder() / name));
    EXPECT_EQ(bank->faces().size(), faces) << name;
    return bank->read();
}

TEST(MeterBank, ManBeforePlainWallHasOneFaceAndACalmBackground) {
    CHANGJI_NEEDS_MEDIA("p02_man_plain_wall_540x.jpg");
    const Readings readings = see_picture("p02_man_plain_wall_540x.jpg", 1);
    EXPECT_LE(*readings[Measure::BackgroundClutter], 0.15);
    EXPECT_NEAR(*readings[Measure::LightFaceLuma], 45.0, 5.0);
}

TEST(MeterBank, ManInTheDarkHasNoBackgroundReadingAndADarkPicture) {
    CHANGJI_NEEDS_MEDIA("p03_man_too_dark_2320x3088.jpg");
    const Readings readings = see_picture("p03_man_too_dark_2320x3088.jpg", 0);
    EXPECT_LT(*readings[Measure::LightPictureLuma], 35.0);
    EXPECT_FALSE(readings[Measure::BackgroundClutter]);
}

TEST(MeterBank, BarCounterAndBookshelfRankAbovePlainWallsWhichPass) {
    const auto clutter_of = [](const char* file) { return *see_picture(file, 1)[Measure::BackgroundClutter]; };
    for (const char* file : {"p02_man_plain_wall_540x.jpg", "v08_man_headpose_plain_480x270.gif",
                             "p05_man_sofa_bookshelf_highkey.jpg", "p07_bar_woman_clutter_6000x4000.jpg"}) {
        CHANGJI_NEEDS_MEDIA(file);
    }
    const double wall =
        std::max(clutter_of("p02_man_plain_wall_540x.jpg"), clutter_of("v08_man_headpose_plain_480x270.gif"));
    EXPECT_LT(wall, 0.15) << "the presets' limit";
    const double shelf = clutter_of("p05_man_sofa_bookshelf_highkey.jpg");
    EXPECT_GT(shelf, 0.15);
    EXPECT_GT(clutter_of("p07_bar_woman_clutter_6000x4000.jpg"), std::max(0.30, shelf));
}

TEST(MeterBank, WindowBehindTheManReadsAsBacklight) {
    CHANGJI_NEEDS_MEDIA("v01_face_laptop_backlit_1080x720.mp4");
    EXPECT_GT(*see_picture("v01_face_laptop_backlit_1080x720.mp4", 1)[Measure::LightBacklight], 2.0);
}

TEST(MeterBank, TwoPeopleAtATableAreTwoFaces) {
    CHANGJI_NEEDS_MEDIA("v10_meeting_2people_whiteboard_720p.webm");
    see_picture("v10_meeting_2people_whiteboard_720p.webm", 2);
}

TEST(MeterBank, FaceIsHeldForTwoSecondsOfCaptureTime) {
    CHANGJI_NEEDS_MEDIA("v08_man_headpose_plain_480x270.gif");
    auto bank = open_bank();
    const auto man = test::decode_picture(test::media_folder() / "v08_man_headpose_plain_480x270.gif");
    const auto empty = test::flat_frame({126, 128, 128});
    bank->see(at_time(man, 0ms));
    ASSERT_EQ(bank->faces().size(), 1u);
    for (const auto time : {200ms, 400ms, 1000ms, 2000ms}) bank->see(at_time(empty, time));
    EXPECT_EQ(bank->faces().size(), 1u);
    for (const auto time : {2200ms, 2400ms}) bank->see(at_time(empty, time));
    EXPECT_TRUE(bank->faces().empty());
}

TEST(MeterBank, SameInputGivesTheSameReadings) {
    const auto frame = test::paint_frame(1920, 1080, [](int x, int y) {
        return test::Pixel{test::noise_at(x / 9, y / 9), 120, 130};
    });
    const auto sound = test::white_noise(-30, 4);
    const auto run_once = [&] {
        auto bank = open_bank();
        bank->see(frame);
        bank->hear(test::block_of(sound));
        return bank->read();
    };
    EXPECT_EQ(run_once(), run_once());
}

TEST(MeterBank, SizeOfTheBlocksDoesNotChangeTheReadings) {
    const auto sound = test::white_noise(-30, 4);
    auto whole = open_bank(), pieces = open_bank();
    whole->hear(test::block_of(sound));
    for (std::size_t at = 0; at < sound.size(); at += 2 * 777) {
        const auto end = std::min(sound.size(), at + 2 * 777);
        pieces->hear(test::block_of({sound.begin() + static_cast<long>(at), sound.begin() + static_cast<long>(end)}));
    }
    for (const MeasureInfo& measure : all_measures()) {
        ASSERT_EQ(whole->read()[measure.measure].has_value(), pieces->read()[measure.measure].has_value())
            << measure.id;
        if (const auto value = whole->read()[measure.measure]) {
            EXPECT_NEAR(*value, *pieces->read()[measure.measure], 1e-6) << measure.id;
        }
    }
}

TEST(MeterBank, MemoryDoesNotGrowWithTheTake) {
    auto bank = open_bank();
    bank->begin_take(Part::Sound);
    const auto block = test::block_of(test::white_noise(-30, 1));
    const auto hear_seconds = [&](int seconds) {
        for (int i = 0; i < seconds; ++i) bank->hear(block);
        return ::mallinfo2().uordblks;
    };
    const auto after_half_a_minute = hear_seconds(30);
    EXPECT_LT(hear_seconds(90), after_half_a_minute + 4096);
}

TEST(MeterBank, NothingIsReadBeforeAnythingWasSeenOrHeard) { EXPECT_EQ(open_bank()->read(), Readings{}); }

TEST(MeterBank, MissingCascadeIsAnErrorThatNamesThePackage) {
    ::setenv("CHANGJI_FACE_CASCADE", "/nonexistent/cascade.xml", 1);
    const auto bank = open_meter_bank();
    ::unsetenv("CHANGJI_FACE_CASCADE");
    ASSERT_FALSE(bank);
    EXPECT_EQ(bank.error().kind, ErrorKind::Io);
    EXPECT_NE(in_english(bank.error().message).find("opencv-data"), std::string::npos);
}

TEST(MeterBank, CascadeFileWithOtherContentIsAnErrorAndNoCrash) {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "cascade.xml";
    ASSERT_EQ(test::run("echo 'not xml' > '" + file.string() + "'").exit_code, 0);
    ::setenv("CHANGJI_FACE_CASCADE", file.c_str(), 1);
    const auto bank = open_meter_bank();
    ::unsetenv("CHANGJI_FACE_CASCADE");
    EXPECT_FALSE(bank);
}

}  // namespace
}  // namespace changji
