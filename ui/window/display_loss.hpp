#pragma once

#include <functional>

#include <SDL.h>

namespace changji {

/// When the display server goes (logged out, crashed), Xlib ends the program from within whatever call noticed it. This
/// has `last_act` run first: it must finish what is being recorded and end the program itself, without a word to SDL or
/// OpenGL. Does nothing where the window isn't X11's. One window at a time.
void survive_display_loss(SDL_Window* window, std::function<void()> last_act);

}  // namespace changji
