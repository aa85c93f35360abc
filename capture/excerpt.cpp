#include "capture/excerpt.hpp"

#include "capture/framing.hpp"
#include "capture/sources/media_tracks.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace changji {
namespace {

using Track = MediaInput::Track;
using namespace std::chrono_literals;

/// Decoding on so far costs less than seeking and decoding from the key frame before.
constexpr Nanoseconds near = 1s;
/// How far before the wanted moment to look for a key frame, when those found begin too late.
constexpr std::array<Nanoseconds, 3> picture_runs_up{0s, 2s, 15s};
constexpr std::array<Nanoseconds, 3> sound_runs_up{500ms, 3s, 15s};
/// A decoder of sound that starts anywhere needs what came before: Opus asks for 80 ms.
constexpr std::int64_t settling_frames = sound_rate_hz / 10;

std::int64_t nearest_sound_frame(Nanoseconds at) {
    return ticks_within(at + sound_duration(1) / 2, Rational{sound_rate_hz, 1});
}

/// One track of a file, read apart from the other one so that each can be sought by itself.
template <typename Reader>
class ExcerptTrack {
public:
    ExcerptTrack(SourceSpec spec, Track track) : spec_(std::move(spec)), track_(track) {}

    [[nodiscard]] Status open_at_start() {
        reader_.reset();
        auto input = MediaInput::open(spec_, MediaInput::Tracks::Both, watch_);
        if (!input) return input.error();
        input_ = std::move(*input);
        if (!input_->stream(track_)) return absent();
        input_->leave_out(track_ == Track::Picture ? Track::Sound : Track::Picture);
        at_start_ = true;
        return read_anew();
    }
    /// From the last place at or before `at` where decoding can begin. Where that can't be found: from the start.
    [[nodiscard]] Status open_before(Nanoseconds at) {
        if (!reader_ || at <= Nanoseconds{0} || !input_->seek(track_, at)) return open_at_start();
        at_start_ = false;
        return read_anew();
    }
    /// The file could be opened and has no such track.
    [[nodiscard]] bool is_absent() const { return input_ && !input_->stream(track_); }
    [[nodiscard]] const MediaInput& input() const { return *input_; }
    [[nodiscard]] Reader* reader() { return reader_ ? &*reader_ : nullptr; }
    [[nodiscard]] bool at_start() const { return at_start_; }

private:
    [[nodiscard]] Status read_anew() {
        reader_.reset();
        auto reader = Reader::open(*input_);
        if (!reader) return reader.error();
        reader_.emplace(std::move(*reader));
        return {};
    }
    [[nodiscard]] Error absent() const {
        if (track_ == Track::Picture) {
            return {ErrorKind::UnsupportedFormat,
                    say("\"{0}\" holds no picture, so there is no still of it.", input_->name())};
        }
        return {ErrorKind::UnsupportedFormat, say("\"{0}\" holds no sound to listen to.", input_->name())};
    }

    const SourceSpec spec_;
    const Track track_;
    MediaWatch watch_;
    std::unique_ptr<MediaInput> input_;
    std::optional<Reader> reader_;
    bool at_start_ = false;  ///< the reader has read from the track's beginning
};

Nanoseconds time_of(const VideoFrame& frame) { return frame.captured_at.time_since_epoch(); }

}  // namespace

class Excerpts::Pictures {
public:
    explicit Pictures(SourceSpec spec) : track_(std::move(spec), Track::Picture) {}
    [[nodiscard]] Status open() { return track_.open_at_start(); }
    [[nodiscard]] bool is_absent() const { return track_.is_absent(); }
    [[nodiscard]] Result<VideoFrame> at(Nanoseconds at);

private:
    [[nodiscard]] Status find(Nanoseconds at);
    [[nodiscard]] bool play_to(Nanoseconds at);
    [[nodiscard]] std::optional<Error> over(Nanoseconds at);
    [[nodiscard]] Result<VideoFrame> framed();

    ExcerptTrack<PictureReader> track_;
    Framing framing_;
    std::optional<VideoFrame> shown_, before_;  ///< the picture played last, and the one before it
};

Result<VideoFrame> Excerpts::Pictures::at(Nanoseconds at) {
    at = track_.reader() && track_.input().is_still() ? Nanoseconds{0} : std::max(at, Nanoseconds{0});
    if (const Status found = find(at); !found) return found.error();
    if (const auto ended = over(at)) return *ended;
    return framed();
}

Status Excerpts::Pictures::find(Nanoseconds at) {
    const bool ahead = track_.reader() && shown_ && at >= time_of(*shown_) && at - time_of(*shown_) <= near;
    if (ahead && play_to(at)) return {};
    for (const Nanoseconds run_up : picture_runs_up) {
        shown_ = before_ = std::nullopt;
        if (Status opened = track_.open_before(at - run_up); !opened) return opened;
        if (play_to(at)) return {};
        if (track_.at_start()) break;
    }
    if (!track_.at_start()) {
        if (Status opened = track_.open_at_start(); !opened) return opened;
        if (play_to(at)) return {};
    }
    return track_.reader()->end();
}

