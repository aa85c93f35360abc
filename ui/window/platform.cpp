#include "ui/window/platform.hpp"

#include <epoxy/gl.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <algorithm>
#include <string_view>

#include "ui/language/language.hpp"
#include "ui/window/drawing/gl_check.hpp"
#include "ui/window/drawing/imgui_versions.hpp"
#include "ui/window/drawing/theme.hpp"

namespace changji {
namespace {

constexpr int least_width_px = 960;
constexpr int least_height_px = 540;
constexpr Uint32 full_screen_flag = SDL_WINDOW_FULLSCREEN_DESKTOP;

Error no_display() {
    return {ErrorKind::Io, say("No display: {0}. Log in to the desktop, or use `changji record`.", SDL_GetError())};
}

/// Without a desktop SDL falls back to drivers that open a window which no person can see.
bool draws_for_nobody() {
    const std::string_view driver = SDL_GetCurrentVideoDriver();
    return driver == "offscreen" || driver == "dummy";
}

void set_up_imgui(SDL_Window* window, SDL_GLContext context) {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    ImGui_ImplSDL2_InitForOpenGL(window, context);
    ImGui_ImplOpenGL3_Init("#version 150");
    let_enter_choose(io, SDL_SCANCODE_RETURN);
}

}  // namespace

Result<Platform> Platform::open(int width_px, int height_px, Visibility visibility) {
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");  // they would only ask to close, which a running take refuses
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return no_display();
    if (draws_for_nobody()) {
        SDL_SetError("no X11 or Wayland session");
        const Error error = no_display();
        SDL_Quit();
        return error;
    }
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
    SDL_Rect usable{0, 0, width_px, height_px};
    SDL_GetDisplayUsableBounds(0, &usable);
    const Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI |
                         (visibility == Visibility::FullScreen ? full_screen_flag : 0U) |
                         (visibility == Visibility::Hidden ? Uint32{SDL_WINDOW_HIDDEN} : 0U);
    std::unique_ptr<SDL_Window, DestroyWindow> window(
        SDL_CreateWindow(tr("Changji"), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, std::min(width_px, usable.w),
                         std::min(height_px, usable.h), flags));
    const SDL_GLContext context = window ? SDL_GL_CreateContext(window.get()) : nullptr;
    if (!context) {
        const Error error = no_display();
        window.reset();
        SDL_Quit();
        return error;
    }
    SDL_SetWindowMinimumSize(window.get(), least_width_px, least_height_px);
    SDL_GL_SetSwapInterval(1);
    set_up_imgui(window.get(), context);
    return Platform(std::move(window), context);
}

Platform::Platform(std::unique_ptr<SDL_Window, DestroyWindow> window, SDL_GLContext context)
    : window_(std::move(window)), context_(context) {}

Platform::~Platform() {
    if (!window_) return;
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplSDL2_Shutdown();
    ImGui::DestroyContext();
    SDL_GL_DeleteContext(context_);
    window_.reset();
    SDL_Quit();
}

std::string Platform::renderer_name() const {
    const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    return name ? name : "";
}

ImVec2 Platform::size() const {
    int width = 0;
    int height = 0;
    SDL_GetWindowSize(window_.get(), &width, &height);
    return {static_cast<float>(width), static_cast<float>(height)};
}

void Platform::toggle_full_screen() {
    const bool full = (SDL_GetWindowFlags(window_.get()) & full_screen_flag) != 0;
    SDL_SetWindowFullscreen(window_.get(), full ? 0U : full_screen_flag);
}

void Platform::begin_frame(Fonts& fonts, float scale) {
    if (fonts.is_stale(scale)) {
        fonts.build(scale);
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
        check_gl("the upload of the fonts");
    }
    apply_theme(scale);
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplSDL2_NewFrame();
    ImGui::NewFrame();
}

bool Platform::end_frame(const Fonts& fonts, float scale) {
    ImGui::Render();
    if (fonts.is_stale(scale)) return false;
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const ImVec2 density = ImGui::GetIO().DisplayFramebufferScale;
    glViewport(0, 0, static_cast<int>(size.x * density.x), static_cast<int>(size.y * density.y));
    const ImVec4 clear = ImGui::ColorConvertU32ToFloat4(colour::background());
    glClearColor(clear.x, clear.y, clear.z, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    check_gl("the drawing of the window");
    SDL_GL_SwapWindow(window_.get());
    return true;
}

}  // namespace changji
