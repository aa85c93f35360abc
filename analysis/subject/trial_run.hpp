#pragma once

#include <functional>

namespace changji {

/// Does `work` in a copy of this process first: false when it crashed there, or took longer than 20 s. For a library
/// that a damaged file can bring down. What `work` throws is no crash: it will be thrown again.
[[nodiscard]] bool survives(const std::function<void()>& work);

}  // namespace changji
