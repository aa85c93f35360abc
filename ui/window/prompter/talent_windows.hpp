#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/types/message.hpp"
#include "ui/talent_settings.hpp"
#include "ui/window/display_list.hpp"
#include "ui/window/prompter/talent_page.hpp"

namespace changji {

/// Which of the wanted displays are there: what is to be open now, and on which display. Pure.
struct TalentPlan {
    TalentSettings settings;
    ConnectedDisplay display;
};
[[nodiscard]] std::vector<TalentPlan> plan_talents(const std::vector<TalentSettings>& wanted,
                                                   const std::vector<ConnectedDisplay>& displays);

/// Like `settings` of that display, or new ones that suit its size.
[[nodiscard]] TalentSettings settings_for(const std::vector<TalentSettings>& known, const ConnectedDisplay& display);
/// `changed` in place of what was known of that display.
[[nodiscard]] std::vector<TalentSettings> with_settings(std::vector<TalentSettings> known,
                                                        const TalentSettings& changed);
/// One key: closes what is open on a connected display; else opens where it was last, else on the first display that is
/// not the operator's, else on that one, in a window.
[[nodiscard]] std::vector<TalentSettings> toggled_talents(std::vector<TalentSettings> known,
                                                          const std::vector<ConnectedDisplay>& displays);

/// The windows on the talent's displays, each with an OpenGL context of its own: over the whole display, or an ordinary
/// window on the operator's. One that goes away with its display comes back with it. Main thread only, and SDL must be
/// open for as long as it lives. After each call the context that was current before is current again.
class TalentWindows {
public:
    explicit TalentWindows(std::shared_ptr<const ReadingFont> font);
    ~TalentWindows();

    /// Opens, moves and closes. Returns what went wrong or away, to be told once.
    [[nodiscard]] std::vector<Message> arrange(const std::vector<TalentPlan>& plan);
    [[nodiscard]] bool empty() const;
    /// The display of the window with SDL's id; none: not one of these.
    [[nodiscard]] std::optional<std::string> display_of(unsigned int window_id) const;
    [[nodiscard]] bool is_on(std::string_view display) const;
    /// Of the fastest of the displays; 0: none is open.
    [[nodiscard]] int rate_hz() const;
    /// Draws each that would look different from what it shows.
    void draw(const std::shared_ptr<const Script>& script, const TalentFacts& facts);
    /// The next call draws all: they were covered, or the language is another.
    void draw_anew();
    /// Of the first: to step by line. Empty: none is open, or nothing was drawn yet.
    [[nodiscard]] const std::vector<std::size_t>& line_starts() const;

private:
    class Window;
    std::shared_ptr<const ReadingFont> font_;
    std::vector<std::unique_ptr<Window>> windows_;
    std::vector<std::string> refused_;  ///< displays that could not be opened: told once
};

}  // namespace changji
