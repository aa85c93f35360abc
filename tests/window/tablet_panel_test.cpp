// The panel of the tablet prompter, and the desk between its server and the session.

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "screen_fixture.hpp"
#include "tests/tablet/wire.hpp"
#include "ui/window/prompter/tablet_desk.hpp"

namespace changji {
namespace {

class TabletPanel : public test::Screen {
protected:
    void SetUp() override {
        test::Screen::SetUp();
        use_language(Language::English);
        view_.tablet.addresses = {{"127.0.0.1", "lo", AddressReach::ThisMachine},
                                  {"192.168.1.7", "wlan0", AddressReach::LocalNetwork},
                                  {"8.8.4.4", "eth0", AddressReach::Anyone}};
        if (fonts_) fonts_->audit = &audit_;
    }
    void press(const char* key) {
        const auto action = action_for(key, false, view_);
        ASSERT_TRUE(action) << key;
        perform(*action, session_, view_);
    }
    [[nodiscard]] bool shows(const std::string& words) const {
        return std::ranges::any_of(audit_.shown,
                                   [&](const std::string& each) { return each.find(words) != std::string::npos; });
    }
    [[nodiscard]] std::vector<std::string> asked_by_clicks() {
        std::vector<std::string> asked;
        const ImVec2 size = ImGui::GetIO().DisplaySize;
        for (float y = 0.2F; y < 0.8F; y += 0.01F) {
            const auto action = click({size.x / 2, size.y * y, 0, 0});
            if (!action) continue;
            if (const auto* tablet = std::get_if<TabletAction>(&*action)) {
                if (const auto* open = std::get_if<OpenTabletPage>(tablet)) asked.push_back(open->address);
                if (std::holds_alternative<CloseTabletPage>(*tablet)) asked.emplace_back("close");
            }
        }
        const auto repeated = std::ranges::unique(asked);
        asked.erase(repeated.begin(), repeated.end());
        return asked;
    }

    Fonts::Audit audit_;
};

TEST_F(TabletPanel, IsOpenedByItsKeyAndOpensNothingByItself) {
    EXPECT_EQ(view_.overlay, Overlay::None);
    press("Ctrl+T");
    EXPECT_EQ(view_.overlay, Overlay::Tablet);
    EXPECT_FALSE(draw());
    EXPECT_TRUE(shows("Tablet prompter")) << "no address, no code";
    EXPECT_FALSE(shows("http:"));
    EXPECT_FALSE(view_.tablet.open);
    press("Escape");
    EXPECT_EQ(view_.overlay, Overlay::None);
}

TEST_F(TabletPanel, EveryAddressIsARowToPressAndAPublicOneSaysThatItIsNotAllowed) {
    view_.overlay = Overlay::Tablet;
    draw();
    EXPECT_EQ(asked_by_clicks(), (std::vector<std::string>{"127.0.0.1", "192.168.1.7", "8.8.4.4"}));
    EXPECT_TRUE(shows("Public address on eth0: not allowed"));
    EXPECT_TRUE(shows("not encrypted"));
}

TEST_F(TabletPanel, ShowsAddressAndTabletsWhileItIsOpenAndTheStatusLineDoesToo) {
    view_.tablet.open = true;
    view_.tablet.url = "http://192.168.1.7:8460/0123456789abcdef/";
    view_.tablet.code = qr_code(view_.tablet.url);
    view_.tablet.clients = 7;
    draw();
    EXPECT_TRUE(shows("Tablets: 7")) << "also while the panel is shut";
    view_.overlay = Overlay::Tablet;
    draw();
    EXPECT_TRUE(shows(view_.tablet.url));
    EXPECT_TRUE(shows("Tablets connected: 7 of 20"));
    EXPECT_EQ(asked_by_clicks(), std::vector<std::string>{"close"});
}

class Desk : public testing::Test {
protected:
    void SetUp() override {
        use_language(Language::English);
        ASSERT_TRUE(session_.change_script("各位好。"));
    }
    void open(const std::string& address = "127.0.0.1") { desk_.obey(OpenTabletPage{address}, session_.now, view_); }
    void serve(double now_s = 0.0) { desk_.serve(session_, session_.now, false, now_s, view_); }

    test::FakeSession session_;
    TabletView view_;
    std::atomic<int> woken_{0};
    TabletDesk desk_{[this] { ++woken_; }, 0};
};

TEST_F(Desk, OpensNothingUnlessAsked) {
    serve();
    EXPECT_FALSE(view_.open);
    EXPECT_TRUE(view_.url.empty());
}

TEST_F(Desk, BringsTheTextOutAndWhatIsPressedBack) {
    open();
    ASSERT_TRUE(view_.open) << in_english(view_.problem);
    test::Wire tablet(view_.url);
    tablet.send(test::get(test::path_of(view_.url) + "events?client=host"));
    ASSERT_TRUE(tablet.hears("event: state"));
    EXPECT_NE(tablet.heard().find("各位好"), std::string::npos);
    serve();
    EXPECT_EQ(view_.clients, 1);
    const std::string move =
        test::post(test::path_of(view_.url) + "control?client=host", R"({"act":"move","value":3})");
    EXPECT_EQ(test::status_of(test::answer_to(view_.url, move)), "204");
    EXPECT_EQ(woken_, 1);
    serve();
    ASSERT_EQ(session_.prompted.size(), 1U);
    EXPECT_EQ(session_.prompted[0].act, PrompterAct::MoveTo);
    EXPECT_EQ(session_.prompted[0].value, 3.0);

    session_.now.prompter.character = 3.0;
    serve();
    EXPECT_TRUE(tablet.hears("\"character\":3.0"));
    ASSERT_TRUE(session_.change_script("新的文稿。"));
    serve();
    EXPECT_TRUE(tablet.hears("新的文稿"));
    use_language(Language::Chinese);
    serve();
    EXPECT_TRUE(tablet.hears("开始滚动"));
}

TEST_F(Desk, SaysWhyAnAddressIsRefused) {
    open("8.8.8.8");
    EXPECT_FALSE(view_.open);
    EXPECT_NE(in_english(view_.problem).find("from outside"), std::string::npos);
    open();
    EXPECT_TRUE(view_.open);
    EXPECT_TRUE(view_.problem.empty());
}

TEST_F(Desk, StopsForGoodAndANewAddressIsAnother) {
    open();
    const std::string first = view_.url;
    desk_.obey(CloseTabletPage{}, session_.now, view_);
    EXPECT_FALSE(view_.open);
    EXPECT_FALSE(test::Wire(first).connected());
    open();
    EXPECT_NE(test::path_of(view_.url), test::path_of(first));
    EXPECT_EQ(test::status_of(test::answer_to(first, test::get(test::path_of(first)))), "403")
        << "on the same port, so that old pages are told";
}

TEST_F(Desk, SaysWhenTheMachineLosesTheAddressAndWhenItHasItAgain) {
    open("127.0.0.2");  // served, though no interface has it
    ASSERT_TRUE(view_.open) << in_english(view_.problem);
    serve(10.0);
    EXPECT_NE(in_english(view_.problem).find("127.0.0.2 any more"), std::string::npos);
    open();
    serve(20.0);
    EXPECT_TRUE(view_.problem.empty());
}

}  // namespace
}  // namespace changji
