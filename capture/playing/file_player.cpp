#include "capture/playing/file_player.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "capture/playing/file_change.hpp"
#include "capture/thread_priority.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t pictures_ahead = 4;
constexpr std::int64_t sound_frames_ahead = sound_rate_hz / 2;
constexpr double slowest = 0.5, fastest_with_sound = 2.0, fastest = 4.0;
/// A sound device that says nothing for so long doesn't hold up the pictures any longer.
constexpr Nanoseconds patience_with_sound = 500ms;
/// The sound's thread can't wake this one: while sound is wanted, this one looks by itself.
constexpr Nanoseconds look_at_sound = 20ms;
constexpr Nanoseconds look_at_file = 1s;
/// Below everything that records, finishes or measures; scrub pictures come below that.
constexpr int niceness = 10;

double playable(double rate) {
    const double speed = std::clamp(std::fabs(rate), slowest, fastest);
    return rate < 0 ? -speed : speed;
}

}  // namespace

FilePlayer::FilePlayer(std::filesystem::path file) : file_(std::move(file)) {
    wish_.number = 1;
    thread_ = std::thread([this] { run(); });
}

FilePlayer::~FilePlayer() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

bool FilePlayer::sounds(double rate) const {
    return facts_.has_sound && sound_pulled_ && rate > 0 && rate <= fastest_with_sound;
}

Nanoseconds FilePlayer::place(CaptureTime now) const {
    if (!wish_.playing) return base_;
    const SoundAnchor anchor = anchor_.get();
    Nanoseconds at = base_;
    if (wish_.with_sound && anchor.wish == wish_.number) {
        const Nanoseconds since_heard = now.time_since_epoch() - Nanoseconds{anchor.heard_ns};
        at = std::max(base_, Nanoseconds{anchor.at_ns} + scaled(since_heard, wish_.rate));
    } else if (runs_since_) {
        at = base_ + scaled(std::max(now - *runs_since_, Nanoseconds{0}), wish_.rate);
    }
    return std::clamp(at, tick_time(wish_.range.first, facts_.rate), tick_time(wish_.range.end, facts_.rate));
}

std::int64_t FilePlayer::number_at(Nanoseconds at) const {
    const std::int64_t number = ticks_within(std::max(at, Nanoseconds{0}) + Nanoseconds{1}, facts_.rate);
    return std::clamp<std::int64_t>(number, 0, facts_.frames - 1);
}

void FilePlayer::ask(Nanoseconds at, bool playing, double rate) {
    const std::uint64_t number = wish_.number + 1;
    wish_ = {number, number_at(at), at, range(), playing, playing && sounds(rate), rate};
    wish_.frame = std::min(wish_.frame, wish_.range.end - 1);
    base_ = at;
    due_ = wish_.frame;
    runs_since_.reset();
    ready_since_.reset();
    pictures_.clear();
    near_.reset();
    pictures_over_ = sounds_over_ = false;
    shown_.reset();
    problem_ = {};
    wanted_.store(number, std::memory_order_release);
    changed_.notify_all();
}

void FilePlayer::ask_frame(std::int64_t frame, bool playing, double rate) {
    frame = std::clamp<std::int64_t>(frame, 0, facts_.frames - 1);
    if (loop_ && (frame < loop_->first || frame >= loop_->end)) loop_.reset();
    ask(tick_time(frame, facts_.rate), playing, rate);
}

void FilePlayer::seek(std::int64_t frame) {
    std::lock_guard lock(mutex_);
    ask_frame(frame, wish_.playing, wish_.rate);
}

void FilePlayer::step(int frames, CaptureTime now) {
    std::lock_guard lock(mutex_);
    ask_frame(number_at(place(now)) + frames, false, wish_.rate);
}

void FilePlayer::play(double rate, CaptureTime now) {
    std::lock_guard lock(mutex_);
    rate = playable(rate);
    Nanoseconds at = place(now);
    const Nanoseconds first = tick_time(range().first, facts_.rate);
    // The last picture stands: there is nothing behind it to be played.
    if (rate > 0 && number_at(at) >= range().end - 1 && !wish_.playing) at = first;
    if (rate < 0 && at <= first) at = tick_time(range().end - 1, facts_.rate);
    ask(at, true, rate);
}

void FilePlayer::pause(CaptureTime now) {
    std::lock_guard lock(mutex_);
    if (!wish_.playing) return;
    ask_frame(number_at(place(now)), false, wish_.rate);  // onto the picture that is seen
}

