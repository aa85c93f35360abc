#include "tests/support/pipe_microphone.hpp"

#include "capture/types/sound_block.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

namespace changji::test {
namespace {
using Clock = std::chrono::steady_clock;

constexpr auto wake_interval = std::chrono::milliseconds(2);
constexpr std::size_t most_frames = 1024;  // 4096 bytes: a pipe takes that whole or not at all

using StereoFrame = std::array<std::int16_t, 2>;

double seconds(Clock::time_point moment) { return std::chrono::duration<double>(moment.time_since_epoch()).count(); }

}  // namespace

PipeMicrophone::PipeMicrophone(std::filesystem::path fifo) : fifo_(std::move(fifo)) {
    if (!std::filesystem::exists(fifo_)) ::mkfifo(fifo_.c_str(), 0600);
    feeder_ = std::thread([this] { feed(); });
    // On a busy machine as punctual as hardware, where that is allowed.
    sched_param urgent{};
    urgent.sched_priority = 5;
    static_cast<void>(::pthread_setschedparam(feeder_.native_handle(), SCHED_FIFO, &urgent));
}

PipeMicrophone::~PipeMicrophone() {
    ended_ = true;
    feeder_.join();
}

void PipeMicrophone::hear(const Hears& hears) {
    const std::lock_guard lock(mutex_);
    hears_ = hears;
}

std::int16_t PipeMicrophone::sample_at(const Hears& hears, double time_s, std::uint32_t& noise) {
    constexpr double full_scale = 32767;
    noise = noise * 1664525U + 1013904223U;
    const double hiss = (static_cast<double>(noise >> 16) / 32768.0 - 1.0) * 14.0;  // RMS 8: −72 dBFS
    double value = hears.what == Hears::What::DigitalZero ? 0 : hiss;
    const auto sine = [&](double since_s) {
        return full_scale * hears.peak * std::sin(2 * std::numbers::pi * hears.frequency_hz * since_s);
    };
    if (hears.what == Hears::What::Tone) value += sine(time_s);
    if (hears.what == Hears::What::Beeps) {
        const double due_s = time_s - hears.delay_s;
        const double since_s = due_s - std::floor(due_s / hears.period_s) * hears.period_s;
        if (since_s < Hears::beep_s) value += sine(since_s);
    }
    return static_cast<std::int16_t>(std::lround(value));
}

void PipeMicrophone::feed() {
    // For reading too: so it opens without a reader, and never breaks.
    const int fd = ::open(fifo_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    std::array<StereoFrame, most_frames> frames{};
    std::uint32_t noise = 1;
    double written_until_s = seconds(Clock::now());
    for (auto wake = Clock::now(); !ended_; std::this_thread::sleep_until(wake += wake_interval)) {
        Hears hears;
        {
            const std::lock_guard lock(mutex_);
            hears = hears_;
        }
        const double now_s = seconds(Clock::now()), interval_s = 1 / (sound_rate_hz * (1 + hears.skew_ppm * 1e-6));
        if (hears.what == Hears::What::Nothing) {
            written_until_s = now_s;
            continue;
        }
        while (written_until_s + interval_s <= now_s) {
            std::size_t count = 0;
            for (; count < most_frames && written_until_s + interval_s <= now_s; ++count) {
                frames[count].fill(sample_at(hears, written_until_s, noise));
                written_until_s += interval_s;
            }
            static_cast<void>(!::write(fd, frames.data(), count * sizeof(StereoFrame)));  // full: lost
        }
    }
    ::close(fd);
}

}  // namespace changji::test
