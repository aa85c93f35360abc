#include "capture/playing/picture_track.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <thread>

namespace changji {
namespace {

using namespace std::chrono_literals;

/// Reading on over so many pictures costs less than to seek and begin at a key frame.
constexpr std::int64_t most_ahead = 12;
/// How far before the wanted picture to begin, when the key frame found lies behind it.
constexpr std::array<Nanoseconds, 4> runs_up{0s, 500ms, 2s, 15s};

/// A mean rate may be any fraction: one that can be reckoned with is near enough.
std::optional<Rational> handy(AVRational mean) {
    constexpr int largest = 60'000;
    Rational rate;
    av_reduce(&rate.num, &rate.den, mean.num, mean.den, largest);
    return rate.is_positive() ? std::optional(rate) : std::nullopt;
}

}  // namespace

Result<PictureTrack> PictureTrack::open(const std::shared_ptr<const ClipFile>& file) {
    auto input = ClipInput::open(file, ClipTrack::Picture);
    if (!input) return input.error();
    auto codec = input->make_decoder();
    if (!codec) return codec.error();
    (*codec)->thread_count = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 2, 6);
    if (const int code = avcodec_open2(codec->get(), nullptr, nullptr); code < 0) return input->cannot_decode(code);
    PictureTrack track(*std::move(input), *std::move(codec));
    const AVStream& stream = track.input_.stream();
    const auto known = std::ranges::find(file->index.tracks, static_cast<std::uint32_t>(stream.id), &mp4::Track::id);
    if (known != file->index.tracks.end() && known->one_length && known->sample_length > 0 && known->timescale > 0) {
        const std::int64_t common = std::gcd<std::int64_t, std::int64_t>(known->timescale, known->sample_length);
        track.rate_ = {static_cast<int>(known->timescale / common), static_cast<int>(known->sample_length / common)};
        track.frames_ = known->samples;
        track.one_rate_ = true;
    } else {
        track.rate_ = handy(stream.avg_frame_rate).value_or(track.rate_);
        track.frames_ = stream.nb_frames;
    }
    if (track.frames_ <= 0) track.frames_ = ticks_within(track.input_.length() + 1ms, track.rate_);
    return track;
}

const VideoFrame* PictureTrack::find(std::int64_t number) const {
    const auto found = std::ranges::find(recent_, static_cast<std::uint64_t>(number), &VideoFrame::sequence);
    return found == recent_.end() ? nullptr : &*found;
}

Result<VideoFrame> PictureTrack::frame(std::int64_t number, const OnTheWay& on_the_way) {
    number = std::max<std::int64_t>(number, 0);
    if (frames_ > 0 && number >= frames_) {
        return Error{ErrorKind::EndOfStream, say("This is the end of the take.")};
    }
    if (const VideoFrame* const known = find(number)) return *known;
    const bool ahead = number > last_ && number - last_ <= most_ahead && !over_ && (last_ >= 0 || at_start_);
    bool reached = ahead && decode_to(number, {});
    for (std::size_t i = 0; !reached && i < runs_up.size(); ++i) {
        if (!seek(tick_time(number, rate_) - runs_up[i])) break;
        reached = decode_to(number, on_the_way);
        if (at_start_ || over_) break;
    }
    if (const VideoFrame* const known = find(number)) return *known;
    // A damaged picture: the one before it is held, as a player holds it.
    const auto later = std::ranges::find_if(
        recent_, [&](const VideoFrame& frame) { return frame.sequence > static_cast<std::uint64_t>(number); });
    if (later != recent_.begin()) return *std::prev(later);
    return Error{ErrorKind::Corrupt, say("Picture {0} of the take can't be decoded.", std::to_string(number))};
}

bool PictureTrack::seek(Nanoseconds at) {
    recent_.clear();
    last_ = -1;
    over_ = false;
    at_start_ = at <= Nanoseconds{0};
    avcodec_flush_buffers(codec_.get());
    return input_.start_before(at);
}

bool PictureTrack::decode_to(std::int64_t number, const OnTheWay& on_the_way) {
    const bool fresh = last_ < 0;
    bool first = true;
    while (last_ < number) {
        if (!decode_next(number)) return false;
        if (fresh && first && !at_start_ && last_ > number) return false;  // began too late
        if (first && on_the_way && last_ < number && !recent_.empty()) on_the_way(recent_.back());
        first = false;
    }
    return true;
}

bool PictureTrack::decode_next(std::int64_t wanted) {
    for (;;) {
        const int received = avcodec_receive_frame(codec_.get(), decoded_.get());
        if (received == 0) {
            keep(*decoded_);
            return true;
        }
        if (received == AVERROR_EOF) {
            over_ = true;
            return false;
        }
        if (over_) return false;
        if (!input_.read(*packet_)) {
            avcodec_send_packet(codec_.get(), nullptr);
            continue;
        }
        // What no other picture depends on and nobody will see need not be decoded.
        const Nanoseconds seen_from = tick_time(std::max<std::int64_t>(0, wanted - kept), rate_);
        const bool unseen = packet_->pts != AV_NOPTS_VALUE && input_.time_of(packet_->pts) < seen_from;
        codec_->skip_frame = unseen ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
        avcodec_send_packet(codec_.get(), packet_.get());
    }
}

void PictureTrack::keep(const AVFrame& picture) {
    const Nanoseconds at = input_.time_of(picture.best_effort_timestamp);
    const std::int64_t number = ticks_within(std::max(at, Nanoseconds{0}) + tick_time(1, rate_) / 2, rate_);
    last_ = std::max(last_, number);
    auto made = av::to_video_frame(picture);
    if (!made) return;
    made->sequence = static_cast<std::uint64_t>(number);
    made->captured_at = CaptureTime{tick_time(number, rate_)};
    recent_.push_back(*std::move(made));
    if (recent_.size() > kept) recent_.pop_front();
}

}  // namespace changji
