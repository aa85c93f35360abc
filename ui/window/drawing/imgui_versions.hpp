#pragma once

// What Dear ImGui 1.86 (Debian 12) and 1.90 (Debian 13) do differently, and nothing else.

#include <imgui.h>
#if __has_include(<imgui_impl_sdl2.h>)
#include <imgui_impl_sdl2.h>
#else
#include <imgui_impl_sdl.h>
#endif

namespace changji {

#if IMGUI_VERSION_NUM < 18700

inline constexpr ImGuiKey_ keypad_enter = ImGuiKey_KeyPadEnter;

/// Enter uses what Tab has chosen; Space belongs to the recording alone.
inline void let_enter_choose(ImGuiIO& io, int enter_scancode) { io.KeyMap[ImGuiKey_Space] = enter_scancode; }

#else

inline constexpr ImGuiKey keypad_enter = ImGuiKey_KeypadEnter;

/// Enter does by itself, and Space is never passed on where it means something else.
inline void let_enter_choose(ImGuiIO&, int) {}

#endif

}  // namespace changji
