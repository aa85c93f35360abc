#include "analysis/picture/luma_histogram.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace changji {

PixelRect central_part(const VideoFrame& frame, const FaceBox& box, double share) {
    const auto edge = [](double fraction, int length) {
        return std::clamp(static_cast<int>(std::lround(fraction * length)), 0, length);
    };
    const double margin = (1.0 - share) / 2.0;
    const int left = edge(box.x + margin * box.width, frame.width_px);
    const int right = edge(box.x + (1.0 - margin) * box.width, frame.width_px);
    const int top = edge(box.y + margin * box.height, frame.height_px);
    const int bottom = edge(box.y + (1.0 - margin) * box.height, frame.height_px);
    return {left, top, right - left, bottom - top};
}

double relative_luma(int code) { return std::max(0.0, (code - 16) / 219.0); }

double linear_light(int code) { return std::pow(relative_luma(code), 2.4); }

void LumaHistogram::add(const VideoFrame& frame, const PixelRect& region, int line_step) {
    // Four tables: neighbours are often equal, and one table would wait for its own last write.
    std::array<std::array<std::uint32_t, 256>, 4> lanes{};
    const Plane& luma = frame.planes[0];
    for (int row = 0; row < region.height; row += line_step) {
        const std::uint8_t* pixel = luma.data + std::ptrdiff_t{luma.stride_bytes} * (region.y + row) + region.x;
        int column = 0;
        for (; column + 4 <= region.width; column += 4, pixel += 4) {
            ++lanes[0][pixel[0]];
            ++lanes[1][pixel[1]];
            ++lanes[2][pixel[2]];
            ++lanes[3][pixel[3]];
        }
        for (; column < region.width; ++column, ++pixel) ++lanes[0][*pixel];
        total_ += region.width;
    }
    for (std::size_t code = 0; code < counts_.size(); ++code) {
        counts_[code] += std::int64_t{lanes[0][code]} + lanes[1][code] + lanes[2][code] + lanes[3][code];
    }
}

void LumaHistogram::add(const LumaHistogram& other) {
    for (std::size_t code = 0; code < counts_.size(); ++code) counts_[code] += other.counts_[code];
    total_ += other.total_;
}

int LumaHistogram::median_code() const {
    std::int64_t below = 0;
    for (int code = 0; code < 256; ++code) {
        below += counts_[static_cast<std::size_t>(code)];
        if (2 * below >= total_ && below > 0) return code;
    }
    return 0;
}

double LumaHistogram::mean_code() const {
    double sum = 0.0;
    for (int code = 0; code < 256; ++code) sum += static_cast<double>(counts_[static_cast<std::size_t>(code)]) * code;
    return total_ > 0 ? sum / static_cast<double>(total_) : 0.0;
}

double LumaHistogram::mean_linear_light() const {
    static const auto light_of = [] {
        std::array<double, 256> light{};
        for (int code = 0; code < 256; ++code) light[static_cast<std::size_t>(code)] = linear_light(code);
        return light;
    }();
    double sum = 0.0;
    for (std::size_t code = 0; code < 256; ++code) sum += static_cast<double>(counts_[code]) * light_of[code];
    return total_ > 0 ? sum / static_cast<double>(total_) : 0.0;
}

double LumaHistogram::deviation() const {
    if (total_ == 0) return 0.0;
    const double mean = mean_code();
    double squares = 0.0;
    for (int code = 0; code < 256; ++code) {
        squares += static_cast<double>(counts_[static_cast<std::size_t>(code)]) * (code - mean) * (code - mean);
    }
    return std::sqrt(squares / static_cast<double>(total_)) / 219.0;
}

double LumaHistogram::percent_at_or_above(int code) const {
    const auto share = std::accumulate(counts_.begin() + code, counts_.end(), std::int64_t{0});
    return total_ > 0 ? 100.0 * static_cast<double>(share) / static_cast<double>(total_) : 0.0;
}

double LumaHistogram::percent_at_or_below(int code) const {
    const auto share = std::accumulate(counts_.begin(), counts_.begin() + code + 1, std::int64_t{0});
    return total_ > 0 ? 100.0 * static_cast<double>(share) / static_cast<double>(total_) : 0.0;
}

}  // namespace changji
