#include <array>

#include "screen_fixture.hpp"
#include "tests/support/media.hpp"
#include "ui/window/setup/setup_perform.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr std::array pages{SetupPage::Project, SetupPage::Slate, SetupPage::Camera, SetupPage::Microphone,
                           SetupPage::Settings};

CameraDevice camera_named(const char* path, const char* name, Message problem = {}) {
    return {path, name, "usb-1", "", {{"mjpeg", 1920, 1080, {{30, 1}, {25, 1}}}}, std::move(problem)};
}

/// A set-up with something on each page.
class SetUpPages : public test::Screen {
protected:
    void SetUp() override {
        test::Screen::SetUp();
        if (!fonts_) return;
        session_.now.controls = {{ControlId::Exposure, 1, 5000, 1, 250, 120, true, true},
                                 {ControlId::Gain, 0, 100, 1, 0, 30, false, false},
                                 {ControlId::WhiteBalance, 2800, 6500, 10, 4600, 5200, true, false},
                                 {ControlId::Focus, 0, 250, 5, 0, 35, true, true},
                                 {ControlId::PowerLine, 0, 60, 10, 60, 50, false, false}};
        auto devices = std::make_shared<DeviceList>();
        devices->cameras = {camera_named("/dev/video0", "Studio Cam"), camera_named("/dev/video2", "Twin"),
                            camera_named("/dev/video4", "Twin"),
                            camera_named("/dev/video6", "Locked", say("Another program is using the camera."))};
        devices->microphones = {{"pulse:usb", "USB Audio", true, false, {}, 48000, 2, false}};
        view_.setup.devices = std::move(devices);
        view_.setup.wish = {"/videos/one", "v4l2:Studio Cam", "auto"};
        view_.setup.recent = {{"/videos/one", true}, {"/videos/gone", false}};
        view_.setup.folder = "/videos";
        view_.setup.folders = {{"/videos/one", "one", true}, {"/videos/two", "two", false}};
        view_.presets = {session_.campaign};
    }
    void show(SetupPage page) {
        view_.overlay = Overlay::Setup;
        view_.setup.page = page;
        set_size(1920, 1080);
        for (int frame = 0; frame < 3; ++frame) draw();
    }
    /// A place on the card, in pixels of the design.
    [[nodiscard]] static Area at(float x, float y) { return {x - 2, y - 2, 4, 4}; }
    template <typename Asked>
    [[nodiscard]] static std::optional<Asked> as(const std::optional<Action>& action) {
        const auto* const setup = action ? std::get_if<SetupAction>(&*action) : nullptr;
        const auto* const asked = setup ? std::get_if<Asked>(setup) : nullptr;
        return asked ? std::optional(*asked) : std::nullopt;
    }
    void press(const char* key) {
        if (const auto action = action_for(key, false, view_)) perform(*action, session_, view_);
    }
};

TEST_F(SetUpPages, EveryPageIsDrawnInBothLanguagesAndThemesAtEverySize) {
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        use_theme(language == Language::Chinese ? Theme::Dark : Theme::Light);
        for (const auto& [width, height] :
             {std::pair(1280.0F, 720.0F), std::pair(1920.0F, 1080.0F), std::pair(3840.0F, 2160.0F)}) {
            for (const SetupPage page : pages) {
                view_.overlay = Overlay::None;
                set_size(width, height);
                EXPECT_FALSE(draw());
                const int without = ImGui::GetDrawData()->TotalVtxCount;
                view_.overlay = Overlay::Setup;
                view_.setup.page = page;
                set_size(width, height);
                draw();
                EXPECT_FALSE(draw()) << "nothing is asked for by itself";
                EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, without + 400) << static_cast<int>(page);
            }
        }
    }
    use_theme(Theme::Dark);
}

TEST_F(SetUpPages, IsDrawnBeforeAnythingIsKnown) {
    session_.now = SessionSnapshot{};
    session_.campaign = Preset{};
    view_.setup = {};
    view_.presets.clear();
    for (const SetupPage page : pages) {
        show(page);
        EXPECT_FALSE(draw());
    }
}

TEST_F(SetUpPages, ATabShowsItsPage) {
    show(SetupPage::Project);
    const auto asked = as<ShowSetup>(click(at(1650, 98)));
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->page, SetupPage::Settings);
}

TEST_F(SetUpPages, ACameraIsChosenByItsNameAndOneThatCannotBeUsedIsNot) {
    show(SetupPage::Camera);
    const auto asked = as<ChangeSession>(click(at(500, 390)));
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->camera, "v4l2:Studio Cam");
    EXPECT_FALSE(asked->project);
    view_.setup.devices = std::make_shared<DeviceList>(
        DeviceList{{camera_named("/dev/video6", "Locked", say("Another program is using the camera."))}, {}});
    EXPECT_FALSE(click(at(500, 390)));
}

