#pragma once

// A V4L2 capture device as its ioctls show it. Part of the library to preload.

#include "tests/support/fake_camera_description.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <linux/videodev2.h>
#include <sys/types.h>

namespace changji::test {

/// One open file handle of a camera. Its descriptor is a counting eventfd: readable while filled buffers
/// wait, so that poll(), blocking and non-blocking use all behave as with a driver.
class FakeCameraDevice {
public:
    FakeCameraDevice(std::filesystem::path file, int flags);
    ~FakeCameraDevice();
    FakeCameraDevice(const FakeCameraDevice&) = delete;
    FakeCameraDevice& operator=(const FakeCameraDevice&) = delete;

    [[nodiscard]] int fd() const { return fd_; }
    /// As the system call: 0, or -1 and errno.
    int ioctl(unsigned long request, void* argument);
    [[nodiscard]] void* map(std::size_t length, off_t offset) const;

private:
    int query(v4l2_capability& answer) const;
    int enumerate(v4l2_fmtdesc& answer) const;
    int enumerate(v4l2_frmsizeenum& answer) const;
    int enumerate(v4l2_frmivalenum& answer) const;
    int format(v4l2_format& answer, bool set);
    int rate(v4l2_streamparm& answer, bool set);
    int request_buffers(v4l2_requestbuffers& request);
    int queue(const v4l2_buffer& buffer);
    int dequeue(v4l2_buffer& buffer);

    int take_ownership();
    void release_buffers();
    void stop();
    void drive();                // the "hardware": a thread while streaming
    bool suffer(double time_s);  // lets due faults happen; false when unplugged
    void fill(const std::string& picture);

    std::filesystem::path file_;
    Description description_;
    int fd_;
    std::size_t mode_ = 0;
    unsigned rate_ = 0;
    int owner_ = -1;   // a lock on the description: one streaming program at a time
    int memory_ = -1;  // the buffers, one after another
    std::uint8_t* base_ = nullptr;
    std::uint32_t buffer_bytes_ = 0;

    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    std::vector<v4l2_buffer> buffers_;
    std::deque<std::uint32_t> empty_, filled_;
    bool streaming_ = false, stopping_ = false, gone_ = false;

    // The driver thread's own.
    std::uint32_t sequence_ = 0;
    std::size_t faults_done_ = 0;
    double stalled_until_s_ = 0, actual_rate_ = 0;
    int to_drop_ = 0, to_damage_ = 0, to_truncate_ = 0;
    std::thread driver_;
};

}  // namespace changji::test
