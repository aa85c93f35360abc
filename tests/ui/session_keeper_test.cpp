#include "ui/session/session_keeper.hpp"

#include <gtest/gtest.h>
#include <fstream>

#include "tests/presets/shipped_preset.hpp"
#include "tests/support/media.hpp"
#include "tests/support/sound_server.hpp"
#include "ui/places.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

class SessionExchange : public testing::Test {
protected:
    void SetUp() override {
        SessionOptions options;
        options.preset = test::shipped_preset();
        options.project.folder = project();
        options.camera = *parse_camera_spec("demo");
        options.microphone = *parse_microphone_spec("none");
        auto opened = open_session(options);
        ASSERT_TRUE(opened) << in_english(opened.error().message);
        keeper_ = std::make_unique<SessionKeeper>(*std::move(opened), SessionWish{project(), "demo", "none"});
    }
    [[nodiscard]] fs::path project() const { return folder_.path() / "one"; }
    [[nodiscard]] fs::path other() const { return folder_.path() / "two"; }

    test::TemporaryFolder folder_;
    test::Environment state_{"XDG_STATE_HOME", (folder_.path() / "state").string()};
    std::unique_ptr<SessionKeeper> keeper_;
};

TEST_F(SessionExchange, AnotherCameraKeepsProjectSlateAndSound) {
    Slate slate;
    slate.guest = "林安";
    ASSERT_TRUE(keeper_->session().change_slate(slate));
    ASSERT_TRUE(keeper_->change({project(), "lavfi:testsrc2=size=1280x720:rate=25", "none"}));
    EXPECT_EQ(keeper_->session().snapshot().camera.width_px, 1280);
    EXPECT_EQ(keeper_->session().snapshot().slate.guest, "林安");
    EXPECT_EQ(last_start().camera, "lavfi:testsrc2=size=1280x720:rate=25") << "remembered";
}

TEST_F(SessionExchange, AnotherProjectBringsItsOwnSlateAndBecomesTheNewestOfTheRecentOnes) {
    Project there;
    there.folder = other();
    there.slate.guest = "周敏";
    ASSERT_TRUE(save_project(there));
    ASSERT_TRUE(keeper_->change({other(), "demo", "none"}));
    EXPECT_EQ(keeper_->session().snapshot().slate.guest, "周敏");
    ASSERT_TRUE(keeper_->change({project(), "demo", "none"}));
    EXPECT_EQ(recent_projects(), (std::vector<fs::path>{project(), other()}));
}

TEST_F(SessionExchange, ABrokenProjectIsRefusedAndTheSessionStays) {
    fs::create_directories(other());
    std::ofstream(other() / "project.toml") << "preset = \"unfinished\n";
    const Session* const before = &keeper_->session();
    const Status refused = keeper_->change({other(), "demo", "none"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidConfig);
    EXPECT_EQ(&keeper_->session(), before);
    EXPECT_EQ(keeper_->wish().project, project());
}

TEST_F(SessionExchange, ACameraThatIsNotThereBringsTheOldOneBack) {
    const Status refused = keeper_->change({project(), "/dev/video987", "none"});
    ASSERT_FALSE(refused);
    ASSERT_FALSE(keeper_->lost());
    EXPECT_TRUE(keeper_->session().snapshot().camera.demo);
    EXPECT_EQ(keeper_->wish().camera, "demo");
}

TEST_F(SessionExchange, NothingIsExchangedWhileATakeIsRecorded) {
    ASSERT_TRUE(keeper_->session().start_take());
    const Status refused = keeper_->change({project(), "auto", "none"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::DeviceBusy);
    EXPECT_EQ(keeper_->session().snapshot().stage, Stage::Recording);
}

TEST(ShapedMicrophone, IsReadBackAsItWasShaped) {
    const SoundShape shape{ChannelRoute::Left, 6.5, Limiter::On};
    const auto spec = parse_microphone_spec(shaped_microphone("pulse:Röde", shape));
    ASSERT_TRUE(spec);
    EXPECT_EQ(spec->target, "Röde");
    EXPECT_EQ(spec->sound, shape);
    EXPECT_EQ(shaped_microphone("auto?gain=3", SoundShape{}), "auto");
    EXPECT_EQ(shaped_microphone("camera", shape), "camera") << "takes no shape";
}

}  // namespace
}  // namespace changji
