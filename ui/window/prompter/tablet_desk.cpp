#include "ui/window/prompter/tablet_desk.hpp"

#include <algorithm>

namespace changji {
namespace {

constexpr double look_again_s = 2.0;

std::shared_ptr<const std::string> shared(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

}  // namespace

void TabletDesk::obey(const TabletAction& action, const SessionSnapshot& now, TabletView& view) {
    if (const auto* asked = std::get_if<OpenTabletPage>(&action)) {
        view = {std::move(view.addresses), false, {}, {}, 0, 0, {}};
        server_.reset();
        PageServerOptions options;
        options.address = asked->address;
        options.port = port_;
        auto opened = PageServer::open(options, feed_of(now), wake_);
        if (!opened) {
            view.problem = opened.error().message;
            return;
        }
        server_ = *std::move(opened);
        address_ = asked->address;
        port_ = server_->port();
        view.open = true;
        view.url = server_->url();
        view.code = qr_code(view.url);
    }
    if (std::holds_alternative<CloseTabletPage>(action)) {
        server_.reset();
        view = {std::move(view.addresses), false, {}, {}, 0, 0, {}};
    }
}

void TabletDesk::serve(Session& session, const SessionSnapshot& now, bool shown, double now_s, TabletView& view) {
    look_at_addresses(shown, now_s, view);
    if (!server_) return;
    for (const PrompterCommand& each : server_->take_commands()) session.prompt(each);
    const PrompterFeed before = feed_;
    feed_ = feed_of(now);
    if (feed_.words != before.words || feed_.script != before.script || feed_.state != before.state) {
        server_->publish(feed_);
    }
    view.clients = server_->clients();
    view.refused = server_->refused();
}

/// What didn't change keeps its pointer, and is not sent again.
PrompterFeed TabletDesk::feed_of(const SessionSnapshot& now) {
    PrompterFeed feed = feed_;
    const bool other_language = language_ != language_in_use();
    if (!feed.words || other_language) feed.words = shared(page_words_json());
    if (!feed.script || script_ != now.script) feed.script = shared(script_json(now.script ? *now.script : Script()));
    std::string state = state_json(now.prompter);
    if (!feed.state || state != state_) feed.state = shared(with_moment(state, std::chrono::steady_clock::now()));
    language_ = language_in_use();
    script_ = now.script;
    state_ = std::move(state);
    return feed;
}

/// A network that this machine has left takes its address with it.
void TabletDesk::look_at_addresses(bool shown, double now_s, TabletView& view) {
    if ((!shown && !server_) || now_s - looked_at_s_ < look_again_s) return;
    looked_at_s_ = now_s;
    view.addresses = machine_addresses();
    if (!server_) return;
    const bool has_it = std::ranges::find(view.addresses, address_, &MachineAddress::address) != view.addresses.end();
    view.problem = has_it
                       ? Message{}
                       : say("This machine doesn't have the address {0} any more: no tablet can reach it. Connect to "
                             "the network again, or stop and choose another address.",
                             address_);
}

}  // namespace changji
