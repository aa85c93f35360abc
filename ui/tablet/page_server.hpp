#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "capture/types/result.hpp"
#include "ui/tablet/prompter_feed.hpp"

namespace changji {

struct PageServerOptions {
    std::string address = "127.0.0.1";  ///< IPv4, private
    int port = 0;                       ///< 0: any that is free
    std::chrono::milliseconds request_time = std::chrono::seconds(3);
    std::chrono::milliseconds write_time = std::chrono::seconds(5);          ///< who reads slower than that is dropped
    std::chrono::milliseconds update_time = std::chrono::milliseconds(100);  ///< between two states, at least
    std::chrono::milliseconds sign_of_life = std::chrono::seconds(2);        ///< to pages while nothing changes
};

/// Serves the prompter's page to tablets: its three files, a stream of events, and what people press on it. Threads of
/// its own, which know nothing of the session: feeds are published to them, commands are taken from them, and nobody
/// outside ever waits for a client.
class PageServer {
public:
    /// InvalidConfig for an address that isn't private, Io when it or the port can't be had. `wake` runs on a thread
    /// of the server's when there are commands to take; it must return at once.
    [[nodiscard]] static Result<std::unique_ptr<PageServer>> open(const PageServerOptions& options,
                                                                  const PrompterFeed& first,
                                                                  const std::function<void()>& wake = {});
    virtual ~PageServer() = default;  ///< ends all connections and closes the port

    virtual void publish(PrompterFeed feed) = 0;
    /// In order; each once.
    [[nodiscard]] virtual std::vector<PrompterCommand> take_commands() = 0;
    [[nodiscard]] virtual std::string url() const = 0;  ///< with the token
    [[nodiscard]] virtual int port() const = 0;
    [[nodiscard]] virtual int clients() const = 0;
    [[nodiscard]] virtual int refused() const = 0;  ///< pages that found all places taken
};

}  // namespace changji
