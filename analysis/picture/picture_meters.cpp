#include "analysis/picture/picture_meters.hpp"

#include "analysis/picture/background_meter.hpp"
#include "analysis/picture/composition_meter.hpp"
#include "analysis/picture/light_meter.hpp"
#include "analysis/picture/picture_noise.hpp"
#include "analysis/picture/sharpness.hpp"

#include <algorithm>
#include <cassert>

namespace changji {
namespace {

constexpr Nanoseconds full_interval = std::chrono::milliseconds(200);
constexpr int frames_looked_back = 50;  // of those measured in full: 10 s

}  // namespace

Result<PictureMeters> PictureMeters::open(double lamp_hz, const std::filesystem::path& person_model) {
    auto subjects = SubjectFinder::open(person_model);
    if (!subjects) return subjects.error();
    return PictureMeters(*std::move(subjects), lamp_hz);
}

bool PictureMeters::see(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420 && frame.range == ColorRange::Limited);
    newest_ = frame.captured_at;
    stillness_.see(frame);
    flicker_.see(row_means(frame), frame.captured_at);
    if (!is_due(frame.captured_at)) return false;
    measure(frame);
    return true;
}

bool PictureMeters::is_due(CaptureTime at) {
    const bool early = next_full_at_ && at < *next_full_at_ && *next_full_at_ - at <= full_interval;
    if (early) return false;
    const bool in_step = next_full_at_ && at >= *next_full_at_ && at < *next_full_at_ + full_interval;
    next_full_at_ = (in_step ? *next_full_at_ : at) + full_interval;
    return true;
}

void PictureMeters::measure(const VideoFrame& frame) {
    subjects_.see(frame);
    const std::vector<FaceBox>& faces = subjects_.faces();
    const SubjectMask& subject = subjects_.mask();
    const Thumbnail small = make_thumbnail(frame);
    latest_ = measure_light(frame, small, faces, subject);
    if (!too_dark_for_background(latest_)) latest_.set(Measure::BackgroundClutter, measure_clutter(small, subject));
    measure_sharpness_of(frame);
    const Composition composition = measure_composition(faces);
    latest_.set(Measure::FramingHeadroom, composition.headroom_percent);
    latest_.set(Measure::FramingEyeLine, composition.eye_line_percent);
    latest_.set(Measure::FramingSideRoom, composition.side_room_percent);
    if (!in_take_ && packaging_frames_ >= frames_looked_back) forget();
    packaging_.see(frame, small);
    ++packaging_frames_;
}

void PictureMeters::measure_sharpness_of(const VideoFrame& frame) {
    const auto noise = measure_picture_noise(frame);
    latest_.set(Measure::PictureNoise, noise);
    const SharpnessReading sharpness = measure_sharpness(frame, subjects_.faces(), subjects_.mask(), noise);
    latest_.set(Measure::PictureFaceDetail, sharpness.face_detail);
    latest_.set(Measure::PictureFocus, sharpness.focus);
    if (!sharpness.face_detail) return;
    detail_[details_++ % detail_.size()] = *sharpness.face_detail;
    if (details_ < detail_.size()) return;
    auto sorted = detail_;
    std::ranges::sort(sorted);
    const double of_last_second = sorted[sorted.size() / 2];
    best_detail_ = std::max(best_detail_, of_last_second);
    if (best_detail_ > 0.0) latest_.set(Measure::PictureSharpness, of_last_second / best_detail_);
}

/// Outside a take what is over is over.
double PictureMeters::told_s(const std::vector<TimeRange>& stretches, double longest_s) const {
    if (in_take_) return longest_s;
    return !stretches.empty() && stretches.back().to == newest_ ? stretches.back().seconds() : 0.0;
}

Readings PictureMeters::read() const {
    Readings readings = latest_;
    if (readings == Readings{}) return readings;
    readings.set(Measure::LightFlicker, flicker_.percent());
    readings.set(Measure::PictureBlack, told_s(stillness_.black(), stillness_.longest_black_s()));
    readings.set(Measure::PictureFrozen, told_s(stillness_.frozen(), stillness_.longest_frozen_s()));
    const PackagingReading packaging = packaging_.read();
    readings.set(Measure::BackgroundBars, packaging.bars);
    readings.set(Measure::BackgroundOverlay, packaging.overlay);
    return readings;
}

std::vector<MeterEvent> PictureMeters::events() const {
    std::vector<MeterEvent> events;
    for (const TimeRange& range : stillness_.black()) events.push_back({Measure::PictureBlack, range.from, range.to});
    for (const TimeRange& range : stillness_.frozen()) events.push_back({Measure::PictureFrozen, range.from, range.to});
    return events;
}

void PictureMeters::forget() {
    packaging_.begin_take();
    packaging_frames_ = 0;
    stillness_.begin_take();
}

void PictureMeters::begin_take() {
    in_take_ = true;
    next_full_at_.reset();
    subjects_.look_anew();
    details_ = 0;
    best_detail_ = 0.0;
    forget();
}

void PictureMeters::end_take() {
    in_take_ = false;
    forget();
}

}  // namespace changji
