#include <array>
#include <fstream>

#include "package_fixture.hpp"
#include "screen_fixture.hpp"
#include "tests/support/child.hpp"
#include "tests/support/media.hpp"
#include "ui/window/package/package_perform.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr std::array sizes{std::pair(1280.0F, 720.0F), std::pair(1920.0F, 1080.0F), std::pair(3840.0F, 2160.0F)};

class PackageScreen : public test::Screen {
protected:
    void SetUp() override {
        test::Screen::SetUp();
        if (!fonts_) return;
        session_.campaign.delivery = DeliveryDemand{};
        session_.campaign.manuscript = ManuscriptDemand{};
        session_.campaign.photos = PhotoDemand{};
        view_.setup.wish.project = "/videos/one";
        test::fill_package(view_);
        view_.overlay = Overlay::Package;
    }
    /// What is drawn, as it reads.
    [[nodiscard]] std::string words() {
        Fonts::Audit audit;
        fonts_->audit = &audit;
        draw();
        fonts_->audit = nullptr;
        std::string all;
        for (const std::string& shown : audit.shown) all += shown + "\n";
        return all;
    }
    [[nodiscard]] bool says(const char* text) { return words().find(text) != std::string::npos; }
    template <typename Asked>
    [[nodiscard]] static const Asked* as(const std::optional<Action>& action) {
        const auto* const package = action ? std::get_if<PackageAction>(&*action) : nullptr;
        return package ? std::get_if<Asked>(package) : nullptr;
    }
    void perform_here(const PackageAction& action) { perform_package(action, session_, desk_, view_); }
    [[nodiscard]] static Area start_button() { return {1500, 960, 200, 40}; }

    PackageDesk desk_;
};

TEST_F(PackageScreen, EveryStateIsDrawnInBothLanguagesAtEverySizeAndFits) {
    const auto full = view_.package;
    Fonts::Audit audit;
    fonts_->audit = &audit;
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        for (const auto& [width, height] : sizes) {
            for (int state = 0; state < 7; ++state) {
                view_.package = full;
                view_.messages.clear();
                PackageState& now = view_.package.state;
                if (state == 1) now.plan.reset(), now.choices.reset(), now.planning = true;
                if (state == 2) now.writing = true, now.share = 0.4;
                if (state == 3) now.writing = now.held = true;
                if (state == 4) now.written = std::make_shared<WrittenPackage>(WrittenPackage{"/d/a", "/d/a.zip", {}});
                if (state == 5) now.problem = say("Stopped: nothing was put together.");
                if (state == 6) view_.package.asked_to_force = view_.package.zip = view_.package.remove_location = true;
                set_size(width, height);
                draw();
                EXPECT_FALSE(draw()) << "nothing is asked for by itself";
                EXPECT_TRUE(audit.clipped.empty())
                    << static_cast<int>(language) << " " << width << " state " << state << ": " << audit.clipped[0];
            }
        }
    }
    fonts_->audit = nullptr;
}

TEST_F(PackageScreen, DeadlinesSizeAndClausesAreTold) {
    use_language(Language::English);
    const std::string all = words();
    for (const char* told : {"due 2022-04-20, 5 days left", "was due 2022-04-10, 5 days ago", "412.0 MB", "50.0 MB",
                             "四.2-a", "not judged here", "Put it into the project's folder", "take-003.mp4"}) {
        EXPECT_NE(all.find(told), std::string::npos) << told;
    }
    auto plan = std::make_shared<PackagePlan>(*view_.package.state.plan);
    plan->total_bytes = 12'000'000;
    view_.package.state.plan = plan;
    EXPECT_TRUE(says("a mail carries it"));
}

TEST_F(PackageScreen, AClauseIsUnfoldedAndFoldedByHand) {
    use_language(Language::English);
    EXPECT_FALSE(says("take-003.mp4: There is no manuscript.")) << "what is in order lies closed";
    perform_here(UnfoldClause{"四.2-a"});
    EXPECT_TRUE(says("take-003.mp4: There is no manuscript."));
    EXPECT_TRUE(says("Put it into the project's folder"));
    perform_here(UnfoldClause{"四.7"});
    EXPECT_FALSE(says("Put it into the project's folder"));
}

TEST_F(PackageScreen, TheButtonAsksForThePackage) {
    for (int frame = 0; frame < 3; ++frame) draw();
    EXPECT_NE(as<StartPackage>(click(start_button())), nullptr);
    view_.package.state.writing = true;
    for (int frame = 0; frame < 3; ++frame) draw();
    EXPECT_NE(as<StopPackage>(click(start_button())), nullptr);
}

