#include "ui/tablet/page_server.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "ui/tablet/client_list.hpp"
#include "ui/tablet/connection_threads.hpp"
#include "ui/tablet/feed_board.hpp"
#include "ui/tablet/guarded_stream.hpp"
#include "ui/tablet/page_files.hpp"
#include "ui/tablet/private_address.hpp"
#include "ui/tablet/rate_limit.hpp"
#include "ui/tablet/token.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t threads_for_short_requests = 12;
constexpr std::size_t most_connections = 160;  // twenty tablets that load the page at once open three each
constexpr std::size_t most_commands = 64;      // between two frames of the window
constexpr std::size_t most_id = 64;
constexpr std::size_t most_body = 1024;
constexpr int backlog = 128;
constexpr unsigned unanswered_ms = 10'000;  // a tablet whose network is gone is given up

/// No resource from elsewhere, no frame, no form: even text that were a script could do nothing.
const httplib::Headers page_headers{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
     "form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"}};

std::string_view type_of(std::string_view name) {
    if (name.ends_with(".html")) return "text/html; charset=utf-8";
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    return "text/javascript; charset=utf-8";
}

std::string event(std::string_view name, std::string_view data) {
    std::string text("event: ");
    text.append(name).append("\ndata: ").append(data).append("\n\n");
    return text;
}

void refuse(httplib::Response& answer, int status, const std::string& words) {
    answer.status = status;
    answer.set_content(words, "text/plain; charset=utf-8");
}

/// What one page was sent last.
struct Sent {
    std::uint64_t version = 0;
    PrompterFeed feed;

    [[nodiscard]] std::string news(const FeedBoard::Seen& seen) {
        std::string text;
        if (version == 0) text += "retry: 1000\n\n";
        if (seen.feed.words != feed.words) text += event("words", *seen.feed.words);
        if (seen.feed.script != feed.script) text += event("script", *seen.feed.script);
        if (seen.feed.state != feed.state) text += event("state", *seen.feed.state);
        version = seen.version;
        feed = seen.feed;
        return text;
    }
};

class Server final : public PageServer, private httplib::Server {
public:
    Server(PageServerOptions options, PrompterFeed first, std::function<void()> wake)
        : options_(std::move(options)), wake_(std::move(wake)), token_(make_token()), board_(std::move(first)) {
        set_default_headers(page_headers);
        set_payload_max_length(most_body);
        set_tcp_nodelay(true);
        // Not httplib's own, which lets two programs have the same port.
        set_socket_options([](socket_t socket) {
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
        });
        new_task_queue = [] {
            return new ConnectionThreads(ClientList::most + threads_for_short_requests, most_connections);
        };
        set_exception_handler([](const httplib::Request&, httplib::Response& answer, const std::exception_ptr&) {
            refuse(answer, 400, "Bad request");
        });
        set_routes();
    }

    ~Server() override {
        ending_ = true;
        board_.wake();
        if (listening_.joinable()) {
            while (!is_running() && !ended_) std::this_thread::sleep_for(1ms);
            stop();
            end_connections();
            listening_.join();
        }
    }

    Status begin() {
        const bool bound = options_.port != 0 && bind_to_port(options_.address, options_.port);
        port_ = bound ? options_.port : options_.port == 0 ? bind_to_any_port(options_.address) : 0;
        if (port_ <= 0) {
            return Error{ErrorKind::Io, say("No port can be opened on {0}: this machine may have lost that address. "
                                            "Choose one from the list again.",
                                            options_.address)};
        }
        ::listen(svr_sock_, backlog);
        listening_ = std::jthread([this] {
            static_cast<void>(listen_after_bind());
            ended_ = true;
        });
        return {};
    }

