#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "capture/recorder.hpp"

namespace changji {

/// How one encoder did.
struct EncoderTrial {
    EncoderChoice encoder;
    double frames_per_s = 0.0;  ///< 0: it doesn't work here, `problem` says why
    Message problem;
};

struct Preflight {
    EncoderChoice encoder;  ///< the best picture this machine makes in time
    Rational rate{25, 1};   ///< as asked, or half of it where nothing else is fast enough
    double headroom = 0.0;  ///< the chosen encoder's speed against `rate`: 2 is twice as fast as needed; 0: not tried
    std::vector<EncoderTrial> trials;
    Message note;  ///< what was chosen and why, for the crew; warns when even the fastest is hardly fast enough
};

/// Encodes `pictures` (1920×1080 I420, over and over; as the source gives them, so that its detail and the load of
/// everything else that runs are in the figures) with one encoder after another, for about `time` together, and picks
/// the best that leaves room for meters and preview: see judge_trials(). Nothing is written. Ends early with what it
/// knows when `stopping`. UnsupportedFormat when nothing encodes here, not even libx264; InvalidConfig without
/// pictures.
[[nodiscard]] Result<Preflight> run_preflight(std::span<const VideoFrame> pictures, Rational rate,
                                              const std::stop_token& stopping = {},
                                              std::chrono::milliseconds time = std::chrono::seconds(1));

/// The rule by itself: the first of these that does what is asked of it.
/// 1. x264 at faster, veryfast, superfast: twice the rate, because a gesture costs more than a face that listens, and
///    because what else runs needs its share. At constant quality slower presets only make smaller files.
/// 2. The graphics chip with h264_nvenc, h264_qsv, h264_vaapi: twice the rate. NVENC works on a card of its own; Quick
///    Sync keeps to bit rates better than VA-API on the same chip.
/// 3. x264 at ultrafast: 1.25 times the rate, with a warning below twice.
/// 4. At 48/s and more all this once again at half the rate.
/// 5. Whatever was fastest, with a warning.
/// Where the trials were cut short, superfast counts as fast enough until it was tried, then ultrafast.
[[nodiscard]] Preflight judge_trials(std::vector<EncoderTrial> trials, Rational rate);

/// What to try next for judge_trials() to know enough: begins in the middle, with veryfast. None: it knows.
[[nodiscard]] std::optional<EncoderChoice> next_trial(std::span<const EncoderTrial> trials, Rational rate);

/// How fast `encoder` works through `pictures`, once it is under way; takes up to twice `time`. `pictures` not empty.
[[nodiscard]] EncoderTrial try_encoder(const EncoderChoice& encoder, std::span<const VideoFrame> pictures,
                                       Rational rate, std::chrono::milliseconds time,
                                       const std::stop_token& stopping = {});

/// A lit room with the grain of a webcam, for a pre-flight before there is a source.
[[nodiscard]] std::vector<VideoFrame> preflight_pictures();

}  // namespace changji
