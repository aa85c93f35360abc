#pragma once

// What Dear ImGui 1.86 (Debian 12) and 1.90 (Debian 13) do differently with SDL, and nothing else.

#include <SDL.h>
#include <imgui.h>
#if __has_include(<imgui_impl_sdl2.h>)
#include <imgui_impl_sdl2.h>
#else
#include <imgui_impl_sdl.h>
#endif

namespace changji {

/// Enter uses what Tab has chosen; Space belongs to the recording alone. From 1.87 on Enter does so by itself, and
/// Space is never passed on where it means something else.
inline void let_enter_choose([[maybe_unused]] ImGuiIO& io) {
#if IMGUI_VERSION_NUM < 18700
    io.KeyMap[ImGuiKey_Space] = SDL_SCANCODE_RETURN;
#endif
}

}  // namespace changji