TEST_F(PackageScreen, TheKeyOpensItAndEscCloses) {
    view_.overlay = Overlay::None;
    const auto action = action_for("Ctrl+D", true, view_);
    ASSERT_TRUE(action);
    EXPECT_NE(as<TogglePackage>(action), nullptr);
    perform_here(TogglePackage{});
    EXPECT_EQ(view_.overlay, Overlay::Package);
    perform(Cancel{}, session_, view_);
    EXPECT_EQ(view_.overlay, Overlay::None);
}

/// With a project on the disk.
class PackageChoosing : public PackageScreen {
protected:
    void SetUp() override {
        PackageScreen::SetUp();
        if (!fonts_) return;
        fs::create_directories(project() / "takes");
        fs::create_directories(folder_.path() / "other/takes");
        for (const char* name : {"a.jpg", "稿.txt", "b.xyz"}) std::ofstream(project() / name) << "x";
        view_.package = {};
        view_.overlay = Overlay::None;
        view_.setup.wish.project = project();
        session_.campaign.photos.reset();
        perform_here(TogglePackage{});
    }
    [[nodiscard]] fs::path project() const { return folder_.path() / "one"; }
    [[nodiscard]] PackageState settled() {
        EXPECT_TRUE(test::eventually([&] { return !desk_.latest().planning && !desk_.latest().writing; }));
        follow_package(session_.now, desk_, view_);
        return view_.package.state;
    }
    test::TemporaryFolder folder_;
};

TEST_F(PackageChoosing, WhatIsTypedOrDroppedGoesWhereItBelongs) {
    PackageView& package = view_.package;
    perform_here(NameFile{(project() / "a.jpg").string()});
    perform_here(NameFile{(project() / "a.jpg").string()});
    EXPECT_EQ(package.photos, std::vector<fs::path>{project() / "a.jpg"}) << "once";
    perform_here(NameFile{"稿.txt"});
    EXPECT_EQ(package.manuscript, project() / "稿.txt") << "a name alone lies in the project";
    perform_here(NameFile{(folder_.path() / "other").string()});
    EXPECT_EQ(package.message, (folder_.path() / "other").string());
    EXPECT_TRUE(view_.messages.empty());
    package.typed = "b.xyz";
    perform_here(NameFile{package.typed});
    ASSERT_EQ(view_.messages.size(), 1u);
    EXPECT_EQ(package.typed, "b.xyz") << "to be put right";
    perform_here(NameFile{"none.jpg"});
    EXPECT_EQ(view_.messages.size(), 1u) << "the newest alone";
    perform_here(ForgetPhoto{0});
    perform_here(ForgetPhoto{7});
    EXPECT_TRUE(package.photos.empty());
}

TEST_F(PackageChoosing, NothingToSendInIsSaidAndAFailedClauseIsAskedTwice) {
    EXPECT_TRUE(settled().plan);
    perform_here(StartPackage{});
    EXPECT_EQ(view_.messages.size(), 1u) << "there is no take";
    perform_here(NameFile{"稿.txt"});
    const PackageState state = settled();
    ASSERT_TRUE(state.plan) << in_english(state.problem);
    ASSERT_EQ(state.plan->verdict, VerdictStatus::Fail);
    perform_here(StartPackage{});
    EXPECT_TRUE(view_.package.asked_to_force);
    EXPECT_FALSE(desk_.latest().writing) << "asked first";
    perform_here(ToggleZip{});
    EXPECT_FALSE(view_.package.asked_to_force) << "something else was done between";
    perform_here(StartPackage{});
    perform_here(StartPackage{});
    const PackageState written = settled();
    ASSERT_TRUE(written.written) << in_english(written.problem);
    EXPECT_TRUE(fs::exists(written.written->zip));
    EXPECT_EQ(written.written->folder.parent_path(), folder_.path() / "delivery") << "beside the project";
}

TEST_F(PackageChoosing, WhileATakeIsRecordedItIsRefused) {
    perform_here(NameFile{"稿.txt"});
    static_cast<void>(settled());
    session_.now.stage = Stage::Recording;
    perform_here(StartPackage{});
    perform_here(StartPackage{});
    EXPECT_FALSE(desk_.latest().writing);
    ASSERT_EQ(view_.messages.size(), 1u);
    follow_package(session_.now, desk_, view_);
    EXPECT_TRUE(view_.package.state.held);
}

TEST_F(PackageChoosing, AnotherProjectBeginsAnew) {
    perform_here(NameFile{"稿.txt"});
    view_.package.interview = 4;
    perform_here(TogglePackage{});
    view_.setup.wish.project = folder_.path() / "other";
    perform_here(TogglePackage{});
    EXPECT_EQ(view_.package.interview, 0);
    EXPECT_TRUE(view_.package.manuscript.empty());
    EXPECT_EQ(view_.package.project, folder_.path() / "other");
}

}  // namespace
}  // namespace changji
