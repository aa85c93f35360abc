#include "analysis/picture/picture_noise.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <vector>

namespace changji {
namespace {

constexpr int block_px = 16;
constexpr int block_pixels = block_px * block_px;
constexpr int row_step_px = 4 * block_px;
constexpr int darkest_mean = 24, brightest_mean = 230;
constexpr std::size_t fewest_blocks = 100;

/// Sums of `block_px` lines, column by column: 16 bits are enough, since |Y ∗ L| ≤ 8·255.
struct ColumnSums {
    explicit ColumnSums(int width_px) : luma(width_px), response(width_px), down(width_px) {}

    std::vector<std::int16_t> luma;
    std::vector<std::int16_t> response;  ///< |Y ∗ L|; its first and last column stay 0
    std::vector<std::int16_t> down;      ///< the last line's second difference downwards
};

void add_line(const std::uint8_t* here, int stride, ColumnSums& sums) {
    const std::uint8_t* const above = here - stride;
    const std::uint8_t* const below = here + stride;
    const int width = static_cast<int>(sums.luma.size());
    std::int16_t* const down = sums.down.data();
    std::int16_t* const luma = sums.luma.data();
    std::int16_t* const response = sums.response.data();
    for (int x = 0; x < width; ++x) {
        down[x] = static_cast<std::int16_t>(above[x] - 2 * here[x] + below[x]);
        luma[x] = static_cast<std::int16_t>(luma[x] + here[x]);
    }
    for (int x = 1; x + 1 < width; ++x) {
        const auto value = static_cast<std::int16_t>(down[x - 1] - 2 * down[x] + down[x + 1]);
        response[x] = static_cast<std::int16_t>(response[x] + (value < 0 ? -value : value));
    }
}

}  // namespace

std::optional<double> measure_picture_noise(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420);
    const Plane& plane = frame.planes[0];
    std::vector<int> responses;
    for (int top = block_px; top + block_px < frame.height_px; top += row_step_px) {
        ColumnSums sums(frame.width_px);
        for (int y = top; y < top + block_px; ++y) {
            add_line(plane.data + std::ptrdiff_t{plane.stride_bytes} * y, plane.stride_bytes, sums);
        }
        for (int x = block_px; x + block_px < frame.width_px; x += block_px) {
            const int luma = std::accumulate(&sums.luma[x], &sums.luma[x] + block_px, 0);
            if (luma <= darkest_mean * block_pixels || luma >= brightest_mean * block_pixels) continue;
            responses.push_back(std::accumulate(&sums.response[x], &sums.response[x] + block_px, 0));
        }
    }
    if (responses.size() < fewest_blocks) return std::nullopt;
    const auto plainest_fifth = responses.begin() + static_cast<std::ptrdiff_t>(responses.size() / 5);
    std::nth_element(responses.begin(), plainest_fifth, responses.end());
    return std::sqrt(std::numbers::pi / 2.0) / 6.0 * *plainest_fifth / block_pixels;
}

}  // namespace changji
