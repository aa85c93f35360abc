#include "ui/window/display_loss.hpp"

#include <SDL_syswm.h>
#include <dlfcn.h>
#include <utility>

namespace changji {

#ifdef SDL_VIDEO_DRIVER_X11

namespace {

std::function<void()>& act() {
    static std::function<void()> chosen;
    return chosen;
}

void on_loss(Display*, void*) {
    if (auto chosen = std::exchange(act(), {})) chosen();
}

}  // namespace

void survive_display_loss(SDL_Window* window, std::function<void()> last_act) {
    act() = std::move(last_act);
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11) return;
    // SDL has loaded the library by itself; one older than 1.7 has no such call.
    void* const library = ::dlopen("libX11.so.6", RTLD_NOW | RTLD_NOLOAD);
    if (!library) return;
    using SetHandler = void (*)(Display*, void (*)(Display*, void*), void*);
    const auto set_handler = reinterpret_cast<SetHandler>(::dlsym(library, "XSetIOErrorExitHandler"));
    if (set_handler) set_handler(info.info.x11.display, on_loss, nullptr);
    ::dlclose(library);
}

#else

void survive_display_loss(SDL_Window*, std::function<void()>) {}

#endif

}  // namespace changji
