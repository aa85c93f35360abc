#include "capture/sources/media_reader.hpp"

#include <algorithm>

namespace changji {

using Track = MediaInput::Track;

Result<std::shared_ptr<MediaReader>> MediaReader::open(const SourceSpec& spec, MediaInput::Tracks wanted) {
    std::shared_ptr<MediaReader> reader(new MediaReader(spec, wanted));
    if (const Status opened = reader->open_input(); !opened) return opened.error();
    if (reader->has(Track::Picture)) reader->picture_phase_ = Phase::Waiting;
    if (reader->has(Track::Sound)) reader->sound_phase_ = Phase::Waiting;
    return reader;
}

MediaReader::~MediaReader() {
    stop_picture();
    stop_sound();
}

Status MediaReader::open_input() {
    auto input = MediaInput::open(spec_, wanted_, watch_);
    if (!input) return input.error();
    picture_.reset();
    sound_.reset();
    input_ = std::move(*input);
    if (has(Track::Picture)) {
        auto picture = PictureReader::open(*input_);
        if (!picture) return picture.error();
        picture_.emplace(std::move(*picture));
    }
    if (has(Track::Sound)) {
        auto sound = SoundReader::open(*input_);
        if (!sound) return sound.error();
        sound_.emplace(std::move(*sound));
    }
    describe();
    return {};
}

VideoSettings MediaReader::picture_settings() const {
    std::lock_guard lock(settings_mutex_);
    return picture_settings_;
}

AudioSettings MediaReader::sound_settings() const {
    std::lock_guard lock(settings_mutex_);
    return sound_settings_;
}

void MediaReader::describe() {
    std::lock_guard lock(settings_mutex_);
    const Nanoseconds duration = std::chrono::microseconds(std::max<std::int64_t>(0, input_->context()->duration));
    const Liveness liveness = spec_.pace == Pace::Free ? Liveness::Held : Liveness::Live;
    if (AVStream* const stream = input_->stream(Track::Picture)) {
        VideoSettings& about = picture_settings_;
        about.name = input_->name();
        about.width_px = stream->codecpar->width;
        about.height_px = stream->codecpar->height;
        about.rate = av::from_av(stream->avg_frame_rate.num > 0 ? stream->avg_frame_rate : stream->r_frame_rate);
        if (!about.rate.is_positive()) about.rate = {0, 1};
        about.input_format = avcodec_get_name(stream->codecpar->codec_id);
        about.orientation = stream_orientation(*stream);
        const Rational aspect = av::from_av(av_guess_sample_aspect_ratio(input_->context(), stream, nullptr));
        if (aspect.is_positive()) about.sample_aspect_ratio = aspect;
        about.liveness = liveness;
        about.still = input_->is_still();
        if (!about.still) about.duration = duration;
    }
    if (const AVStream* const stream = input_->stream(Track::Sound)) {
        sound_settings_ = {
            input_->name(), stream->codecpar->sample_rate, stream->codecpar->ch_layout.nb_channels, liveness, {},
            duration};
    }
}

void MediaReader::start_picture(std::function<void(VideoFrame)> on_frame, std::function<void(Error)> on_lost) {
    picture_out_.open(std::move(on_frame), std::move(on_lost));
    enter(picture_phase_, Phase::Started);
}

void MediaReader::start_sound(std::function<void(SoundBlock)> on_block, std::function<void(Error)> on_lost) {
    sound_out_.open(std::move(on_block), std::move(on_lost));
    enter(sound_phase_, Phase::Started);
}

void MediaReader::stop_picture() {
    enter(picture_phase_, Phase::Stopped);
    picture_out_.close();
}

void MediaReader::stop_sound() {
    enter(sound_phase_, Phase::Stopped);
    sound_out_.close();
}

void MediaReader::enter(Phase& phase, Phase next) {
    std::unique_lock lock(mutex_);
    phase = next;
    if (picture_phase_ == Phase::Waiting || sound_phase_ == Phase::Waiting) return;
    if (picture_phase_ == Phase::Started || sound_phase_ == Phase::Started) {
        if (!thread_.joinable()) thread_ = std::thread([this] { play(); });
        return;
    }
    stopping_ = true;
    watch_.give_up = true;
    stopped_.notify_all();
    lock.unlock();
    if (thread_.joinable()) thread_.join();
}

void MediaReader::play() {
    if (input_->is_live()) return play_live();
    const CaptureTime start = std::chrono::steady_clock::now();
    while (true) {
        if (picture_) picture_->fetch();
        if (sound_) sound_->fetch();
        if (is_stopping()) return;  // what was told to give up has not ended by itself
        report_ended_tracks();
        if (!picture_ && !sound_) return;

        const CaptureTime picture_due = picture_ ? picture_->due() : CaptureTime::max();
        const CaptureTime sound_due = sound_ ? sound_->due() : CaptureTime::max();
        const CaptureTime due = std::min(picture_due, sound_due);
        if (due == CaptureTime::max()) continue;  // both have read on, neither has decoded anything yet
        if (!wait_until(start + due.time_since_epoch())) return;
        if (picture_due <= sound_due) {
            pass_on(*picture_->take(), start, picture_out_, picture_, Track::Picture);
        } else {
            pass_on(*sound_->take(), start, sound_out_, sound_, Track::Sound);
        }
    }
}

/// Delivers an item on the clock of this machine; a track whose outlet has been closed is read no more.
template <typename Item, typename TrackReader>
void MediaReader::pass_on(Item item, CaptureTime start, Outlet<Item>& out, std::optional<TrackReader>& reader,
                          Track track) {
    item.captured_at += start.time_since_epoch();
    if (out.deliver(std::move(item))) return;
    reader.reset();
    input_->leave_out(track);
}

void MediaReader::report_ended_tracks() {
    if (picture_ && picture_->ended()) {
        picture_out_.end(picture_->end());
        picture_.reset();
    }
    if (sound_ && sound_->ended()) {
        sound_out_.end(sound_->end());
        sound_.reset();
    }
}

bool MediaReader::is_stopping() {
    std::lock_guard lock(mutex_);
    return stopping_;
}

/// At free pace only the sinks hold the reader back. False when it is to stop.
bool MediaReader::wait_until(CaptureTime moment) {
    std::unique_lock lock(mutex_);
    if (spec_.pace == Pace::Own) {
        stopped_.wait_until(lock, moment, [this] { return stopping_; });
    }
    return !stopping_;
}

}  // namespace changji
