#include "ui/window/key_events.hpp"

namespace changji {

std::string key_name(const SDL_Keysym& key) {
    if (key.sym == SDLK_KP_ENTER) return "Return";
    const std::string name = SDL_GetKeyName(key.sym);
    if (name.empty() || name.ends_with("Ctrl") || name.ends_with("Shift") || name.ends_with("Alt")) return {};
    std::string held;
    if ((key.mod & KMOD_CTRL) != 0) held += "Ctrl+";
    if ((key.mod & KMOD_ALT) != 0) held += "Alt+";
    if ((key.mod & KMOD_SHIFT) != 0) held += "Shift+";
    return held + name;
}

bool needs_a_frame(const SDL_Event& event) {
    if (event.type == SDL_MOUSEBUTTONDOWN) return true;
    if (event.type != SDL_KEYDOWN || event.key.repeat != 0) return false;
    const SDL_Keycode key = event.key.keysym.sym;
    const bool writes = key >= SDLK_SPACE && key < SDLK_DELETE;  // comes as text, which waits for the frame
    return !writes || (event.key.keysym.mod & KMOD_CTRL) != 0;
}

}  // namespace changji
