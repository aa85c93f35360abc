#include <SDL.h>
#include <imgui.h>
#include <spdlog/spdlog.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <utility>

#include "ui/language/language.hpp"
#include "ui/window/cue_sound.hpp"
#include "ui/window/display_loss.hpp"
#include "ui/window/drawing/glyph_texture.hpp"
#include "ui/window/drawing/imgui_versions.hpp"
#include "ui/window/key_events.hpp"
#include "ui/window/package/package_perform.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/window/platform.hpp"
#include "ui/window/preview_governor.hpp"
#include "ui/window/prompter/prompter_perform.hpp"
#include "ui/window/prompter/tablet_desk.hpp"
#include "ui/window/prompter/talent_desk.hpp"
#include "ui/window/review/picture_desk.hpp"
#include "ui/window/review/review_perform.hpp"
#include "ui/window/setup/setup_perform.hpp"
#include "ui/window/sleep_guard.hpp"
#include "ui/window/window.hpp"

namespace changji {
namespace {

constexpr double picture_patience_s = 0.04;  ///< the longest wait for a picture: bars and clocks go on without it
constexpr int look_again_ms = 3;
constexpr double done_toast_s = 6.0;  ///< long enough to read where something was written

double clock_s() { return to_seconds(std::chrono::steady_clock::now().time_since_epoch()); }

/// Logging out or shutting down asks only once: the take is finished and the window closes.
volatile std::sig_atomic_t asked_to_end = 0;
void ask_to_end(int) { asked_to_end = 1; }

/// Any thread; the window draws a frame.
void wake_window() {
    SDL_Event event{};
    event.type = SDL_USEREVENT;
    SDL_PushEvent(&event);
}

void use_theme_of(const Settings& settings) { use_theme(settings.theme == "light" ? Theme::Light : Theme::Dark); }

/// Joins the window, the session and the panels: waits, draws, and does what was asked.
class App {
public:
    App(Platform platform, Fonts fonts, PictureDesk pictures, SessionKeeper& keeper, const WindowOptions& options)
        : platform_(std::move(platform)),
          fonts_(std::move(fonts)),
          pictures_(std::move(pictures)),
          governor_(renderer_of(platform_.renderer_name())),
          keeper_(keeper),
          takes_(options.presets),
          saved_(options.settings),
          talents_(platform_.window(), fonts_.reading()) {
        view_.presets = options.presets;
        view_.messages = options.notices;
        view_.settings = saved_;
        use_theme_of(options.settings);
        view_.keys = KeyMap(options.settings.keys, &view_.messages);
        view_.setup.wish = keeper_.wish();
        view_.prompter.font = fonts_.reading();
        bring_prompter_settings(session(), view_.settings);
        if (options.guide) view_.overlay = Overlay::Guide;
    }

    /// Fails only when the last session is lost.
    Status run() {
        for (const int signal : {SIGTERM, SIGINT, SIGHUP}) std::signal(signal, ask_to_end);
        while (!closed_ && asked_to_end == 0) {
            wait_for_work();
            talents_.show(session(), view_, clock_s());
            if (!talents_.open() || frames_owed_ > 0 || is_due()) draw();
            if (wanted_) change_session();
        }
        const PictureAges& ages = pictures_.ages();
        spdlog::debug(
            "Pictures were {:.1f} ms old on the screen, {:.1f} ms at most of 95 in 100 ({} pictures); "
            "{:.1f} ms when the window had them.",
            ages.within_s(0.5) * 1000, ages.within_s(0.95) * 1000, ages.count(),
            pictures_.ages_before().within_s(0.5) * 1000);
        if (!keeper_.lost()) keeper_.remember();
        keep_settings();
        return ending_;
    }

private:
    [[nodiscard]] Session& session() const { return keeper_.session(); }

