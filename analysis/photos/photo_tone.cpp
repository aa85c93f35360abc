#include "analysis/photos/photo_tone.hpp"

#include <algorithm>
#include <array>

#include "analysis/photos/stored_luma.hpp"

namespace changji {
namespace {

using Counts = std::array<double, 256>;

constexpr double hardly = 0.25;  // of the fuller codes on either side
constexpr std::size_t least_shades = 48;
constexpr double least_pixels = 100'000;

std::size_t code_of_share(const Counts& counts, double total, double share) {
    double sum = 0.0;
    for (std::size_t code = 0; code < counts.size(); ++code) {
        sum += counts[code];
        if (sum >= share * total) return code;
    }
    return counts.size() - 1;
}

double gaps_percent(const Counts& counts, double total) {
    const std::size_t from = std::max<std::size_t>(2, code_of_share(counts, total, 0.05));
    const std::size_t to = std::min<std::size_t>(253, code_of_share(counts, total, 0.95));
    if (total < least_pixels || to < from + least_shades) return 0.0;
    double gaps = 0.0;
    for (std::size_t code = from; code <= to; ++code) {
        // Full on both sides: the empty codes beside a single flat colour are no gaps.
        const double about =
            std::min(std::max(counts[code - 2], counts[code - 1]), std::max(counts[code + 1], counts[code + 2]));
        if (about > total / 4096.0 && counts[code] < hardly * about) gaps += 1.0;
    }
    return 100.0 * gaps / static_cast<double>(to - from + 1);
}

}  // namespace

PhotoTone measure_tone(const VideoFrame& still) {
    const cv::Mat luma = stored_luma(still);
    Counts counts{};
    for (int y = 0; y < luma.rows; ++y) {
        const auto* const row = luma.ptr<std::uint8_t>(y);
        for (int x = 0; x < luma.cols; ++x) counts[row[x]] += 1.0;
    }
    PhotoTone tone;
    const double total = static_cast<double>(luma.total());
    if (total == 0.0) return tone;
    const bool limited = still.range == ColorRange::Limited;
    const double black = limited ? 16.0 : 0.0, white = limited ? 235.0 : 255.0;
    tone.median_percent = 100.0 * (static_cast<double>(code_of_share(counts, total, 0.5)) - black) / (white - black);
    for (std::size_t code = 0; code < counts.size(); ++code) {
        if (static_cast<double>(code) >= white) tone.clipped_percent += 100.0 * counts[code] / total;
        if (static_cast<double>(code) <= black) tone.crushed_percent += 100.0 * counts[code] / total;
    }
    tone.gaps_percent = gaps_percent(counts, total);
    return tone;
}

}  // namespace changji
