#pragma once

#include <memory>
#include <string>

#include <SDL.h>
#include <imgui.h>

#include "capture/types/result.hpp"
#include "ui/window/drawing/fonts.hpp"

namespace changji {

/// SDL's window with its OpenGL context, and Dear ImGui on top of them. One at a time.
class Platform {
public:
    enum class Visibility { Windowed, FullScreen, Hidden };
    [[nodiscard]] static Result<Platform> open(int width_px, int height_px, Visibility visibility);
    ~Platform();
    Platform(Platform&&) noexcept = default;

    [[nodiscard]] SDL_Window* window() const { return window_.get(); }
    [[nodiscard]] std::string renderer_name() const;
    [[nodiscard]] ImVec2 size() const;  ///< of the window, in pixels
    void toggle_full_screen();

    /// `scale`: as the layout of this frame has it.
    void begin_frame(Fonts& fonts, float scale);
    /// Shows the frame, unless characters came up that the atlas lacks: then false, and it is to be drawn again.
    [[nodiscard]] bool end_frame(const Fonts& fonts, float scale);

private:
    struct DestroyWindow {
        void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
    };
    Platform(std::unique_ptr<SDL_Window, DestroyWindow> window, SDL_GLContext context);

    std::unique_ptr<SDL_Window, DestroyWindow> window_;
    SDL_GLContext context_;
};

}  // namespace changji
