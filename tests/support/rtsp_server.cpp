#include "tests/support/rtsp_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace changji::test {
namespace {

int bound_socket(int kind, std::uint16_t port) {
    const int made = ::socket(AF_INET, kind | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return made;
    ::close(made);
    return -1;
}

std::uint16_t port_of(int socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

bool readable(int socket, int wait_ms) {
    pollfd waiting{socket, POLLIN, 0};
    return ::poll(&waiting, 1, wait_ms) > 0;
}

constexpr const char* description =
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=test\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\na=control:track=0\r\n"
    "m=audio 0 RTP/AVP 8\r\na=control:track=1\r\n";

}  // namespace

std::uint16_t free_port() {
    const int tcp = bound_socket(SOCK_STREAM, 0);
    const std::uint16_t port = port_of(tcp);
    ::close(tcp);
    return port;
}

RtspServer::RtspServer(std::uint16_t port) : port_(port) {
    listener_ = bound_socket(SOCK_STREAM, port_);
    ::listen(listener_, 1);
    for (int track = 0; track < 2; ++track) {
        rtp_[track] = bound_socket(SOCK_DGRAM, 0);
        rtp_port_[track] = port_of(rtp_[track]);
    }
    thread_ = std::thread([this] { serve(); });
}

RtspServer::~RtspServer() {
    over_ = true;
    thread_.join();
    sender_.reset();
    for (const int one : {listener_, rtp_[0], rtp_[1]}) ::close(one);
}

void RtspServer::serve() {
    while (!over_) {
        if (!readable(listener_, 20)) continue;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        talk(client);
        ::close(client);
        sender_.reset();
    }
}

void RtspServer::talk(int client) {
    std::string heard;
    while (!over_) {
        if (sender_) pass_on(client);
        if (!readable(client, 2)) continue;
        std::array<char, 4096> part{};
        const auto got = ::recv(client, part.data(), part.size(), 0);
        if (got <= 0) return;
        heard.append(part.data(), static_cast<std::size_t>(got));
        // What begins with a dollar is the listener's report on the quality.
        while (heard.size() >= 4 && heard[0] == '$') {
            const auto size = 4U + 256U * static_cast<unsigned char>(heard[2]) + static_cast<unsigned char>(heard[3]);
            if (heard.size() < size) break;
            heard.erase(0, size);
        }
        if (const auto end = heard.find("\r\n\r\n"); !heard.starts_with('$') && end != std::string::npos) {
            const std::string reply = answer(heard.substr(0, end + 2));
            heard.erase(0, end + 4);
            ::send(client, reply.data(), reply.size(), MSG_NOSIGNAL);
        }
    }
}

std::string RtspServer::answer(const std::string& request) {
    const auto at = request.find("CSeq: ");
    std::string reply =
        "RTSP/1.0 200 OK\r\nCSeq: " + request.substr(at + 6, request.find('\r', at) - at - 6) + "\r\nSession: 1\r\n";
    if (request.starts_with("OPTIONS")) reply += "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n";
    if (request.starts_with("SETUP")) {
        const bool sound = request.find("track=1") < request.find("\r\n");
        reply += std::string("Transport: RTP/AVP/TCP;unicast;interleaved=") + (sound ? "2-3" : "0-1") + "\r\n";
    }
    if (request.starts_with("PLAY")) {
        const auto to = [&](int track) { return "'rtp://127.0.0.1:" + std::to_string(rtp_port_[track]) + "'"; };
        sender_ = std::make_unique<Child>(
            "ffmpeg -v error -re -f lavfi -i testsrc2=size=640x360:rate=25 -re -f lavfi -i sine=frequency=440 "
            "-map 0:v -c:v libx264 -preset ultrafast -tune zerolatency -g 12 -f rtp " +
            to(0) + " -map 1:a -ar 8000 -ac 1 -c:a pcm_alaw -f rtp " + to(1));
    }
    if (!request.starts_with("DESCRIBE")) return reply + "\r\n";
    const std::string text = description;
    return reply + "Content-Type: application/sdp\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" +
           text;
}

void RtspServer::pass_on(int client) {
    for (int track = 0; track < 2; ++track) {
        while (readable(rtp_[track], 0)) {
            std::vector<std::uint8_t> packet(4 + 65536);
            const auto got = ::recv(rtp_[track], packet.data() + 4, packet.size() - 4, 0);
            if (got <= 0) break;
            packet[0] = '$';
            packet[1] = static_cast<std::uint8_t>(2 * track);
            packet[2] = static_cast<std::uint8_t>(got / 256);
            packet[3] = static_cast<std::uint8_t>(got % 256);
            ::send(client, packet.data(), static_cast<std::size_t>(got) + 4, MSG_NOSIGNAL);
        }
    }
}

}  // namespace changji::test
