#include "analysis/subject/face_tracker.hpp"

#include "analysis/subject/face_detector.hpp"
#include "analysis/subject/likeness.hpp"
#include "analysis/subject/search_picture.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <tuple>

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr int clear_support = 12;
constexpr int frames_to_confirm = 3;
constexpr double least_correlation = 0.7;
constexpr double sure_correlation = 0.9;
constexpr Nanoseconds longest_by_likeness = 5s;
constexpr Nanoseconds longest_unseen = 2s;

struct Track {
    cv::Rect2d box;  ///< in pixels of the search picture
    Likeness likeness;
    CaptureTime found_at;  ///< by a cascade
    CaptureTime seen_at;   ///< by a cascade or by likeness
    int support = 0;
    int frames_unconfirmed = 0;
    bool confirmed = false;
};

cv::Point2d centre(const cv::Rect2d& box) { return {box.x + box.width / 2, box.y + box.height / 2}; }

cv::Rect2d box_about(cv::Point2d centre, double width, double height) {
    return {centre.x - width / 2, centre.y - height / 2, width, height};
}

bool same_place(const cv::Rect2d& a, const cv::Rect2d& b) {
    return a.contains(centre(b)) || b.contains(centre(a)) || (a & b).area() > 0.2 * std::min(a.area(), b.area());
}

bool same_box(const cv::Rect2d& a, const cv::Rect2d& b) {
    const double both = (a & b).area();
    return both > 0.4 * (a.area() + b.area() - both);
}

/// A cascade's boxes jump by a window's step from frame to frame: halved while the face stays, taken as they
/// are when it moves.
cv::Rect2d steadied(const cv::Rect2d& before, const cv::Rect2d& found) {
    const cv::Point2d step = centre(found) - centre(before);
    const bool moves = std::hypot(step.x, step.y) > 0.15 * before.width;
    return box_about(moves ? centre(found) : centre(before) + step / 2, std::lerp(before.width, found.width, 0.3),
                     std::lerp(before.height, found.height, 0.3));
}

}  // namespace

class FaceTracker::Tracks {
public:
    explicit Tracks(FaceDetector detector) : detector_(std::move(detector)) {}

    void see(const VideoFrame& frame) {
        const cv::Mat picture = make_search_picture(frame);
        const CaptureTime now = frame.captured_at;
        if (picture.size() != size_ || now < last_seen_) begin_film();
        size_ = picture.size();
        seen_before_ = std::exchange(last_seen_, now);
        const auto tried_before = detector_.windows_tried();

        for (Track& track : tracks_) {
            if (track.confirmed)
                follow(track, picture, now);
            else
                confirm(track, picture, now);
        }
        forget(now);
        if (frames_seen_ == 0) {
            for (const FoundFace& found : detector_.search_everywhere(picture)) meet(found, picture, now);
        } else {
            sweep_in_turn(picture, now);
        }
        ++frames_seen_;
        report();
        windows_tried_ = detector_.windows_tried() - tried_before;
    }

    void begin_film() {
        tracks_.clear();
        frames_seen_ = 0;
        next_band_ = 0;
    }

    const std::vector<FaceBox>& faces() const { return faces_; }
    Work work() const { return {windows_tried_, FaceDetector::windows_of_full_search(size_)}; }

private:
    void confirm(Track& track, const cv::Mat& picture, CaptureTime now) {
        ++track.frames_unconfirmed;
        const auto found = detector_.verify(picture, track.box);
        if (found.empty()) return;
        take(track, found.front(), picture, now);
        track.confirmed = true;
    }

    /// A face that a cascade saw a moment ago, with hardly a pixel changed, is searched in every second picture only.
    bool follow_by_likeness(Track& track, const cv::Mat& picture, CaptureTime now) const {
        if (frames_seen_ % 2 != 0 || track.found_at != seen_before_) return false;
        const auto match = track.likeness.find(picture, track.box);
        if (!match || match->correlation < sure_correlation) return false;
        track.box = steadied(track.box, box_about(match->centre, track.box.width, track.box.height));
        track.likeness = Likeness(picture, track.box);
        track.seen_at = now;
        return true;
    }

    void follow(Track& track, const cv::Mat& picture, CaptureTime now) {
        if (follow_by_likeness(track, picture, now)) return;
        const bool lost = track.seen_at < seen_before_;
        const auto reach = lost ? FaceDetector::Reach::Far : FaceDetector::Reach::Near;
        if (const auto found = detector_.find_again(picture, track.box, reach); !found.empty()) {
            take(track, found.front(), picture, now);
            return;
        }
        const auto match = track.likeness.find(picture, track.box);
        const bool alike = match && match->correlation >= least_correlation;
        if (alike) track.box = box_about(match->centre, track.box.width, track.box.height);
        if (alike || !lost) {
            if (const auto found = detector_.find_profile(picture, track.box); !found.empty()) {
                take(track, found.front(), picture, now);
                return;
            }
        }
        if (!alike) return;
        track.likeness = Likeness(picture, track.box);
        track.seen_at = now;
    }

