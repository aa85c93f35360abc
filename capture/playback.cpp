#include "capture/playback.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "capture/playing/picture_track.hpp"
#include "capture/playing/sound_track.hpp"
#include "capture/playing/tempo.hpp"

namespace changji {
namespace {

constexpr std::size_t pictures_ahead = 4;
constexpr Nanoseconds sound_ahead = std::chrono::milliseconds(500);
constexpr double slowest = 0.5, fastest = 2.0;

Nanoseconds scaled(Nanoseconds span, double factor) {
    return Nanoseconds{static_cast<std::int64_t>(static_cast<double>(span.count()) * factor)};
}

/// What the decoding thread is to do. A new `wish` makes all that was decoded before useless.
struct Wish {
    std::uint64_t number = 0;
    std::int64_t frame = 0;
    Nanoseconds at{0};  ///< for the sound
    bool playing = false;
    double rate = 1.0;
};

class FilePlayer final : public Player {
public:
    FilePlayer(PictureTrack pictures, std::optional<PlayedTrack> sounds, ClipFacts facts)
        : facts_(facts), picture_track_(std::move(pictures)), sound_track_(std::move(sounds)) {
        wish_.number = 1;
        thread_ = std::thread([this] { decode(); });
    }
    ~FilePlayer() override {
        {
            std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    [[nodiscard]] const ClipFacts& facts() const override { return facts_; }
    void seek(std::int64_t frame) override;
    void step(int frames, CaptureTime now) override;
    void play(double rate, CaptureTime now) override;
    void pause(CaptureTime now) override;
    [[nodiscard]] Nanoseconds position(CaptureTime now) const override;
    [[nodiscard]] std::int64_t frame_number(CaptureTime now) const override;
    [[nodiscard]] bool is_playing() const override;
    [[nodiscard]] std::optional<VideoFrame> picture(CaptureTime now) override;
    [[nodiscard]] std::optional<HeardSound> sound() override;
    void heard(Nanoseconds at, CaptureTime now) override;
    [[nodiscard]] Message problem() const override;

private:
    // With the lock held.
    [[nodiscard]] Nanoseconds place(CaptureTime now) const;
    [[nodiscard]] std::int64_t number_at(Nanoseconds at) const;
    void ask(std::int64_t frame, Nanoseconds at, bool playing, double rate);
    [[nodiscard]] bool wants_picture() const { return !pictures_over_ && pictures_.size() < pictures_ahead; }
    [[nodiscard]] bool wants_sound() const {
        return wish_.playing && sound_track_ && !sounds_over_ && sound_waiting_ < sound_ahead;
    }

    // The thread's own.
    void decode();
    void begin(const Wish& wish);
    void fetch_picture(const Wish& wish);
    void fetch_sound(const Wish& wish);

    const ClipFacts facts_;
    PictureTrack picture_track_;
    std::optional<PlayedTrack> sound_track_;
    std::unique_ptr<Tempo> tempo_;  ///< null at rate 1
    std::int64_t next_frame_ = 0;
    Nanoseconds sound_from_{0};      ///< where in the take the sound of the wish began
    std::int64_t sound_frames_ = 0;  ///< sample pairs given since

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Wish wish_;
    std::deque<VideoFrame> pictures_;
    std::deque<HeardSound> sounds_;
    Nanoseconds sound_waiting_{0};
    bool pictures_over_ = false, sounds_over_ = false;
    std::optional<CaptureTime> runs_since_;  ///< when the clock stood at base_; none while it stands still
    Nanoseconds base_{0};
    std::optional<std::uint64_t> shown_;  ///< number of the picture given last, of this wish
    Message problem_;
    bool stopping_ = false;
    std::thread thread_;
};

Nanoseconds FilePlayer::place(CaptureTime now) const {
    if (!runs_since_) return base_;
    const Nanoseconds at = base_ + scaled(std::max(now - *runs_since_, Nanoseconds{0}), wish_.rate);
    return std::min(at, facts_.length);
}

std::int64_t FilePlayer::number_at(Nanoseconds at) const {
    const std::int64_t number = ticks_within(std::max(at, Nanoseconds{0}) + Nanoseconds{1}, facts_.rate);
    return std::clamp<std::int64_t>(number, 0, std::max<std::int64_t>(0, facts_.frames - 1));
}

void FilePlayer::ask(std::int64_t frame, Nanoseconds at, bool playing, double rate) {
    wish_ = {wish_.number + 1, std::clamp<std::int64_t>(frame, 0, std::max<std::int64_t>(0, facts_.frames - 1)), at,
             playing, std::clamp(rate, slowest, fastest)};
    base_ = at;
    runs_since_.reset();
    pictures_.clear();
    sounds_.clear();
    sound_waiting_ = Nanoseconds{0};
    pictures_over_ = sounds_over_ = false;
    shown_.reset();
    problem_ = {};
    changed_.notify_all();
}

void FilePlayer::seek(std::int64_t frame) {
    std::lock_guard lock(mutex_);
    frame = std::clamp<std::int64_t>(frame, 0, std::max<std::int64_t>(0, facts_.frames - 1));
    ask(frame, tick_time(frame, facts_.rate), wish_.playing, wish_.rate);
}

void FilePlayer::step(int frames, CaptureTime now) {
    std::lock_guard lock(mutex_);
    const std::int64_t last = std::max<std::int64_t>(0, facts_.frames - 1);
    const std::int64_t frame = std::clamp<std::int64_t>(number_at(place(now)) + frames, 0, last);
    ask(frame, tick_time(frame, facts_.rate), false, wish_.rate);
}

void FilePlayer::play(double rate, CaptureTime now) {
    std::lock_guard lock(mutex_);
    const Nanoseconds at = place(now);
    ask(number_at(at), at, true, rate);
}

void FilePlayer::pause(CaptureTime now) {
    std::lock_guard lock(mutex_);
    if (!wish_.playing) return;
    // Onto the picture that is seen.
    const std::int64_t frame = number_at(place(now));
    ask(frame, tick_time(frame, facts_.rate), false, wish_.rate);
}

Nanoseconds FilePlayer::position(CaptureTime now) const {
    std::lock_guard lock(mutex_);
    return place(now);
}

std::int64_t FilePlayer::frame_number(CaptureTime now) const {
    std::lock_guard lock(mutex_);
    return number_at(place(now));
}

bool FilePlayer::is_playing() const {
    std::lock_guard lock(mutex_);
    return wish_.playing;
}

std::optional<VideoFrame> FilePlayer::picture(CaptureTime now) {
    std::lock_guard lock(mutex_);
    if (wish_.playing && !runs_since_ && (!pictures_.empty() || pictures_over_)) runs_since_ = now;
    const auto due = static_cast<std::uint64_t>(number_at(place(now)));
    std::optional<VideoFrame> newest;
    while (!pictures_.empty() && pictures_.front().sequence <= due) {
        newest = std::move(pictures_.front());
        pictures_.pop_front();
    }
    if (wish_.playing && place(now) >= facts_.length) {
        base_ = facts_.length;
        runs_since_.reset();
        wish_.playing = false;  // stands at the end; what was decoded stays as it is
    }
    if (!newest) return std::nullopt;
    changed_.notify_all();
    if (shown_ == newest->sequence) return std::nullopt;
    shown_ = newest->sequence;
    return newest;
}

std::optional<HeardSound> FilePlayer::sound() {
    std::lock_guard lock(mutex_);
    if (sounds_.empty()) return std::nullopt;
    HeardSound next = std::move(sounds_.front());
    sounds_.pop_front();
    sound_waiting_ -= sound_duration(static_cast<std::int64_t>(next.block.frames()));
    changed_.notify_all();
    return next;
}

void FilePlayer::heard(Nanoseconds at, CaptureTime now) {
    std::lock_guard lock(mutex_);
    if (!runs_since_) return;
    base_ = std::clamp(at, Nanoseconds{0}, facts_.length);
    runs_since_ = now;
}

Message FilePlayer::problem() const {
    std::lock_guard lock(mutex_);
    return problem_;
}

void FilePlayer::decode() {
    std::uint64_t begun = 0;
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return stopping_ || wish_.number != begun || wants_picture() || wants_sound(); });
        if (stopping_) return;
        const Wish wish = wish_;
        const bool anew = wish.number != begun;
        // The picture that was asked for first, then sound, which must not run dry, then pictures ahead.
        const bool sound = !anew && wants_sound() && (!wants_picture() || pictures_.size() > 1);
        begun = wish.number;
        lock.unlock();
        if (anew) begin(wish);
        if (sound)
            fetch_sound(wish);
        else
            fetch_picture(wish);
        lock.lock();
    }
}

void FilePlayer::begin(const Wish& wish) {
    next_frame_ = wish.frame;
    sound_from_ = wish.at;
    sound_frames_ = 0;
    if (!wish.playing || !sound_track_) return;
    sound_track_->seek(wish.at);
    tempo_ = wish.rate == 1.0 ? nullptr : Tempo::open(wish.rate);
}

void FilePlayer::fetch_picture(const Wish& wish) {
    auto frame = picture_track_.frame(next_frame_);
    std::lock_guard lock(mutex_);
    if (wish.number != wish_.number) return;
    if (frame) {
        ++next_frame_;
        frame->sequence = std::max<std::uint64_t>(frame->sequence, static_cast<std::uint64_t>(next_frame_ - 1));
        pictures_.push_back(*std::move(frame));
        return;
    }
    // A damaged picture is passed over, so that what lies behind it can be seen.
    const bool past_end = frame.error().kind == ErrorKind::EndOfStream || ++next_frame_ >= facts_.frames;
    if (frame.error().kind != ErrorKind::EndOfStream) problem_ = frame.error().message;
    pictures_over_ = past_end;
}

void FilePlayer::fetch_sound(const Wish& wish) {
    const bool silent = wish.rate != 1.0 && !tempo_;  // at the wrong speed nobody wants to hear it
    std::vector<float> samples = silent ? std::vector<float>() : sound_track_->next();
    const bool over = samples.empty();
    if (tempo_) samples = tempo_->stretch(samples);
    HeardSound heard;
    const auto frames = static_cast<std::int64_t>(samples.size() / sound_channels);
    heard.from = sound_from_ + scaled(sound_duration(sound_frames_), wish.rate);
    heard.to = sound_from_ + scaled(sound_duration(sound_frames_ + frames), wish.rate);
    heard.block.first_frame = sound_frames_;
    heard.block.captured_at = CaptureTime{heard.from};
    heard.block.samples = std::make_shared<const std::vector<float>>(std::move(samples));
    sound_frames_ += frames;
    std::lock_guard lock(mutex_);
    if (wish.number != wish_.number) return;
    sounds_over_ = over;
    if (frames == 0) return;
    sound_waiting_ += sound_duration(frames);
    sounds_.push_back(std::move(heard));
}

}  // namespace

Result<std::unique_ptr<Player>> Player::open(const std::filesystem::path& file) {
    auto clip = ClipFile::open(file);
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
        return Error{ErrorKind::Corrupt, say("\"{0}\" holds no picture to play.", file.filename().string())};
    }
    ClipFacts facts;
    facts.width_px = pictures->width_px();
    facts.height_px = pictures->height_px();
    facts.rate = pictures->rate();
    facts.frames = pictures->frames();
    facts.length = tick_time(facts.frames, facts.rate);
    facts.has_sound = sounds.has_value();
    return std::unique_ptr<Player>(std::make_unique<FilePlayer>(*std::move(pictures), std::move(sounds), facts));
}

}  // namespace changji
