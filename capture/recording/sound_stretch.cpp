#include "capture/recording/sound_stretch.hpp"

#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

namespace changji {
namespace {

constexpr int longest_distance = 1'000'000'000;     // over which a compensation is told: a thousandth of 1 ppm
constexpr std::int64_t position_parts = 1'000'000;  // of a frame

av::ResamplerPtr make_resampler() {
    AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
    SwrContext* context = nullptr;
    if (swr_alloc_set_opts2(&context, &stereo, AV_SAMPLE_FMT_FLT, sound_rate_hz, &stereo, AV_SAMPLE_FMT_FLT,
                            sound_rate_hz, 0, nullptr) < 0) {
        return nullptr;
    }
    av::ResamplerPtr resampler(context);
    // Resampling from the start, so that the first correction has no seam; at the full bandwidth its kernel is then 1
    // and zeros, and what goes in comes out.
    av_opt_set_int(context, "flags", SWR_FLAG_RESAMPLE, 0);
    av_opt_set_double(context, "cutoff", 1.0, 0);
    av_opt_set(context, "filter_type", "kaiser", 0);
    av_opt_set_int(context, "kaiser_beta", 9, 0);
    return swr_init(context) < 0 ? nullptr : std::move(resampler);
}

}  // namespace

void SoundStretch::run(std::span<const float> in, double step, std::vector<float>& out) {
    if (!resampler_) resampler_ = make_resampler();
    if (!resampler_) return;
    if (step != step_) {
        swr_set_compensation(resampler_.get(), static_cast<int>(std::lround((1.0 - step) * longest_distance)),
                             longest_distance);
        step_ = step;
    }
    const int frames = static_cast<int>(in.size() / sound_channels);
    const int room = std::max(swr_get_out_samples(resampler_.get(), frames), 0);
    const std::size_t before = out.size();
    out.resize(before + static_cast<std::size_t>(room) * sound_channels);
    auto* to = reinterpret_cast<std::uint8_t*>(out.data() + before);
    const auto* from = reinterpret_cast<const std::uint8_t*>(in.data());
    const int made = std::max(swr_convert(resampler_.get(), &to, room, &from, frames), 0);
    out.resize(before + static_cast<std::size_t>(made) * sound_channels);
    frames_out_ += made;
}

double SoundStretch::position() const {
    if (!resampler_) return 0.0;
    const auto waiting = swr_get_delay(resampler_.get(), sound_rate_hz * position_parts);
    return static_cast<double>(frames_out_) + static_cast<double>(waiting) / position_parts;
}

}  // namespace changji
