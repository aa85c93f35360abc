#include "tests/support/cut_wire.hpp"

#include <array>
#include <cstdint>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace changji::test {
namespace {

sockaddr_in here(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

/// False: that side has closed.
bool pass_on(int from, int to) {
    std::array<char, 16 * 1024> buffer{};
    const ssize_t count = ::recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) return count < 0;
    return ::send(to, buffer.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) == count;
}

}  // namespace

CutWire::CutWire(int port_behind) : port_behind_(port_behind) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = here(0);
    socklen_t size = sizeof(address);
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_, 64);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { carry(); });
}

CutWire::~CutWire() {
    ending_ = true;
    thread_.join();
    ::close(listener_);
}

void CutWire::carry() {
    struct Pair {
        int near, far;
    };
    std::vector<Pair> pairs;
    while (!ending_) {
        std::vector<pollfd> ready{{listener_, POLLIN, 0}};
        if (!is_cut_) {
            for (const Pair& each : pairs) {
                ready.push_back({each.near, POLLIN, 0});
                ready.push_back({each.far, POLLIN, 0});
            }
        }
        ::poll(ready.data(), ready.size(), 20);
        if ((ready[0].revents & POLLIN) != 0) {
            const sockaddr_in behind = here(port_behind_);
            const Pair pair{::accept(listener_, nullptr, nullptr), ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
            ::connect(pair.far, reinterpret_cast<const sockaddr*>(&behind), sizeof(behind));
            pairs.push_back(pair);
        }
        if (is_cut_) continue;
        std::erase_if(pairs, [](const Pair& each) {
            if (pass_on(each.near, each.far) && pass_on(each.far, each.near)) return false;
            ::close(each.near);
            ::close(each.far);
            return true;
        });
    }
    for (const Pair& each : pairs) {
        ::close(each.near);
        ::close(each.far);
    }
}

}  // namespace changji::test
