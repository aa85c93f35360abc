#include "analysis/subject/likeness.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace changji {
namespace {

constexpr double patch_width_px = 24.0;
constexpr double least_contrast_codes = 3.0;  // standard deviation

cv::Rect inside(const cv::Mat& picture, const cv::Rect2d& box) {
    return cv::Rect(cvRound(box.x), cvRound(box.y), cvRound(box.width), cvRound(box.height)) &
           cv::Rect({0, 0}, picture.size());
}

cv::Mat shrink(const cv::Mat& part, double scale) {
    cv::Mat shrunk;
    const cv::Size size(std::max(1, cvRound(part.cols * scale)), std::max(1, cvRound(part.rows * scale)));
    cv::resize(part, shrunk, size, 0, 0, cv::INTER_AREA);
    return shrunk;
}

bool has_contrast(const cv::Mat& part) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(part, mean, deviation);
    return deviation[0] >= least_contrast_codes;
}

}  // namespace

Likeness::Likeness(const cv::Mat& picture, const cv::Rect2d& box) {
    const cv::Rect cut = inside(picture, box);
    if (cut.empty()) return;
    const double scale = patch_width_px / box.width;
    patch_ = shrink(picture(cut), scale);
    from_corner_to_centre_ = {(box.x + box.width / 2 - cut.x) * scale, (box.y + box.height / 2 - cut.y) * scale};
}

std::optional<Likeness::Match> Likeness::find(const cv::Mat& picture, const cv::Rect2d& box) const {
    const cv::Rect2d wide(box.x - box.width / 2, box.y - box.height / 2, box.width * 2, box.height * 2);
    const cv::Rect region = inside(picture, wide);
    if (region.empty() || patch_.empty() || !has_contrast(patch_)) return std::nullopt;
    const double scale = patch_width_px / box.width;
    const cv::Mat searched = shrink(picture(region), scale);
    if (searched.cols < patch_.cols || searched.rows < patch_.rows) return std::nullopt;
    cv::Mat correlation;
    cv::matchTemplate(searched, patch_, correlation, cv::TM_CCOEFF_NORMED);
    double best = 0.0;
    cv::Point at;
    cv::minMaxLoc(correlation, nullptr, &best, nullptr, &at);
    // Where nothing varies, rounding errors correlate.
    if (!has_contrast(searched(cv::Rect(at, patch_.size())))) return std::nullopt;
    return Match{
        {region.x + (at.x + from_corner_to_centre_.x) / scale, region.y + (at.y + from_corner_to_centre_.y) / scale},
        best};
}

}  // namespace changji
