// A camera that stalls, goes away and comes back, as the program's own source sees it.

#include <csignal>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "capture/devices/cameras.hpp"
#include "capture/sources/camera_modes.hpp"
#include "capture/sources/camera_reopener.hpp"
#include "tests/capture/camera_seen.hpp"
#include "tests/support/child.hpp"
#include "tests/support/fake_camera.hpp"

namespace changji {
namespace {
using namespace std::chrono_literals;
using test::camera_probe;
using test::Child;
using test::eventually;
using Seen = test::SeenCamera;

const std::string disconnected =
    test::kind_text(ErrorKind::DeviceLost) + "The camera Small Cam was disconnected: check its cable and its port.";

class CameraReturn : public ::testing::Test {
protected:
    /// A raw camera of 25/s that shows nothing but `luma`.
    [[nodiscard]] std::string small(unsigned char luma, const std::string& more = "") {
        return "name Small Cam\nmode yuyv " + size(luma) + " 25 " + cameras_.yuyv_frames(160 + luma, 120, luma) + "\n" +
               more;
    }
    /// Each luma has a size of its own, so that a frames file is only ever of one.
    [[nodiscard]] static std::string size(unsigned char luma) { return std::to_string(160 + luma) + "x120"; }
    [[nodiscard]] std::string probe(const std::string& spec, double seconds) const {
        return cameras_.environment() + camera_probe + " '" + spec + "' " + std::to_string(seconds);
    }
    [[nodiscard]] static Seen seen(const Child& child) { return test::seen_camera(child.output(), child.errors()); }
    [[nodiscard]] Seen watch(double seconds) const {
        const auto result = test::run(probe("/dev/video42", seconds));
        return test::seen_camera(result.output, result.errors);
    }
    /// Whether a picture of that size came after so many others.
    [[nodiscard]] static bool shows(const Child& child, unsigned char luma, std::size_t after = 0) {
        return eventually([&] {
            const Seen now = seen(child);
            return now.frames.size() > after && now.frames.back().rest.starts_with(size(luma));
        });
    }

