#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/program.hpp"

namespace changji::test {

/// Makes clips with the ffmpeg program in a folder of its own.
class MadeClips : public ::testing::Test {
protected:
    void SetUp() override { CHANGJI_NEEDS_PROGRAM("ffmpeg"); }
    std::filesystem::path make(const std::string& name, const std::string& arguments) {
        const std::filesystem::path path = folder_.path() / name;
        const auto made = run("ffmpeg -v error -y " + arguments + " " + in_quotes(path));
        EXPECT_EQ(made.exit_code, 0) << made.errors;
        return path;
    }
    TemporaryFolder folder_;
};

}  // namespace changji::test