TEST_F(SetUpPages, OfTwoCamerasWithOneNameThePathTellsWhich) {
    view_.setup.devices = std::make_shared<DeviceList>(
        DeviceList{{camera_named("/dev/video2", "Twin"), camera_named("/dev/video4", "Twin")}, {}});
    show(SetupPage::Camera);
    const auto asked = as<ChangeSession>(click(at(500, 390)));
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->camera, "/dev/video2");
}

TEST_F(SetUpPages, HoldAsItIsKeepsTheValueOfNow) {
    show(SetupPage::Camera);
    std::optional<ControlWish> held;
    for (float y = 300; y < 500 && !held; y += 20) {
        if (const auto asked = as<SetControl>(click(at(1760, y)))) held = asked->wish;
    }
    ASSERT_TRUE(held);
    EXPECT_EQ(held->id, ControlId::Exposure);
    EXPECT_EQ(held->value, 120);
    perform(SetupAction{SetControl{*held}}, session_, view_);
    ASSERT_EQ(session_.wishes.size(), 1U);
    EXPECT_EQ(session_.wishes[0], *held);
}

TEST_F(SetUpPages, ChannelsAreRoutedAtOnce) {
    show(SetupPage::Microphone);
    const auto asked = as<ShapeSound>(click(at(1340, 300)));
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->shape.route, ChannelRoute::Left);
    perform(SetupAction{*asked}, session_, view_);
    EXPECT_EQ(session_.now.sound_shape.route, ChannelRoute::Left);
}

TEST_F(SetUpPages, ARecentProjectIsOpenedAndOneThatIsGoneIsNot) {
    view_.setup.recent = {{"/videos/two", true}, {"/videos/gone", false}};
    show(SetupPage::Project);
    const auto asked = as<ChangeSession>(click(at(500, 520)));
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->project, fs::path("/videos/two"));
    EXPECT_FALSE(click(at(500, 592)));
}

TEST_F(SetUpPages, PagesTurnByKeyAllTheWayRoundAndEscCloses) {
    press("F12");
    EXPECT_EQ(view_.overlay, Overlay::Setup);
    EXPECT_EQ(view_.setup.page, SetupPage::Project);
    press("PageUp");
    EXPECT_EQ(view_.setup.page, SetupPage::Settings);
    press("PageDown");
    EXPECT_EQ(view_.setup.page, SetupPage::Project);
    press("Escape");
    EXPECT_EQ(view_.overlay, Overlay::None);
}

TEST_F(SetUpPages, TheNextKeyIsTheCommandsAndEscLeavesIt) {
    perform(SetupAction{AwaitKey{"record"}}, session_, view_);
    press("");  // a modifier that is still held
    EXPECT_EQ(view_.setup.awaiting, "record");
    press("Home");
    EXPECT_EQ(view_.setup.awaiting, "");
    EXPECT_EQ(view_.settings.keys.at("record"), "Home") << "kept with the settings";
    EXPECT_EQ(session_.starts, 0) << "the key did nothing but become another's";
    perform(SetupAction{AwaitKey{"record"}}, session_, view_);
    press("Escape");
    EXPECT_EQ(view_.keys.key_for("record"), "Home");
    perform(SetupAction{ResetKeys{"record"}}, session_, view_);
    EXPECT_EQ(view_.keys.key_for("record"), "Space");
    EXPECT_TRUE(view_.settings.keys.empty());
}

TEST_F(SetUpPages, ATakeThatBeginsClosesIt) {
    press("F12");
    press("Space");
    EXPECT_EQ(session_.starts, 1);
    EXPECT_EQ(view_.overlay, Overlay::None);
}

TEST_F(SetUpPages, AFolderThatCannotBeReadLeavesTheListAndSaysSo) {
    perform(SetupAction{BrowseFolder{"/nowhere/at/all"}}, session_, view_);
    EXPECT_EQ(view_.setup.folder, fs::path("/videos"));
    EXPECT_EQ(view_.messages.size(), 1U);
}

TEST(SessionWishes, OnlyWhatWasAskedForChanges) {
    const test::TemporaryFolder folder;
    const SessionWish now{folder.path(), "demo", "none"};
    const auto camera = wish_of(ChangeSession{{}, "auto", {}}, now);
    ASSERT_TRUE(camera && *camera);
    EXPECT_EQ(**camera, (SessionWish{folder.path(), "auto", "none"}));
    EXPECT_FALSE(wish_of(ChangeSession{folder.path() / "gone", {}, {}}, now));
    const auto made = wish_of(NewProject{(folder.path() / "new").string()}, now);
    ASSERT_TRUE(made && *made);
    EXPECT_TRUE(fs::exists(folder.path() / "new" / "project.toml"));
    const auto nothing = wish_of(StartTrial{}, now);
    ASSERT_TRUE(nothing);
    EXPECT_FALSE(*nothing);
}

}  // namespace
}  // namespace changji
