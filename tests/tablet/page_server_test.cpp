#include "ui/tablet/page_server.hpp"

#include <gtest/gtest.h>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "tests/support/child.hpp"
#include "tests/tablet/wire.hpp"
#include "ui/language/language.hpp"
#include "ui/tablet/page_files.hpp"

namespace changji::test {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<const std::string> shared(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

class Page : public testing::Test {
protected:
    void SetUp() override {
        options_.request_time = 1s;
        options_.write_time = 500ms;
        options_.update_time = 5ms;
        options_.sign_of_life = 100ms;
        open();
    }
    void open() {
        server_.reset();
        auto opened = PageServer::open(options_, feed_, [this] { ++woken_; });
        ASSERT_TRUE(opened) << in_english(opened.error().message);
        server_ = *std::move(opened);
        root_ = path_of(server_->url());
    }
    void publish(const std::string& state) {
        feed_.state = shared(state);
        server_->publish(feed_);
    }
    [[nodiscard]] std::unique_ptr<Wire> listener(const std::string& id, int receive_bytes = 0) {
        auto wire = std::make_unique<Wire>(server_->url(), receive_bytes);
        wire->send(get(root_ + "events?client=" + id));
        return wire;
    }
    [[nodiscard]] std::string press(const std::string& body, const std::string& id = "host") {
        return status_of(answer_to(server_->url(), post(root_ + "control?client=" + id, body)));
    }
    [[nodiscard]] std::vector<PrompterCommand> commands(std::size_t least) {
        std::vector<PrompterCommand> all;
        static_cast<void>(eventually([&] {
            for (const PrompterCommand& each : server_->take_commands()) all.push_back(each);
            return all.size() >= least;
        }));
        return all;
    }

    PrompterFeed feed_{shared(page_words_json()), shared(script_json(Script({}, "各位好。"))), shared("{\"n\":0}")};
    PageServerOptions options_;
    std::atomic<int> woken_{0};
    std::unique_ptr<PageServer> server_;
    std::string root_;
};

TEST_F(Page, ServesItsThreeFilesAndNothingElse) {
    for (const PageFile& file : page_files()) {
        const std::string name = file.name == "index.html" ? "" : std::string(file.name);
        const std::string answer = answer_to(server_->url(), get(root_ + name));
        EXPECT_EQ(status_of(answer), "200") << file.name;
        EXPECT_TRUE(answer.ends_with(file.content)) << file.name;
    }
    for (const char* name : {"index.html", "favicon.ico", "page.js/", "x", ".", "page/", "control"}) {
        EXPECT_EQ(status_of(answer_to(server_->url(), get(root_ + name))), "404") << name;
    }
}

TEST_F(Page, AnswersNobodyWithoutItsToken) {
    std::string wrong = root_;
    wrong[wrong.size() - 2] = wrong[wrong.size() - 2] == '0' ? '1' : '0';
    for (const std::string& root : {std::string("/"), wrong, root_.substr(0, root_.size() - 2) + "/",
                                    root_.substr(0, root_.size() - 1) + "0/", std::string("//"), std::string("/x/")}) {
        for (const char* name : {"", "page.js", "events?client=a", "words"}) {
            const std::string answer = answer_to(server_->url(), get(root + name));
            EXPECT_EQ(status_of(answer), "403") << root << name;
            EXPECT_EQ(answer.find("各位好"), std::string::npos);
        }
        EXPECT_EQ(status_of(answer_to(server_->url(), post(root + "control?client=a", "{\"act\":\"run\"}"))), "403");
    }
    EXPECT_EQ(server_->clients(), 0);
    EXPECT_TRUE(server_->take_commands().empty());
}

TEST_F(Page, TraversesNoPath) {
    for (const char* path : {"../../../../etc/passwd", "%2e%2e/%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd",
                             "....//....//etc/passwd", "page.js%00.txt", "/etc/passwd", "..\\..\\etc\\passwd"}) {
        for (const std::string& root : {root_, std::string("/")}) {
            const std::string answer = answer_to(server_->url(), get(root + path));
            EXPECT_NE(status_of(answer), "200") << root << path;
            EXPECT_EQ(answer.find("root:"), std::string::npos) << root << path;
        }
    }
}

TEST_F(Page, AllowsNoResourceFromElsewhereAndNoFrame) {
    const std::string answer = answer_to(server_->url(), get(root_));
    for (const char* header :
         {"Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
          "frame-ancestors 'none'", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
          "Cache-Control: no-store"}) {
        EXPECT_NE(answer.find(header), std::string::npos) << header;
    }
    for (const PageFile& file : page_files()) {
        for (const char* elsewhere : {"http:", "https:", "//cdn", "@import", "url(", "<style", "onclick="}) {
            EXPECT_EQ(file.content.find(elsewhere), std::string_view::npos) << file.name << ": " << elsewhere;
        }
    }
}

TEST_F(Page, SaysWordsScriptAndStateThenOnlyWhatIsNew) {
    const auto wire = listener("host");
    ASSERT_TRUE(wire->hears("{\"n\":0}"));
    EXPECT_NE(wire->heard().find("Content-Type: text/event-stream"), std::string::npos);
    EXPECT_NE(wire->heard().find("event: words\n"), std::string::npos);
    EXPECT_NE(wire->heard().find("各位好"), std::string::npos);
    wire->forget();
    publish("{\"n\":1}");
    ASSERT_TRUE(wire->hears("event: state\ndata: {\"n\":1}\n\n"));
    EXPECT_EQ(wire->heard().find("event: script"), std::string::npos) << "the text is sent once";
    ASSERT_TRUE(wire->hears("event: alive")) << "a sign of life while nothing changes";
}

TEST_F(Page, IsNotCompressedForABrowserThatWouldTakeIt) {
    Wire wire(server_->url());
    wire.send("GET " + root_ + "events?client=a HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n");
    EXPECT_TRUE(wire.hears("{\"n\":0}")) << "compressed, an event may wait for the next";
}

TEST_F(Page, TakesWhatIsPressedInOrder) {
    const auto wire = listener("host");
    ASSERT_TRUE(wire->hears("{\"n\":0}"));
    for (const char* body :
         {"{\"act\":\"run\"}", "{\"act\":\"move\",\"value\":12.5}", "{\"act\":\"pace\",\"value\":300}"}) {
        EXPECT_EQ(press(body), "204");
    }
    const auto taken = commands(3);
    ASSERT_EQ(taken.size(), 3U);
    EXPECT_EQ(taken[0].act, PrompterAct::Run);
    EXPECT_EQ(taken[1].act, PrompterAct::MoveTo);
    EXPECT_EQ(taken[1].value, 12.5);
    EXPECT_EQ(taken[2].act, PrompterAct::SetPace);
    EXPECT_EQ(woken_, 3) << "the window was woken for each";
}

TEST_F(Page, TakesNothingThatIsNoCommand) {
    const auto wire = listener("host");
    ASSERT_TRUE(wire->hears("{\"n\":0}"));
    for (const char* body : {"", "run", "[]", "{}", "{\"act\":7}", "{\"act\":\"explode\"}", "{\"act\":\"move\"}",
                             "{\"act\":\"move\",\"value\":\"x\"}", "{\"act\":\"move\",\"value\":-1}",
                             "{\"act\":\"move\",\"value\":1e300}"}) {
        EXPECT_EQ(press(body), "400") << body;
    }
    EXPECT_EQ(press("{\"act\":\"run\"}", "stranger"), "409") << "who doesn't see the text doesn't control it";
    EXPECT_TRUE(server_->take_commands().empty());
}

TEST_F(Page, EndsARequestThatIsTooLarge) {
    const std::string flood(100 * 1024, 'a');
    EXPECT_EQ(status_of(answer_to(server_->url(), "GET /" + flood)), "431") << "a line without end";
    std::string headers = "GET " + root_ + " HTTP/1.1\r\n";
    for (int number = 0; number < 4000; ++number) headers += "X-" + std::to_string(number) + ": " + "value\r\n";
    EXPECT_EQ(status_of(answer_to(server_->url(), headers)), "400") << "headers without end";
    EXPECT_EQ(press(flood), "413");
    const std::string lie = "POST " + root_ + "control?client=host HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n";
    EXPECT_EQ(status_of(answer_to(server_->url(), lie)), "413");
    const std::string chunks =
        "POST " + root_ + "control?client=host HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n" + flood;
    EXPECT_NE(status_of(answer_to(server_->url(), chunks)), "204");
    EXPECT_EQ(status_of(answer_to(server_->url(), get(root_))), "200") << "and serves on";
}

TEST_F(Page, GivesUpARequestThatDoesNotCome) {
    Wire wire(server_->url());
    wire.send("GET / HTT");
    EXPECT_EQ(wire.all(), "") << "closed by the server, not by our patience";
    EXPECT_EQ(status_of(answer_to(server_->url(), get(root_))), "200");
}

TEST_F(Page, SurvivesNonsense) {
    std::string noise;
    for (int at = 0; at < 3000; ++at) noise += static_cast<char>((at * 7919) % 251);
    for (const std::string& text :
         {noise, std::string("\r\n\r\n"), std::string("GET\r\n\r\n"), std::string(3, '\0'),
          "GET " + root_ + "%zz%0d%0a HTTP/1.1\r\n\r\n", "BREW " + root_ + " HTTP/1.1\r\n\r\n",
          get(root_ + "events?client=" + std::string(500, 'x')),
          "GET " + root_ + " HTTP/1.1\r\nRange: bytes=9-1,-,5\r\n\r\n"}) {
        Wire wire(server_->url());
        wire.send(text);
        ::usleep(1000);
    }
    EXPECT_EQ(status_of(answer_to(server_->url(), get(root_))), "200");
}

TEST_F(Page, ASlowReaderIsDroppedAndHoldsNobodyUp) {
    feed_.script = shared(std::string(8'000'000, 'x'));  // more than any buffer on the way takes
    server_->publish(feed_);
    const auto slow = listener("slow", 4096);
    ASSERT_TRUE(slow->hears("xxxx"));
    feed_.script = shared("{}");
    server_->publish(feed_);
    const auto quick = listener("quick");
    for (int number = 1; number <= 20; ++number) {
        publish("{\"n\":" + std::to_string(number) + "}");
        ASSERT_TRUE(quick->hears("\"n\":" + std::to_string(number) + "}"));
    }
    EXPECT_TRUE(eventually([&] { return server_->clients() == 1; })) << "the slow one has lost its place";
    publish("{\"n\":99}");
    EXPECT_TRUE(quick->hears("\"n\":99}"));
}

TEST_F(Page, ServesTwentyAndTellsTheNext) {
    std::vector<std::unique_ptr<Wire>> wires;
    for (int number = 0; number < 20; ++number) wires.push_back(listener("tablet" + std::to_string(number)));
    for (const auto& wire : wires) ASSERT_TRUE(wire->hears("{\"n\":0}"));
    EXPECT_EQ(server_->clients(), 20);
    const std::string refusal = answer_to(server_->url(), get(root_ + "events?client=late"));
    EXPECT_EQ(status_of(refusal), "503");
    EXPECT_NE(refusal.find("Twenty tablets listen already"), std::string::npos);
    EXPECT_EQ(server_->refused(), 1);
    EXPECT_EQ(status_of(answer_to(server_->url(), get(root_))), "200") << "short requests have room of their own";
    EXPECT_EQ(press("{\"act\":\"run\"}", "tablet7"), "204");
    publish("{\"n\":5}");
    for (const auto& wire : wires) EXPECT_TRUE(wire->hears("{\"n\":5}"));
    wires.pop_back();
    ASSERT_TRUE(eventually([&] { return server_->clients() == 19; })) << "who goes makes room";
    const auto late = listener("late");
    EXPECT_TRUE(late->hears("{\"n\":5}"));
}

TEST_F(Page, WhoComesBackTakesThePlaceItStillSeemsToHave) {
    std::vector<std::unique_ptr<Wire>> lost, back;
    for (int number = 0; number < 20; ++number) lost.push_back(listener("tablet" + std::to_string(number)));
    for (const auto& wire : lost) ASSERT_TRUE(wire->hears("{\"n\":0}"));
    // The network was gone for all of them: the server doesn't know yet that their connections are dead.
    for (int number = 0; number < 20; ++number) back.push_back(listener("tablet" + std::to_string(number)));
    for (const auto& wire : back) EXPECT_TRUE(wire->hears("{\"n\":0}"));
    EXPECT_EQ(server_->clients(), 20);
    EXPECT_EQ(server_->refused(), 0);
    for (const auto& wire : lost) EXPECT_TRUE(wire->all().ends_with("\n\n\r\n")) << "the old one ended, after an event";
}

TEST_F(Page, LetsGoForATabletThatHeldAndIsGone) {
    auto wire = listener("host");
    ASSERT_TRUE(wire->hears("{\"n\":0}"));
    ASSERT_EQ(press("{\"act\":\"hold\"}"), "204");
    EXPECT_EQ(commands(1).at(0).act, PrompterAct::Hold);
    auto again = listener("host");
    ASSERT_TRUE(again->hears("{\"n\":0}"));
    wire.reset();
    EXPECT_TRUE(again->hears("event: alive"));
    EXPECT_TRUE(server_->take_commands().empty()) << "it came back while holding";
    again.reset();
    const auto released = commands(1);
    ASSERT_EQ(released.size(), 1U);
    EXPECT_EQ(released[0].act, PrompterAct::Release);
}

TEST_F(Page, LimitsHowOftenIsPressed) {
    const auto wire = listener("host");
    ASSERT_TRUE(wire->hears("{\"n\":0}"));
    int refused = 0;
    for (int number = 0; number < 300; ++number) refused += press("{\"act\":\"run\"}") == "429" ? 1 : 0;
    EXPECT_GT(refused, 0);
    EXPECT_LE(server_->take_commands().size(), 64U) << "and no more wait than a frame can do";
}

TEST_F(Page, HundredsOfIdleConnectionsKeepNobodyOutForLong) {
    options_.request_time = 200ms;
    open();
    std::vector<std::unique_ptr<Wire>> idle;
    for (int number = 0; number < 300; ++number) idle.push_back(std::make_unique<Wire>(server_->url()));
    EXPECT_TRUE(eventually([&] { return status_of(answer_to(server_->url(), get(root_))) == "200"; }));
}

TEST_F(Page, EndsAtOnceWithTabletsListening) {
    const auto wire = listener("host");
    const Wire idle(server_->url());
    ASSERT_TRUE(wire->hears("{\"n\":0}"));
    const std::string url = server_->url();
    server_.reset();
    static_cast<void>(wire->all());
    EXPECT_FALSE(Wire(url).connected()) << "the port is closed";
}

TEST_F(Page, OpenedAgainOnItsPortItKnowsTheOldAddressNoMore) {
    const std::string url = server_->url(), old_root = root_;
    options_.port = std::stoi(url.substr(url.find(':', 7) + 1));
    const auto wire = listener("host");
    ASSERT_TRUE(wire->hears("{\"n\":0}"));
    open();
    EXPECT_EQ(server_->url().find("http://127.0.0.1:" + std::to_string(options_.port) + "/"), 0U);
    EXPECT_NE(root_, old_root);
    const std::string answer = answer_to(server_->url(), get(old_root + "events?client=host"));
    EXPECT_EQ(status_of(answer), "403");
    EXPECT_NE(answer.find("scan the code"), std::string::npos);
    EXPECT_TRUE(listener("host")->hears("{\"n\":0}"));
}

TEST_F(Page, APortInUseIsLeftToItsOwner) {
    options_.port = std::stoi(server_->url().substr(server_->url().find(':', 7) + 1));
    auto other = PageServer::open(options_, feed_);
    ASSERT_TRUE(other);
    EXPECT_NE((*other)->url().substr(0, 24), server_->url().substr(0, 24));
    EXPECT_EQ(status_of(answer_to((*other)->url(), get(path_of((*other)->url())))), "200");
}

TEST(PageServer, OpensNoAddressThatOthersCanReach) {
    PrompterFeed feed{shared("{}"), shared("{}"), shared("{}")};
    for (const char* address : {"0.0.0.0", "8.8.8.8", "192.0.2.2", "::", "localhost", "example.org", ""}) {
        PageServerOptions options;
        options.address = address;
        const auto opened = PageServer::open(options, feed);
        ASSERT_FALSE(opened) << address;
        EXPECT_EQ(opened.error().kind, ErrorKind::InvalidConfig) << address;
    }
    PageServerOptions options;
    options.address = "10.255.254.253";
    const auto opened = PageServer::open(options, feed);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::Io) << "not an address of this machine";
}

}  // namespace
}  // namespace changji::test