    test::FakeCameras cameras_;
};

TEST_F(CameraReturn, AStallIsAnAlarmGoesOnByItselfAndShowsAsAGap) {
    cameras_.plug_in(42, small(50, "at 0.6 stall 1\n"));
    const Seen one = watch(3.0);
    ASSERT_EQ(one.losses.size(), 1U) << one.all;
    EXPECT_NE(one.losses[0].find("Small Cam has stopped sending pictures"), std::string::npos);
    ASSERT_GE(one.frames.size(), 10U) << one.all;
    const std::size_t later = one.after_longest_gap();
    EXPECT_GT(one.gap_ns(later), 900'000'000);
    EXPECT_GE(one.frames[later].sequence - one.frames[later - 1].sequence, 20U) << "1 s at 25/s";
}

TEST_F(CameraReturn, ACameraThatHangsIsClosedAndOpenedAgain) {
    cameras_.plug_in(42, small(50, "at 0.6 stall 3\n"));
    Child child(probe("/dev/video42", 60));
    ASSERT_TRUE(eventually([&] { return seen(child).losses.size() == 1; })) << seen(child).all;
    const std::size_t before = seen(child).frames.size();
    ASSERT_TRUE(shows(child, 50, before + 10)) << seen(child).all;
    const Seen one = seen(child);
    EXPECT_EQ(one.losses.size(), 1U) << one.all;
    EXPECT_GE(one.frames.back().sequence - one.frames.front().sequence, 75U + 10U);
}

TEST_F(CameraReturn, UnpluggedIsOneAlarmAndPluggedInAgainItCountsOn) {
    cameras_.plug_in(42, small(50, "at 0.8 unplug 1\n"));
    Child child(probe("/dev/video42", 60));
    ASSERT_TRUE(eventually([&] { return seen(child).losses.size() == 1; })) << seen(child).all;
    const std::size_t before = seen(child).frames.size();
    ASSERT_TRUE(shows(child, 50, before + 10)) << seen(child).all;
    const Seen one = seen(child);
    EXPECT_EQ(one.losses, std::vector{disconnected});
    const std::size_t later = one.after_longest_gap();
    const double away_s = 1e-9 * static_cast<double>(one.gap_ns(later));
    RecordProperty("reopened_after_ms", static_cast<int>(1000 * (away_s - 1)));
    EXPECT_GT(away_s, 0.9);
    EXPECT_NEAR(static_cast<double>(one.frames[later].sequence - one.frames[later - 1].sequence), away_s * 25, 3.0);
}

TEST_F(CameraReturn, TheSameSerialIsTheSameCameraUnderAnotherNumberAndAtAnotherPort) {
    cameras_.plug_in(42, small(50, "serial A1\nbus usb-1\n"));
    cameras_.plug_in(43, small(60, "serial B2\nbus usb-2\n"));
    Child child(probe("/dev/video42", 60));
    ASSERT_TRUE(shows(child, 50)) << seen(child).all;
    cameras_.unplug(42);
    ASSERT_TRUE(eventually([&] { return seen(child).losses.size() == 1; })) << seen(child).all;
    cameras_.plug_in(44, small(70, "serial C3\nbus usb-3\n"));  // another of the same make
    std::this_thread::sleep_for(700ms);
    const std::size_t before = seen(child).frames.size();
    EXPECT_FALSE(seen(child).frames.back().rest.starts_with(size(70)));
    cameras_.plug_in(45, small(80, "serial A1\nbus usb-4\n"));
    ASSERT_TRUE(shows(child, 80, before)) << seen(child).all;
    EXPECT_EQ(seen(child).losses.size(), 1U);
}

TEST_F(CameraReturn, WithoutASerialAnEqualCameraThatWasThereAllAlongIsNotTaken) {
    cameras_.plug_in(42, small(50, "bus usb-1\n"));
    cameras_.plug_in(43, small(60, "bus usb-2\n"));
    Child child(probe("/dev/video42", 60));
    ASSERT_TRUE(shows(child, 50)) << seen(child).all;
    cameras_.unplug(42);
    std::this_thread::sleep_for(700ms);
    const std::size_t before = seen(child).frames.size();
    EXPECT_FALSE(seen(child).frames.back().rest.starts_with(size(60)));
    cameras_.plug_in(7, small(70, "bus usb-3\n"));
    ASSERT_TRUE(shows(child, 70, before)) << seen(child).all;
}

TEST_F(CameraReturn, ACameraThatIsBusyWhenItReturnsIsTriedAgain) {
    cameras_.plug_in(42, small(50));
    Child child(probe("/dev/video42", 60));
    ASSERT_TRUE(shows(child, 50)) << seen(child).all;
    child.send(SIGSTOP);
    cameras_.plug_in(42, small(60));  // unplugs the other
    Child faster(probe("/dev/video42", 60));
    ASSERT_TRUE(shows(faster, 60)) << seen(faster).all;
    child.send(SIGCONT);
    ASSERT_TRUE(eventually([&] { return seen(child).losses.size() == 1; })) << seen(child).all;
    const std::size_t before = seen(child).frames.size();
    std::this_thread::sleep_for(500ms);
    EXPECT_EQ(seen(child).frames.size(), before);
    faster.kill();
    EXPECT_TRUE(shows(child, 60, before)) << seen(child).all;
}

TEST_F(CameraReturn, AModeThatIsGoneIsReplacedByTheBestOfThoseLeft) {
    cameras_.plug_in(42, small(90, "mode yuyv 320x240 25 " + cameras_.yuyv_frames(320, 240, 10) + "\n"));
    Child child(probe("/dev/video42?size=320x240", 3));
    ASSERT_TRUE(eventually([&] { return !seen(child).frames.empty(); })) << seen(child).all;
    cameras_.plug_in(42, small(50, "mode yuyv " + size(60) + " 25 " + cameras_.yuyv_frames(160 + 60, 120, 60) + "\n"));
    EXPECT_TRUE(shows(child, 60)) << seen(child).all;
    EXPECT_EQ(child.wait(), 0);
    EXPECT_EQ(seen(child).granted_last, size(60) + " 25/1 yuyv422 Small Cam") << "the larger";
}

TEST_F(CameraReturn, WhatWasSetHoldsAgain) {
    cameras_.plug_in(42, small(50));
    Child child(probe("/dev/video42?exposure=123", 60));
    ASSERT_TRUE(shows(child, 50)) << seen(child).all;
    ASSERT_TRUE(eventually([&] { return cameras_.control(42, "exposure_time_absolute") == 123; }));
    cameras_.plug_in(42, small(60));
    ASSERT_NE(cameras_.control(42, "exposure_time_absolute"), 123) << "it forgot";
    ASSERT_TRUE(shows(child, 60)) << seen(child).all;
    EXPECT_TRUE(eventually([&] { return cameras_.control(42, "exposure_time_absolute") == 123; }));
}

TEST_F(CameraReturn, DevicesThatComeAndGoAreNoticed) {
    Child child(cameras_.environment() + camera_probe + " watch 60");
    const auto changes = [&child] {
        const std::string output = child.output();
        return std::count(output.begin(), output.end(), '\n');
    };
    // The watch may begin after the first.
    ASSERT_TRUE(eventually([&] {
        cameras_.plug_in(42, small(50));
        std::this_thread::sleep_for(50ms);
        return changes() > 0;
    })) << child.errors();
    std::this_thread::sleep_for(200ms);
    const auto before = changes();
    cameras_.unplug(42);
    EXPECT_TRUE(eventually([&] { return changes() > before; }));
}

CameraDevice camera(const std::string& path, const std::string& name, const std::string& bus,
                    const std::string& serial = "") {
    CameraDevice made;
    made.path = path;
    made.name = name;
    made.bus = bus;
    made.serial = serial;
    return made;
}

std::string same(const CameraDevice& lost, std::vector<CameraDevice> others, std::vector<CameraDevice> present) {
    const CameraDevice* const found = find_same_camera(lost, others, present);
    return found ? found->path : "none";
}

TEST(FindSameCamera, ByItsSerialWhereverItIs) {
    const CameraDevice lost = camera("0", "Cam", "p1", "A1");
    EXPECT_EQ(same(lost, {}, {camera("1", "Cam", "p1", "B2"), camera("2", "Cam", "p3", "A1")}), "2");
    EXPECT_EQ(same(lost, {}, {camera("1", "Cam", "p1", "B2")}), "none");
    EXPECT_EQ(same(lost, {}, {camera("1", "Other", "p1", "A1")}), "none");
}

TEST(FindSameCamera, ASerialThatAllOfAMakeShareStillLeavesThePort) {
    const CameraDevice lost = camera("0", "Cam", "p1", "0001"), other = camera("1", "Cam", "p2", "0001");
    EXPECT_EQ(same(lost, {other}, {other}), "none");
    EXPECT_EQ(same(lost, {other}, {other, camera("0", "Cam", "p1", "0001")}), "0");
    EXPECT_EQ(same(lost, {other}, {other, camera("2", "Cam", "p3", "0001")}), "2");
}

TEST(FindSameCamera, ByItsPortElseTheOnlyNewOneOfItsName) {
    const CameraDevice lost = camera("0", "Cam", "p1"), other = camera("1", "Cam", "p2");
    EXPECT_EQ(same(lost, {}, {other, camera("2", "Cam", "p1")}), "2");
    EXPECT_EQ(same(lost, {other}, {other, camera("2", "Cam", "p3")}), "2");
    EXPECT_EQ(same(lost, {}, {camera("2", "Cam", "p3"), camera("3", "Cam", "p4")}), "none") << "which?";
    EXPECT_EQ(same(lost, {}, {}), "none");
}

TEST(FindSameCamera, OfSeveralNodesOfOneTheOneItHad) {
    const CameraDevice lost = camera("2", "Cam", "p1");
    EXPECT_EQ(same(lost, {}, {camera("0", "Cam", "p1"), camera("2", "Cam", "p1")}), "2");
}

CameraDevice with_modes() {
    CameraDevice made = camera("0", "Cam", "p1");
    made.modes = {{"mjpeg", 1920, 1080, {{30, 1}}}, {"mjpeg", 1280, 720, {{30, 1}}}, {"yuyv422", 640, 480, {{30, 1}}}};
    return made;
}

TEST(ModesToReopen, TheOneItHadThenThoseOfTheSpecThenTheOthers) {
    SourceSpec spec;
    spec.input_format = "yuyv422";
    const CameraRequest had{"mjpeg", 1280, 720, {30, 1}};
    const auto modes = modes_to_reopen(spec, had, with_modes(), 0);
    ASSERT_EQ(modes.size(), 3U);
    EXPECT_EQ(modes[0], had);
    EXPECT_EQ(modes[1].width_px, 640);
    EXPECT_EQ(modes[2].width_px, 1920);
}

TEST(ModesToReopen, WithoutPicturesEveryFourthTryIsWithAnotherMode) {
    const CameraRequest had{"mjpeg", 1920, 1080, {30, 1}};
    std::vector<int> first_widths;
    for (int tries = 0; tries < 12; ++tries) {
        first_widths.push_back(modes_to_reopen(SourceSpec(), had, with_modes(), tries).front().width_px);
    }
    EXPECT_EQ(first_widths, (std::vector{1920, 1920, 1920, 1280, 1920, 1920, 1920, 640, 1920, 1920, 1920, 1280}));
}

/// Opens nothing; tells which modes were tried.
struct Attempts {
    std::vector<Error> errors;  ///< of one try after another; then it opens
    std::vector<int> widths;

