#pragma once

#include <memory>
#include <optional>

#include <SDL.h>

#include "ui/session/session.hpp"
#include "ui/window/prompter/talent_windows.hpp"
#include "ui/window/view_state.hpp"

namespace changji {

/// Keeps the talent's windows as the settings want them: looks which displays are there, draws while something moves,
/// and leaves the operator's window its time. Main thread only.
class TalentDesk {
public:
    TalentDesk(SDL_Window* operators_window, std::shared_ptr<const ReadingFont> font);

    /// Opens and closes what is due, and draws what is to be seen now.
    void show(Session& session, ViewState& view, double now_s);
    /// In how many seconds it wants to be asked again; large while nothing is open.
    [[nodiscard]] double due_s(double now_s) const;
    [[nodiscard]] bool open() const { return !windows_.empty(); }
    void draw_anew() { windows_.draw_anew(); }

    /// Whether the event is of one of its windows, and nothing that the operator's window needs. Keys belong to both.
    [[nodiscard]] bool takes(const SDL_Event& event);
    /// The wheel steps through the script, closing a window closes it for good.
    [[nodiscard]] std::optional<Action> action_for(const SDL_Event& event, const Settings& settings) const;

private:
    void look_at_displays(ViewState& view, double now_s);

    SDL_Window* operators_window_;
    TalentWindows windows_;
    std::vector<ConnectedDisplay> displays_;
    double looked_s_ = -1e9, drawn_s_ = -1e9;
    bool moves_ = false, look_now_ = true;
};

}  // namespace changji
