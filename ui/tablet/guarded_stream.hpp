#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include <httplib.h>

namespace changji {

/// What one connection may cost.
struct StreamLimits {
    std::size_t request_bytes = 16 * 1024;  ///< with its headers and body
    std::chrono::milliseconds request_time = std::chrono::seconds(3);
    std::chrono::milliseconds write_time = std::chrono::seconds(5);  ///< for one piece: who reads no faster is dropped
};

/// A connection that takes no more than it may: httplib itself reads a line or headers of any length, and waits for
/// each byte anew. Doesn't own the socket. One thread.
class GuardedStream final : public httplib::Stream {
public:
    GuardedStream(socket_t socket, const StreamLimits& limits);

    [[nodiscard]] bool too_large() const { return too_large_; }
    [[nodiscard]] bool answered() const { return answered_; }
    /// Says that no more comes and takes what is still on its way, so that the answer isn't lost with it.
    void finish();

    bool is_readable() const override { return true; }
    bool is_writable() const override { return !broken_; }
    ssize_t read(char* into, size_t size) override;
    using httplib::Stream::write;
    ssize_t write(const char* data, size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    socket_t socket() const override { return socket_; }

private:
    using Moment = std::chrono::steady_clock::time_point;
    [[nodiscard]] bool wait_for(short events, Moment deadline) const;
    [[nodiscard]] ssize_t receive();

    const socket_t socket_;
    const StreamLimits limits_;
    const Moment deadline_;
    std::array<char, 4096> buffer_{};
    std::size_t begin_ = 0, end_ = 0;  ///< what of it is not read yet
    std::size_t received_ = 0;
    bool too_large_ = false, answered_ = false, broken_ = false;
};

}  // namespace changji
