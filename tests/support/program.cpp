#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace changji::test {

namespace {
const TemporaryFolder& home() {
    static const TemporaryFolder folder;
    return folder;
}
}  // namespace

std::string tested_program() {
    const char* const asked = std::getenv("CHANGJI_PROGRAM");
    return asked ? asked : CHANGJI_BINARY_DIR "/bin/changji";
}

std::string changji_command(const std::string& arguments, const std::string& sound_server) {
    return "env -u DISPLAY -u WAYLAND_DISPLAY HOME='" + home().path().string() +
           "' LANG=en_US.UTF-8 LC_ALL= PULSE_SERVER='" + sound_server + "' '" + tested_program() + "' " + arguments;
}

CommandResult changji(const std::string& arguments) { return run(changji_command(arguments)); }

nlohmann::json json_of(const CommandResult& result) {
    auto document = nlohmann::json::parse(result.output, nullptr, false);
    EXPECT_FALSE(document.is_discarded()) << "no JSON document: " << result.output << "\n" << result.errors;
    return document.is_discarded() ? nlohmann::json::object() : document;
}

nlohmann::json ffprobe(const std::filesystem::path& file, const std::string& more_options) {
    return json_of(
        run("ffprobe -v error -of json -show_streams -show_format " + more_options + " '" + file.string() + "'"));
}

nlohmann::json finding(const nlohmann::json& report, const std::string& check) {
    for (const auto& one : report.value("findings", nlohmann::json::array())) {
        if (one.value("check", "") == check) return one;
    }
    return nullptr;
}

}  // namespace changji::test
