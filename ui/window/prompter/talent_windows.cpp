#include "ui/window/prompter/talent_windows.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <SDL.h>

#include "ui/language/language.hpp"
#include "ui/window/drawing/glyph_texture.hpp"
#include "ui/window/drawing/page_renderer.hpp"

namespace changji {
namespace {

/// Makes a window's context current for a while.
class Current {
public:
    Current(SDL_Window* window, SDL_GLContext context)
        : window_before_(SDL_GL_GetCurrentWindow()), context_before_(SDL_GL_GetCurrentContext()) {
        ok_ = SDL_GL_MakeCurrent(window, context) == 0;
    }
    ~Current() { SDL_GL_MakeCurrent(window_before_, context_before_); }
    Current(const Current&) = delete;
    Current& operator=(const Current&) = delete;
    [[nodiscard]] bool ok() const { return ok_; }

private:
    SDL_Window* window_before_;
    SDL_GLContext context_before_;
    bool ok_;
};

Error not_opened(const ConnectedDisplay& display) {
    return {ErrorKind::UnsupportedFormat,
            say("The talent's screen can't be opened on {0} ({1}).", display.name, SDL_GetError())};
}

}  // namespace

class TalentWindows::Window {
public:
    static Result<std::unique_ptr<Window>> open(const TalentPlan& plan, bool waits_for_display) {
        auto made = std::make_unique<Window>();
        made->plan = plan;
        const ConnectedDisplay& display = plan.display;
        if (display.operators) {
            made->window_ = SDL_CreateWindow(tr("Prompter"), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                             display.width_px / 2, display.height_px / 2,
                                             SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
        } else {
            // Where no window manager makes it full, it is as large as the display by itself.
            made->window_ =
                SDL_CreateWindow(tr("Prompter"), display.x_px, display.y_px, display.width_px, display.height_px,
                                 SDL_WINDOW_OPENGL | SDL_WINDOW_BORDERLESS | SDL_WINDOW_ALLOW_HIGHDPI |
                                     SDL_WINDOW_SKIP_TASKBAR | SDL_WINDOW_FULLSCREEN_DESKTOP);
        }
        if (!made->window_) return not_opened(display);
        SDL_Window* const window_before = SDL_GL_GetCurrentWindow();
        const SDL_GLContext context_before = SDL_GL_GetCurrentContext();
        made->context_ = SDL_GL_CreateContext(made->window_);
        SDL_GL_MakeCurrent(window_before, context_before);
        if (!made->context_) return not_opened(display);
        const Current current(made->window_, made->context_);
        if (!current.ok()) return not_opened(display);
        SDL_GL_SetSwapInterval(waits_for_display ? 1 : 0);
        auto renderer = PageRenderer::open();
        if (!renderer) return renderer.error();
        made->drawing_ = std::make_unique<Drawing>(*std::move(renderer));
        return made;
    }

    Window() = default;
    ~Window() {
        if (context_) {
            {
                const Current current(window_, context_);
                drawing_.reset();
            }
            SDL_GL_DeleteContext(context_);
        }
        if (window_) SDL_DestroyWindow(window_);
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    [[nodiscard]] unsigned int id() const { return SDL_GetWindowID(window_); }

    void draw(const std::shared_ptr<const ReadingFont>& font, const std::shared_ptr<const Script>& script,
              const TalentFacts& facts) {
        const Current current(window_, context_);
        if (!current.ok()) return;
        int wide = 0, high = 0;
        SDL_GL_GetDrawableSize(window_, &wide, &high);
        if (wide <= 0 || high <= 0) return;
        const TalentSettings& settings = plan.settings;
        const bool same = drawn && facts == shown_ && settings == drawn_with_ && wide == wide_ && high == high_ &&
                          layout.is_of(script, line_em_of(settings, static_cast<float>(wide)));
        if (same) return;
        const auto width = static_cast<float>(wide), height = static_cast<float>(high);
        if (!sheets_ || settings.size_px != sheets_->reading.em_px() || wide != wide_ || high != high_) {
            drawing_->textures = {};
            sheets_ = std::make_unique<TalentSheets>(font, settings, width, height);
        }
        if (!layout.is_of(script, line_em_of(settings, width))) {
            layout = ReadingLayout(script, *font, line_em_of(settings, width));
        }
        const auto layers = draw_talent_page(*sheets_, layout, settings, facts, width, height);
        std::vector<unsigned int> names;
        for (const PageLayer& layer : layers) {
            const std::size_t which = layer.sheet == &sheets_->reading ? 0 : layer.sheet == &sheets_->clocks ? 1 : 2;
            GlyphSheet& sheet = which == 0 ? sheets_->reading : which == 1 ? sheets_->clocks : sheets_->countdown;
            drawing_->textures[which].update(sheet);
            names.push_back(drawing_->textures[which].name());
        }
        drawing_->renderer.draw(layers, names,
                                {wide, high, width, height, settings.mirror_across, settings.mirror_down,
                                 page_inks(settings.light).ground});
        SDL_GL_SwapWindow(window_);
        drawn = true;
        shown_ = facts;
        drawn_with_ = settings;
        wide_ = wide;
        high_ = high;
    }

    TalentPlan plan;
    ReadingLayout layout;
    bool drawn = false;

private:
    struct Drawing {
        explicit Drawing(PageRenderer opened) : renderer(std::move(opened)) {}
        PageRenderer renderer;
        std::array<GlyphTexture, 3> textures;
    };
    SDL_Window* window_ = nullptr;
    SDL_GLContext context_ = nullptr;
    std::unique_ptr<Drawing> drawing_;
    std::unique_ptr<TalentSheets> sheets_;
    TalentFacts shown_;
    TalentSettings drawn_with_;
    int wide_ = 0, high_ = 0;
};

TalentWindows::TalentWindows(std::shared_ptr<const ReadingFont> font) : font_(std::move(font)) {}
TalentWindows::~TalentWindows() = default;

std::vector<Message> TalentWindows::arrange(const std::vector<TalentPlan>& plan) {
    std::vector<Message> told;
    std::erase_if(windows_, [&](const auto& window) {
        const auto still =
            std::ranges::find_if(plan, [&](const TalentPlan& each) { return each.display == window->plan.display; });
        return still == plan.end();
    });
    std::erase_if(refused_, [&](const std::string& name) {
        return std::ranges::none_of(plan, [&](const TalentPlan& each) { return each.display.name == name; });
    });
    for (const TalentPlan& each : plan) {
        const auto open =
            std::ranges::find_if(windows_, [&](const auto& window) { return window->plan.display == each.display; });
        if (open != windows_.end()) {
            (*open)->plan.settings = each.settings;
            continue;
        }
        if (!font_ || std::ranges::find(refused_, each.display.name) != refused_.end()) continue;
        // One of them waits for its display, which paces all; a second wait a picture would halve the rate.
        auto made = Window::open(each, windows_.empty());
        if (made) {
            windows_.push_back(*std::move(made));
        } else {
            refused_.push_back(each.display.name);
            told.push_back(made.error().message);
        }
    }
    return told;
}

bool TalentWindows::empty() const { return windows_.empty(); }

std::optional<std::string> TalentWindows::display_of(unsigned int window_id) const {
    for (const auto& window : windows_) {
        if (window->id() == window_id) return window->plan.display.name;
    }
    return std::nullopt;
}

bool TalentWindows::is_on(std::string_view display) const {
    return std::ranges::any_of(windows_, [&](const auto& window) { return window->plan.display.name == display; });
}

int TalentWindows::rate_hz() const {
    int fastest = 0;
    for (const auto& window : windows_) fastest = std::max(fastest, window->plan.display.rate_hz);
    return fastest;
}

void TalentWindows::draw(const std::shared_ptr<const Script>& script, const TalentFacts& facts) {
    for (const auto& window : windows_) window->draw(font_, script, facts);
}

void TalentWindows::draw_anew() {
    for (const auto& window : windows_) window->drawn = false;
}

const std::vector<std::size_t>& TalentWindows::line_starts() const {
    static const std::vector<std::size_t> none;
    return windows_.empty() ? none : windows_.front()->layout.line_starts();
}

}  // namespace changji
