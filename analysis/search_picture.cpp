#include "analysis/search_picture.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <opencv2/imgproc.hpp>

namespace changji {
namespace {

constexpr int widest_px = 480;
constexpr int lines_sampled = 2;  // of each square: enough against noise and moiré, half the memory of 1080p
constexpr int black = 16;
constexpr int dark_below = 82;  // 30 % of limited range
constexpr int stretched_to = 200;
constexpr int narrowest_range = 4;  // less is noise about black: never stretched further

/// Sums over the sampled pixels of each square, not yet rounded to codes.
struct Sums {
    cv::Mat sums;
    int pixels_each = 1;
};

Sums shrink(const VideoFrame& frame) {
    const int square = std::clamp((frame.width_px + widest_px - 1) / widest_px, 1, frame.height_px);
    const int lines = std::min(square, lines_sampled);
    Sums small{cv::Mat(frame.height_px / square, frame.width_px / square, CV_16UC1), square * lines};
    const auto line_of = [&](int row, int i) {
        const int line = row * square + square * (2 * i + 1) / (2 * lines);
        return frame.planes[0].data + std::ptrdiff_t{line} * frame.planes[0].stride_bytes;
    };
    for (int row = 0; row < small.sums.rows; ++row) {
        const std::uint8_t* upper = line_of(row, 0);
        const std::uint8_t* lower = lines == 1 ? nullptr : line_of(row, 1);
        auto* to = small.sums.ptr<std::uint16_t>(row);
        for (int column = 0; column < small.sums.cols; ++column) {
            int sum = 0;
            for (int i = column * square; i < (column + 1) * square; ++i) sum += upper[i] + (lower ? lower[i] : 0);
            to[column] = static_cast<std::uint16_t>(sum);
        }
    }
    return small;
}

/// The code that a hundredth of the pixels exceeds.
int brightest_hundredth(const cv::Mat& picture) {
    std::array<int, 256> count{};
    for (int row = 0; row < picture.rows; ++row) {
        const std::uint8_t* pixel = picture.ptr(row);
        for (int column = 0; column < picture.cols; ++column) ++count[pixel[column]];
    }
    int left = static_cast<int>(picture.total()) / 100;
    std::size_t code = 255;
    for (; code > 0 && left >= count[code]; --code) left -= count[code];
    return static_cast<int>(code);
}

}  // namespace

cv::Mat make_search_picture(const VideoFrame& frame) {
    const Sums small = shrink(frame);
    cv::Mat picture;
    small.sums.convertTo(picture, CV_8U, 1.0 / small.pixels_each);
    const int bright = brightest_hundredth(picture);
    if (bright >= dark_below) return picture;
    const double gain = static_cast<double>(stretched_to) / std::max(bright - black, narrowest_range);
    small.sums.convertTo(picture, CV_8U, gain / small.pixels_each, -gain * black);
    cv::medianBlur(picture, picture, 3);
    return picture;
}

}  // namespace changji