    /// Sleeps until the next picture is due and there, or a person does something. ImGui needs a frame or two after
    /// each input before what it changed can be seen.
    void wait_for_work() {
        double due_s = frames_owed_ > 0 ? 0.0 : drawn_at_s_ + 1.0 / governor_.frames_per_s() - clock_s();
        if (const auto next_s = playback_.next_picture_in_s()) due_s = std::min(due_s, *next_s);
        if (view_.countdown.running()) due_s = std::min(due_s, view_.countdown.remaining_s(clock_s()));
        due_s = std::min(due_s, talents_.due_s(clock_s()));
        SDL_Event event;
        const int timeout_ms = static_cast<int>(std::ceil(std::max(0.0, due_s) * 1000.0));
        bool told = SDL_WaitEventTimeout(&event, timeout_ms) != 0;
        // A new picture is shown as soon as it is there, not a period of the screen later.
        const double patience_s = clock_s() + picture_patience_s;
        while (!told && !talents_.open() && frames_owed_ == 0 && !pictures_.has_newer(session()) &&
               clock_s() < patience_s) {
            told = SDL_WaitEventTimeout(&event, look_again_ms) != 0;
        }
        if (!told) return;
        do handle(event);
        while (!needs_a_frame(event) && SDL_PollEvent(&event) != 0);
        frames_owed_ = 2;
    }

    [[nodiscard]] bool is_due() const { return clock_s() + 0.001 >= drawn_at_s_ + 1.0 / governor_.frames_per_s(); }

    void handle(const SDL_Event& event) {
        if (event.type == SDL_QUIT || closes_window(event)) close();
        if (event.type == SDL_DROPFILE) return drop(event.drop.file);
        if (talents_.takes(event)) {
            if (const auto action = talents_.action_for(event, view_.settings)) act(*action);
            return;
        }
        const bool pressed = event.type == SDL_KEYDOWN && event.key.repeat == 0;
        if (pressed) {
            view_.now_s = clock_s();
            const std::string key = key_name(event.key.keysym);
            if (const auto action = action_for(key, ImGui::GetIO().WantTextInput, view_)) {
                act(*action);
                if (std::holds_alternative<PressRecord>(*action)) {
                    view_.stop.hold(view_.now_s);
                    record_key_ = event.key.keysym.sym;
                }
                if (is_hold(*action)) hold_key_ = event.key.keysym.sym;
                return;
            }
        }
        if (event.type == SDL_KEYUP && event.key.keysym.sym == record_key_) view_.stop.let_go();
        if (event.type == SDL_KEYUP && event.key.keysym.sym == hold_key_) {
            view_.now_s = clock_s();
            release_hold_key(session(), view_);
            hold_key_ = SDLK_UNKNOWN;
        }
        ImGui_ImplSDL2_ProcessEvent(&event);
        if (event.type != SDL_KEYDOWN) return;
        // As they were then: on a slow machine Ctrl may be up again by now, though not at the A of Ctrl+A.
        ImGuiIO& io = ImGui::GetIO();
        io.KeyCtrl = (event.key.keysym.mod & KMOD_CTRL) != 0;
        io.KeyShift = (event.key.keysym.mod & KMOD_SHIFT) != 0;
        io.KeyAlt = (event.key.keysym.mod & KMOD_ALT) != 0;
    }

    /// A file let go over the window belongs to the package, where that is open, else it is the script.
    void drop(char* dropped) {
        const std::unique_ptr<char, decltype(&SDL_free)> file(dropped, SDL_free);
        if (view_.overlay == Overlay::Package) return act(PackageAction{NameFile{file.get()}});
        act(PrompterAction{OpenScript{file.get()}});
    }

    [[nodiscard]] static bool is_hold(const Action& action) {
        const auto* const asked = std::get_if<PrompterAction>(&action);
        return asked && std::holds_alternative<HoldOrRelease>(*asked);
    }

    /// With a second window open, SDL no longer says that all are to close.
    [[nodiscard]] bool closes_window(const SDL_Event& event) const {
        return event.type == SDL_WINDOWEVENT && event.window.event == SDL_WINDOWEVENT_CLOSE &&
               event.window.windowID == SDL_GetWindowID(platform_.window());
    }

