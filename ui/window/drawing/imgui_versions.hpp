#pragma once

// What Dear ImGui 1.86 (Debian 12) and 1.90 (Debian 13) do differently, and nothing else.

#include <imgui.h>
#if __has_include(<imgui_impl_sdl2.h>)
#include <imgui_impl_sdl2.h>
#else
#include <imgui_impl_sdl.h>
#endif
#include <cstdint>

namespace changji {

/// A texture of OpenGL by the name that ImGui has for it.
inline ImTextureID texture_id(unsigned int name) {
    return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name));  // NOLINT(performance-no-int-to-ptr)
}

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
