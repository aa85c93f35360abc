#include "tests/support/browser.hpp"

#include <array>
#include <csignal>
#include <fstream>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace changji::test {
namespace {

using nlohmann::json;
constexpr int patience_ms = 30'000;

}  // namespace

Browser::Browser(int width_px, int height_px) {
    std::signal(SIGPIPE, SIG_IGN);  // a browser that has died is an answer that does not come
    std::array<int, 2> commands{}, answers{};
    if (::pipe2(commands.data(), O_CLOEXEC) != 0 || ::pipe2(answers.data(), O_CLOEXEC) != 0) return;
    const std::string profile = "--user-data-dir=" + profile_.path().string();
    const std::string size = "--window-size=" + std::to_string(width_px) + "," + std::to_string(height_px);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::setpgid(0, 0);
        // Chromium reads from 3 and writes to 4; the copies above are out of the way of both.
        const int in = ::fcntl(commands[0], F_DUPFD, 10), out = ::fcntl(answers[1], F_DUPFD, 10);
        ::dup2(in, 3);
        ::dup2(out, 4);
        const int nowhere = ::open("/dev/null", O_RDWR);
        for (const int stream : {0, 1, 2}) ::dup2(nowhere, stream);
        ::execlp("chromium", "chromium", "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
                 "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
                 profile.c_str(), size.c_str(), "about:blank", nullptr);
        ::_exit(127);
    }
    ::close(commands[0]);
    ::close(answers[1]);
    to_ = commands[1];
    from_ = answers[0];
    const json targets = ask("Target.getTargets", json::object());
    for (const json& each : targets.value("targetInfos", json::array())) {
        if (each.value("type", "") != "page") continue;
        const json attached =
            ask("Target.attachToTarget", {{"targetId", each.value("targetId", "")}, {"flatten", true}});
        session_ = attached.value("sessionId", "");
    }
}

Browser::~Browser() {
    if (pid_ > 0) {
        ::kill(-pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    for (const int pipe : {to_, from_}) {
        if (pipe >= 0) ::close(pipe);
    }
}

nlohmann::json Browser::ask(const std::string& method, json parameters) {
    json question{{"id", ++asked_}, {"method", method}, {"params", std::move(parameters)}};
    if (!session_.empty()) question["sessionId"] = session_;
    const std::string text = question.dump() + '\0';
    if (::write(to_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) return json::object();
    while (true) {
        for (std::size_t end = 0; (end = read_.find('\0')) != std::string::npos;) {
            const json answer = json::parse(read_.substr(0, end), nullptr, false);
            read_.erase(0, end + 1);
            if (answer.is_object() && answer.value("id", 0) == asked_) return answer.value("result", json::object());
        }
        pollfd ready{from_, POLLIN, 0};
        std::array<char, 64 * 1024> buffer{};
        const ssize_t count =
            ::poll(&ready, 1, patience_ms) > 0 ? ::read(from_, buffer.data(), buffer.size()) : ssize_t{-1};
        if (count <= 0) return json::object();
        read_.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

void Browser::open(const std::string& url) { ask("Page.navigate", {{"url", url}}); }

nlohmann::json Browser::value_of(const std::string& expression) {
    const json answer = ask("Runtime.evaluate", {{"expression", expression}, {"returnByValue", true}});
    return answer.contains("exceptionDetails") ? json() : answer.value("result", json::object()).value("value", json());
}

bool Browser::comes_true(const std::string& expression, std::chrono::milliseconds longest) {
    for (const auto end = std::chrono::steady_clock::now() + longest; std::chrono::steady_clock::now() < end;) {
        if (value_of("!!(" + expression + ")") == true) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

void Browser::key_event(const char* type, const std::string& key) {
    json parameters{{"type", type}, {"key", key}};
    if (key.size() == 1 && std::string(type) == "keyDown") parameters["text"] = key;
    ask("Input.dispatchKeyEvent", parameters);
}

void Browser::press_key(const std::string& key) { key_event("keyDown", key); }
void Browser::let_go_key(const std::string& key) { key_event("keyUp", key); }

void Browser::photograph(const std::filesystem::path& png) {
    std::filesystem::create_directories(png.parent_path());
    const json made = ask("Page.captureScreenshot", {{"format", "png"}});
    const std::filesystem::path text = profile_.path() / "photograph";
    std::ofstream(text) << made.value("data", "");
    static_cast<void>(run("base64 -d '" + text.string() + "' >'" + png.string() + "'"));
}

}  // namespace changji::test
