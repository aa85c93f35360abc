#pragma once

#include "tests/support/media.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <thread>

#include <sys/types.h>

namespace changji::test {

/// A program that runs beside the test. Killed at the end if it still runs, and with the thread that started it.
class Child {
public:
    /// `command` is one simple shell command: assignments, a program, its arguments (as changji_command() makes them,
    /// with or without the environment of the fakes before it).
    explicit Child(const std::string& command);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] bool running();
    /// Its exit code (128 + signal), or nothing when it still runs after so long.
    std::optional<int> wait(std::chrono::milliseconds longest = std::chrono::minutes(2));
    void send(int signal) const;
    /// SIGKILL, and gone when this returns. When that was, on the monotonic clock.
    std::chrono::steady_clock::time_point kill();

    [[nodiscard]] std::string output() const;  ///< so far
    [[nodiscard]] std::string errors() const;
    /// Waits until standard error holds `text`.
    [[nodiscard]] bool says(const std::string& text,
                            std::chrono::milliseconds longest = std::chrono::seconds(30)) const;
    /// Resident memory now, in KiB; 0 when it is gone.
    [[nodiscard]] std::int64_t memory_kib() const;

private:
    TemporaryFolder folder_;
    pid_t pid_ = -1;
    std::optional<int> exit_code_;
};

/// Random times for killing, the same for the same seed.
class RandomTimes {
public:
    explicit RandomTimes(unsigned seed) : random_(seed) {}
    [[nodiscard]] std::chrono::milliseconds between(std::chrono::milliseconds least, std::chrono::milliseconds most);

private:
    std::mt19937 random_;
};

/// Starts `command`, kills it (-9) `after` that long, and says when; nothing when it had ended by itself before.
std::optional<std::chrono::steady_clock::time_point> run_and_kill(const std::string& command,
                                                                  std::chrono::milliseconds after);

/// Waits until `condition` holds; false when it doesn't within `longest`.
template <typename Condition>
[[nodiscard]] bool eventually(const Condition& condition,
                              std::chrono::milliseconds longest = std::chrono::seconds(30)) {
    for (const auto end = std::chrono::steady_clock::now() + longest; std::chrono::steady_clock::now() < end;) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return condition();
}

}  // namespace changji::test
