// Controls through the system's own requests. Each test runs its body in a second run of this program, which sees an
// emulated camera.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "capture/devices/kept_controls.hpp"
#include "tests/support/fake_camera.hpp"

namespace changji {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;

const std::string node = "/dev/video7";
const std::string description = "name Studio Cam\nmode yuyv 640x480 25 -\n";

class ControlsOfACamera : public testing::TestWithParam<const char*> {
protected:
    void beside_the_camera(const std::function<void()>& body) const {
        if (std::getenv("CHANGJI_FAKE_CAMERAS")) return body();
        test::FakeCameras cameras;
        cameras.plug_in(7, description + GetParam());
        const auto* const self = testing::UnitTest::GetInstance()->current_test_info();
        const auto result = test::run(cameras.environment() + "'" + fs::read_symlink("/proc/self/exe").string() +
                                      "' --gtest_filter='" + self->test_suite_name() + "." + self->name() + "'");
        EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
        EXPECT_NE(result.output.find("[  PASSED  ] 1 test"), std::string::npos) << result.output << result.errors;
    }

    void SetUp() override {
        if (const char* const folder = std::getenv("CHANGJI_FAKE_CAMERAS")) file_ = fs::path(folder) / "video7";
    }
    void pull_out() const {
        fs::remove(file_);
        fs::remove(file_.string() + ".controls");  // it forgets what was set
    }
    void put_in() const { std::ofstream(file_) << description << GetParam() << "\n"; }

    fs::path file_;
};
// Whether a value may be written while its automatic is on differs between drivers.
INSTANTIATE_TEST_SUITE_P(Drivers, ControlsOfACamera, testing::Values("", "controls strict\n"));

ControlState state_of(const std::vector<ControlState>& states, ControlId id) {
    for (const ControlState& state : states) {
        if (state.id == id) return state;
    }
    ADD_FAILURE() << "no " << control_id(id);
    return {};
}

/// As another program would.
ControlState state_of(ControlId id) {
    const auto camera = V4l2Controls::open(node, "Studio Cam");
    return camera ? state_of(camera->list(), id) : ControlState();
}

/// Whether the value changes within half a second. One that rests never does.
bool wanders(ControlId id) {
    const int first = state_of(id).value;
    for (int look = 0; look < 10; ++look) {
        if (state_of(id).value != first) return true;
        std::this_thread::sleep_for(50ms);
    }
    return false;
}

TEST_P(ControlsOfACamera, AreListed) {
    beside_the_camera([] {
        const auto camera = V4l2Controls::open(node, "Studio Cam");
        ASSERT_TRUE(camera) << in_english(camera.error().message);
        const auto states = camera->list();
        ASSERT_EQ(states.size(), 5U);
        for (std::size_t index = 0; index < states.size(); ++index) {
            EXPECT_EQ(static_cast<std::size_t>(states[index].id), index + 1) << "in the order of ControlId";
            EXPECT_EQ(states[index].automatic, states[index].id != ControlId::PowerLine);
        }
        EXPECT_EQ(states[0].min, 3);
        EXPECT_EQ(states[0].max, 2047);
        EXPECT_EQ(states[0].standard, 250);
        EXPECT_EQ(states[4], (ControlState{ControlId::PowerLine, 0, 60, 10, 60, 60, true, false}));
    });
}

TEST_P(ControlsOfACamera, AreSetAndGivenBackToTheCamera) {
    beside_the_camera([] {
        const auto camera = V4l2Controls::open(node, "Studio Cam");
        ASSERT_TRUE(camera);
        for (const ControlWish& wish : {ControlWish{ControlId::Exposure, 120}, ControlWish{ControlId::Gain, 9},
                                        ControlWish{ControlId::WhiteBalance, 5200}, ControlWish{ControlId::Focus, 35},
                                        ControlWish{ControlId::PowerLine, 50}}) {
            const Status set = camera->set(wish);
            ASSERT_TRUE(set) << in_english(set.error().message);
            EXPECT_EQ(state_of(wish.id).value, wish.value);
            EXPECT_FALSE(state_of(wish.id).automatic);
            ASSERT_TRUE(camera->set({wish.id, std::nullopt}));
            EXPECT_TRUE(state_of(wish.id).automatic);
        }
    });
}

TEST_P(ControlsOfACamera, ALockStopsTheWanderingAndAReleaseLetsItGoOn) {
    beside_the_camera([] {
        KeptControls controls("Studio Cam");
        ASSERT_TRUE(controls.attach(node).empty());
        ASSERT_TRUE(wanders(ControlId::Exposure)) << "an automatic one";
        EXPECT_EQ(controls.lock_automatic(), (std::vector<ControlId>{ControlId::Exposure, ControlId::Gain,
                                                                     ControlId::WhiteBalance, ControlId::Focus}));
        EXPECT_FALSE(wanders(ControlId::Exposure));
        EXPECT_FALSE(state_of(ControlId::Focus).automatic);
        controls.release_automatic();
        EXPECT_TRUE(wanders(ControlId::Exposure));
        EXPECT_TRUE(state_of(ControlId::Focus).automatic);
    });
}

TEST_P(ControlsOfACamera, AnUnpluggedCameraComesBackAsItWas) {
    beside_the_camera([this] {
        KeptControls controls("Studio Cam", {{ControlId::PowerLine, 50}});
        ASSERT_TRUE(controls.attach(node).empty());
        controls.lock_automatic();
        const int held = state_of(ControlId::Exposure).value;
        pull_out();
        EXPECT_EQ(controls.set({ControlId::Focus, 40}).error().kind, ErrorKind::DeviceLost);
        controls.detach();
        EXPECT_EQ(controls.attach(node).size(), 1U) << "there is nothing to attach to";
        put_in();
        ASSERT_TRUE(state_of(ControlId::Exposure).automatic) << "with its defaults";
        ASSERT_EQ(state_of(ControlId::PowerLine).value, 60);

        const auto errors = controls.attach(node);
        EXPECT_TRUE(errors.empty()) << in_english(errors.front().message);
        EXPECT_EQ(state_of(ControlId::Exposure).value, held);
        EXPECT_EQ(state_of(ControlId::Focus).value, 40);
        EXPECT_EQ(state_of(ControlId::PowerLine).value, 50);
        EXPECT_FALSE(wanders(ControlId::Exposure));
    });
}

}  // namespace
}  // namespace changji