void FilePlayer::loop(std::optional<PictureRange> range, CaptureTime now) {
    std::lock_guard lock(mutex_);
    if (range) {
        range->first = std::clamp<std::int64_t>(range->first, 0, facts_.frames - 1);
        range->end = std::clamp<std::int64_t>(range->end, range->first + 1, facts_.frames);
    }
    const Nanoseconds at = place(now);
    const std::int64_t frame = number_at(at);
    loop_ = range;
    const bool outside = loop_ && (frame < loop_->first || frame >= loop_->end);
    ask(outside ? tick_time(loop_->first, facts_.rate) : at, wish_.playing, wish_.rate);
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

/// With sound it begins when that is heard; without, or when none comes, with the first picture.
void FilePlayer::start_clock(CaptureTime now) {
    if (!wish_.playing || runs_since_) return;
    if (!ready_since_ && pictures_.empty() && !pictures_over_) return;
    if (!ready_since_) ready_since_ = now;
    const bool sound_may_come = wish_.with_sound && !sounds_over_ && now - *ready_since_ < patience_with_sound;
    if (!sound_may_come) runs_since_ = now;
}

void FilePlayer::turn_at_the_end(CaptureTime now) {
    if (!wish_.playing) return;
    const Nanoseconds at = place(now);
    const Nanoseconds first = tick_time(wish_.range.first, facts_.rate), end = tick_time(wish_.range.end, facts_.rate);
    if (wish_.rate > 0 ? at < end : at > first) return;
    if (loop_) {
        ask(wish_.rate > 0 ? first : tick_time(wish_.range.end - 1, facts_.rate), true, wish_.rate);
        return;
    }
    base_ = at;
    runs_since_.reset();
    wish_.playing = false;  // stands at the end; what was decoded stays as it is
}

std::optional<VideoFrame> FilePlayer::picture(CaptureTime now) {
    std::lock_guard lock(mutex_);
    start_clock(now);
    due_ = std::min(number_at(place(now)), wish_.range.end - 1);
    const bool back = wish_.playing && wish_.rate < 0;
    std::optional<VideoFrame> newest;
    while (!pictures_.empty()) {
        const auto number = static_cast<std::int64_t>(pictures_.front().sequence);
        if (back ? number < due_ : number > due_) break;
        newest = std::move(pictures_.front());
        pictures_.pop_front();
    }
    turn_at_the_end(now);
    if (!newest) return std::nullopt;
    changed_.notify_all();
    if (shown_ == newest->sequence) return std::nullopt;
    shown_ = newest->sequence;
    return newest;
}

std::optional<VideoFrame> FilePlayer::near_picture() {
    std::lock_guard lock(mutex_);
    return std::exchange(near_, std::nullopt);
}

void FilePlayer::pull_sound(bool pulled, CaptureTime now) {
    std::lock_guard lock(mutex_);
    if (sound_pulled_ == pulled) return;
    sound_pulled_ = pulled;
    if (wish_.playing) ask(place(now), true, wish_.rate);
}

HeardSound FilePlayer::pull(std::span<float> interleaved, CaptureTime heard_at) {
    const std::uint64_t wish = wanted_.load(std::memory_order_acquire);
    const HeardSound heard = ring_.read(wish, interleaved);
    if (heard.frames > 0) anchor_.put({wish, heard.from.count(), heard_at.time_since_epoch().count()});
    return heard;
}

Message FilePlayer::problem() const {
    std::lock_guard lock(mutex_);
    return problem_.empty() ? words_of(change_, file_) : problem_;
}

bool FilePlayer::wants_picture() const { return !pictures_over_ && pictures_.size() < pictures_ahead; }

bool FilePlayer::wants_sound() const {
    return wish_.with_sound && wish_.playing && !sounds_over_ && ring_.waiting_frames() < sound_frames_ahead &&
           ring_.room_slots() > SoundRing::slots / 2;
}

/// Opened here as well, so that FFmpeg's own threads are as nice as this one.
void FilePlayer::run() {
    give_way(niceness);
    auto decoder = ClipDecoder::open(file_);
    if (!decoder) return opening_.set_value(decoder.error());
    {
        std::lock_guard lock(mutex_);
        facts_ = decoder->facts();
        wish_.range = {0, facts_.frames};
    }
    opening_.set_value({});
    decode(*decoder);
}

void FilePlayer::decode(ClipDecoder& decoder) {
    std::uint64_t begun = 0;
    auto looked = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    for (;;) {
        const auto has_work = [&] { return stopping_ || wish_.number != begun || wants_picture() || wants_sound(); };
        changed_.wait_for(lock, wish_.playing && wish_.with_sound ? look_at_sound : look_at_file, has_work);
        if (stopping_) return;
        const Wish wish = wish_;
        const std::int64_t due = due_;
        const bool anew = wish.number != begun;
        // The picture that was asked for first, then sound, which must not run dry, then pictures ahead.
        const bool sound = !anew && wants_sound() && (!wants_picture() || !pictures_.empty());
        const bool picture = anew || (!sound && wants_picture());
        begun = wish.number;
        lock.unlock();
        if (anew) {
            decoder.begin(wish);
            ring_.begin();
        }
        if (sound) fetch_sound(decoder, wish);
        if (picture) fetch_picture(decoder, wish.number, due);
        if (const auto now = std::chrono::steady_clock::now(); now - looked >= look_at_file) {
            change_ = decoder.file_change();
            looked = now;
        }
        lock.lock();
    }
}

void FilePlayer::fetch_picture(ClipDecoder& decoder, std::uint64_t wish, std::int64_t due) {
    ClipDecoder::Picture picture = decoder.next_picture(due, [&](const VideoFrame& passed) {
        std::lock_guard lock(mutex_);
        if (wish == wish_.number && !wish_.playing) near_ = passed;
    });
    std::lock_guard lock(mutex_);
    near_.reset();
    if (wish != wish_.number) return;
    if (!picture.problem.empty()) problem_ = std::move(picture.problem);
    pictures_over_ = picture.over;
    if (picture.frame) pictures_.push_back(*std::move(picture.frame));
}

void FilePlayer::fetch_sound(ClipDecoder& decoder, const Wish& wish) {
    const ClipDecoder::Sound sound = decoder.next_sound();
    ring_.write(wish.number, sound.from, wish.rate, sound.samples);
    if (!sound.over) return;
    std::lock_guard lock(mutex_);
    if (wish.number == wish_.number) sounds_over_ = true;
}

}  // namespace changji