    void take(Track& track, const FoundFace& found, const cv::Mat& picture, CaptureTime now) {
        track.box = steadied(track.box, found.box);
        track.likeness = Likeness(picture, track.box);
        track.found_at = track.seen_at = now;
        track.support = found.support;
    }

    void forget(CaptureTime now) {
        std::erase_if(tracks_, [&](const Track& track) {
            return track.confirmed ? now - track.seen_at > longest_unseen || now - track.found_at > longest_by_likeness
                                   : track.frames_unconfirmed >= frames_to_confirm;
        });
        // Two tracks of one face: the one that a cascade found last stays, then the one with more support.
        std::stable_sort(tracks_.begin(), tracks_.end(), [](const Track& a, const Track& b) {
            return std::tuple(a.confirmed, a.found_at, a.support) > std::tuple(b.confirmed, b.found_at, b.support);
        });
        std::vector<Track> apart;
        for (Track& track : tracks_) {
            if (!known(apart, track.box)) apart.push_back(std::move(track));
        }
        tracks_ = std::move(apart);
    }

    /// While all faces are held, the search for new ones gets one picture of four: all of the picture in 4 s.
    bool is_sweeps_turn() const { return frames_seen_ % 4 == 0; }

    void sweep_in_turn(const cv::Mat& picture, CaptureTime now) {
        const auto seen = [now](const Track& track) { return track.confirmed && track.seen_at == now; };
        const bool all_seen = !tracks_.empty() && std::all_of(tracks_.begin(), tracks_.end(), seen);
        if (all_seen && !is_sweeps_turn()) return;
        sweep(picture, next_band_, now);
        next_band_ = (next_band_ + 1) % FaceDetector::bands;
    }

    void sweep(const cv::Mat& picture, int band, CaptureTime now) {
        for (const cv::Rect2d place : detector_.glance(picture, band)) {
            if (std::any_of(tracks_.begin(), tracks_.end(), [&](const Track& t) { return same_box(t.box, place); })) {
                continue;
            }
            const auto found = detector_.verify(picture, place);
            if (found.empty()) continue;
            meet(found.front(), picture, now);
        }
    }

    void meet(const FoundFace& found, const cv::Mat& picture, CaptureTime now) {
        const auto rival = std::find_if(tracks_.begin(), tracks_.end(),
                                        [&](const Track& track) { return same_place(track.box, found.box); });
        if (rival == tracks_.end()) {
            tracks_.push_back(begin(found, picture, now));
        } else if (!same_box(rival->box, found.box)) {
            // An eye or a collar that passed for a face beside or within one: the better supported stays.
            const auto rivals = detector_.verify(picture, rival->box);
            const int rivals_support = rivals.empty() ? 0 : rivals.front().support;
            if (found.support <= rivals_support) return;
            const bool confirmed = rival->confirmed;
            *rival = begin(found, picture, now);
            rival->confirmed |= confirmed;
        }
    }

    Track begin(const FoundFace& found, const cv::Mat& picture, CaptureTime now) const {
        const bool at_once = frames_seen_ == 0 || found.support >= clear_support;
        return {found.box, Likeness(picture, found.box), now, now, found.support, 0, at_once};
    }

    static bool known(const std::vector<Track>& tracks, const cv::Rect2d& box) {
        return std::any_of(tracks.begin(), tracks.end(), [&](const Track& t) { return same_place(t.box, box); });
    }

    void report() {
        faces_.clear();
        for (const Track& track : tracks_) {
            if (!track.confirmed) continue;
            const cv::Rect2d shown = track.box & cv::Rect2d(0, 0, size_.width, size_.height);
            faces_.push_back({shown.x / size_.width, shown.y / size_.height, shown.width / size_.width,
                              shown.height / size_.height});
        }
        std::sort(faces_.begin(), faces_.end(), [](const FaceBox& a, const FaceBox& b) {
            return std::tuple(-a.width * a.height, a.x, a.y) < std::tuple(-b.width * b.height, b.x, b.y);
        });
    }

    FaceDetector detector_;
    std::vector<Track> tracks_;
    std::vector<FaceBox> faces_;
    cv::Size size_;
    CaptureTime last_seen_, seen_before_;
    std::uint64_t frames_seen_ = 0;
    int next_band_ = 0;
    std::int64_t windows_tried_ = 0;
};

FaceTracker::FaceTracker(std::unique_ptr<Tracks> tracks) : tracks_(std::move(tracks)) {}
FaceTracker::FaceTracker(FaceTracker&&) noexcept = default;
FaceTracker& FaceTracker::operator=(FaceTracker&&) noexcept = default;
FaceTracker::~FaceTracker() = default;

Result<FaceTracker> FaceTracker::open() {
    auto detector = FaceDetector::open();
    if (!detector) return detector.error();
    return FaceTracker(std::make_unique<Tracks>(std::move(detector).value()));
}

void FaceTracker::see(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420);
    tracks_->see(frame);
}

void FaceTracker::restart() { tracks_->begin_film(); }

const std::vector<FaceBox>& FaceTracker::faces() const { return tracks_->faces(); }
FaceTracker::Work FaceTracker::work() const { return tracks_->work(); }

}  // namespace changji
