#include "capture/encoder_speed.hpp"

#include <chrono>
#include <cstring>
#include <vector>

#include "capture/framing.hpp"
#include "capture/recording/encoders.hpp"

namespace changji {
namespace {

constexpr auto measuring_time = std::chrono::seconds(1);

/// A soft gradient with grain that differs from frame to frame: about as hard to encode as a lit room.
VideoFrame grainy_frame(std::uint32_t seed) {
    return make_i420_frame(take_width_px, take_height_px, [seed](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        std::uint32_t noise = seed * 2654435761u + 1;
        for (int row = 0; row < take_height_px; ++row) {
            std::uint8_t* const line = y.data + static_cast<std::ptrdiff_t>(row) * y.stride_bytes;
            for (int column = 0; column < take_width_px; ++column) {
                noise = noise * 1664525u + 1013904223u;
                line[column] = static_cast<std::uint8_t>(60 + (row + column) / 30 + static_cast<int>(noise >> 30));
            }
        }
        for (const WritablePlane& chroma : {cb, cr}) {
            std::memset(chroma.data, 128, static_cast<std::size_t>(chroma.stride_bytes) * (take_height_px / 2));
        }
    });
}

}  // namespace

Result<double> measure_encoder_speed(const EncoderChoice& choice) {
    auto encoder = PictureEncoder::open(choice, Rational{25, 1}, RecorderSettings{}.max_bitrate_kbps);
    if (!encoder) return encoder.error();
    std::vector<VideoFrame> frames;
    for (std::uint32_t seed = 1; seed <= 4; ++seed) frames.push_back(grainy_frame(seed));
    const auto begun = std::chrono::steady_clock::now();
    std::int64_t encoded = 0;
    const auto drop = [](const av::PacketPtr&) {};
    while (std::chrono::steady_clock::now() - begun < measuring_time) {
        const auto status = encoder->encode(frames[static_cast<std::size_t>(encoded) % frames.size()], encoded, drop);
        if (!status) return status.error();
        ++encoded;
    }
    if (auto flushed = encoder->flush(drop); !flushed) return flushed.error();
    return static_cast<double>(encoded) / to_seconds(std::chrono::steady_clock::now() - begun);
}

}  // namespace changji
