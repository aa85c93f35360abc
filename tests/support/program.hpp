#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/media.hpp"

namespace changji::test {

/// As one word of a shell command line.
[[nodiscard]] inline std::string in_quotes(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

/// The program under test: the one that was built, or CHANGJI_PROGRAM, as in /usr/bin/changji.
[[nodiscard]] std::string tested_program();

/// Runs the program under test with `arguments` (a shell command line), English unless told otherwise, with a home
/// of its own so that nothing of this machine's user is read or changed.
[[nodiscard]] CommandResult changji(const std::string& arguments);
/// The command line that changji() runs, for tests that start it in the background or beside a sound server.
[[nodiscard]] std::string changji_command(const std::string& arguments,
                                          const std::string& sound_server = "unix:/nonexistent");

/// What ffprobe says of a file: streams, format, and with `entries` whatever else was asked for.
[[nodiscard]] nlohmann::json ffprobe(const std::filesystem::path& file, const std::string& more_options = {});

/// The one JSON document on standard output; fails the test when it is none.
[[nodiscard]] nlohmann::json json_of(const CommandResult& result);

/// The finding of one check in a report; null when there is none.
[[nodiscard]] nlohmann::json finding(const nlohmann::json& report, const std::string& check);

}  // namespace changji::test

#define CHANGJI_NEEDS_PROGRAM(name) \
    if (!changji::test::have_program(name)) GTEST_SKIP() << "NOT TESTED: the program " << (name) << " is not installed"
