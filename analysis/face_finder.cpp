#include "analysis/face_finder.hpp"

#include "analysis/face_detector.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

namespace changji {
namespace {

constexpr int search_width_px = 480;
constexpr int smallest_face_px = 30;
constexpr std::chrono::seconds memory_span{2};

double overlap(const FaceBox& a, const FaceBox& b) {
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (width <= 0.0 || height <= 0.0) return 0.0;
    const double both = width * height;
    return both / (a.width * a.height + b.width * b.height - both);
}

}  // namespace

FaceFinder::FaceFinder(std::unique_ptr<cv::CascadeClassifier> cascade) : cascade_(std::move(cascade)) {}
FaceFinder::FaceFinder(FaceFinder&&) noexcept = default;
FaceFinder& FaceFinder::operator=(FaceFinder&&) noexcept = default;
FaceFinder::~FaceFinder() = default;

Result<FaceFinder> FaceFinder::open() {
    cv::setNumThreads(1);  // the encoder needs the other cores
    auto cascade = load_cascade("haarcascade_frontalface_alt2.xml", std::getenv("CHANGJI_FACE_CASCADE"));
    if (!cascade) return cascade.error();
    return FaceFinder(std::move(cascade).value());
}

std::vector<FaceBox> FaceFinder::find(const VideoFrame& frame) {
    const cv::Mat luma(frame.height_px, frame.width_px, CV_8UC1, const_cast<std::uint8_t*>(frame.planes[0].data),
                       static_cast<std::size_t>(frame.planes[0].stride_bytes));
    cv::Mat small;
    const int height = std::max(1, frame.height_px * search_width_px / frame.width_px);
    cv::resize(luma, small, {search_width_px, height}, 0, 0, cv::INTER_AREA);
    std::vector<cv::Rect> found;
    cascade_->detectMultiScale(small, found, 1.1, 4, 0, {smallest_face_px, smallest_face_px});
    std::sort(found.begin(), found.end(), [](const cv::Rect& a, const cv::Rect& b) {
        return std::tuple(-a.area(), a.x, a.y) < std::tuple(-b.area(), b.x, b.y);
    });
    std::vector<FaceBox> faces;
    for (const cv::Rect& box : found) {
        faces.push_back({static_cast<double>(box.x) / small.cols, static_cast<double>(box.y) / small.rows,
                         static_cast<double>(box.width) / small.cols, static_cast<double>(box.height) / small.rows});
    }
    return faces;
}

void FaceMemory::found(const std::vector<FaceBox>& faces, CaptureTime now) {
    std::vector<FaceBox> kept = faces;
    std::vector<CaptureTime> seen_at(faces.size(), now);
    for (std::size_t i = 0; i < faces_.size(); ++i) {
        const bool forgotten = now - seen_at_[i] > memory_span || now < seen_at_[i];
        const bool found_again = std::any_of(faces.begin(), faces.end(),
                                             [&](const FaceBox& face) { return overlap(face, faces_[i]) > 0.2; });
        if (forgotten || found_again) continue;
        kept.push_back(faces_[i]);
        seen_at.push_back(seen_at_[i]);
    }
    faces_ = std::move(kept);
    seen_at_ = std::move(seen_at);
}

}  // namespace changji
