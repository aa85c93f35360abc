#pragma once

#include <memory>
#include <optional>

#include "capture/types/time.hpp"

namespace changji {

/// Asks the sound server how long it will be until what this program hands over for playing is heard: its own buffer
/// and the device's. One thread at a time.
class OutputLatency {
public:
    /// Null when no PulseAudio or PipeWire server answers. Waits half a second at most.
    [[nodiscard]] static std::unique_ptr<OutputLatency> open();
    virtual ~OutputLatency() = default;

    /// When the server said so, and how long after that moment the sound handed over next is heard. Nothing when this
    /// program plays no sound there, or not only one, or the server doesn't answer within 200 ms.
    struct Reading {
        CaptureTime at;
        Nanoseconds until_heard{0};
    };
    [[nodiscard]] virtual std::optional<Reading> read() = 0;
    [[nodiscard]] virtual bool connected() const = 0;  ///< false once the connection is lost
};

}  // namespace changji
