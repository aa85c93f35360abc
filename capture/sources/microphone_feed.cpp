#include "capture/sources/microphone_feed.hpp"

#include <algorithm>
#include <memory>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace changji {
namespace {
constexpr std::size_t handed_frames = sound_rate_hz / 50;
constexpr std::size_t handed_samples = handed_frames * sound_channels;
}  // namespace

MicrophoneFeed::MicrophoneFeed(const SampleShape& shape, av::ResamplerPtr resampler)
    : shape_(shape), resampler_(std::move(resampler)) {}

Result<MicrophoneFeed> MicrophoneFeed::open(const SampleShape& shape) {
    AVChannelLayout device{};
    av_channel_layout_default(&device, shape.channels);
    AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
    SwrContext* context = nullptr;
    int error = swr_alloc_set_opts2(&context, &stereo, AV_SAMPLE_FMT_FLT, sound_rate_hz, &device, shape.format,
                                    shape.rate_hz, 0, nullptr);
    av::ResamplerPtr resampler(context);
    if (error >= 0 && shape.channels == 1) {
        // Both channels the signal itself, not 3 dB less.
        constexpr double same[] = {1.0, 1.0};
        error = swr_set_matrix(context, same, 1);
    }
    if (error >= 0) error = swr_init(context);
    if (error < 0) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The microphone's sound ({0} Hz, {1} channels) can't be converted: {2}.",
                         std::to_string(shape.rate_hz), std::to_string(shape.channels), av::reason(error))};
    }
    return MicrophoneFeed(shape, std::move(resampler));
}

void MicrophoneFeed::add(std::span<const std::uint8_t> samples) {
    const int frames = static_cast<int>(samples.size() / shape_.frame_bytes());
    const std::size_t before = pending_.size();
    const int room = std::max(swr_get_out_samples(resampler_.get(), frames), 0);
    pending_.resize(before + static_cast<std::size_t>(room) * sound_channels);
    auto* out = reinterpret_cast<std::uint8_t*>(pending_.data() + before);
    const std::uint8_t* in = samples.data();
    const int made = std::max(swr_convert(resampler_.get(), &out, room, &in, frames), 0);
    pending_.resize(before + static_cast<std::size_t>(made) * sound_channels);
}

void MicrophoneFeed::add_silence(std::size_t bytes) { add(std::vector<std::uint8_t>(bytes)); }

void MicrophoneFeed::hand_on(CaptureTime now, const std::function<void(SoundBlock)>& on_block) {
    const std::int64_t converting = swr_get_delay(resampler_.get(), sound_rate_hz);
    clock_.arrived(frames_handed_on_ + static_cast<std::int64_t>(pending_.size() / sound_channels) + converting, now);

    std::size_t at = 0;
    for (; pending_.size() - at >= handed_samples; at += handed_samples) {
        const auto first = pending_.begin() + static_cast<std::ptrdiff_t>(at);
        SoundBlock block;
        block.samples = std::make_shared<const std::vector<float>>(first, first + handed_samples);
        block.first_frame = frames_handed_on_;
        block.captured_at = clock_.time_of(frames_handed_on_);
        frames_handed_on_ += handed_frames;
        on_block(std::move(block));
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace changji
