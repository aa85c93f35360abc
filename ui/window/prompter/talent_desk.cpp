#include "ui/window/prompter/talent_desk.hpp"

#include <algorithm>
#include <utility>

#include "ui/window/countdown.hpp"

namespace changji {
namespace {

constexpr double look_every_s = 1.0;
constexpr double still_every_s = 0.2;  // for clocks that show seconds
constexpr double never_s = 1e6;

TalentFacts facts_of(const SessionSnapshot& now, const ViewState& view) {
    TalentFacts facts;
    facts.character = view.prompter.place.shown();
    facts.recording = now.stage == Stage::Recording;
    facts.elapsed_s = now.elapsed_s;
    facts.limit_s = now.limit_s;
    facts.countdown = view.countdown.running() ? view.countdown.number(view.now_s) : 0;
    facts.prompter = now.prompter;
    return facts;
}

}  // namespace

TalentDesk::TalentDesk(SDL_Window* operators_window, std::shared_ptr<const ReadingFont> font)
    : operators_window_(operators_window), windows_(std::move(font)) {
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
}

/// A display may go away at any time; while none is wanted nobody asks the server.
void TalentDesk::look_at_displays(ViewState& view, double now_s) {
    const bool wanted = std::ranges::any_of(view.settings.talents, &TalentSettings::open);
    const bool read = view.overlay == Overlay::Prompter;
    const bool due = now_s - looked_s_ >= look_every_s && (wanted || read || open());
    if (!due && !look_now_) return;
    look_now_ = false;
    looked_s_ = now_s;
    const auto before = std::exchange(displays_, connected_displays(operators_window_));
    view.prompter.displays = displays_;
    for (const ConnectedDisplay& gone : before) {
        const bool is_there = std::ranges::find(displays_, gone.name, &ConnectedDisplay::name) != displays_.end();
        const auto talent = std::ranges::find(view.settings.talents, gone.name, &TalentSettings::display);
        if (is_there || talent == view.settings.talents.end() || !talent->open) continue;
        view.messages.push_back(say(
            "The talent's screen {0} is gone: the script goes on here, and there again when it is back.", gone.name));
    }
}

void TalentDesk::show(Session& session, ViewState& view, double now_s) {
    look_at_displays(view, now_s);
    const bool was_open = open();
    for (Message& each : windows_.arrange(plan_talents(view.settings.talents, displays_))) {
        view.messages.push_back(std::move(each));
    }
    if (open() != was_open) {
        // Two windows that both wait for their displays would halve each other's rate.
        SDL_GL_SetSwapInterval(open() ? 0 : 1);
        const auto own = std::ranges::find(displays_, true, &ConnectedDisplay::operators);
        const bool over_it = own != displays_.end() && windows_.is_on(own->name);
        if (!over_it) SDL_RaiseWindow(operators_window_);  // keys go on there
    }
    if (!open()) {
        view.prompter.talent_lines.clear();
        moves_ = false;
        return;
    }
    const SessionSnapshot now = session.snapshot();
    view.now_s = now_s;
    view.prompter.place.follow(now.prompter.character, now.prompter.running, now_s);
    moves_ = (now.prompter.running && !now.prompter.held) || view.prompter.place.moves(now.prompter.character);
    if (due_s(now_s) > 0.001) return;
    drawn_s_ = now_s;
    windows_.draw(now.script, facts_of(now, view));
    view.prompter.talent_lines = windows_.line_starts();
}

double TalentDesk::due_s(double now_s) const {
    if (!open()) return never_s;
    const double every_s = moves_ ? 1.0 / std::max(24, windows_.rate_hz()) : still_every_s;
    return std::max(0.0, drawn_s_ + every_s - now_s);
}

bool TalentDesk::takes(const SDL_Event& event) {
    switch (event.type) {
        case SDL_DISPLAYEVENT: look_now_ = true; return true;
        case SDL_WINDOWEVENT:
            if (!windows_.display_of(event.window.windowID)) return false;
            if (event.window.event == SDL_WINDOWEVENT_EXPOSED) windows_.draw_anew();
            return true;
        case SDL_MOUSEMOTION: return windows_.display_of(event.motion.windowID).has_value();
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP: return windows_.display_of(event.button.windowID).has_value();
        case SDL_MOUSEWHEEL: return windows_.display_of(event.wheel.windowID).has_value();
        default: return false;
    }
}

std::optional<Action> TalentDesk::action_for(const SDL_Event& event, const Settings& settings) const {
    if (event.type == SDL_MOUSEWHEEL && event.wheel.y != 0) {
        return PrompterAction{StepScript{PrompterStep::Line, event.wheel.y < 0 ? 1 : -1}};
    }
    if (event.type != SDL_WINDOWEVENT || event.window.event != SDL_WINDOWEVENT_CLOSE) return std::nullopt;
    const auto display = windows_.display_of(event.window.windowID);
    const auto talent = std::ranges::find(settings.talents, display.value_or(""), &TalentSettings::display);
    if (talent == settings.talents.end()) return std::nullopt;
    TalentSettings closed = *talent;
    closed.open = false;
    return PrompterAction{SetTalent{closed}};
}

}  // namespace changji
