#pragma once

#include "capture/recorder.hpp"

namespace changji {

/// Frames a second at which this machine encodes 1920×1080 with moving noise, measured over about a second
/// without writing to disk. UnsupportedFormat when the encoder can't be opened.
[[nodiscard]] Result<double> measure_encoder_speed(const EncoderChoice& encoder);

}  // namespace changji
