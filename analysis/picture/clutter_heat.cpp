#include "analysis/picture/clutter_heat.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace changji {

std::array<int, 3> clutter_heat(double density) {
    using Colour = std::array<int, 3>;
    constexpr double dense = 0.8;
    constexpr std::array<Colour, 4> ramp{{{222, 40, 24}, {250, 104, 16}, {255, 164, 24}, {255, 212, 72}}};
    const double place = std::clamp(density / dense, 0.0, 1.0) * (ramp.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(place), ramp.size() - 2);
    Colour colour{};
    for (std::size_t i = 0; i < colour.size(); ++i) {
        colour[i] = static_cast<int>(
            std::lround(std::lerp(ramp[below][i], ramp[below + 1][i], place - static_cast<double>(below))));
    }
    return colour;
}

cv::Mat map_picture(const std::bitset<std::size_t{Thumbnail::width} * Thumbnail::height>& map) {
    cv::Mat small(Thumbnail::height, Thumbnail::width, CV_8UC1);
    for (int y = 0; y < Thumbnail::height; ++y) {
        for (int x = 0; x < Thumbnail::width; ++x) small.at<std::uint8_t>(y, x) = map[Thumbnail::at(x, y)] ? 255 : 0;
    }
    return small;
}

cv::Mat clutter_density(const cv::Mat& edges, cv::Size size) {
    constexpr double reach = 3.5;  // of the thumbnail's pixels
    cv::Mat small, density;
    edges.convertTo(small, CV_32F, 1.0 / 255.0);
    cv::GaussianBlur(small, small, {}, reach, reach, cv::BORDER_REFLECT);
    cv::resize(small, density, size, 0, 0, cv::INTER_LINEAR);
    return density;
}

void glow_smoothly(cv::Mat& blurred) {
    constexpr float dark = 0.06F, bright = 0.30F;
    for (int y = 0; y < blurred.rows; ++y) {
        for (int x = 0; x < blurred.cols; ++x) {
            float& share = blurred.at<float>(y, x);
            const float t = std::clamp((share - dark) / (bright - dark), 0.0F, 1.0F);
            share = t * t * (3.0F - 2.0F * t);
        }
    }
}

}  // namespace changji
