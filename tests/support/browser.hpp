#pragma once

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include <sys/types.h>

#include "tests/support/media.hpp"

namespace changji::test {

/// Chromium without a window, with one page, as a person would use it: real time, real network. Driven over its
/// DevTools protocol on two pipes, so that no port is needed. Ends with the test.
class Browser {
public:
    Browser(int width_px, int height_px);
    ~Browser();
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    [[nodiscard]] static bool installed() { return have_program("chromium"); }
    [[nodiscard]] bool up() const { return !session_.empty(); }

    void open(const std::string& url);
    /// Of a JavaScript expression; null when it throws.
    [[nodiscard]] nlohmann::json value_of(const std::string& expression);
    void act(const std::string& statement) { static_cast<void>(value_of(statement)); }
    [[nodiscard]] bool comes_true(const std::string& expression,
                                  std::chrono::milliseconds longest = std::chrono::seconds(30));
    void press_key(const std::string& key);  ///< as KeyboardEvent.key names it
    void let_go_key(const std::string& key);
    void photograph(const std::filesystem::path& png);

private:
    nlohmann::json ask(const std::string& method, nlohmann::json parameters);
    void key_event(const char* type, const std::string& key);

    TemporaryFolder profile_;
    pid_t pid_ = -1;
    int to_ = -1, from_ = -1;
    int asked_ = 0;
    std::string read_;     ///< beyond the last whole message
    std::string session_;  ///< of the page; empty: the browser didn't start
};

}  // namespace changji::test

#define CHANGJI_NEEDS_BROWSER() \
    if (!changji::test::Browser::installed()) GTEST_SKIP() << "NOT TESTED: the program chromium is not installed"
