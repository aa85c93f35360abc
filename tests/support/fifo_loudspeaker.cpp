#include "tests/support/fifo_loudspeaker.hpp"

#include "capture/types/sound_block.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

namespace changji::test {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int loud = 6'000;
constexpr std::int64_t quiet_frames = sound_rate_hz / 10;

}  // namespace

FifoLoudspeaker::FifoLoudspeaker(std::filesystem::path fifo) : fifo_(std::move(fifo)), player_([this] { play(); }) {}

FifoLoudspeaker::~FifoLoudspeaker() {
    ended_ = true;
    player_.join();
}

std::vector<Clock::time_point> FifoLoudspeaker::beeps() const {
    const std::lock_guard lock(mutex_);
    return beeps_;
}

void FifoLoudspeaker::play() {
    const int fifo = ::open(fifo_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fifo < 0) return;
    constexpr int pipe_bytes = 16'384;  // 85 ms, as the buffers of a wireless headset
    ::fcntl(fifo, F_SETPIPE_SZ, pipe_bytes);
    const auto start = Clock::now();
    std::int64_t played = 0, last_loud = -quiet_frames;
    std::array<std::int16_t, 2048> samples{};
    while (!ended_) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        const auto due = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count() *
                         sound_rate_hz / 1'000'000;
        while (played < due) {
            const auto wanted = std::min<std::int64_t>(due - played, static_cast<std::int64_t>(samples.size() / 2));
            const ssize_t got = ::read(fifo, samples.data(), static_cast<std::size_t>(wanted) * 4);
            const std::int64_t frames = got > 0 ? got / 4 : 0;
            for (std::int64_t i = 0; i < frames; ++i) {
                if (std::abs(samples[static_cast<std::size_t>(2 * i)]) < loud) continue;
                if (played + i - last_loud >= quiet_frames) {
                    const std::lock_guard lock(mutex_);
                    beeps_.push_back(start + std::chrono::microseconds((played + i) * 1'000'000 / sound_rate_hz));
                }
                last_loud = played + i;
            }
            played += frames;
            if (frames < wanted) {
                played = due;  // silence: the server was late
                break;
            }
        }
    }
    ::close(fifo);
}

}  // namespace changji::test
