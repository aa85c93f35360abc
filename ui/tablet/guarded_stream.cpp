#include "ui/tablet/guarded_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace changji {
namespace {

using namespace std::chrono_literals;
constexpr auto last_bytes_time = 200ms;
constexpr std::size_t last_bytes = 256 * 1024;

void tell_address(const sockaddr_in& address, std::string& ip, int& port) {
    std::array<char, INET_ADDRSTRLEN> text{};
    if (::inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size())) ip = text.data();
    port = ntohs(address.sin_port);
}

}  // namespace

GuardedStream::GuardedStream(socket_t socket, const StreamLimits& limits)
    : socket_(socket), limits_(limits), deadline_(std::chrono::steady_clock::now() + limits.request_time) {}

bool GuardedStream::wait_for(short events, Moment deadline) const {
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left <= 0ms) return false;
        pollfd wanted{socket_, events, 0};
        const int ready = ::poll(&wanted, 1, static_cast<int>(left.count()) + 1);
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

ssize_t GuardedStream::receive() {
    if (received_ >= limits_.request_bytes) {
        too_large_ = true;
        return -1;
    }
    if (!wait_for(POLLIN, deadline_)) return -1;
    const std::size_t room = std::min(buffer_.size(), limits_.request_bytes - received_);
    const ssize_t got = ::recv(socket_, buffer_.data(), room, 0);
    if (got > 0) {
        begin_ = 0;
        end_ = static_cast<std::size_t>(got);
        received_ += end_;
    }
    return got;
}

ssize_t GuardedStream::read(char* into, size_t size) {
    if (begin_ == end_) {
        if (const ssize_t got = receive(); got <= 0) return got;
    }
    const std::size_t taken = std::min(size, end_ - begin_);
    std::memcpy(into, buffer_.data() + begin_, taken);
    begin_ += taken;
    return static_cast<ssize_t>(taken);
}

ssize_t GuardedStream::write(const char* data, size_t size) {
    const Moment deadline = std::chrono::steady_clock::now() + limits_.write_time;
    answered_ = true;
    for (std::size_t sent = 0; sent < size && !broken_;) {
        const ssize_t count = ::send(socket_, data + sent, size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0) {
            sent += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            broken_ = !wait_for(POLLOUT, deadline);
        } else if (errno != EINTR) {
            broken_ = true;
        }
    }
    return broken_ ? -1 : static_cast<ssize_t>(size);
}

void GuardedStream::finish() {
    ::shutdown(socket_, SHUT_WR);
    const Moment deadline = std::chrono::steady_clock::now() + last_bytes_time;
    for (std::size_t taken = 0; taken < last_bytes && wait_for(POLLIN, deadline);) {
        const ssize_t count = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
        if (count <= 0) return;
        taken += static_cast<std::size_t>(count);
    }
}

void GuardedStream::get_remote_ip_and_port(std::string& ip, int& port) const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    if (::getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0) tell_address(address, ip, port);
}

void GuardedStream::get_local_ip_and_port(std::string& ip, int& port) const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    if (::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0) tell_address(address, ip, port);
}

}  // namespace changji
