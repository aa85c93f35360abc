#pragma once

#include "capture/recording/sound_stretch.hpp"
#include "capture/types/sound_block.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace changji {

/// Keeps sound on the picture's clock. Frame n of what comes out was captured at `start + n/48000`:
/// what is earlier than `start` is trimmed to the sample; what is missing (over 100 ms, or at the beginning,
/// or where a source was opened again) is silence; a microphone's clock that runs fast or slow is followed by
/// at most 500 ppm, from an error averaged over 10 s so that jitter of arrival does not reach the sound. Sound that
/// is 20 ms off over a second has lost or gained a piece: it is put in its place at once. After an interruption the
/// correction goes on with the drift measured so far. Within 2 ms nothing is corrected: sound with exact times passes
/// bit for bit. Pure; one thread.
class SoundClock {
public:
    explicit SoundClock(CaptureTime start);

    void take(const SoundBlock& block);
    /// The picture has come to `moment`: where sound is over 2 s behind, silence takes its place.
    void fill_behind(CaptureTime moment);
    /// No more comes: ends exactly at `frames`, padded with silence. What is beyond is never pulled.
    void end_at(std::int64_t frames);

    /// Interleaved samples ready up to (not including) frame `limit`, once.
    [[nodiscard]] std::vector<float> pull(std::int64_t limit);

    [[nodiscard]] double drift_ppm() const { return drift_ppm_; }  ///< 0 until a minute can tell
    [[nodiscard]] std::int64_t gap_ms() const;                     ///< silence of stretches over 100 ms

private:
    double expected_frame(CaptureTime moment) const;
    void append_silence(std::int64_t frames);
    std::optional<double> misplaced_by(const SoundBlock& block);
    void align_anew();
    void follow(double error_frames, std::int64_t block_frames);

    const CaptureTime start_;
    SoundStretch stretch_;
    std::vector<float> ready_;  ///< from frame `pulled_` on
    std::int64_t pulled_ = 0;
    std::optional<std::int64_t> next_;  ///< index at the source of the frame that would follow; none: align anew
    double step_ = 1.0;
    double carried_ = 0.0;              ///< correction known before the last alignment, as a ratio
    double error_mean_frames_ = 0.0;    ///< where sound should be minus where it is
    double recent_error_frames_ = 0.0;  ///< the same over a second
    std::int64_t followed_frames_ = 0;  ///< since the last alignment
    double corrected_frames_ = 0.0;
    double drift_base_frames_ = 0.0;
    double drift_ppm_ = 0.0;
    std::int64_t silence_run_ = 0;
    std::int64_t gap_frames_ = 0;
};

}  // namespace changji
