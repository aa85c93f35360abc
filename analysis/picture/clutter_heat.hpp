#pragma once

#include "analysis/picture/background_meter.hpp"

#include <array>
#include <bitset>

#include <opencv2/core.hpp>

namespace changji {

// How clutter glows, in the report's stills and over the live picture alike.

/// Red, green, blue: red for edges that stand alone, through orange to yellow where most of the surroundings are edges.
/// `density`: 0..1.
[[nodiscard]] std::array<int, 3> clutter_heat(double density);

/// 255 where the map is marked: CV_8UC1 of the thumbnail's size.
[[nodiscard]] cv::Mat map_picture(const std::bitset<std::size_t{Thumbnail::width} * Thumbnail::height>& map);

/// The share of the surroundings that are edges, 0..1: CV_32F of the size asked for.
[[nodiscard]] cv::Mat clutter_density(const cv::Mat& edges, cv::Size size);

/// Of one channel, after a blur over the marks: 0 below a trace of it, 1 in their midst, smooth between (CV_32F).
void glow_smoothly(cv::Mat& blurred);

}  // namespace changji
