#pragma once

// The buffers of a fake camera and the hardware that fills them. Part of the library to preload.

#include "tests/support/fake_camera_plug.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

#include <sys/types.h>

namespace changji::test {

/// Calls are as the system's: 0, or an errno. Any thread may queue and dequeue.
class FakeCameraStream {
public:
    /// `wake` is a counting eventfd: as many as there are filled buffers.
    FakeCameraStream(FakeCameraPlug& plug, int wake) : plug_(plug), wake_(wake) {}
    ~FakeCameraStream();
    FakeCameraStream(const FakeCameraStream&) = delete;
    FakeCameraStream& operator=(const FakeCameraStream&) = delete;

    int request(v4l2_requestbuffers& wanted, const Mode& mode);
    int query(v4l2_buffer& buffer);
    int queue(v4l2_buffer& buffer);
    int dequeue(v4l2_buffer& buffer);
    int start(const Mode& mode, unsigned rate, double flash_period_s);
    void stop();
    [[nodiscard]] void* map(std::size_t length, off_t offset) const;
    [[nodiscard]] bool has_buffers() const { return !buffers_.empty(); }
    [[nodiscard]] bool is_running() const { return driver_.joinable(); }

private:
    struct Plan {
        Mode mode;
        double rate = 0, flash_period_s = 0;
        double faults_since_s = 0;  ///< what was due before has happened in an earlier stream
    };
    void drive(const Plan& plan);  ///< the "hardware": a thread while streaming
    /// Lets happen what is due between two pictures. False when the camera is gone.
    bool suffer(double from_s, double to_s);
    void fill(const std::string& picture, double captured_s);
    bool sleep_until(double moment_s);  ///< false when told to stop
    void release();

    FakeCameraPlug& plug_;
    int wake_;
    int memory_ = -1;  ///< the buffers, one after another
    std::uint8_t* base_ = nullptr;
    std::uint32_t buffer_bytes_ = 0;

    std::mutex mutex_;  ///< guards what follows
    std::condition_variable changed_;
    std::vector<v4l2_buffer> buffers_;
    std::deque<std::uint32_t> empty_, filled_;
    bool stopping_ = false, gone_ = false;

    // The driver thread's own.
    std::uint32_t sequence_ = 0;
    double stalled_until_s_ = 0, actual_rate_ = 0;
    int to_drop_ = 0, to_damage_ = 0, to_truncate_ = 0;
    std::thread driver_;
};

}  // namespace changji::test
