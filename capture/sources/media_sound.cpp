#include "capture/sources/media_tracks.hpp"

#include <algorithm>
#include <array>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace changji {
namespace {

constexpr std::size_t block_samples = 960 * sound_channels;     // 20 ms
constexpr std::size_t shortest_samples = 240 * sound_channels;  // 5 ms: what a last block must hold at least
constexpr Nanoseconds jitter = std::chrono::milliseconds(40);

std::int64_t frames_in(Nanoseconds span) { return ticks_within(span, Rational{sound_rate_hz, 1}); }

}  // namespace

Result<SoundReader> SoundReader::open(MediaInput& input) {
    auto codec = input.open_decoder(MediaInput::Track::Sound);
    if (!codec) return codec.error();
    return SoundReader(input, std::move(*codec));
}

SoundReader::SoundReader(MediaInput& input, av::CodecPtr codec)
    : input_(&input), decoder_(input, MediaInput::Track::Sound, std::move(codec)) {}

void SoundReader::fetch() {
    while (!head_ && pending_.size() < block_samples + shortest_samples && !ended_) {
        switch (decoder_.next()) {
            case TrackDecoder::Next::Frame: keep(decoder_.frame(), decoder_.time()); break;
            case TrackDecoder::Next::NotYet: return;
            case TrackDecoder::Next::End:
                if (resampler_) resample(nullptr);
                ended_ = true;
                break;
        }
    }
    if (!head_ && !pending_.empty()) cut_block();
}

void SoundReader::keep(const AVFrame& frame, std::optional<Nanoseconds> at) {
    if (frame.nb_samples <= 0 || !follow(frame)) return;
    if (!begins_ && !at && input_->was_sought()) return;
    if (!begins_ || at) place(at.value_or(Nanoseconds{0}));
    resample(&frame);
}

/// Fits the resampler to the frame's format.
bool SoundReader::follow(const AVFrame& frame) {
    const Shape shape{frame.format, frame.sample_rate, frame.ch_layout.nb_channels};
    if (resampler_ && shape == shape_) return true;
    if (resampler_) resample(nullptr);
    AVChannelLayout from{}, to{};
    av_channel_layout_default(&to, sound_channels);
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
        av_channel_layout_default(&from, frame.ch_layout.nb_channels);
    } else {
        av_channel_layout_copy(&from, &frame.ch_layout);
    }
    SwrContext* made = nullptr;
    swr_alloc_set_opts2(&made, &to, AV_SAMPLE_FMT_FLT, sound_rate_hz, &from, static_cast<AVSampleFormat>(frame.format),
                        frame.sample_rate, 0, nullptr);
    av_channel_layout_uninit(&from);
    resampler_.reset(made);
    // Left to itself, swresample puts a single channel into both at 0.707.
    constexpr std::array<double, 2> both_full{1.0, 1.0};
    if (made && frame.ch_layout.nb_channels == 1) swr_set_matrix(made, both_full.data(), 1);
    shape_ = shape;
    if (!made || swr_init(made) < 0) resampler_.reset();
    return resampler_ != nullptr;
}

/// Makes the samples to come stand where the time stamp says, unless that is near enough already.
void SoundReader::place(Nanoseconds at) {
    if (!begins_) {
        if ((at > clock_break || at < -clock_break) && !input_->was_sought()) shift_ = -at;
        begins_ = at + shift_;
        return;
    }
    const auto waiting = static_cast<std::int64_t>(pending_.size() / sound_channels);
    const std::int64_t delayed = swr_get_delay(resampler_.get(), sound_rate_hz);
    const Nanoseconds expected = *begins_ + sound_duration(first_pending_ + waiting + delayed - to_skip_);
    const Nanoseconds gap = at + shift_ - expected;
    if (gap > clock_break || gap < -clock_break) {
        shift_ -= gap;
    } else if (gap > jitter) {
        pending_.resize(pending_.size() + static_cast<std::size_t>(frames_in(gap)) * sound_channels, 0.0F);
    } else if (gap < -jitter) {
        to_skip_ += frames_in(-gap);
    }
}

/// Null: what the resampler still holds.
void SoundReader::resample(const AVFrame* frame) {
    const int input_frames = frame ? frame->nb_samples : 0;
    const int room = swr_get_out_samples(resampler_.get(), input_frames);
    if (room <= 0) return;
    const std::size_t had = pending_.size();
    pending_.resize(had + static_cast<std::size_t>(room) * sound_channels);
    auto* out = reinterpret_cast<std::uint8_t*>(pending_.data() + had);
    const auto** in = frame ? const_cast<const std::uint8_t**>(frame->extended_data) : nullptr;
    const int made = std::max(0, swr_convert(resampler_.get(), &out, room, in, input_frames));
    pending_.resize(had + static_cast<std::size_t>(made) * sound_channels);
    const std::int64_t skipped = std::min<std::int64_t>(to_skip_, made);
    const auto from = pending_.begin() + static_cast<std::ptrdiff_t>(had);
    pending_.erase(from, from + skipped * sound_channels);
    to_skip_ -= skipped;
}

void SoundReader::cut_block() {
    const bool last = pending_.size() < block_samples + shortest_samples;
    // A tail shorter than a block may be is led out with silence.
    if (last) pending_.resize(std::max(pending_.size(), shortest_samples), 0.0F);
    const auto end = pending_.begin() + static_cast<std::ptrdiff_t>(last ? pending_.size() : block_samples);
    SoundBlock block;
    block.samples = std::make_shared<const std::vector<float>>(pending_.begin(), end);
    block.first_frame = first_pending_;
    block.captured_at = CaptureTime{*begins_ + sound_duration(first_pending_)};
    pending_.erase(pending_.begin(), end);
    first_pending_ += static_cast<std::int64_t>(block.frames());
    head_ = std::move(block);
}

CaptureTime SoundReader::due() const {
    return head_ ? head_->captured_at + sound_duration(static_cast<std::int64_t>(head_->frames())) : CaptureTime::max();
}

Error SoundReader::end() const {
    if (decoder_.failure()) return *decoder_.failure();
    if (input_->tells_damage() && decoder_.saw_damage()) return input_->damage_error();
    if (begins_) return {ErrorKind::EndOfStream, say("The sound of \"{0}\" is over.", input_->name())};
    return {ErrorKind::Corrupt,
            say("No sound of \"{0}\" can be decoded. Copy the file again from where it comes.", input_->name())};
}

}  // namespace changji
