#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "ui/language/language.hpp"
#include "ui/session/session.hpp"
#include "ui/tablet/page_server.hpp"
#include "ui/window/prompter/tablet_actions.hpp"
#include "ui/window/prompter/tablet_view.hpp"

namespace changji {

/// Joins the tablet page and the window: opens and closes it, tells it where the prompter is, brings what is pressed
/// there to the session. The window's thread alone; never waits for a tablet.
class TabletDesk {
public:
    /// `wake` runs on another thread when something was pressed.
    explicit TabletDesk(std::function<void()> wake, int port = 8460) : wake_(std::move(wake)), port_(port) {}

    void obey(const TabletAction& action, const SessionSnapshot& now, TabletView& view);
    /// Once a frame. `shown`: somebody reads the panel.
    void serve(Session& session, const SessionSnapshot& now, bool shown, double now_s, TabletView& view);

private:
    [[nodiscard]] PrompterFeed feed_of(const SessionSnapshot& now);
    void look_at_addresses(bool shown, double now_s, TabletView& view);

    const std::function<void()> wake_;
    int port_;  ///< the last one: where it is still free, tablets of before are told that their link is over
    std::unique_ptr<PageServer> server_;
    std::string address_;
    PrompterFeed feed_;  ///< as it was published last
    std::string state_;
    std::shared_ptr<const Script> script_;
    std::optional<Language> language_;
    double looked_at_s_ = -1e9;
};

}  // namespace changji
