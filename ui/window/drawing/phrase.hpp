#pragma once

#include <string>
#include <string_view>

#include "capture/types/message.hpp"

namespace changji {

/// What a panel writes in every frame: as tr(), but put together once and then only looked up. xgettext finds `id` by
/// this name. Valid until the next frame. For the window's thread.
[[nodiscard]] const std::string& phrase(const Message& message);
/// Fields behind the last that `id` names are left empty.
[[nodiscard]] const std::string& phrase(const char* id, std::string_view first = {}, std::string_view second = {},
                                        std::string_view third = {}, std::string_view fourth = {});

/// At the start of a frame: forgets what is old, or in another language.
void forget_old_phrases();

}  // namespace changji
