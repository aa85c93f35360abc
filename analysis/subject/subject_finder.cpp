#include "analysis/subject/subject_finder.hpp"

namespace changji {
namespace {

constexpr Nanoseconds look_interval = std::chrono::seconds(1);
constexpr std::size_t least_person = SubjectMask().size() / 100;

}  // namespace

Result<SubjectFinder> SubjectFinder::open(const std::filesystem::path& person_model) {
    auto tracker = FaceTracker::open();
    if (!tracker) return tracker.error();
    if (person_model.empty()) return SubjectFinder(*std::move(tracker), std::nullopt);
    auto model = PersonSegmentation::open(person_model);
    if (!model) return model.error();
    return SubjectFinder(*std::move(tracker), *std::move(model));
}

void SubjectFinder::restart() {
    tracker_.restart();
    look_anew();
}

void SubjectFinder::see(const VideoFrame& frame) {
    tracker_.see(frame);
    const CaptureTime now = frame.captured_at;
    const bool due = !next_look_at_ || now >= *next_look_at_ || *next_look_at_ - now > look_interval;
    if (model_ && due) {
        people_ = model_->find_people(frame);
        next_look_at_ = now + look_interval;
    }
    mask_ = people_.count() >= least_person ? people_ : mask_subjects(tracker_.faces());
}

}  // namespace changji
