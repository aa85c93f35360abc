#pragma once

#include <atomic>
#include <functional>
#include <span>
#include <stop_token>
#include <thread>

#include "capture/types/time.hpp"

namespace changji {

/// The loudspeakers, through SDL: opened, watched and closed on a thread of its own, because a sound server may take
/// its time. One that is lost is opened again.
class SoundOutput {
public:
    /// Fills 48 kHz stereo that will be heard from then on; on SDL's thread, must not wait.
    using Fill = std::function<void(std::span<float> interleaved, CaptureTime heard_at)>;
    explicit SoundOutput(Fill fill);

    /// A device is open and asks for sound.
    [[nodiscard]] bool usable() const { return usable_; }
    /// From being asked to being heard, as measured last.
    [[nodiscard]] Nanoseconds latency() const { return latency_; }

private:
    class Device;
    void serve(const std::stop_token& stopping);

    Fill fill_;
    std::atomic<bool> usable_{false};
    std::atomic<Nanoseconds> latency_{Nanoseconds{0}};
    std::jthread thread_;  ///< ends first
};

}  // namespace changji
