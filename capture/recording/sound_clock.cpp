#include "capture/recording/sound_clock.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr std::int64_t gap_limit_frames = sound_rate_hz / 10;
constexpr std::int64_t behind_limit_frames = std::int64_t{2} * sound_rate_hz;
constexpr double slip_limit_frames = 0.020 * sound_rate_hz;
constexpr std::int64_t slip_seen_frames = sound_rate_hz / 2;
constexpr double dead_band_frames = 0.002 * sound_rate_hz;
constexpr std::int64_t recent_frames = sound_rate_hz;
constexpr std::int64_t averaging_frames = std::int64_t{10} * sound_rate_hz;
// Twice the averaging time: the loop then settles without ringing.
constexpr double correction_frames = 20.0 * sound_rate_hz;
constexpr double max_correction = 500e-6;
constexpr std::int64_t drift_known_frames = std::int64_t{60} * sound_rate_hz;

}  // namespace

SoundClock::SoundClock(CaptureTime start) : start_(start) {}

double SoundClock::expected_frame(CaptureTime moment) const { return to_seconds(moment - start_) * sound_rate_hz; }

void SoundClock::append_silence(std::int64_t frames) {
    constexpr std::int64_t piece = sound_rate_hz;
    for (std::int64_t left = frames; left > 0; left -= piece) {
        const std::vector<float> zeros(static_cast<std::size_t>(std::min(left, piece) * sound_channels), 0.0F);
        stretch_.run(zeros, step_, ready_);
    }
    silence_run_ += frames;
}

void SoundClock::take(const SoundBlock& block) {
    const auto frames = static_cast<std::int64_t>(block.frames());
    if (frames == 0) return;

    std::int64_t skip = 0;
    if (const auto off = misplaced_by(block)) {
        const std::int64_t offset = std::llround(*off);
        if (-offset >= frames) {
            next_.reset();
            return;
        }
        skip = std::max<std::int64_t>(-offset, 0);
        align_anew();
        append_silence(std::max<std::int64_t>(offset, 0));
    }

    if (silence_run_ > gap_limit_frames) gap_frames_ += silence_run_;
    silence_run_ = 0;
    const double before = stretch_.position();
    stretch_.run(block.interleaved().subspan(static_cast<std::size_t>(skip * sound_channels)), step_, ready_);
    corrected_frames_ += stretch_.position() - before - static_cast<double>(frames - skip);
    next_ = block.first_frame + frames;
}

/// By how many frames the block must be moved; none: it follows the one before.
std::optional<double> SoundClock::misplaced_by(const SoundBlock& block) {
    const double error = expected_frame(block.captured_at) - stretch_.position();
    if (next_ != block.first_frame || std::abs(error - error_mean_frames_) > gap_limit_frames) return error;
    follow(error, static_cast<std::int64_t>(block.frames()));
    const bool slipped = followed_frames_ >= slip_seen_frames && std::abs(recent_error_frames_) > slip_limit_frames;
    return slipped ? std::optional(recent_error_frames_) : std::nullopt;
}

void SoundClock::align_anew() {
    carried_ = std::clamp(drift_ppm_ * 1e-6, -max_correction, max_correction);
    step_ = 1.0 + carried_;
    error_mean_frames_ = 0.0;
    recent_error_frames_ = 0.0;
    followed_frames_ = 0;
}

void SoundClock::follow(double error_frames, std::int64_t block_frames) {
    const bool was_known = followed_frames_ >= averaging_frames;
    followed_frames_ += block_frames;
    const auto average = [&](double& mean, std::int64_t over_frames) {
        mean += (error_frames - mean) * static_cast<double>(block_frames) /
                static_cast<double>(std::min(followed_frames_, over_frames));
    };
    average(recent_error_frames_, recent_frames);
    average(error_mean_frames_, averaging_frames);
    if (followed_frames_ < averaging_frames) return;

    const double beyond =
        std::copysign(std::max(std::abs(error_mean_frames_) - dead_band_frames, 0.0), error_mean_frames_);
    step_ = 1.0 - std::clamp(beyond / correction_frames - carried_, -max_correction, max_correction);

    const double uncorrected = error_mean_frames_ + corrected_frames_;
    if (!was_known) drift_base_frames_ = uncorrected;
    if (followed_frames_ >= drift_known_frames) {
        const auto observed = static_cast<double>(followed_frames_ - averaging_frames);
        drift_ppm_ = (drift_base_frames_ - uncorrected) / observed * 1e6;
    }
}

void SoundClock::fill_behind(CaptureTime moment) {
    const double missing = expected_frame(moment) - behind_limit_frames - stretch_.position();
    if (missing < 1.0) return;
    append_silence(std::llround(missing));
    next_.reset();
}

void SoundClock::end_at(std::int64_t frames) {
    const double missing = static_cast<double>(frames) - stretch_.position();
    append_silence(std::max<std::int64_t>(std::llround(missing), 0));
    if (silence_run_ > gap_limit_frames) gap_frames_ += silence_run_;
    silence_run_ = 0;
    // What the interpolator still holds comes out behind silence that stays inside it.
    while (pulled_ + static_cast<std::int64_t>(ready_.size()) / sound_channels < frames) {
        const std::vector<float> zeros(std::size_t{64} * sound_channels, 0.0F);
        stretch_.run(zeros, step_, ready_);
    }
}

std::vector<float> SoundClock::pull(std::int64_t limit) {
    const auto frames =
        std::clamp<std::int64_t>(limit - pulled_, 0, static_cast<std::int64_t>(ready_.size()) / sound_channels);
    const auto end = ready_.begin() + static_cast<std::ptrdiff_t>(frames * sound_channels);
    std::vector<float> pulled(ready_.begin(), end);
    ready_.erase(ready_.begin(), end);
    pulled_ += frames;
    return pulled;
}

std::int64_t SoundClock::gap_ms() const {
    const std::int64_t open_gap = silence_run_ > gap_limit_frames ? silence_run_ : 0;
    return (gap_frames_ + open_gap) * 1000 / sound_rate_hz;
}

}  // namespace changji