    /// Closing ends a take as Stop does: only when asked twice.
    void close() {
        view_.now_s = clock_s();
        closed_ = session().snapshot().stage != Stage::Recording || view_.stop.press(view_.now_s);
    }

    void act(const Action& action) {
        if (std::holds_alternative<ToggleLanguage>(action)) {
            use_language(language_in_use() == Language::Chinese ? Language::English : Language::Chinese);
            view_.settings.language = language_in_use() == Language::Chinese ? "zh_CN" : "en";
            SDL_SetWindowTitle(platform_.window(), tr("Changji"));
            talents_.draw_anew();
        } else if (std::holds_alternative<ToggleFullScreen>(action)) {
            platform_.toggle_full_screen();
        } else if (std::holds_alternative<CloseWindow>(action)) {
            close();
        } else {
            const bool was_in_setup = view_.overlay == Overlay::Setup;
            if (const auto* asked = std::get_if<SetupAction>(&action)) want_session(*asked);
            if (const auto* asked = std::get_if<PackageAction>(&action))
                perform_package(*asked, session(), package_, view_);
            if (const auto* asked = std::get_if<TabletAction>(&action)) {
                tablets_.obey(*asked, session().snapshot(), view_.tablet);
            }
            perform(action, session(), view_);
            if (was_in_setup && view_.overlay != Overlay::Setup) keeper_.remember();
        }
        keep_settings();
        frames_owed_ = 2;
    }

    void want_session(const SetupAction& action) {
        auto wish = wish_of(action, keeper_.wish());
        if (!wish) return view_.messages.push_back(wish.error().message);
        if (!*wish) return;
        wanted_ = **wish;
        view_.messages = {say("Opening…")};
        frames_owed_ = 3;
    }

    /// The window waits: a camera takes a second at most, and what it would show belongs to the old session.
    void change_session() {
        const SessionWish wish = *std::exchange(wanted_, std::nullopt);
        const Status changed = keeper_.change(wish);
        pictures_.forget_newer();
        view_.messages = keeper_.take_notices();
        if (!changed) view_.messages.push_back(changed.error().message);
        if (keeper_.lost()) {
            closed_ = true;
            ending_ = changed;
            return;
        }
        view_.setup.wish = keeper_.wish();
        if (changed) view_.setup.new_name.clear();
        bring_prompter_settings(session(), view_.settings);
        frames_owed_ = 2;
    }

    /// Devices are looked for only where somebody reads of them, and never while a take needs the machine.
    void look_for_devices(Stage stage) {
        view_.setup.devices = devices_.latest();
        const bool shown = view_.overlay == Overlay::Setup &&
                           (view_.setup.page == SetupPage::Camera || view_.setup.page == SetupPage::Microphone);
        if (shown && devices_.is_stale() && stage != Stage::Recording) devices_.refresh();
    }

    void keep_settings() {
        if (view_.settings == saved_) return;
        use_theme_of(view_.settings);
        saved_ = view_.settings;
        if (const Status kept = save_settings(saved_); !kept) view_.messages.push_back(kept.error().message);
    }

