#include "analysis/picture/clutter_overlay.hpp"

#include "analysis/picture/background_meter.hpp"
#include "analysis/picture/clutter_heat.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace changji {
namespace {

constexpr int dimming = 120;  // alpha of the black over what is neither subject nor clutter

/// 0..1, at the thumbnail's size: the graphics card smooths the rest.
cv::Mat blurred(const cv::Mat& map, int across, double sigma) {
    cv::Mat soft;
    map.convertTo(soft, CV_32F, 1.0 / 255.0);
    cv::GaussianBlur(soft, soft, {across, across}, sigma, sigma, cv::BORDER_REPLICATE);
    return soft;
}

struct Rgba {
    std::array<int, 3> colour{};
    int alpha = 0;
};

/// `person`: 1 well inside the subject, 0 well outside, 0.5 on its edge.
Rgba background(float person) {
    constexpr std::array<int, 3> cool{120, 215, 255};
    const float outline = std::max(0.0F, 1.0F - 4.0F * std::abs(person - 0.5F));
    Rgba pixel{cool, static_cast<int>(std::lround(std::lerp(dimming * (1.0F - person), 230.0F, outline)))};
    // Black, and not half a colour, where only the dimming is left.
    for (int& part : pixel.colour) part = static_cast<int>(static_cast<float>(part) * std::min(1.0F, 3.0F * outline));
    return pixel;
}

}  // namespace

RgbaPicture clutter_overlay(const VideoFrame& frame, const SubjectMask& subject) {
    const cv::Mat edges = map_picture(clutter_edges(make_thumbnail(frame), subject));
    cv::Mat glow = blurred(edges, 5, 0.9);
    glow_smoothly(glow);
    const cv::Mat density = clutter_density(edges, {Thumbnail::width, Thumbnail::height}),
                  person = blurred(map_picture(subject), 11, 2.0);
    RgbaPicture overlay{Thumbnail::width, Thumbnail::height,
                        std::vector<std::uint8_t>(std::size_t{4} * Thumbnail::width * Thumbnail::height)};
    std::uint8_t* to = overlay.rgba.data();
    for (int y = 0; y < Thumbnail::height; ++y) {
        for (int x = 0; x < Thumbnail::width; ++x) {
            Rgba pixel = background(person.at<float>(y, x));
            if (const float share = glow.at<float>(y, x); share > 0.0F) {
                // The thing itself stays to be seen in its glow.
                const auto heat = clutter_heat(static_cast<double>(density.at<float>(y, x)));
                pixel.colour = heat;
                pixel.alpha = static_cast<int>(std::lround(std::lerp(static_cast<float>(pixel.alpha), 175.0F, share)));
                for (int& part : pixel.colour) part = static_cast<int>(static_cast<float>(part) * share);
            }
            for (const int part : pixel.colour) *to++ = static_cast<std::uint8_t>(part);
            *to++ = static_cast<std::uint8_t>(pixel.alpha);
        }
    }
    return overlay;
}

}  // namespace changji
