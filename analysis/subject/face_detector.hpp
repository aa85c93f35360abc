#pragma once

#include "capture/types/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

namespace cv {
class CascadeClassifier;
}

namespace changji {

/// One of OpenCV's cascades, `name` as in Debian's opencv-data; `given` is a file that stands in for it.
/// Io when it is not there or can't be read.
[[nodiscard]] Result<std::unique_ptr<cv::CascadeClassifier>> load_cascade(const std::string& name,
                                                                          const char* given = nullptr);

/// A face found in a search picture, in its pixels. `support` counts the overlapping windows that took it for
/// one: OpenCV's own examples ask for five, a clear face has twenty.
struct FoundFace {
    cv::Rect2d box;
    int support = 0;
};

/// OpenCV's Haar cascades on a search picture: frontal faces by `alt2`, profiles by `profileface`, which knows
/// one side and is shown the mirrored picture for the other. Faces are from 1/16 of the picture's width up to
/// its height. One thread.
class FaceDetector {
public:
    /// The frontal cascade is looked for in $CHANGJI_FACE_CASCADE (a file) first.
    [[nodiscard]] static Result<FaceDetector> open();
    FaceDetector(FaceDetector&&) noexcept;
    FaceDetector& operator=(FaceDetector&&) noexcept;
    ~FaceDetector();

    /// The plain search of the whole picture, sizes a tenth apart. Most support first, at least 5.
    [[nodiscard]] std::vector<FoundFace> search_everywhere(const cv::Mat& picture);
    /// Coarse search of the whole picture for one band of sizes, at every second position across and down,
    /// sizes a seventh apart: places worth a closer look, each once.
    [[nodiscard]] std::vector<cv::Rect> glance(const cv::Mat& picture, int band);
    static constexpr int bands = 5;  ///< of about the same cost but the first, which is twice the others'

    /// A thorough search about `place`, sizes within a quarter of its own. Most support first, at least 5.
    [[nodiscard]] std::vector<FoundFace> verify(const cv::Mat& picture, const cv::Rect2d& place);
    enum class Reach { Near /*half a face to each side*/, Far /*a whole one: it was lost*/ };
    /// The same, quick, for a face known to be near: every second position, support of at least 2.
    [[nodiscard]] std::vector<FoundFace> find_again(const cv::Mat& picture, const cv::Rect2d& place, Reach reach);
    [[nodiscard]] std::vector<FoundFace> find_profile(const cv::Mat& picture, const cv::Rect2d& place);

    /// Windows tried since it was opened: what a search costs, without a clock.
    [[nodiscard]] std::int64_t windows_tried() const { return windows_tried_; }
    /// Of the plain search of a whole picture: all sizes a tenth apart, as `detectMultiScale` steps by default.
    [[nodiscard]] static std::int64_t windows_of_full_search(cv::Size picture);

private:
    FaceDetector(std::unique_ptr<cv::CascadeClassifier> frontal, std::unique_ptr<cv::CascadeClassifier> profile);
    struct Closeup;
    [[nodiscard]] static std::optional<Closeup> close_up(const cv::Mat& picture, const cv::Rect2d& place,
                                                         double face_px, double reach);
    std::vector<FoundFace> search(cv::CascadeClassifier& cascade, const Closeup& closeup, int least_support);

    std::unique_ptr<cv::CascadeClassifier> frontal_;
    std::unique_ptr<cv::CascadeClassifier> profile_;
    std::int64_t windows_tried_ = 0;
};

}  // namespace changji
