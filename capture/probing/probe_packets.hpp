#pragma once

#include <cstdint>
#include <vector>

#include "capture/mp4/media_input.hpp"
#include "capture/types/time.hpp"

namespace changji {

/// When the samples of one stream are due, gathered from its packets: for containers without sample tables.
struct PacketTimes {
    std::int64_t packets = 0;
    std::int64_t bytes = 0;
    Nanoseconds start{0};
    Nanoseconds duration{0};
    Rational rate{0, 1};         ///< exact where it is constant, else the mean; 0: unknown
    bool constant_rate = false;  ///< every packet is due where `rate` puts it, but for the container's rounding
};

/// Reads all packets of the file, in the order of the streams asked for.
[[nodiscard]] std::vector<PacketTimes> packet_times(mp4::MediaInput& input,
                                                    const std::vector<const AVStream*>& streams);

}  // namespace changji
