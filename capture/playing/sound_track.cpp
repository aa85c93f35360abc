#include "capture/playing/sound_track.hpp"

#include <algorithm>
#include <array>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace changji {
namespace {

using namespace std::chrono_literals;

/// A decoder that begins anywhere needs some packets before it sounds right.
constexpr Nanoseconds run_up = 120ms;

/// Below zero too: what a coder needed to get going stands before the start.
std::int64_t nearest_sample(Nanoseconds at) {
    constexpr Rational rate{sound_rate_hz, 1};
    const std::int64_t whole = ticks_within((at < Nanoseconds{0} ? -at : at) + sound_duration(1) / 2, rate);
    return at < Nanoseconds{0} ? -whole : whole;
}

}  // namespace

Result<PlayedTrack> PlayedTrack::open(std::shared_ptr<const ClipFile> file) {
    auto input = ClipInput::open(std::move(file), ClipTrack::Sound);
    if (!input) return input.error();
    auto codec = input->make_decoder();
    if (!codec) return codec.error();
    (*codec)->thread_count = 1;
    if (const int code = avcodec_open2(codec->get(), nullptr, nullptr); code < 0) return input->cannot_decode(code);
    PlayedTrack track(*std::move(input), *std::move(codec));
    track.seek(Nanoseconds{0});
    return track;
}

void PlayedTrack::seek(Nanoseconds at) {
    wanted_ = nearest_sample(std::max(at, Nanoseconds{0}));
    placed_ = false;
    avcodec_flush_buffers(codec_.get());
    resampler_.reset();
    over_ = !input_.start_before(at - run_up);
}

std::vector<float> PlayedTrack::next() {
    while (decode()) {
        if (decoded_->nb_samples <= 0 || !fit_resampler()) continue;
        auto samples = placed(resampled(), input_.time_of(decoded_->best_effort_timestamp));
        if (!samples.empty()) return samples;
    }
    return {};
}

/// The next frame of the decoder; damaged packets are passed over.
bool PlayedTrack::decode() {
    while (!over_) {
        const int received = avcodec_receive_frame(codec_.get(), decoded_.get());
        if (received == 0) return true;
        if (received == AVERROR_EOF) {
            over_ = true;
        } else if (input_.read(*packet_)) {
            avcodec_send_packet(codec_.get(), packet_.get());
        } else {
            avcodec_send_packet(codec_.get(), nullptr);
        }
    }
    return false;
}

bool PlayedTrack::fit_resampler() {
    if (resampler_) return true;
    AVChannelLayout to{};
    av_channel_layout_default(&to, sound_channels);
    SwrContext* made = nullptr;
    swr_alloc_set_opts2(&made, &to, AV_SAMPLE_FMT_FLT, sound_rate_hz, &decoded_->ch_layout,
                        static_cast<AVSampleFormat>(decoded_->format), decoded_->sample_rate, 0, nullptr);
    resampler_.reset(made);
    constexpr std::array<double, 2> both_full{1.0, 1.0};
    if (made && decoded_->ch_layout.nb_channels == 1) swr_set_matrix(made, both_full.data(), 1);
    if (!made || swr_init(made) < 0) resampler_.reset();
    return resampler_ != nullptr;
}

std::vector<float> PlayedTrack::resampled() {
    const int room = std::max(0, swr_get_out_samples(resampler_.get(), decoded_->nb_samples));
    std::vector<float> samples(static_cast<std::size_t>(room) * sound_channels);
    auto* out = reinterpret_cast<std::uint8_t*>(samples.data());
    const int made = swr_convert(resampler_.get(), &out, room,
                                 const_cast<const std::uint8_t**>(decoded_->extended_data), decoded_->nb_samples);
    samples.resize(static_cast<std::size_t>(std::max(0, made)) * sound_channels);
    return samples;
}

/// Of samples that begin at `at` those that are wanted; behind the first ones all of them.
std::vector<float> PlayedTrack::placed(std::vector<float> samples, Nanoseconds at) {
    if (!placed_) {
        const std::int64_t first = nearest_sample(at);
        const auto held = static_cast<std::int64_t>(samples.size() / sound_channels);
        if (first + held <= wanted_) return {};
        const std::int64_t gap = first - wanted_;
        if (gap < 0) {
            samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(-gap * sound_channels));
        } else {
            samples.insert(samples.begin(), static_cast<std::size_t>(gap * sound_channels), 0.0F);
        }
        placed_ = true;
    }
    wanted_ += static_cast<std::int64_t>(samples.size() / sound_channels);
    return samples;
}

}  // namespace changji
