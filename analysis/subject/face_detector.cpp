#include "analysis/subject/face_detector.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <tuple>

#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr int window_px = 20;         // both cascades were trained on 20×20
constexpr int smallest_share = 16;    // of the picture's width
constexpr double coarse_step = 1.15;  // from one size to the next
constexpr double fine_step = 1.1;
constexpr double size_slack = 1.25;
constexpr int least_new_support = 5;
constexpr int least_known_support = 3;
// How wide a face is made before a search about it: the cascade tries every second position of a picture that it
// shrinks to more than a half, so a small face is a quick search and a larger one a thorough search.
constexpr double quick_px = 30.0;
constexpr double thorough_px = 60.0;

int smallest_face_px(int picture_width_px) { return std::max(picture_width_px / smallest_share, window_px); }

std::vector<fs::path> cascade_places(const std::string& name, const char* given) {
    if (given && *given) return {given};
    return {fs::path("/usr/share/opencv4/haarcascades") / name, fs::path("/usr/share/opencv/haarcascades") / name,
            fs::path("/usr/local/share/opencv4/haarcascades") / name};
}

std::int64_t windows(double width_px, double height_px, int step) {
    const auto along = [step](double length) {
        return length < window_px ? 0 : static_cast<std::int64_t>((length - window_px) / step) + 1;
    };
    return along(width_px) * along(height_px);
}

/// As detectMultiScale goes about it: sizes a step apart, every second position while the picture is shrunk to
/// less than a half.
std::int64_t windows_between(cv::Size picture, double smallest_px, double largest_px) {
    std::int64_t sum = 0;
    for (double scale = 1.0; scale * window_px <= largest_px; scale *= fine_step) {
        if (scale * window_px < smallest_px) continue;
        sum += windows(picture.width / scale, picture.height / scale, scale >= 2.0 ? 1 : 2);
    }
    return sum;
}

std::vector<FoundFace> strongest_first(std::vector<FoundFace> found) {
    std::sort(found.begin(), found.end(), [](const FoundFace& a, const FoundFace& b) {
        return std::tuple(-a.support, a.box.x, a.box.y) < std::tuple(-b.support, b.box.x, b.box.y);
    });
    return found;
}

}  // namespace

/// The picture about a face, resized so that the face is of a given width.
struct FaceDetector::Closeup {
    cv::Mat pixels;
    cv::Point corner;  ///< in the picture
    double scale = 1.0;
    double face_px = 0.0;
    bool mirrored = false;
};

std::optional<FaceDetector::Closeup> FaceDetector::close_up(const cv::Mat& picture, const cv::Rect2d& place,
                                                            double face_px, double reach) {
    const cv::Rect2d wide(place.x - place.width * reach, place.y - place.height * reach, place.width * (1 + 2 * reach),
                          place.height * (1 + 2 * reach));
    const cv::Rect region = cv::Rect(wide) & cv::Rect({0, 0}, picture.size());
    const double scale = face_px / place.width;
    const cv::Size size(cvRound(region.width * scale), cvRound(region.height * scale));
    if (size.width < window_px || size.height < window_px) return std::nullopt;
    Closeup closeup{{}, region.tl(), scale, face_px, false};
    cv::resize(picture(region), closeup.pixels, size, 0, 0, scale < 1.0 ? cv::INTER_AREA : cv::INTER_LINEAR);
    return closeup;
}

Result<std::unique_ptr<cv::CascadeClassifier>> load_cascade(const std::string& name, const char* given) {
    const auto places = cascade_places(name, given);
    for (const fs::path& place : places) {
        std::error_code ignored;
        if (!fs::is_regular_file(place, ignored)) continue;
        auto cascade = std::make_unique<cv::CascadeClassifier>();
        try {
            if (cascade->load(place.string())) return cascade;
        } catch (const cv::Exception&) {
            // A file that is no cascade: reported below like one that load() refuses.
        }
        return Error{ErrorKind::Io, say("The face detector's data {0} can't be read: install the package "
                                        "opencv-data again.",
                                        place.string())};
    }
    return Error{ErrorKind::Io, say("The face detector's data {0} is missing: install the package opencv-data.",
                                    places.front().string())};
}

FaceDetector::FaceDetector(std::unique_ptr<cv::CascadeClassifier> frontal,
                           std::unique_ptr<cv::CascadeClassifier> profile)
    : frontal_(std::move(frontal)), profile_(std::move(profile)) {}
FaceDetector::FaceDetector(FaceDetector&&) noexcept = default;
FaceDetector& FaceDetector::operator=(FaceDetector&&) noexcept = default;
FaceDetector::~FaceDetector() = default;

Result<FaceDetector> FaceDetector::open() {
    cv::setNumThreads(1);  // the encoder needs the other cores
    auto frontal = load_cascade("haarcascade_frontalface_alt2.xml", std::getenv("CHANGJI_FACE_CASCADE"));
    if (!frontal) return frontal.error();
    auto profile = load_cascade("haarcascade_profileface.xml");
    if (!profile) return profile.error();
    return FaceDetector(std::move(frontal).value(), std::move(profile).value());
}

