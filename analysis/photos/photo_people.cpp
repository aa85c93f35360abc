#include "analysis/photos/photo_people.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include "analysis/picture/luma_histogram.hpp"
#include "analysis/subject/face_detector.hpp"
#include "analysis/subject/search_picture.hpp"

namespace changji {
namespace {

// In heights of the face box.
constexpr double cut_off_below = 5.5;  // not even one who sits would fit
constexpr double whole_from = 7.5;
constexpr int clear_support = 15;  // overlapping windows that took it for a face
constexpr double face_core_share = 0.6;
constexpr int person_search_px = 480;  // the picture's height for the pedestrian detector
constexpr int border_px = 48;          // people who fill the picture have no margin of their own
constexpr double box_margin = 0.1;     // of the detector's box, above the head and below the feet

cv::Mat luma_view(const VideoFrame& frame) {
    return cv::Mat(frame.height_px, frame.width_px, CV_8UC1, const_cast<std::uint8_t*>(frame.planes[0].data),
                   static_cast<std::size_t>(frame.planes[0].stride_bytes));
}

std::optional<double> median_percent(const VideoFrame& frame, cv::Rect2d area) {
    const cv::Rect2d inside = area & cv::Rect2d(0, 0, frame.width_px, frame.height_px);
    if (area.area() <= 0.0 || inside.area() < 0.6 * area.area()) return std::nullopt;
    LumaHistogram histogram;
    histogram.add(frame, {static_cast<int>(inside.x), static_cast<int>(inside.y), static_cast<int>(inside.width),
                          static_cast<int>(inside.height)});
    if (histogram.total() == 0) return std::nullopt;
    return 100.0 * relative_luma(histogram.median_code());
}

}  // namespace

struct PeopleInPhotos::Detectors {
    FaceDetector faces;
    cv::HOGDescriptor people;
};

PeopleInPhotos::PeopleInPhotos(std::unique_ptr<Detectors> detectors) : detectors_(std::move(detectors)) {}
PeopleInPhotos::PeopleInPhotos(PeopleInPhotos&&) noexcept = default;
PeopleInPhotos& PeopleInPhotos::operator=(PeopleInPhotos&&) noexcept = default;
PeopleInPhotos::~PeopleInPhotos() = default;

Result<PeopleInPhotos> PeopleInPhotos::open() {
    auto faces = FaceDetector::open();
    if (!faces) return faces.error();
    auto detectors = std::make_unique<Detectors>(Detectors{*std::move(faces), cv::HOGDescriptor()});
    detectors->people.setSVMDetector(cv::HOGDescriptor::getDefaultPeopleDetector());
    return PeopleInPhotos(std::move(detectors));
}

PhotoPeople PeopleInPhotos::look(const VideoFrame& upright) {
    PhotoPeople seen;
    const cv::Mat search = make_search_picture(upright);
    const auto found = detectors_->faces.search_everywhere(search);
    if (found.empty()) return seen;
    const double scale = static_cast<double>(upright.width_px) / search.cols;
    const cv::Rect2d in_search = found.front().box;
    const cv::Rect2d face(in_search.x * scale, in_search.y * scale, in_search.width * scale, in_search.height * scale);
    const double middle = face.x + face.width / 2.0;

    seen.has_face = true;
    seen.room_below = (upright.height_px - face.y) / face.height;
    const double core = face_core_share * face.width;
    seen.face_luma_percent =
        median_percent(upright, {middle - core / 2.0, face.y + 0.2 * face.height, core, 0.6 * face.height});
    seen.clothes_luma_percent = median_percent(
        upright, {middle - 0.8 * face.width, face.y + 1.7 * face.height, 1.6 * face.width, 1.5 * face.height});
    if (seen.room_below < cut_off_below) {
        const bool clear = found.front().support >= clear_support;
        seen.body = clear ? Body::CutOff : Body::CantTell;
        seen.confidence = clear ? 0.9 : 0.5;
        return seen;
    }
    if (seen.room_below < whole_from) return seen;

    const double shrink = std::min(1.0, static_cast<double>(person_search_px) / upright.height_px);
    cv::Mat small;
    cv::resize(luma_view(upright), small, {}, shrink, shrink, cv::INTER_AREA);
    cv::copyMakeBorder(small, small, border_px, border_px, border_px, border_px, cv::BORDER_REPLICATE);
    std::vector<cv::Rect> boxes;
    std::vector<double> weights;
    detectors_->people.detectMultiScale(small, boxes, weights, 0.0, {8, 8}, {16, 16}, 1.05, 2.0);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const double top = (boxes[i].y - border_px) / shrink, height = boxes[i].height / shrink;
        const double left = (boxes[i].x - border_px) / shrink, width = boxes[i].width / shrink;
        const double feet = top + (1.0 - box_margin) * height;
        const bool holds_face = middle > left && middle < left + width && face.y + face.height < top + 0.4 * height;
        // The person found is the one whose face it is: a body of about nine face boxes.
        const bool fits = height > 6.0 * face.height && height < 15.0 * face.height;
        if (!holds_face || !fits || feet > 1.02 * upright.height_px) continue;
        seen.body = Body::Whole;
        seen.confidence = std::max(seen.confidence, 1.0 - 0.5 * std::exp(-std::max(0.0, weights[i])));
    }
    return seen;
}

}  // namespace changji
