#include "ui/tablet/private_address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

namespace changji {
namespace {

struct Block {
    std::uint32_t network;
    int bits;
};
constexpr Block loopback{0x7F000000, 8};
constexpr std::array<Block, 4> local{{{0x0A000000, 8}, {0xAC100000, 12}, {0xC0A80000, 16}, {0xA9FE0000, 16}}};

bool contains(const Block& block, std::uint32_t address) {
    return ((address ^ block.network) >> (32 - block.bits)) == 0;
}

AddressReach reach_of(std::uint32_t address) {
    if (contains(loopback, address)) return AddressReach::ThisMachine;
    const bool is_local = std::ranges::any_of(local, [&](const Block& block) { return contains(block, address); });
    return is_local ? AddressReach::LocalNetwork : AddressReach::Anyone;
}

}  // namespace

AddressReach reach_of(std::string_view address) {
    in_addr parsed{};
    if (::inet_pton(AF_INET, std::string(address).c_str(), &parsed) != 1) return AddressReach::None;
    return reach_of(ntohl(parsed.s_addr));
}

std::vector<MachineAddress> machine_addresses() {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) first = nullptr;
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> all(first, ::freeifaddrs);
    std::vector<MachineAddress> found;
    for (const ifaddrs* each = first; each; each = each->ifa_next) {
        if (!each->ifa_addr || each->ifa_addr->sa_family != AF_INET || (each->ifa_flags & IFF_UP) == 0) continue;
        const auto* const address = reinterpret_cast<const sockaddr_in*>(each->ifa_addr);
        std::array<char, INET_ADDRSTRLEN> text{};
        ::inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size());
        found.push_back({text.data(), each->ifa_name, reach_of(ntohl(address->sin_addr.s_addr))});
    }
    std::ranges::stable_sort(found, {}, &MachineAddress::reach);
    return found;
}

Status check_private(std::string_view address) {
    switch (reach_of(address)) {
        case AddressReach::ThisMachine:
        case AddressReach::LocalNetwork: return {};
        case AddressReach::None: break;
        case AddressReach::Anyone:
            return Error{ErrorKind::InvalidConfig,
                         say("{0} can be reached from outside the local network: the tablet page is not opened there. "
                             "Join a network with private addresses (10…, 172.16–31…, 192.168…), such as a Wi-Fi "
                             "router's.",
                             std::string(address))};
    }
    return Error{ErrorKind::InvalidConfig, say("'{0}' is no IPv4 address of this machine.", std::string(address))};
}

}  // namespace changji