std::vector<cv::Rect> FaceDetector::glance(const cv::Mat& picture, int band) {
    // Each size costs two thirds of the one before: the three smallest stand alone, then two, then the rest.
    static constexpr std::array<int, bands + 1> first_size{0, 1, 2, 4, 7, 99};
    std::vector<cv::Rect> places;
    for (int size = first_size[static_cast<std::size_t>(band)]; size < first_size[static_cast<std::size_t>(band) + 1];
         ++size) {
        const double face_px = smallest_face_px(picture.cols) * std::pow(coarse_step, size);
        if (face_px > picture.rows) break;
        const double scale = face_px / window_px;
        // Shrunk here and not by the cascade, which would try every position of the shrunken picture.
        cv::Mat shrunk;
        cv::resize(picture, shrunk, {cvRound(picture.cols / scale), cvRound(picture.rows / scale)}, 0, 0,
                   cv::INTER_AREA);
        std::vector<cv::Rect> hits;
        frontal_->detectMultiScale(shrunk, hits, fine_step, 0, 0, {window_px, window_px}, {window_px, window_px});
        windows_tried_ += windows(shrunk.cols, shrunk.rows, 2);
        for (const cv::Rect& hit : hits) {
            places.emplace_back(cvRound(hit.x * scale), cvRound(hit.y * scale), cvRound(face_px), cvRound(face_px));
        }
    }
    std::vector<cv::Rect> apart;
    for (const cv::Rect& place : places) {
        const auto same = [&](const cv::Rect& other) { return (place & other).area() * 2 > (place | other).area(); };
        if (std::none_of(apart.begin(), apart.end(), same)) apart.push_back(place);
    }
    return apart;
}

std::vector<FoundFace> FaceDetector::search(cv::CascadeClassifier& cascade, const Closeup& closeup, int least_support) {
    const double smallest = closeup.face_px / size_slack, largest = closeup.face_px * size_slack;
    std::vector<cv::Rect> boxes;
    std::vector<int> supports;
    cascade.detectMultiScale(closeup.pixels, boxes, supports, fine_step, least_support - 1, 0,
                             {static_cast<int>(smallest), static_cast<int>(smallest)},
                             {cvRound(largest), cvRound(largest)});
    windows_tried_ += windows_between(closeup.pixels.size(), smallest, largest);
    std::vector<FoundFace> found;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const cv::Rect& box = boxes[i];
        const double left = closeup.mirrored ? closeup.pixels.cols - box.x - box.width : box.x;
        found.push_back({{closeup.corner.x + left / closeup.scale, closeup.corner.y + box.y / closeup.scale,
                          box.width / closeup.scale, box.height / closeup.scale},
                         supports[i]});
    }
    return strongest_first(std::move(found));
}

std::vector<FoundFace> FaceDetector::verify(const cv::Mat& picture, const cv::Rect2d& place) {
    const auto closeup = close_up(picture, place, std::min(place.width, thorough_px), 0.5);
    return closeup ? search(*frontal_, *closeup, least_new_support) : std::vector<FoundFace>{};
}

std::vector<FoundFace> FaceDetector::search_everywhere(const cv::Mat& picture) {
    const double smallest = smallest_face_px(picture.cols);
    std::vector<cv::Rect> boxes;
    std::vector<int> supports;
    if (picture.cols < window_px || picture.rows < window_px) return {};
    frontal_->detectMultiScale(picture, boxes, supports, fine_step, least_new_support - 1, 0,
                               {static_cast<int>(smallest), static_cast<int>(smallest)});
    windows_tried_ += windows_of_full_search(picture.size());
    std::vector<FoundFace> found;
    for (std::size_t i = 0; i < boxes.size(); ++i) found.push_back({boxes[i], supports[i]});
    return strongest_first(std::move(found));
}

std::vector<FoundFace> FaceDetector::find_again(const cv::Mat& picture, const cv::Rect2d& place, Reach reach) {
    const auto closeup = close_up(picture, place, quick_px, reach == Reach::Far ? 1.0 : 0.5);
    return closeup ? search(*frontal_, *closeup, least_known_support) : std::vector<FoundFace>{};
}

std::vector<FoundFace> FaceDetector::find_profile(const cv::Mat& picture, const cv::Rect2d& place) {
    auto closeup = close_up(picture, place, quick_px, 0.5);
    if (!closeup) return {};
    if (auto found = search(*profile_, *closeup, least_known_support); !found.empty()) return found;
    cv::flip(closeup->pixels, closeup->pixels, 1);
    closeup->mirrored = true;
    return search(*profile_, *closeup, least_known_support);
}

std::int64_t FaceDetector::windows_of_full_search(cv::Size picture) {
    return windows_between(picture, smallest_face_px(picture.width), picture.height);
}

}  // namespace changji
