#pragma once

#include <gtest/gtest.h>
#include <cerrno>
#include <chrono>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace changji::test {

/// A connection of a client that may do what no browser does.
class Wire {
public:
    /// `url` as the server gives it. A small `receive_bytes` makes a reader whose network takes little.
    explicit Wire(const std::string& url, int receive_bytes = 0) {
        const std::size_t colon = url.find(':', 7);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1))));
        ::inet_pton(AF_INET, url.substr(7, colon - 7).c_str(), &address.sin_addr);
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receive_bytes > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
        const timeval patience{10, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    }
    ~Wire() { ::close(socket_); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }
    /// False when the other side has closed.
    bool send(const std::string& text) {
        for (std::size_t sent = 0; sent < text.size();) {
            const ssize_t count = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (count <= 0) return false;
            sent += static_cast<std::size_t>(count);
        }
        return true;
    }
    /// Reads on until what was read holds `text`; false when the connection ends or is silent for ten seconds.
    [[nodiscard]] bool hears(const std::string& text) {
        while (heard_.find(text) == std::string::npos) {
            if (!read_on()) return false;
        }
        return true;
    }
    [[nodiscard]] const std::string& all() {
        while (read_on()) {
        }
        return heard_;
    }
    /// Whoever reads on another thread reads no more.
    void end() { ::shutdown(socket_, SHUT_RDWR); }
    [[nodiscard]] const std::string& heard() const { return heard_; }
    void forget() { heard_.clear(); }

private:
    bool read_on() {
        char buffer[16 * 1024];
        ssize_t count = 0;
        do count = ::recv(socket_, buffer, sizeof(buffer), 0);
        while (count < 0 && errno == EINTR);  // with a timeout even a signal that is ignored ends the wait
        if (count > 0) heard_.append(buffer, static_cast<std::size_t>(count));
        return count > 0;
    }

    int socket_ = -1;
    bool connected_ = false;
    std::string heard_;
};

/// The path of a server's page: "/TOKEN/".
inline std::string path_of(const std::string& url) { return url.substr(url.find('/', 7)); }

inline std::string get(const std::string& path) { return "GET " + path + " HTTP/1.1\r\nHost: tablet\r\n\r\n"; }
inline std::string post(const std::string& path, const std::string& body) {
    return "POST " + path + " HTTP/1.1\r\nHost: tablet\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}
/// Everything the server answers.
inline std::string answer_to(const std::string& url, const std::string& request) {
    Wire wire(url);
    wire.send(request);
    return wire.all();
}
inline std::string status_of(const std::string& answer) { return answer.size() > 12 ? answer.substr(9, 3) : answer; }

}  // namespace changji::test
