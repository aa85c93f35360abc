#include "analysis/meter_bank.hpp"

#include "analysis/background_meter.hpp"
#include "analysis/channel_meter.hpp"
#include "analysis/clipping_meter.hpp"
#include "analysis/face_finder.hpp"
#include "analysis/light_meter.hpp"
#include "analysis/loudness_meter.hpp"
#include "analysis/noise_meter.hpp"

#include <cassert>

namespace changji {
namespace {

constexpr Nanoseconds full_interval = std::chrono::milliseconds(200);

class Bank final : public MeterBank {
public:
    explicit Bank(FaceFinder finder) : finder_(std::move(finder)) {}

    bool see(const VideoFrame& frame) override {
        assert(frame.format == PixelFormat::I420 && frame.range == ColorRange::Limited);
        if (!is_due(frame.captured_at)) return false;
        if (frames_seen_++ % 2 == 0) memory_.found(finder_.find(frame), frame.captured_at);
        const SubjectMask subject = mask_subjects(memory_.faces());
        const Thumbnail small = make_thumbnail(frame);
        picture_ = measure_light(frame, small, memory_.faces(), subject);
        if (!too_dark_for_background(picture_)) {
            picture_.set(Measure::BackgroundClutter, measure_clutter(small, subject));
        }
        return true;
    }

    void hear(std::span<const float> samples, CaptureTime) override {
        loudness_.hear(samples);
        noise_.hear(samples);
        clipping_.hear(samples);
        channels_.hear(samples);
    }

    Readings read(Part part) const override {
        if (part == Part::Picture) return picture_;
        Readings readings;
        readings.set(Measure::SoundMomentary, loudness_.momentary_lufs());
        readings.set(Measure::SoundShortTerm, loudness_.short_term_lufs());
        readings.set(Measure::SoundLoudness, loudness_.integrated_lufs());
        readings.set(Measure::SoundTruePeak, loudness_.true_peak_dbtp());
        const NoiseReading noise = noise_.read();
        readings.set(Measure::SoundNoiseFloor, noise.noise_floor_dbfs);
        readings.set(Measure::SoundSpeechToNoise, noise.speech_to_noise_db);
        readings.set(Measure::SoundClippedRuns, clipping_.runs_per_s());
        if (const auto dead = channels_.dead_channel()) {
            readings.set(Measure::SoundDeadChannel, static_cast<double>(*dead));
        }
        return readings;
    }

    std::vector<MeterEvent> events() const override { return {}; }
    const std::vector<FaceBox>& faces() const override { return memory_.faces(); }
    std::array<ChannelLevel, sound_channels> levels() const override { return channels_.levels(); }

    void begin_take(Part part) override {
        if (part == Part::Picture) {
            next_full_at_.reset();
            return;
        }
        loudness_.begin_take();
        noise_.begin_take();
        clipping_.begin_take();
    }

    void end_take(Part part) override {
        if (part == Part::Picture) return;
        loudness_.end_take();
        noise_.end_take();
        clipping_.end_take();
    }

private:
    bool is_due(CaptureTime at) {
        if (next_full_at_ && at < *next_full_at_ && *next_full_at_ - at <= full_interval) return false;
        const bool in_step = next_full_at_ && at >= *next_full_at_ && at < *next_full_at_ + full_interval;
        next_full_at_ = (in_step ? *next_full_at_ : at) + full_interval;
        return true;
    }

    FaceFinder finder_;
    FaceMemory memory_;
    std::uint64_t frames_seen_ = 0;
    std::optional<CaptureTime> next_full_at_;
    Readings picture_;
    LoudnessMeter loudness_;
    NoiseMeter noise_;
    ClippingMeter clipping_;
    ChannelMeter channels_;
};

}  // namespace

Result<std::unique_ptr<MeterBank>> open_meter_bank(const MeterOptions&) {
    auto finder = FaceFinder::open();
    if (!finder) return finder.error();
    return std::unique_ptr<MeterBank>(std::make_unique<Bank>(std::move(finder).value()));
}

}  // namespace changji
