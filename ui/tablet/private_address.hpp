#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

/// From where an IPv4 address can be reached.
enum class AddressReach {
    None,          ///< no IPv4 address at all, or one that no machine has
    ThisMachine,   ///< 127.0.0.0/8
    LocalNetwork,  ///< RFC 1918 and link-local (RFC 3927)
    Anyone,        ///< everything else, "all addresses" (0.0.0.0) too
};
[[nodiscard]] AddressReach reach_of(std::string_view address);

struct MachineAddress {
    std::string address;
    std::string network;  ///< the interface: "wlan0"
    AddressReach reach = AddressReach::None;

    friend bool operator==(const MachineAddress&, const MachineAddress&) = default;
};
/// The IPv4 addresses this machine has now: itself first, then local networks, then those that anyone can reach.
[[nodiscard]] std::vector<MachineAddress> machine_addresses();

/// InvalidConfig, with what to do, for an address that more than a local network can reach.
[[nodiscard]] Status check_private(std::string_view address);

}  // namespace changji
