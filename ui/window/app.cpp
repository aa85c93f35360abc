#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_sdl.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>

#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"
#include "ui/window/platform.hpp"
#include "ui/window/preview_governor.hpp"
#include "ui/window/preview_renderer.hpp"
#include "ui/window/window.hpp"

namespace changji {
namespace {

double clock_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Logging out or shutting down asks only once: the take is finished and the window closes.
volatile std::sig_atomic_t asked_to_end = 0;
void ask_to_end(int) { asked_to_end = 1; }

Key key_of(const SDL_Keysym& key) {
    const bool control = (key.mod & KMOD_CTRL) != 0;
    switch (key.sym) {
        case SDLK_LEFT: return control ? Key::CropLeft : Key::Other;
        case SDLK_RIGHT: return control ? Key::CropRight : Key::Other;
        case SDLK_UP: return control ? Key::CropUp : Key::Other;
        case SDLK_DOWN: return control ? Key::CropDown : Key::Other;
        case SDLK_SPACE: return Key::Space;
        case SDLK_RETURN:
        case SDLK_KP_ENTER: return Key::Enter;
        case SDLK_ESCAPE: return Key::Escape;
        case SDLK_F1: return Key::F1;
        case SDLK_F2: return Key::F2;
        case SDLK_F3: return Key::F3;
        case SDLK_F4: return Key::F4;
        case SDLK_F5: return Key::F5;
        case SDLK_F6: return Key::F6;
        case SDLK_F7: return Key::F7;
        case SDLK_F8: return Key::F8;
        case SDLK_F9: return Key::F9;
        case SDLK_F10: return Key::F10;
        case SDLK_F11: return Key::F11;
        case SDLK_l: return Key::L;
        default: return Key::Other;
    }
}

/// Joins the window, the session and the panels: waits, draws, and does what was asked.
class App {
public:
    App(Platform platform, Fonts fonts, PreviewRenderer preview, Session& session, const WindowOptions& options)
        : platform_(std::move(platform)),
          fonts_(std::move(fonts)),
          preview_(std::move(preview)),
          governor_(renderer_of(platform_.renderer_name())),
          session_(session) {
        view_.presets = options.presets;
        view_.messages = options.notices;
    }

    void run() {
        for (const int signal : {SIGTERM, SIGINT, SIGHUP}) std::signal(signal, ask_to_end);
        while (!closed_ && asked_to_end == 0) {
            wait_for_work();
            draw();
        }
    }

private:
    /// Sleeps until the next picture is due or a person does something. ImGui needs a frame or two after each
    /// input before what it changed can be seen.
    void wait_for_work() {
        const double due_s = frames_owed_ > 0 ? 0.0 : drawn_at_s_ + 1.0 / governor_.frames_per_s() - clock_s();
        SDL_Event event;
        const int timeout_ms = static_cast<int>(std::ceil(std::max(0.0, due_s) * 1000.0));
        if (SDL_WaitEventTimeout(&event, timeout_ms) == 0) return;
        do handle(event);
        while (SDL_PollEvent(&event) != 0);
        frames_owed_ = 2;
    }

    void handle(const SDL_Event& event) {
        if (event.type == SDL_QUIT) close();
        const bool pressed = event.type == SDL_KEYDOWN && event.key.repeat == 0;
        if (pressed) {
            view_.now_s = clock_s();
            const Key key = key_of(event.key.keysym);
            if (event.key.keysym.sym == SDLK_q && (event.key.keysym.mod & KMOD_CTRL) != 0) return close();
            const bool typing = ImGui::GetIO().WantTextInput;
            if (const auto action = action_for(key, typing, session_.snapshot().stage, view_)) {
                act(*action);
                return;
            }
        }
        ImGui_ImplSDL2_ProcessEvent(&event);
    }

    /// Closing ends a take as Stop does: only when asked twice.
    void close() {
        view_.now_s = clock_s();
        closed_ = session_.snapshot().stage != Stage::Recording || view_.stop.press(view_.now_s);
    }

    void act(const Action& action) {
        if (const auto* choice = std::get_if<ChooseLanguage>(&action)) {
            use_language(choice->language);
            SDL_SetWindowTitle(platform_.window(), tr("Changji"));
        } else if (std::holds_alternative<ToggleFullScreen>(action)) {
            platform_.toggle_full_screen();
        } else {
            perform(action, session_, view_);
        }
        frames_owed_ = 2;
    }

    void draw() {
        const double begun_s = clock_s();
        session_.report_preview_rate(governor_.frames_per_s());
        SessionSnapshot now = session_.snapshot();
        now.preview_reduced |= governor_.gives_way();
        draw_preview_texture();
        std::optional<Action> action;
        bool shown = false;
        for (int attempt = 0; attempt < 3 && !shown; ++attempt) {
            view_.now_s = clock_s();
            platform_.begin_frame(fonts_);
            const auto asked = draw_screen(fonts_, now, session_.preset(), {preview_.texture()}, view_);
            if (asked) action = asked;
            shown = platform_.end_frame(fonts_);
        }
        drawn_at_s_ = begun_s;
        frames_owed_ = std::max(0, frames_owed_ - 1);
        governor_.note(clock_s() - begun_s, session_.pressure());
        if (action) act(*action);
    }

    void draw_preview_texture() {
        if (const auto frame = session_.take_preview()) preview_.upload(*frame);
        int width = 0;
        int height = 0;
        SDL_GL_GetDrawableSize(platform_.window(), &width, &height);
        const Area area = lay_out_screen(static_cast<float>(width), static_cast<float>(height)).preview;
        preview_.draw(static_cast<int>(area.width), static_cast<int>(area.height), view_.monitoring,
                      face_band(session_.preset()));
    }

    Platform platform_;
    Fonts fonts_;
    PreviewRenderer preview_;
    PreviewGovernor governor_;
    Session& session_;
    ViewState view_;
    double drawn_at_s_ = 0.0;
    int frames_owed_ = 2;
    bool closed_ = false;
};

}  // namespace

Status run_window(Session& session, const WindowOptions& options) {
    auto fonts = Fonts::open();
    if (!fonts) return fonts.error();
    auto platform =
        Platform::open(options.width_px, options.height_px,
                       options.full_screen ? Platform::Visibility::FullScreen : Platform::Visibility::Windowed);
    if (!platform) return platform.error();
    auto preview = PreviewRenderer::open();
    if (!preview) return preview.error();
    App(std::move(*platform), std::move(*fonts), std::move(*preview), session, options).run();
    return {};
}

}  // namespace changji
