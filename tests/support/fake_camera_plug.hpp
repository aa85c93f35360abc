#pragma once

// Whether a fake camera is plugged in, and what befalls it when: the same for all programs and handles, because
// it follows from the description, the moment of the first stream, and the clock. Part of the library to preload.

#include "tests/support/fake_camera_description.hpp"

#include <filesystem>

namespace changji::test {

/// One program's hold on a camera that was plugged in when it was opened.
class FakeCameraPlug {
public:
    /// Nothing can be opened (is_open() is false) while the camera is away.
    explicit FakeCameraPlug(std::filesystem::path file);
    ~FakeCameraPlug();
    FakeCameraPlug(const FakeCameraPlug&) = delete;
    FakeCameraPlug& operator=(const FakeCameraPlug&) = delete;

    [[nodiscard]] bool is_open() const { return fd_ >= 0; }
    /// False for ever once the camera was unplugged since, also when it has come back.
    [[nodiscard]] bool connected() const;

    /// One program at a time may stream. False when it is another.
    [[nodiscard]] bool take_ownership();
    void release_ownership();

    /// Faults count from the first stream after the camera was plugged in.
    bool note_stream();                           ///< true for the first
    [[nodiscard]] double first_stream_s() const;  ///< 0: none yet
    /// Read anew: a test may add lines.
    [[nodiscard]] std::vector<Fault> faults() const { return parse(file_).faults; }
    /// The last time the camera came back; what it was told before is forgotten.
    [[nodiscard]] double last_return_s() const;
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

private:
    std::filesystem::path file_;
    int fd_ = -1;
    double opened_s_ = 0;
};

}  // namespace changji::test
