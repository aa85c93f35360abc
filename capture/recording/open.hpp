#pragma once

#include "capture/recorder.hpp"
#include "capture/recording/byte_sink.hpp"

#include <memory>

namespace changji {

/// open_recorder() with the bytes going to `sink` instead of `settings.part_file`.
[[nodiscard]] Result<std::unique_ptr<Recorder>> open_recorder(const RecorderSettings& settings,
                                                              std::unique_ptr<ByteSink> sink);

}  // namespace changji
