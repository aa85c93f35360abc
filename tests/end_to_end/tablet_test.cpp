// The tablet prompter: the real program, its code read off its screen, its page in a real browser.

#include <gtest/gtest.h>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "tests/support/browser.hpp"
#include "tests/support/child.hpp"
#include "tests/support/cut_wire.hpp"
#include "tests/tablet/wire.hpp"
#include "window_fixture.hpp"

namespace changji::test {
namespace {

constexpr const char* script =
    "# 就业\n问：学校今年做了哪些工作？[看嘉宾]\n我们走访了三百家用人单位，开拓了近万个岗位。\n"
    "谢谢您，也祝同学们前程似锦！";

/// Tablets that read whatever comes, each on a thread of its own; they go with the test, however it ends.
struct Listeners {
    std::atomic<int> connected{0}, moved{0}, silent{0};
    std::vector<std::unique_ptr<Wire>> wires;
    std::vector<std::jthread> readers;

    void add(const std::string& url, const std::string& request) {
        wires.push_back(std::make_unique<Wire>(url));
        wires.back()->send(request);
        readers.emplace_back([this, wire = wires.back().get()] {
            connected += wire->hears("event: state") ? 1 : 0;
            (wire->hears("\"running\":true") ? moved : silent) += 1;
            static_cast<void>(wire->all());
        });
    }
    ~Listeners() {
        for (const auto& wire : wires) wire->end();
    }
};

class Tablet : public Window {
protected:
    void SetUp() override {
        for (const char* program : {"zbarimg", "import"}) CHANGJI_NEEDS_PROGRAM(program);
        Window::SetUp();
        if (IsSkipped()) return;
        fs::create_directories(project());
        std::ofstream file(project() / "project.toml");
        file << "preset = \"hunan-2022-interview\"\nscript = \"\"\"\n"
             << script << "\"\"\"\n"
             << "[slate]\nguest = \"林安\"\noffice = \"校长\"\n";
    }
    /// Opens the panel, then the page on this machine, and reads the code that the screen shows.
    void serve() {
        const fs::path picture = home_.path() / "screen.png";
        const auto code = [&] {
            static_cast<void>(run(screen_->display() + " import -window root '" + picture.string() + "'"));
            return run("zbarimg --quiet --raw '" + picture.string() + "'").output;
        };
        for (int attempt = 0; attempt < 4 && url_.empty(); ++attempt) {
            screen_->key("ctrl+t");
            std::this_thread::sleep_for(700ms);
            screen_->key("Return");
            static_cast<void>(comes_true([&] { return !(url_ = code()).empty(); }, 6s));
        }
        while (url_.ends_with('\n')) url_.pop_back();
        ASSERT_TRUE(url_.starts_with("http://127.0.0.1:")) << url_;
    }
    /// A frame between the two, so that the second finds what the first has chosen.
    void press(const char* choose, const char* then) const {
        screen_->key(choose);
        std::this_thread::sleep_for(1s);
        screen_->key(then);
    }
    [[nodiscard]] std::string listen(const std::string& client) const {
        return get(path_of(url_) + "events?client=" + client);
    }
    /// Where the program says the prompter is, once it stands still.
    [[nodiscard]] double character_now() const {
        Wire wire(url_);
        wire.send(listen("witness"));
        if (!wire.hears("event: state")) return -1.0;
        if (!wire.hears("event: alive")) return -1.0;
        const std::string& heard = wire.heard();
        const std::size_t at = heard.rfind("event: state\ndata: ") + 19;
        return nlohmann::json::parse(heard.substr(at, heard.find('\n', at) - at), nullptr, false)
            .value("character", -1.0);
    }
    static double shown(Browser& browser) {
        const auto text = browser.value_of("document.body.dataset.character");
        return text.is_string() ? std::stod(text.get<std::string>()) : -1.0;
    }

