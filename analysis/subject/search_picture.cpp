#include "analysis/subject/search_picture.hpp"

#include "analysis/subject/fetch_ahead.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

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

/// A width known beforehand is what lets the compiler add several squares at once.
template <int Width>
void add_squares(const std::uint16_t* columns, std::uint16_t* to, int count, int width = Width) {
    for (int square = 0; square < count; ++square) {
        int sum = 0;
        for (int i = 0; i < width; ++i) sum += columns[square * width + i];
        to[square] = static_cast<std::uint16_t>(sum);
    }
}

Sums shrink(const VideoFrame& frame) {
    const int square = std::clamp((frame.width_px + widest_px - 1) / widest_px, 1, frame.height_px);
    const int lines = std::min(square, lines_sampled);
    Sums small{cv::Mat(frame.height_px / square, frame.width_px / square, CV_16UC1), square * lines};
    std::vector<std::uint16_t> columns(static_cast<std::size_t>(small.sums.cols * square));
    for (int row = 0; row < small.sums.rows; ++row) {
        std::ranges::fill(columns, std::uint16_t{0});
        for (int i = 0; i < lines; ++i) {
            const int line = row * square + square * (2 * i + 1) / (2 * lines);
            const std::uint8_t* const pixels = line_of(frame.planes[0], line);
            fetch_ahead(line_of(frame.planes[0], std::min(line + square / lines, frame.height_px - 1)), frame.width_px);
            for (std::size_t x = 0; x < columns.size(); ++x)
                columns[x] = static_cast<std::uint16_t>(columns[x] + pixels[x]);
        }
        auto* const to = small.sums.ptr<std::uint16_t>(row);
        if (square == 4) {
            add_squares<4>(columns.data(), to, small.sums.cols);
        } else {
            add_squares<0>(columns.data(), to, small.sums.cols, square);
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
