#include "capture/preflight.hpp"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "capture/framing.hpp"
#include "capture/recording/encoders.hpp"

namespace changji {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int usual_trials = 4;  // one may be too slow, one more is the answer, one asks for more, and opening them
constexpr int pictures_made = 8;
constexpr std::int64_t fewest_packets = 10;

/// Clear of the doubt in so short a trial.
bool is_clear(double frames_per_s, Rational rate) {
    const double times = frames_per_s / rate.value();
    return times < 1.0 || times > 3.0;
}

}  // namespace

EncoderTrial try_encoder(const EncoderChoice& choice, std::span<const VideoFrame> pictures, Rational rate,
                         std::chrono::milliseconds time, const std::stop_token& stopping) {
    EncoderTrial trial{choice, 0.0, {}};
    auto encoder = PictureEncoder::open(choice, rate, RecorderSettings{}.max_bitrate_kbps);
    if (!encoder) {
        trial.problem = encoder.error().message;
        return trial;
    }
    // Encoders look ahead: only from the first packet on one picture in means one picture out.
    std::int64_t sent = 0, packets = 0;
    std::optional<Clock::time_point> under_way;
    const Clock::time_point begun = Clock::now();
    while (!stopping.stop_requested()) {
        const VideoFrame& picture = pictures[static_cast<std::size_t>(sent) % pictures.size()];
        const auto status = encoder->encode(picture, sent++, [&](const av::PacketPtr&) { ++packets; });
        if (!status) {
            trial.frames_per_s = 0.0;
            trial.problem = status.error().message;
            return trial;
        }
        const Clock::time_point now = Clock::now();
        if (under_way) {
            const auto measured = now - *under_way;
            trial.frames_per_s = static_cast<double>(packets) / to_seconds(measured);
            const bool sure = packets >= fewest_packets && measured >= time / 2 && is_clear(trial.frames_per_s, rate);
            if (sure || measured >= time) break;
        } else {
            trial.frames_per_s = static_cast<double>(sent) / to_seconds(now - begun);
            if (packets > 0) {
                under_way = now;
                packets = 0;
            }
        }
        if (now - begun >= 2 * time) break;
    }
    return trial;
}

Result<Preflight> run_preflight(std::span<const VideoFrame> pictures, Rational rate, const std::stop_token& stopping,
                                std::chrono::milliseconds time) {
    if (pictures.empty() || !rate.is_positive()) {
        return Error{ErrorKind::InvalidConfig,
                     say("The encoders can't be tried without a picture: connect the camera first.")};
    }
    std::vector<EncoderTrial> trials;
    while (const auto next = next_trial(trials, rate)) {
        EncoderTrial trial = try_encoder(*next, pictures, rate, time / usual_trials, stopping);
        if (stopping.stop_requested()) break;
        trials.push_back(std::move(trial));
    }
    const auto works = [](const EncoderTrial& trial) { return trial.problem.empty(); };
    if (!trials.empty() && std::ranges::none_of(trials, works)) {
        return Error{ErrorKind::UnsupportedFormat, trials.front().problem};
    }
    ::malloc_trim(0);  // the encoders tried took tens of megabytes that no take needs
    return judge_trials(std::move(trials), rate);
}

std::vector<VideoFrame> preflight_pictures() {
    std::vector<VideoFrame> pictures;
    pictures.reserve(pictures_made);
    std::uint32_t noise = 1;
    for (int step = 0; step < pictures_made; ++step) {
        pictures.push_back(make_i420_frame(
            take_width_px, take_height_px, [&noise, step](WritablePlane y, WritablePlane cb, WritablePlane cr) {
                const int head_px = 900 + 4 * step;
                for (int row = 0; row < take_height_px; ++row) {
                    std::uint8_t* const line = y.data + static_cast<std::ptrdiff_t>(row) * y.stride_bytes;
                    for (int column = 0; column < take_width_px; ++column) {
                        noise = noise * 1664525u + 1013904223u;
                        const bool head = row > 300 && std::abs(column - head_px) < 250;
                        const int shelf = (column / 37 * 11 + row / 180 * 5) % 24;
                        const int light = 60 + (row + column) / 30 + (head ? 50 : shelf);
                        line[column] = static_cast<std::uint8_t>(light + static_cast<int>(noise >> 30));
                    }
                }
                for (const WritablePlane& chroma : {cb, cr}) {
                    std::memset(chroma.data, 128, static_cast<std::size_t>(chroma.stride_bytes) * (take_height_px / 2));
                }
            }));
    }
    return pictures;
}

}  // namespace changji