    std::string url_;
};

TEST_F(Tablet, TheCodeOnTheScreenOpensAPageThatShowsAndControlsTheSamePlace) {
    CHANGJI_NEEDS_BROWSER();
    open_window("--camera demo --microphone camera");
    serve();
    ASSERT_FALSE(HasFatalFailure());
    Browser host(1024, 768), helper(400, 700);
    ASSERT_TRUE(host.up() && helper.up());
    for (Browser* each : {&host, &helper}) {
        each->open(url_);
        ASSERT_TRUE(each->comes_true("document.body.dataset.connection === 'connected'"));
    }
    const auto text = host.value_of("document.getElementById('text').textContent").get<std::string>();
    for (const char* part :
         {"本期我们邀请到的嘉宾是", "林安", "就业", "学校今年做了哪些工作？", "看嘉宾", "前程似锦！"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
    }
    EXPECT_EQ(host.value_of("document.getElementById('run').textContent"), "开始滚动");
    EXPECT_EQ(host.value_of("performance.getEntriesByType('resource').filter(e => !e.name.startsWith('" + url_ +
                            "')).length"),
              0)
        << "nothing from elsewhere";

    host.act("document.getElementById('run').click()");
    ASSERT_TRUE(helper.comes_true("Number(document.body.dataset.character) > 6")) << "what one starts, both show";
    EXPECT_EQ(helper.value_of("document.getElementById('motion').textContent"), "滚动中");
    host.press_key("h");
    ASSERT_TRUE(helper.comes_true("document.getElementById('motion').textContent === '停留中'"));
    host.let_go_key("h");
    ASSERT_TRUE(helper.comes_true("document.getElementById('motion').textContent === '滚动中'"));
    helper.press_key(" ");
    ASSERT_TRUE(host.comes_true("document.getElementById('motion').textContent === '已暂停'"));
    const double place = character_now();
    EXPECT_GT(place, 6.0);
    const std::string same = "Math.abs(Number(document.body.dataset.character) - " + std::to_string(place) + ") < 0.02";
    EXPECT_TRUE(host.comes_true(same)) << shown(host) << " for " << place;
    EXPECT_TRUE(helper.comes_true(same)) << "another size and width, the same character: " << shown(helper);

    helper.act("document.getElementById('on').click()");
    EXPECT_TRUE(host.comes_true("Number(document.body.dataset.character) > " + std::to_string(place + 1)));
    helper.act("document.getElementById('faster').click()");
    EXPECT_TRUE(host.comes_true("document.getElementById('pace').textContent === '每分钟 250 字'"));

    host.act("document.getElementById('mirrored').click()");
    host.act("document.getElementById('larger').click()");
    host.open(url_);
    ASSERT_TRUE(host.comes_true("document.body.dataset.connection === 'connected'"));
    EXPECT_EQ(host.value_of("getComputedStyle(document.getElementById('mirror')).transform"),
              "matrix(-1, 0, 0, 1, 0, 0)")
        << "and it remembers";
    EXPECT_EQ(host.value_of("getComputedStyle(document.getElementById('controls')).transform"), "none");
    EXPECT_EQ(helper.value_of("getComputedStyle(document.getElementById('mirror')).transform"), "none")
        << "each tablet for itself";
    EXPECT_EQ(host.value_of("own.per_line"), 12);
    EXPECT_EQ(helper.value_of("own.per_line"), 13);
    host.photograph(CHANGJI_BINARY_DIR "/Testing/screenshots/tablet-mirrored.png");
    helper.photograph(CHANGJI_BINARY_DIR "/Testing/screenshots/tablet-telephone.png");
    screen_->photograph("tablet-panel");

    // Stopped and opened again: the old address opens nothing.
    press("Down", "Return");
    EXPECT_TRUE(host.comes_true("document.body.dataset.connection === 'lost'"));
    press("ctrl+t", "ctrl+t");
    screen_->key("Return");
    EXPECT_TRUE(host.comes_true("document.body.dataset.connection === 'gone'"));
    EXPECT_TRUE(host.comes_true("document.getElementById('notice').textContent.includes('二维码')"));
}

TEST_F(Tablet, ComesBackAfterTheNetworkWasGone) {
    CHANGJI_NEEDS_BROWSER();
    open_window("--camera demo --microphone camera");
    serve();
    ASSERT_FALSE(HasFatalFailure());
    CutWire wire(std::stoi(url_.substr(url_.find(':', 7) + 1)));
    Browser host(1024, 768);
    ASSERT_TRUE(host.up());
    host.open("http://127.0.0.1:" + std::to_string(wire.port()) + path_of(url_));
    ASSERT_TRUE(host.comes_true("document.body.dataset.connection === 'connected'"));
    wire.cut();
    ASSERT_TRUE(host.comes_true("document.body.dataset.connection === 'lost'"));
    EXPECT_EQ(host.value_of("document.getElementById('notice').hidden"), false);
    // Meanwhile somebody else goes on.
    Wire other(url_);
    other.send(listen("other"));
    ASSERT_TRUE(other.hears("event: state"));
    const std::string move = post(path_of(url_) + "control?client=other", "{\"act\":\"move\",\"value\":21}");
    EXPECT_EQ(status_of(answer_to(url_, move)), "204");
    wire.mend();
    ASSERT_TRUE(host.comes_true("document.body.dataset.connection === 'connected'"));
    EXPECT_TRUE(host.comes_true("document.body.dataset.character === '21.00'")) << shown(host);
    EXPECT_EQ(host.value_of("document.getElementById('notice').hidden"), true);
}

TEST_F(Tablet, TwentyOfThemCostARecordingNothing) {
    open_window("--camera demo --microphone camera");
    serve();
    ASSERT_FALSE(HasFatalFailure());
    Listeners tablets;
    for (int number = 0; number < 20; ++number) tablets.add(url_, listen("tablet" + std::to_string(number)));
    EXPECT_TRUE(eventually([&] { return tablets.connected == 20; }));
    screen_->key("Escape");  // the panel
    ASSERT_TRUE(starts_a_take());
    const std::string begin = post(path_of(url_) + "control?client=tablet3", "{\"act\":\"run\"}");
    EXPECT_EQ(status_of(answer_to(url_, begin)), "204");
    EXPECT_TRUE(eventually([&] { return tablets.moved == 20; }))
        << tablets.moved << " of 20 saw the text move, " << tablets.silent << " heard nothing more";
    std::this_thread::sleep_for(4s);
    screen_->key("space");
    std::this_thread::sleep_for(800ms);
    screen_->key("space");
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-001.json")); }));
    screen_->key("Escape");
    const auto report = nlohmann::json::parse(text_of("project/takes/take-001.json"), nullptr, false);
    EXPECT_EQ(report["losses"].value("frames_dropped", -1), 0) << report["losses"];
    EXPECT_EQ(report["losses"].value("audio_gap_ms", -1), 0) << report["losses"];
    EXPECT_GE(report.value("duration_s", 0.0), 4.0);
    screen_->key("ctrl+q");
    EXPECT_TRUE(comes_true([&] { return !runs(); })) << "it closes with tablets listening";
}

}  // namespace
}  // namespace changji::test