    void publish(PrompterFeed feed) override { board_.publish(std::move(feed)); }
    std::vector<PrompterCommand> take_commands() override {
        const std::lock_guard guard(commands_mutex_);
        return std::exchange(commands_, {});
    }
    [[nodiscard]] std::string url() const override {
        return "http://" + options_.address + ":" + std::to_string(port_) + "/" + token_ + "/";
    }
    [[nodiscard]] int port() const override { return port_; }
    [[nodiscard]] int clients() const override { return clients_.count(); }
    [[nodiscard]] int refused() const override { return clients_.refused(); }

private:
    void set_routes() {
        const std::string root = "/" + token_ + "/";
        set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& answer) {
            const std::string_view path(request.path);
            const std::size_t end = path.find('/', 1);
            const bool right = end != std::string_view::npos && same_token(path.substr(1, end - 1), token_);
            if (right) return HandlerResponse::Unhandled;
            refuse(answer, 403, page_word(board_.newest(), "gone"));
            return HandlerResponse::Handled;
        });
        for (const PageFile& file : page_files()) {
            const std::string name = file.name == "index.html" ? std::string() : std::string(file.name);
            Get(root + name, [file](const httplib::Request&, httplib::Response& answer) {
                answer.set_content(file.content.data(), file.content.size(), std::string(type_of(file.name)));
            });
        }
        Get(root + "words", [this](const auto&, auto& answer) {
            answer.set_content(*board_.newest().words, "application/json; charset=utf-8");
        });
        Get(root + "events", [this](const auto& request, auto& answer) { listen_to(request, answer); });
        Post(root + "control", [this](const auto& request, auto& answer) { control(request, answer); });
    }

    /// A page listens until it goes, is too slow, or comes again on another connection.
    void listen_to(const httplib::Request& request, httplib::Response& answer) {
        const std::string id = request.get_param_value("client");
        if (id.empty() || id.size() > most_id) return refuse(answer, 400, "client?");
        auto client = clients_.join(id);
        if (!client) return refuse(answer, 503, page_word(board_.newest(), "full"));
        board_.wake();  // the connection that it takes the place of
        auto sent = std::make_shared<Sent>();
        answer.set_chunked_content_provider(
            "text/event-stream",
            [this, client, sent](std::size_t, httplib::DataSink& sink) { return send_news(*client, *sent, sink); },
            [this, client](bool) {
                if (clients_.leave(client)) push({PrompterAct::Release, 0.0});
            });
    }

    /// Newer versions of httplib (Debian 13) want to be told who talks to whom.
    bool serve_one(auto& stream) {
        bool closed = false;
        if constexpr (requires { process_request(stream, true, closed, nullptr); }) {
            return process_request(stream, true, closed, nullptr);
        } else {
            std::string from, to;
            int from_port = 0, to_port = 0;
            stream.get_remote_ip_and_port(from, from_port);
            stream.get_local_ip_and_port(to, to_port);
            return process_request(stream, from, from_port, to, to_port, true, closed, nullptr);
        }
    }

    bool send_news(const PageClient& client, Sent& sent, httplib::DataSink& sink) {
        if (sent.version != 0) std::this_thread::sleep_for(options_.update_time);
        const auto latest = Clock::now() + options_.sign_of_life;
        const auto is_to_end = [&] { return ending_ || client.replaced; };
        std::string news;
        while (news.empty() && !is_to_end()) {
            if (const auto seen = board_.newer_than(sent.version, latest, is_to_end)) {
                news = sent.news(*seen);
            } else {
                news = event("alive", "{}");
            }
        }
        return !news.empty() && sink.write(news.data(), news.size());
    }

    void control(const httplib::Request& request, httplib::Response& answer) {
        {
            const std::lock_guard guard(commands_mutex_);
            if (!rate_.allows(request.remote_addr, Clock::now()))
                return refuse(answer, 429, page_word(board_.newest(), "refused"));
        }
        const std::string id = request.get_param_value("client");
        if (!clients_.knows(id)) return refuse(answer, 409, page_word(board_.newest(), "refused"));
        const auto command = command_of(request.body);
        if (!command) return refuse(answer, 400, "act?");
        if (command->act == PrompterAct::Hold) clients_.set_holder(id);
        if (command->act == PrompterAct::Release) clients_.set_holder({});
        if (!push(*command)) return refuse(answer, 429, page_word(board_.newest(), "refused"));
        answer.status = 204;
    }

    bool push(const PrompterCommand& command) {
        {
            const std::lock_guard guard(commands_mutex_);
            // Whoever lets go is always heard.
            if (commands_.size() >= most_commands && command.act != PrompterAct::Release) return false;
            commands_.push_back(command);
        }
        if (wake_) wake_();
        return true;
    }

    bool process_and_close_socket(socket_t socket) override {
        const bool turn_away = ConnectionThreads::turning_away();
        StreamLimits limits;
        limits.request_time = options_.request_time;
        limits.write_time = turn_away ? std::chrono::milliseconds::zero() : options_.write_time;
        GuardedStream stream(socket, limits);
        bool served = false;
        if (turn_away) {
            stream.write("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        } else if (keep(socket)) {
            ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unanswered_ms, sizeof(unanswered_ms));
            served = serve_one(stream);
            if (stream.too_large() && !stream.answered()) {
                stream.write(
                    "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n"
                    "Content-Length: 0\r\n\r\n");
            }
            if (!ending_) stream.finish();
            forget(socket);
        }
        ::close(socket);
        return served;
    }

    /// False: the server ends.
    bool keep(socket_t socket) {
        const std::lock_guard guard(sockets_mutex_);
        if (ending_) return false;
        sockets_.insert(socket);
        return true;
    }
    void forget(socket_t socket) {
        const std::lock_guard guard(sockets_mutex_);
        sockets_.erase(socket);
    }
    void end_connections() {
        const std::lock_guard guard(sockets_mutex_);
        for (const socket_t socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    }

    const PageServerOptions options_;
    const std::function<void()> wake_;
    const std::string token_;
    int port_ = 0;
    FeedBoard board_;
    ClientList clients_;
    std::mutex commands_mutex_;  ///< guards the next two
    std::vector<PrompterCommand> commands_;
    RateLimit rate_{40, 20};
    std::mutex sockets_mutex_;
    std::set<socket_t> sockets_;
    std::atomic<bool> ending_{false}, ended_{false};
    std::jthread listening_;
};

}  // namespace

Result<std::unique_ptr<PageServer>> PageServer::open(const PageServerOptions& options, const PrompterFeed& first,
                                                     const std::function<void()>& wake) {
    if (const Status allowed = check_private(options.address); !allowed) return allowed.error();
    // The port may be another's by now. From httplib 0.16 on, a server that couldn't have its port can have none any
    // more.
    for (PageServerOptions each = options;; each.port = 0) {
        auto server = std::make_unique<Server>(each, first, wake);
        const Status begun = server->begin();
        if (begun) return std::unique_ptr<PageServer>(std::move(server));
        if (each.port == 0) return begun.error();
    }
}

}  // namespace changji
