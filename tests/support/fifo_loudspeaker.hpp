#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace changji::test {

/// Loudspeakers of the test's own: what a sound server writes into a FIFO (48 kHz stereo, 16 bits) is read as a sound
/// card plays it, each sample at its moment of CLOCK_MONOTONIC, behind all that lies in the pipe.
class FifoLoudspeaker {
public:
    explicit FifoLoudspeaker(std::filesystem::path fifo);
    ~FifoLoudspeaker();
    FifoLoudspeaker(const FifoLoudspeaker&) = delete;
    FifoLoudspeaker& operator=(const FifoLoudspeaker&) = delete;

    /// When it became loud after a tenth of a second of quiet.
    [[nodiscard]] std::vector<std::chrono::steady_clock::time_point> beeps() const;

private:
    void play();

    std::filesystem::path fifo_;
    mutable std::mutex mutex_;
    std::vector<std::chrono::steady_clock::time_point> beeps_;  ///< guarded
    std::atomic<bool> ended_{false};
    std::thread player_;
};

}  // namespace changji::test
