#pragma once

#include <optional>

#include <opencv2/core.hpp>

namespace changji {

/// What a face looked like when it was last seen, to find it again where no cascade does: its pixels at 24 wide.
class Likeness {
public:
    /// `box` lies at least half in the picture.
    Likeness(const cv::Mat& picture, const cv::Rect2d& box);

    struct Match {
        cv::Point2d centre;        ///< in pixels of the picture
        double correlation = 0.0;  ///< normalised, -1..1
    };
    /// The most alike place within half a face of `box`, at the same size. Nothing where there is hardly any
    /// picture or no contrast to compare.
    [[nodiscard]] std::optional<Match> find(const cv::Mat& picture, const cv::Rect2d& box) const;

private:
    cv::Mat patch_;
    cv::Point2d from_corner_to_centre_;  ///< in pixels of the patch: a box at the picture's edge is cut
};

}  // namespace changji
