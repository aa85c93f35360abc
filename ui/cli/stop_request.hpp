#pragma once

#include <atomic>

namespace changji {

/// From here on Ctrl+C and SIGTERM only set stop_asked(), so that a long command ends in good order.
void watch_for_stop();
[[nodiscard]] const std::atomic<bool>& stop_asked();

}  // namespace changji
