#pragma once

#include <string>

#include "capture/types/result.hpp"

namespace changji {

/// Why an encoder can't be opened. FFmpeg's codes seldom tell what hardware is missing; the encoder's kind does.
[[nodiscard]] Error encoder_cannot_open(const std::string& name, int code);

/// An encoder that was at work and failed.
[[nodiscard]] Error encoder_failed(const std::string& name, int code);

}  // namespace changji
