#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "analysis/subject/face_tracker.hpp"
#include "analysis/subject/person_segmentation.hpp"
#include "analysis/subject/subject_mask.hpp"

namespace changji {

/// Who is in the picture: faces, and which part of it people cover. Depends on the frames and their capture times
/// alone. One thread.
///
/// People are covered by the template of head and shoulders, or by what the user's own model sees. A model is run at
/// most once in a second of capture time, however many frames come, and what it saw holds in between: it must not slow
/// the meters. Where it sees nobody (less than 1 % of the picture) the template stands in.
class SubjectFinder {
public:
    /// `person_model` may be empty. Errors as FaceTracker::open and PersonSegmentation::open.
    [[nodiscard]] static Result<SubjectFinder> open(const std::filesystem::path& person_model);

    /// As FaceTracker::see.
    void see(const VideoFrame& frame);
    /// As FaceTracker::restart; a model looks at the next frame.
    void restart();
    [[nodiscard]] const std::vector<FaceBox>& faces() const { return tracker_.faces(); }
    [[nodiscard]] const SubjectMask& mask() const { return mask_; }

    /// The model looks at the next frame.
    void look_anew() { next_look_at_.reset(); }

private:
    SubjectFinder(FaceTracker tracker, std::optional<PersonSegmentation> model)
        : tracker_(std::move(tracker)), model_(std::move(model)) {}

    FaceTracker tracker_;
    std::optional<PersonSegmentation> model_;
    SubjectMask people_;  ///< as the model saw them last
    SubjectMask mask_;
    std::optional<CaptureTime> next_look_at_;
};

}  // namespace changji