    void draw() {
        const double begun_s = clock_s();
        session().report_preview_rate(governor_.frames_per_s());
        follow_time();
        session().watch_sound(view_.monitoring.sound != SoundView::None);
        SessionSnapshot now = session().snapshot();
        now.preview_reduced |= governor_.gives_way();
        look_for_devices(now.stage);
        follow_package(now, package_, view_);
        follow_takes();
        tablets_.serve(session(), now, view_.overlay == Overlay::Tablet, view_.now_s, view_.tablet);
        if (view_.overlay == Overlay::Guide) view_.setup.guide.follow(now);
        const ImVec2 size = platform_.size();
        const ScreenLayout layout = lay_out_screen(size.x, size.y, screen_wish(view_));
        pictures_.keep_marks(now, view_);
        const Area film{0, 0, 960 * layout.scale, 540 * layout.scale};
        pictures_.draw(session(), playback_, view_.review.open ? film : layout.preview, now.subject, view_);
        const float scale = layout.scale;
        std::optional<Action> action;
        bool shown = false;
        for (int attempt = 0; attempt < 3 && !shown; ++attempt) {
            view_.now_s = clock_s();
            observe(now, view_);
            platform_.begin_frame(fonts_, scale);
            PreviewImage image = pictures_.image(view_);
            image.glyphs = strip_.texture();
            const auto asked = draw_screen(fonts_, now, session().preset(), image, view_);
            if (asked) action = asked;
            if (view_.prompter.sheet) strip_.update(*view_.prompter.sheet);
            shown = platform_.end_frame(fonts_, scale);
        }
        pictures_.note_shown(std::chrono::steady_clock::now());
        if (!picture_shown_ && pictures_.has_shown()) {
            picture_shown_ = true;
            spdlog::debug("The first picture is on the screen.");
        }
        drawn_at_s_ = begun_s;
        frames_owed_ = std::max(0, frames_owed_ - 1);
        governor_.note(clock_s() - begun_s, session().pressure());
        if (action) act(*action);
    }

    void follow_time() {
        view_.now_s = clock_s();
        const SessionSnapshot now = session().snapshot();
        follow(session(), now, view_);
        sleep_.keep_awake(now.stage == Stage::Recording);
        const double counting_since_s = view_.countdown.running() ? view_.countdown.begun_s() : 0.0;
        if (counting_since_s == cued_since_s_) return;
        cued_since_s_ = counting_since_s;
        if (!view_.countdown.running()) cue_.stop();
        if (view_.countdown.running() && view_.settings.cue) cue_.begin(view_.countdown.seconds());
    }

    /// What is asked of earlier takes goes to those who do it, what they have comes back. A take that is recorded or
    /// awaited needs the player's processor and sound.
    void follow_takes() {
        for (ReviewTask& task : std::exchange(view_.review.to_desk, {})) takes_.ask(std::move(task));
        takes_.look_at(wish_of_review(view_));
        follow_review(takes_.latest(), view_);
        playback_.follow(view_.review, view_.monitoring);
        for (DeskNotice& notice : takes_.take_notices()) {
            if (!notice.done) view_.messages.push_back(std::move(notice.words));
            if (notice.done) view_.toast = {std::move(notice.words), view_.now_s + done_toast_s};
        }
        if (std::exchange(takes_changed_, takes_.changes()) != takes_.changes()) {
            session().look_at_takes();
        }
    }

    Platform platform_;
    Fonts fonts_;
    PictureDesk pictures_;
    GlyphTexture strip_;
    PreviewGovernor governor_;
    SessionKeeper& keeper_;
    DeviceInventory devices_;
    PackageDesk package_;
    ReviewDesk takes_;
    ReviewPlayback playback_;
    int takes_changed_ = 0;
    std::optional<SessionWish> wanted_;  ///< to be opened after the next frame, which says so
    ViewState view_;
    Settings saved_;
    CueSound cue_;
    SleepGuard sleep_;
    TabletDesk tablets_{wake_window};
    SDL_Keycode record_key_ = SDLK_UNKNOWN, hold_key_ = SDLK_UNKNOWN;
    double cued_since_s_ = 0.0;
    double drawn_at_s_ = 0.0;
    int frames_owed_ = 2;
    bool picture_shown_ = false;
    bool closed_ = false;
    Status ending_;
    TalentDesk talents_;
};

}  // namespace

Status run_window(SessionKeeper& keeper, const WindowOptions& options) {
    auto fonts = Fonts::open();
    if (!fonts) return fonts.error();
    auto platform =
        Platform::open(options.width_px, options.height_px,
                       options.full_screen ? Platform::Visibility::FullScreen : Platform::Visibility::Windowed);
    if (!platform) return platform.error();
    survive_display_loss(platform->window(), options.on_display_loss);
    auto pictures = PictureDesk::open();
    if (!pictures) return pictures.error();
    return App(*std::move(platform), *std::move(fonts), *std::move(pictures), keeper, options).run();
}

}  // namespace changji
