#include "ui/window/display_loss.hpp"

#include <SDL_syswm.h>
#include <X11/Xlib.h>
#include <dlfcn.h>
#include <utility>

namespace changji {

#ifdef SDL_VIDEO_DRIVER_X11

namespace {

std::function<void()>& act() {
    static std::function<void()> chosen;
    return chosen;
}

/// For every connection: SDL and Mesa have more than the window's own.
int on_loss(Display*) {
    if (auto chosen = std::exchange(act(), {})) chosen();
    return 0;
}

}  // namespace

void survive_display_loss(SDL_Window* window, std::function<void()> last_act) {
    act() = std::move(last_act);
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11) return;
    // SDL has loaded the library by itself.
    void* const library = ::dlopen("libX11.so.6", RTLD_NOW | RTLD_NOLOAD);
    if (!library) return;
    using SetHandler = XIOErrorHandler (*)(XIOErrorHandler);
    if (const auto set_handler = reinterpret_cast<SetHandler>(::dlsym(library, "XSetIOErrorHandler"))) {
        set_handler(on_loss);
    }
    ::dlclose(library);
}

#else

void survive_display_loss(SDL_Window*, std::function<void()>) {}

#endif

}  // namespace changji
