#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

namespace changji {

/// Lets one thread see the sound that another one plays: who plays never waits, and what is not read in time is not
/// seen. One writer, one reader.
class SoundTap {
public:
    static constexpr std::size_t room = std::size_t{1} << 16;  ///< in samples: 0.7 s of 48 kHz stereo

    SoundTap() : samples_(std::make_unique<std::array<float, room>>()) {}

    /// The writer's: what finds no room is left out.
    void write(std::span<const float> samples);
    /// The reader's: as many as lie there, at most as many as `into` holds; how many.
    [[nodiscard]] std::size_t read(std::span<float> into);

private:
    std::unique_ptr<std::array<float, room>> samples_;
    std::atomic<std::size_t> written_{0}, read_{0};  ///< since the beginning
};

}  // namespace changji
