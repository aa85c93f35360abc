#pragma once

#include <filesystem>
#include <string>

namespace changji::test {

/// The folder of real pictures, clips and sounds beside the project; empty when it is not there.
[[nodiscard]] std::filesystem::path media_folder();

/// A fresh folder that is removed with its contents at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// All bytes of a file; empty when it can't be read.
[[nodiscard]] std::string content_of(const std::filesystem::path& file);

/// Has every player show the picture of an MP4 or MOV turned by 90, 180 or 270 degrees clockwise: rewrites the matrix
/// of its track header (ISO 14496-12, 8.3.2) in place. FFmpeg's program has no option for it that all versions know.
void turn_picture(const std::filesystem::path& file, int degrees_clockwise);

struct CommandResult {
    int exit_code = -1;  ///< 128 + signal when killed
    std::string output;  ///< standard output
    std::string errors;  ///< standard error
};
/// Runs a shell command line and waits for it.
[[nodiscard]] CommandResult run(const std::string& command_line);
[[nodiscard]] bool have_program(const std::string& name);

}  // namespace changji::test

/// `const auto clip = ...; CHANGJI_NEEDS_MEDIA("v01.mp4")` skips loudly when a file of the media folder is absent.
#define CHANGJI_NEEDS_MEDIA(name)                                                                                  \
    if (changji::test::media_folder().empty() || !std::filesystem::exists(changji::test::media_folder() / (name))) \
    GTEST_SKIP() << "NOT TESTED: real media file " << (name) << " is not on this machine"
