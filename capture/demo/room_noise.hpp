#pragma once

#include <array>
#include <cstdint>

namespace changji::demo {

/// Pinkish noise above 80 Hz, where noise meters listen, with an RMS of 1. The same sequence for the same
/// seed. Pink filter: Paul Kellet's economy form (musicdsp.org, "pink noise filter").
class RoomNoise {
public:
    explicit RoomNoise(std::uint32_t seed);
    [[nodiscard]] float next();

private:
    double filtered();

    std::uint32_t state_;
    std::array<double, 3> pink_{};
    std::array<double, 2> low_{};  ///< what the two high-pass stages take away
    double gain_ = 1.0;
};

}  // namespace changji::demo
