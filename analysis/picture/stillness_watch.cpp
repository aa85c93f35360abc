#include "analysis/picture/stillness_watch.hpp"

#include "analysis/subject/fetch_ahead.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstdlib>

namespace changji {
namespace {

constexpr int line_step = 6;
/// The lines that the flicker meter reads as well: a line comes from memory once.
constexpr int first_line = line_step / 2;
constexpr std::uint8_t darkest_not_black = 38;
constexpr std::int64_t least_black_percent = 98;
/// 0.001 of 256 codes, as a fraction.
constexpr std::int64_t frozen_limit_num = 256, frozen_limit_den = 1000;

struct PlaneSize {
    int width = 0;
    int height = 0;

    [[nodiscard]] std::int64_t sampled() const {
        return std::int64_t{width} * ((height - 1 - first()) / line_step + 1);
    }
    [[nodiscard]] int first() const { return std::min(first_line, height - 1); }
};

std::array<PlaneSize, 3> plane_sizes(const VideoFrame& frame) {
    const PlaneSize chroma{(frame.width_px + 1) / 2, (frame.height_px + 1) / 2};
    return {PlaneSize{frame.width_px, frame.height_px}, chroma, chroma};
}

/// 8-bit counters of 255 rounds at most vectorise four times as wide as wider ones.
int count_not_black(const std::uint8_t* line, int width) {
    constexpr int lanes = 64, most_rounds = 255;
    int count = 0, x = 0;
    while (width - x >= lanes) {
        const int rounds = std::min((width - x) / lanes, most_rounds);
        std::array<std::uint8_t, lanes> counters{};
        for (int round = 0; round < rounds; ++round, x += lanes) {
            for (int lane = 0; lane < lanes; ++lane) {
                counters[static_cast<std::size_t>(lane)] = static_cast<std::uint8_t>(
                    counters[static_cast<std::size_t>(lane)] + (line[x + lane] >= darkest_not_black));
            }
        }
        for (const std::uint8_t counter : counters) count += counter;
    }
    for (; x < width; ++x) count += line[x] >= darkest_not_black;
    return count;
}

int sum_of_differences(const std::uint8_t* a, const std::uint8_t* b, int width) {
    int sum = 0;
    for (int x = 0; x < width; ++x) sum += std::abs(a[x] - b[x]);
    return sum;
}

bool is_black(const VideoFrame& frame) {
    const PlaneSize size = plane_sizes(frame)[0];
    const std::int64_t most_others = size.sampled() * (100 - least_black_percent) / 100;
    std::int64_t others = 0;
    for (int row = size.first(); row < size.height && others <= most_others; row += line_step) {
        fetch_ahead(line_of(frame.planes[0], std::min(row + line_step, size.height - 1)), size.width);
        others += count_not_black(line_of(frame.planes[0], row), size.width);
    }
    return others <= most_others;
}

bool same_picture(const VideoFrame& a, const VideoFrame& b) {
    if (a.width_px != b.width_px || a.height_px != b.height_px) return false;
    const auto sizes = plane_sizes(a);
    std::int64_t samples = 0;
    for (const PlaneSize& size : sizes) samples += size.sampled();
    const std::int64_t most = samples * frozen_limit_num / frozen_limit_den;
    std::int64_t sum = 0;
    for (std::size_t plane = 0; plane < sizes.size(); ++plane) {
        for (int row = sizes[plane].first(); row < sizes[plane].height && sum <= most; row += line_step) {
            const int next = std::min(row + line_step, sizes[plane].height - 1);
            fetch_ahead(line_of(a.planes[plane], next), sizes[plane].width);
            fetch_ahead(line_of(b.planes[plane], next), sizes[plane].width);
            sum += sum_of_differences(line_of(a.planes[plane], row), line_of(b.planes[plane], row), sizes[plane].width);
        }
    }
    return sum <= most;
}

}  // namespace

void StillnessWatch::see(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420 && frame.range == ColorRange::Limited);
    const bool first = !reference_.owner;
    if (!first && frame.captured_at <= newest_) return;
    newest_ = frame.captured_at;

    if (is_black(frame)) {
        black_.hold(frame.captured_at);
    } else {
        black_.end(frame.captured_at);
    }
    if (first || !same_picture(reference_, frame)) {
        frozen_.end(frame.captured_at);
        reference_ = frame;
    }
    frozen_.hold(frame.captured_at);
}

}  // namespace changji