    Result<WorkingMode> run(bool in_use = false) {
        const auto requests = choose_modes(SourceSpec(), with_modes());
        return first_working_mode(
            with_modes(), *requests,
            [this](const CameraRequest& request) -> Result<std::unique_ptr<CameraStream>> {
                widths.push_back(request.width_px);
                if (widths.size() <= errors.size()) return errors[widths.size() - 1];
                return std::unique_ptr<CameraStream>();
            },
            [in_use] { return in_use; });
    }
};

TEST(FirstWorkingMode, AFullUsbLineLeavesTheNextBestAndSaysSo) {
    Attempts attempts{{camera_open_error("Cam", ENOSPC), camera_open_error("Cam", EBUSY)}, {}};
    const auto working = attempts.run();
    ASSERT_TRUE(working);
    EXPECT_EQ(working->request.width_px, 640);
    EXPECT_EQ(in_english(working->note),
              "The camera Cam does not manage 1920x1080 mjpeg, 30/s here, so 640x480 yuyv422, 30/s is recorded: "
              "another port of the computer itself may help.");
    EXPECT_TRUE(Attempts().run()->note.empty());
}

TEST(FirstWorkingMode, ACameraInUseOrGoneIsNotAskedForItsOtherModes) {
    Attempts busy{{camera_open_error("Cam", EBUSY)}, {}}, gone{{camera_open_error("Cam", ENODEV)}, {}};
    EXPECT_EQ(busy.run(true).error().kind, ErrorKind::DeviceBusy);
    EXPECT_EQ(gone.run().error().kind, ErrorKind::DeviceNotFound);
    EXPECT_EQ(busy.widths.size() + gone.widths.size(), 2U);
}

TEST(FirstWorkingMode, WhenNoneWorksTheFirstErrorCounts) {
    Attempts attempts{{camera_open_error("Cam", ENOSPC), camera_open_error("Cam", EIO), camera_open_error("Cam", EIO)},
                      {}};
    EXPECT_NE(in_english(attempts.run().error().message).find("USB line"), std::string::npos);
}

}  // namespace
}  // namespace changji
