#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "tests/support/child.hpp"

namespace changji::test {

/// A port of this machine that was free a moment ago, for UDP and TCP.
[[nodiscard]] std::uint16_t free_port();

/// A small RTSP server on loopback for one listener at a time, over TCP: an H.264 picture and A-law sound that the
/// ffmpeg program makes. Gone with its connection when it is destroyed.
class RtspServer {
public:
    explicit RtspServer(std::uint16_t port);
    ~RtspServer();
    RtspServer(const RtspServer&) = delete;
    RtspServer& operator=(const RtspServer&) = delete;

private:
    void serve();
    void talk(int client);
    [[nodiscard]] std::string answer(const std::string& request);
    /// RTP of both tracks, wrapped into the connection.
    void pass_on(int client);

    std::uint16_t port_;
    int listener_ = -1;
    int rtp_[2] = {-1, -1};
    std::uint16_t rtp_port_[2] = {0, 0};
    std::unique_ptr<Child> sender_;
    std::atomic<bool> over_ = false;
    std::thread thread_;
};

}  // namespace changji::test
