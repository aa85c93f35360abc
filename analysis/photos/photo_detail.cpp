#include "analysis/photos/photo_detail.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "analysis/photos/stored_luma.hpp"

namespace changji {
namespace {

constexpr int tile_px = 256;
constexpr std::size_t least_tiles = 4, most_tiles = 24;
constexpr std::size_t bands = 32;           // up to half a cycle a pixel
constexpr std::size_t first = 2, last = 5;  // .03 to .09 cycles a pixel: what the rest is held against
constexpr double full_frequency = 0.4;
constexpr double fall = 0.1;  // 10 dB

using Spectrum = std::array<double, bands>;

double frequency(std::size_t band) { return (static_cast<double>(band) + 0.5) / (2.0 * bands); }

cv::Mat tile_of(const cv::Mat& luma, cv::Point corner) {
    cv::Mat tile;
    luma(cv::Rect(corner, cv::Size(tile_px, tile_px))).convertTo(tile, CV_32F);
    return tile;
}

/// Corners of the squares in which most happens at the scale of a few pixels.
std::vector<cv::Point> busiest_tiles(const cv::Mat& luma) {
    struct Tile {
        double detail;
        cv::Point corner;
    };
    std::vector<Tile> tiles;
    for (int y = 0; y + tile_px <= luma.rows; y += tile_px) {
        for (int x = 0; x + tile_px <= luma.cols; x += tile_px) {
            const cv::Mat tile = tile_of(luma, {x, y});
            cv::Mat fine, coarse;
            cv::GaussianBlur(tile, fine, {}, 1.5);
            cv::GaussianBlur(tile, coarse, {}, 4.0);
            tiles.push_back({cv::norm(fine, coarse), {x, y}});
        }
    }
    std::sort(tiles.begin(), tiles.end(), [](const Tile& a, const Tile& b) { return a.detail > b.detail; });
    const std::size_t count = std::min({std::max(least_tiles, tiles.size() / 10), most_tiles, tiles.size()});
    std::vector<cv::Point> corners;
    for (std::size_t i = 0; i < count; ++i) corners.push_back(tiles[i].corner);
    return corners;
}

void add_power(const cv::Mat& tile, const cv::Mat& window, Spectrum& power) {
    cv::Mat windowed = (tile - cv::mean(tile)[0]).mul(window), transformed;
    cv::dft(windowed, transformed, cv::DFT_COMPLEX_OUTPUT);
    Spectrum sum{}, count{};
    for (int y = 0; y < tile_px; ++y) {
        const double fy = static_cast<double>(y < tile_px / 2 ? y : y - tile_px) / tile_px;
        const auto* const row = transformed.ptr<cv::Vec2f>(y);
        for (int x = 0; x < tile_px; ++x) {
            const double fx = static_cast<double>(x < tile_px / 2 ? x : x - tile_px) / tile_px;
            const double f = std::hypot(fx, fy);
            if (f >= 0.5) continue;
            const auto band = static_cast<std::size_t>(f * 2.0 * bands);
            sum[band] += static_cast<double>(row[x][0]) * row[x][0] + static_cast<double>(row[x][1]) * row[x][1];
            count[band] += 1.0;
        }
    }
    for (std::size_t band = 0; band < bands; ++band) power[band] += sum[band] / count[band];
}

}  // namespace

std::optional<double> detail_share(const VideoFrame& still) {
    const cv::Mat luma = stored_luma(still);
    if (luma.cols < tile_px || luma.rows < tile_px) return std::nullopt;
    cv::Mat window;
    cv::createHanningWindow(window, cv::Size(tile_px, tile_px), CV_32F);
    Spectrum power{};
    for (const cv::Point corner : busiest_tiles(luma)) add_power(tile_of(luma, corner), window, power);
    Spectrum flat{};
    for (std::size_t band = 0; band < bands; ++band) flat[band] = power[band] * frequency(band) * frequency(band);
    double reference = 0.0;
    for (std::size_t band = first; band <= last; ++band) reference += flat[band] / (last - first + 1);
    if (reference <= 0.0) return std::nullopt;
    double reaches = 0.0;
    for (std::size_t band = last; band + 1 < bands; ++band) {
        if ((flat[band - 1] + flat[band] + flat[band + 1]) / 3.0 < fall * reference) break;
        reaches = static_cast<double>(band + 1) / (2.0 * bands);
    }
    return std::min(1.0, reaches * reaches / (full_frequency * full_frequency));
}

}  // namespace changji
