#pragma once

// A V4L2 capture device as its ioctls show it. Part of the library to preload.

#include "tests/support/fake_camera_controls.hpp"
#include "tests/support/fake_camera_formats.hpp"
#include "tests/support/fake_camera_plug.hpp"
#include "tests/support/fake_camera_stream.hpp"

#include <filesystem>
#include <mutex>

#include <sys/types.h>

namespace changji::test {

/// One open file handle of a camera. Its descriptor is a counting eventfd: readable while filled buffers
/// wait, so that poll(), blocking and non-blocking use all behave as with a driver.
class FakeCameraDevice {
public:
    FakeCameraDevice(const std::filesystem::path& file, int flags);
    ~FakeCameraDevice();
    FakeCameraDevice(const FakeCameraDevice&) = delete;
    FakeCameraDevice& operator=(const FakeCameraDevice&) = delete;

    /// Negative while the camera is away.
    [[nodiscard]] int fd() const { return plug_.is_open() ? fd_ : -1; }
    /// As the system call: 0, or -1 and errno.
    int ioctl(unsigned long request, void* argument);
    [[nodiscard]] void* map(std::size_t length, off_t offset) const { return stream_.map(length, offset); }
    [[nodiscard]] bool has_event() const { return controls_.has_event(); }
    [[nodiscard]] const std::filesystem::path& file() const { return plug_.file(); }

private:
    int answer(unsigned long request, void* argument);  ///< 0, or an errno
    int answer_format(unsigned long request, void* argument);
    int answer_control(unsigned long request, void* argument);
    int query(v4l2_capability& answer) const;
    int input(v4l2_input& answer) const;
    int set_format(v4l2_format& wanted);
    int request_buffers(v4l2_requestbuffers& wanted);

    FakeCameraPlug plug_;
    Description description_;
    int fd_;
    std::mutex settings_;  ///< guards what follows; the stream guards itself
    FakeCameraFormats formats_;
    FakeCameraControls controls_;
    FakeCameraStream stream_;
};

}  // namespace changji::test
