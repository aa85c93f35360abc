#pragma once

// A connection to the PulseAudio server (or PipeWire's). libpulse itself, not libavdevice: every wait here
// has an end, so a stopped server can't hang anyone, and a server is never started by asking. Internal to
// capture/.

#include "capture/types/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <pulse/pulseaudio.h>

namespace changji {

struct PulseSource {
    std::string name;                        ///< the server's own, stable: "alsa_input.usb-..."
    std::string description;                 ///< for a person
    std::uint32_t index = PA_INVALID_INDEX;  ///< until the server restarts
    bool is_default = false;
    bool is_monitor = false;
    bool is_muted = false;
    bool is_turned_down = false;  ///< its volume is zero
    bool is_unplugged = false;    ///< the device knows that nothing is in its socket
    int sample_rate_hz = 0;
    int channels = 0;
};

[[nodiscard]] PulseSource to_pulse_source(const pa_source_info& info);

/// Why nothing would be heard from it; empty when it sounds.
[[nodiscard]] Message silence_of(const PulseSource& source);

/// A question to the server that is taken back when nobody waits for the answer any more.
struct CancelOperation {
    void operator()(pa_operation* operation) const {
        pa_operation_cancel(operation);
        pa_operation_unref(operation);
    }
};
using PulseOperation = std::unique_ptr<pa_operation, CancelOperation>;

/// One thread at a time.
class PulseClient {
public:
    /// DeviceNotFound when no server answers within `patience`.
    static Result<PulseClient> connect(std::chrono::milliseconds patience);

    /// Every source of the server. DeviceLost when it does not answer within `patience`.
    [[nodiscard]] Result<std::vector<PulseSource>> sources(std::chrono::milliseconds patience);

    /// Lets libpulse work, waiting at most `pause` for something to do. False once the connection is gone.
    bool step(std::chrono::milliseconds pause);
    /// Steps until `done` says so; false when the time or the connection ran out.
    bool wait(std::chrono::milliseconds patience, const std::function<bool()>& done);

    [[nodiscard]] pa_context* context() const { return context_.get(); }

private:
    struct FreeLoop {
        void operator()(pa_mainloop* loop) const { pa_mainloop_free(loop); }
    };
    struct FreeContext {
        void operator()(pa_context* context) const {
            pa_context_disconnect(context);
            pa_context_unref(context);
        }
    };
    PulseClient();

    std::unique_ptr<pa_mainloop, FreeLoop> loop_;
    std::unique_ptr<pa_context, FreeContext> context_;  // after the loop: freed first
};

/// No sound server at all: the same words wherever one is needed.
[[nodiscard]] Error no_sound_server();

}  // namespace changji
