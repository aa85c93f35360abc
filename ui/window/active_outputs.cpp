#include "ui/window/active_outputs.hpp"

#include <SDL_syswm.h>

#ifdef SDL_VIDEO_DRIVER_X11
#include <X11/extensions/Xrandr.h>
#include <dlfcn.h>
#include <memory>
#endif

namespace changji {

#ifdef SDL_VIDEO_DRIVER_X11

std::optional<std::vector<OutputArea>> active_outputs(SDL_Window* window) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11) return std::nullopt;
    // SDL has loaded the library by itself.
    const std::unique_ptr<void, int (*)(void*)> library(::dlopen("libXrandr.so.2", RTLD_NOW | RTLD_NOLOAD), ::dlclose);
    if (!library) return std::nullopt;
    const auto get = reinterpret_cast<decltype(&XRRGetMonitors)>(::dlsym(library.get(), "XRRGetMonitors"));
    const auto free = reinterpret_cast<decltype(&XRRFreeMonitors)>(::dlsym(library.get(), "XRRFreeMonitors"));
    if (!get || !free) return std::nullopt;
    int count = 0;
    XRRMonitorInfo* const monitors = get(info.info.x11.display, info.info.x11.window, True, &count);
    if (!monitors || count <= 0) return std::nullopt;
    std::vector<OutputArea> areas;
    areas.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        areas.push_back({monitors[i].x, monitors[i].y, monitors[i].width, monitors[i].height});
    }
    free(monitors);
    return areas;
}

#else

std::optional<std::vector<OutputArea>> active_outputs(SDL_Window*) { return std::nullopt; }

#endif

}  // namespace changji
