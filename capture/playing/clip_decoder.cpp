#include "capture/playing/clip_decoder.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "capture/playing/file_change.hpp"

namespace changji {
namespace {

/// So many steps behind what is to be seen, leaving out costs less than decoding.
constexpr std::int64_t most_behind = 10;

bool is_as_takes_are(const VideoFrame& frame) {
    return frame.format == PixelFormat::I420 && frame.range != ColorRange::Full &&
           (frame.matrix == ColorMatrix::Bt709 || frame.matrix == ColorMatrix::Unspecified) &&
           frame.scan == Scan::Progressive && frame.orientation == Orientation{} &&
           (frame.sample_aspect_ratio == Rational{1, 1} || !frame.sample_aspect_ratio.is_positive());
}

}  // namespace

Result<ClipDecoder> ClipDecoder::open(const std::filesystem::path& path) {
    auto clip = ClipFile::open(path);
    if (!clip) return clip.error();
    auto pictures = PictureTrack::open(*clip);
    if (!pictures) return pictures.error();
    std::optional<PlayedTrack> sounds;
    if (auto opened = PlayedTrack::open(*clip)) {
        sounds.emplace(*std::move(opened));
    } else if (opened.error().kind != ErrorKind::UnsupportedFormat) {
        return opened.error();
    }
    if (pictures->frames() <= 0) {
        return Error{ErrorKind::Corrupt, say("\"{0}\" holds no picture to play.", path.filename().string())};
    }
    return ClipDecoder(*std::move(clip), *std::move(pictures), std::move(sounds));
}

ClipDecoder::ClipDecoder(std::shared_ptr<const ClipFile> file, PictureTrack pictures, std::optional<PlayedTrack> sounds)
    : file_(std::move(file)), picture_track_(std::move(pictures)), sound_track_(std::move(sounds)) {
    facts_.width_px = picture_track_.width_px();
    facts_.height_px = picture_track_.height_px();
    facts_.rate = picture_track_.rate();
    facts_.frames = picture_track_.frames();
    facts_.length = tick_time(facts_.frames, facts_.rate);
    facts_.has_sound = sound_track_.has_value();
}

FileChange ClipDecoder::file_change() const { return change_of(file_->bytes, file_->name); }

void ClipDecoder::begin(const Wish& wish) {
    wish_ = wish;
    next_frame_ = wish.frame;
    const double speed = std::fabs(wish.rate);
    const bool leaves_out = wish.playing && (wish.rate < 0 || speed > 2.0);
    stride_ = leaves_out ? std::max<std::int64_t>(1, std::llround(speed)) : 1;
    if (wish.playing && wish.rate < 0) stride_ = -stride_;
    sound_frames_ = 0;
    if (!wish.with_sound || !sound_track_) return;
    const Nanoseconds lasts = scaled(tick_time(wish.range.end, facts_.rate) - wish.at, 1 / wish.rate);
    sound_frames_end_ = ticks_within(std::max(lasts, Nanoseconds{0}), Rational{sound_rate_hz, 1});
    tempo_ = wish.rate == 1.0 ? nullptr : Tempo::open(wish.rate);
    const Nanoseconds lead = tempo_ ? sound_duration(Tempo::lead_frames) : Nanoseconds{0};
    sound_track_->seek(std::max(wish.at - lead, Nanoseconds{0}));
    if (wish.at < lead) {
        const std::int64_t silent = ticks_within(lead - wish.at, Rational{sound_rate_hz, 1});
        static_cast<void>(tempo_->stretch(std::vector<float>(static_cast<std::size_t>(silent * sound_channels))));
    }
}

ClipDecoder::Picture ClipDecoder::next_picture(std::int64_t due, const PictureTrack::OnTheWay& on_the_way) {
    Picture picture;
    if (wish_.playing && (due - next_frame_) / stride_ > most_behind) next_frame_ = due + 2 * stride_;
    if (next_frame_ < wish_.range.first || next_frame_ >= wish_.range.end) {
        picture.over = true;
        return picture;
    }
    const std::int64_t wanted = std::exchange(next_frame_, next_frame_ + stride_);
    auto frame = picture_track_.frame(wanted, [&](const VideoFrame& passed) {
        if (is_as_takes_are(passed)) on_the_way(passed);
    });
    const bool exact = frame && frame->sequence == static_cast<std::uint64_t>(wanted);
    if (frame) frame = as_takes_are(*std::move(frame));
    if (!frame) {
        picture.over = frame.error().kind == ErrorKind::EndOfStream;
        if (!picture.over) picture.problem = frame.error().message;
        return picture;
    }
    if (!exact && picture_track_.one_rate()) {
        picture.problem = say("Picture {0} of the take can't be decoded.", std::to_string(wanted));
    }
    frame->sequence = static_cast<std::uint64_t>(wanted);  // one that is held stands in its place
    frame->captured_at = CaptureTime{tick_time(wanted, facts_.rate)};
    picture.frame = *std::move(frame);
    return picture;
}

/// Pictures of our own takes pass untouched, at whatever size they are.
Result<VideoFrame> ClipDecoder::as_takes_are(VideoFrame frame) {
    if (!is_as_takes_are(frame)) return framing_.frame(frame);
    frame.range = ColorRange::Limited;
    frame.matrix = ColorMatrix::Bt709;
    return frame;
}

ClipDecoder::Sound ClipDecoder::next_sound() {
    Sound sound;
    const bool silent = !sound_track_ || (wish_.rate != 1.0 && !tempo_);  // nobody wants it at the wrong pitch
    std::vector<float> samples = silent ? std::vector<float>() : sound_track_->next();
    sound.over = samples.empty();
    if (tempo_) samples = tempo_->stretch(samples);
    sound.from = wish_.at + scaled(sound_duration(sound_frames_), wish_.rate);
    const std::int64_t left = sound_frames_end_ - sound_frames_;
    if (static_cast<std::int64_t>(samples.size() / sound_channels) >= left) {
        samples.resize(static_cast<std::size_t>(left * sound_channels));
        sound.over = true;
    }
    sound_frames_ += static_cast<std::int64_t>(samples.size() / sound_channels);
    sound.samples = std::move(samples);
    return sound;
}

}  // namespace changji
