// How long the window takes from its start to the first picture on the screen, demo scene: median of ten, on a screen
// of its own; and how old its pictures are there. On a machine without a graphics chip both include Mesa's drawing on
// the processor.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "program_cost.hpp"
#include "tests/support/media.hpp"

namespace changji::bench {
namespace {

using Clock = std::chrono::steady_clock;

double since_ms(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// A program whose output comes through a pipe, ended with this object.
class Child {
public:
    explicit Child(const Words& words) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) give_up("no pipe");
        pid_ = ::fork();
        if (pid_ < 0) give_up("no process");
        if (pid_ == 0) {
            ::dup2(ends[1], 1);
            ::dup2(ends[1], 2);
            std::vector<char*> arguments;
            for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
            arguments.push_back(nullptr);
            ::execvp(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        output_ = ::fdopen(ends[0], "r");
    }
    ~Child() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        std::fclose(output_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// The rest of the line from these words on; nothing when the output ended without them.
    [[nodiscard]] std::optional<std::string> says(const char* words) const {
        std::array<char, 1024> line{};
        while (std::fgets(line.data(), static_cast<int>(line.size()), output_)) {
            const std::string text(line.data());
            if (const auto at = text.find(words); at != std::string::npos) return text.substr(at);
        }
        return std::nullopt;
    }
    void ask_to_end() const { ::kill(pid_, SIGTERM); }

private:
    pid_t pid_ = -1;
    std::FILE* output_ = nullptr;
};

}  // namespace
}  // namespace changji::bench

int main(int count, char** words) {
    using namespace changji::bench;
    const int rounds = Told(count, words).number("rounds", 10, 1);
    const changji::test::TemporaryFolder folder;
    live_in(folder.path());
    ::setenv("DISPLAY", ":97", 1);
    ::setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
    const Child screen({"Xvfb", ":97", "-noreset", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"});
    std::this_thread::sleep_for(std::chrono::seconds(2));
    std::vector<double> times_ms;
    for (int round = 0; round < rounds; ++round) {
        const auto start = Clock::now();
        const Child window({beside_this_program("changji").string(), "--verbose", "--camera", "demo", "--microphone",
                            "demo", "--project", (folder.path() / "project").string()});
        if (!window.says("The first picture is on the screen.")) give_up("the window showed no picture");
        times_ms.push_back(since_ms(start));
    }
    std::sort(times_ms.begin(), times_ms.end());
    std::printf("first picture after %.0f ms (median of %d; %.0f to %.0f)\n", times_ms[times_ms.size() / 2], rounds,
                times_ms.front(), times_ms.back());
    const Child window({beside_this_program("changji").string(), "--verbose", "--camera", "demo", "--microphone",
                        "demo", "--project", (folder.path() / "project").string()});
    if (!window.says("The first picture is on the screen.")) give_up("the window showed no picture");
    std::this_thread::sleep_for(std::chrono::seconds(10));
    window.ask_to_end();
    const auto ages = window.says("Pictures were ");
    if (!ages) give_up("the window did not say how old its pictures were");
    std::printf("%sa picture of the camera lasts 40 ms\n", ages->c_str());
    return 0;
}
