#pragma once

#include "analysis/measures.hpp"
#include "analysis/picture/flicker_meter.hpp"
#include "analysis/picture/packaging_meter.hpp"
#include "analysis/picture/stillness_watch.hpp"
#include "analysis/subject/subject_finder.hpp"
#include "capture/types/result.hpp"

#include <array>
#include <optional>
#include <vector>

namespace changji {

/// All picture meters behind one door. Pure; one thread at a time.
class PictureMeters {
public:
    /// `person_model` may be empty. Errors as SubjectFinder::open.
    [[nodiscard]] static Result<PictureMeters> open(double lamp_hz, const std::filesystem::path& person_model);

    /// Every frame, in order; true when it was measured in full, about five times a second of capture time.
    bool see(const VideoFrame& frame);
    [[nodiscard]] Readings read() const;
    /// Black and frozen stretches since the take began.
    [[nodiscard]] std::vector<MeterEvent> events() const;
    [[nodiscard]] const std::vector<FaceBox>& faces() const { return subjects_.faces(); }
    [[nodiscard]] const SubjectMask& subject() const { return subjects_.mask(); }

    /// The next frame is measured in full, and what holds for a whole take begins anew. Outside a take a black or
    /// frozen picture is told while it lasts, and bars of the last ten seconds.
    void begin_take();
    void end_take();

private:
    PictureMeters(SubjectFinder subjects, double lamp_hz) : subjects_(std::move(subjects)), flicker_(lamp_hz) {}

    [[nodiscard]] bool is_due(CaptureTime at);
    void measure(const VideoFrame& frame);
    void measure_sharpness_of(const VideoFrame& frame);
    [[nodiscard]] double told_s(const std::vector<TimeRange>& stretches, double longest_s) const;
    void forget();

    SubjectFinder subjects_;
    FlickerMeter flicker_;
    StillnessWatch stillness_;
    PackagingMeter packaging_;
    int packaging_frames_ = 0;
    bool in_take_ = false;
    CaptureTime newest_;
    std::optional<CaptureTime> next_full_at_;
    Readings latest_;
    /// Of the face, the last second: a blink is no blur, and one noisy picture no record.
    std::array<double, 5> detail_{};
    std::size_t details_ = 0;
    double best_detail_ = 0.0;
};

}  // namespace changji
