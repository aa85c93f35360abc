#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "capture/types/message.hpp"

namespace changji {

/// What a panel writes in every frame: as tr(), but put together once and then only looked up. xgettext finds `id` by
/// this name. Valid until the next frame. For the window's thread.
[[nodiscard]] const std::string& phrase(const Message& message);
[[nodiscard]] const std::string& phrase_of(const char* id, std::span<const std::string_view> fields);
template <typename... Fields>
[[nodiscard]] const std::string& phrase(const char* id, const Fields&... fields) {
    return phrase_of(id, std::array<std::string_view, sizeof...(Fields)>{std::string_view(fields)...});
}

/// At the start of a frame: forgets what is old, or in another language.
void forget_old_phrases();

}  // namespace changji