/// Until the picture shown at `at` has been played. False when none was, or playing began behind it.
bool Excerpts::Pictures::play_to(Nanoseconds at) {
    PictureReader& reader = *track_.reader();
    for (reader.fetch(); !reader.ended(); reader.fetch()) {
        const bool later = reader.due().time_since_epoch() > at;
        if (later && shown_) return true;
        if (later && !track_.at_start()) return false;
        before_ = std::exchange(shown_, reader.take());
        if (later) return true;
    }
    return shown_.has_value();
}

/// Why there is nothing to see any more at `at`; none while there is.
std::optional<Error> Excerpts::Pictures::over(Nanoseconds at) {
    if (!track_.reader()->ended()) return std::nullopt;
    const Error why = track_.reader()->end();
    const Nanoseconds step = before_ ? time_of(*shown_) - time_of(*before_) : Nanoseconds{40ms};
    Nanoseconds end = time_of(*shown_) + step;
    if (why.kind == ErrorKind::EndOfStream) end = std::max(end, track_.input().length().value_or(end));
    return at >= end ? std::optional(why) : std::nullopt;
}

Result<VideoFrame> Excerpts::Pictures::framed() {
    // What a meter saw of an interlaced picture was made with the help of the one before.
    if (shown_->scan != Scan::Progressive && before_) {
        if (auto earlier = framing_.frame(*before_); !earlier) return earlier;
    }
    return framing_.frame(*shown_);
}

class Excerpts::Sounds {
public:
    explicit Sounds(SourceSpec spec) : track_(std::move(spec), Track::Sound) {}
    [[nodiscard]] Status open() { return track_.open_at_start(); }
    [[nodiscard]] Result<std::vector<float>> between(Nanoseconds from, Nanoseconds to);

private:
    /// The wanted part, or nothing when reading began too late for it.
    [[nodiscard]] std::optional<std::vector<float>> cut(std::int64_t from, std::int64_t to);

    ExcerptTrack<SoundReader> track_;
};

Result<std::vector<float>> Excerpts::Sounds::between(Nanoseconds from, Nanoseconds to) {
    from = std::max(from, Nanoseconds{0});
    const std::int64_t first = nearest_sound_frame(from), last = nearest_sound_frame(std::max(from, to));
    std::optional<std::vector<float>> sound;
    for (const Nanoseconds run_up : sound_runs_up) {
        if (Status opened = track_.open_before(from - run_up); !opened) return opened.error();
        if ((sound = cut(first, last))) break;
    }
    if (!sound) {
        if (Status opened = track_.open_at_start(); !opened) return opened.error();
        sound = cut(first, last);
    }
    if (sound && (!sound->empty() || first == last)) return std::move(*sound);
    if (track_.reader()->ended()) return track_.reader()->end();
    return std::vector<float>();  // the track begins behind what was asked for
}

std::optional<std::vector<float>> Excerpts::Sounds::cut(std::int64_t from, std::int64_t to) {
    SoundReader& reader = *track_.reader();
    std::vector<float> sound;
    std::optional<std::int64_t> next;  // frame of the file that the next block begins with
    for (reader.fetch(); !reader.ended(); reader.fetch()) {
        const SoundBlock block = *reader.take();
        if (!next) {
            next = nearest_sound_frame(block.captured_at.time_since_epoch());
            if (!track_.at_start() && *next + settling_frames > from) return std::nullopt;
        }
        const auto frames = static_cast<std::int64_t>(block.frames());
        const std::int64_t first = std::clamp<std::int64_t>(from - *next, 0, frames);
        const std::int64_t last = std::clamp<std::int64_t>(to - *next, first, frames);
        const auto samples = block.interleaved().subspan(static_cast<std::size_t>(first) * sound_channels,
                                                         static_cast<std::size_t>(last - first) * sound_channels);
        sound.insert(sound.end(), samples.begin(), samples.end());
        *next += frames;
        if (*next >= to) return sound;
    }
    if (!next && !track_.at_start()) return std::nullopt;
    return sound;
}

Excerpts::Excerpts(std::unique_ptr<Pictures> pictures, std::unique_ptr<Sounds> sounds)
    : pictures_(std::move(pictures)), sounds_(std::move(sounds)) {}
Excerpts::~Excerpts() = default;

Result<VideoFrame> Excerpts::frame_at(Nanoseconds at) { return pictures_->at(at); }

Result<std::vector<float>> Excerpts::sound_between(Nanoseconds from, Nanoseconds to) {
    return sounds_->between(from, to);
}

Result<std::unique_ptr<Excerpts>> open_excerpts(const std::filesystem::path& file) {
    auto pictures = std::make_unique<Excerpts::Pictures>(file_spec(file));
    auto sounds = std::make_unique<Excerpts::Sounds>(file_spec(file));
    Status opened = pictures->open();
    if (pictures->is_absent()) opened = sounds->open();
    if (!opened) return opened.error();
    return std::unique_ptr<Excerpts>(new Excerpts(std::move(pictures), std::move(sounds)));
}

}  // namespace changji
