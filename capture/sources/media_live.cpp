#include "capture/sources/media_live.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "capture/sources/media_reader.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;
using Track = MediaInput::Track;
using Next = MediaInput::Next;

constexpr Nanoseconds longest_gap = 500ms;
constexpr Nanoseconds longest_sound_silence = 1s;  // a packet of sound may hold half a second
constexpr Nanoseconds first_grace = 3s;            // the next key frame may be far
constexpr Nanoseconds reopen_pause = 500ms;

}  // namespace

void MediaReader::play_live() {
    live_.emplace();
    live_->name = input_->name();
    const CaptureTime begun = std::chrono::steady_clock::now();
    live_->picture.begin(begun + first_grace, longest_gap);
    live_->sound.begin(begun + first_grace, longest_sound_silence);
    watch_.on_wait = [this] {
        if (std::this_thread::get_id() == live_->thread) watch_silence();
    };
    join_live();
    while (picture_out_.is_open() || sound_out_.is_open()) {
        const CaptureTime before = std::chrono::steady_clock::now();
        const Next next = input_->read();
        if (is_stopping()) return;
        if (next != Next::Packet) {
            alarm(input_->failure());
            if (!reopen()) return;
            continue;
        }
        const CaptureTime now = std::chrono::steady_clock::now();
        const bool was_silent = now - live_->last_packet > longest_gap;
        live_->last_packet = now;
        if ((was_silent || input_->clock_leaped()) && !rejoin_live()) {
            alarm(input_->failure());
            if (!reopen()) return;
            continue;
        }
        live_->backlog.packet(now - before, now);
        deliver_live(now);
        watch_silence();
    }
}

/// The stream goes on after a break: with fresh decoders, at the next key frame, on a fresh clock.
bool MediaReader::rejoin_live() {
    input_->count_from_here();
    if (picture_) {
        auto again = PictureReader::open(*input_);
        if (!again) return false;
        picture_.emplace(std::move(*again));
    }
    if (sound_) {
        auto again = SoundReader::open(*input_);
        if (!again) return false;
        sound_.emplace(std::move(*again));
    }
    join_live();
    return true;
}

void MediaReader::join_live() {
    live_->clock = {};
    live_->backlog = Backlog(std::chrono::steady_clock::now());
    live_->last_packet = std::chrono::steady_clock::now();
    live_->sound_joins = true;
}

void MediaReader::deliver_live(CaptureTime now) {
    while (picture_) {
        picture_->fetch();
        if (picture_->due() == CaptureTime::max()) break;
        deliver_live_picture(now);
    }
    while (sound_) {
        sound_->fetch();
        if (sound_->due() == CaptureTime::max()) break;
        deliver_live_sound(now);
    }
}

void MediaReader::deliver_live_picture(CaptureTime now) {
    live_->clock.saw(picture_->due(), now);
    VideoFrame frame = *picture_->take();
    if (!live_->backlog.over(now)) return;
    frame.captured_at = std::max(live_->clock.on_our_clock(frame.captured_at), live_->last_picture + 1us);
    live_->last_picture = frame.captured_at;
    frame.sequence = live_->pictures++;
    live_->picture.heard(now);
    if (picture_out_.deliver(std::move(frame))) return;
    picture_.reset();
    input_->leave_out(Track::Picture);
}

void MediaReader::deliver_live_sound(CaptureTime now) {
    live_->clock.saw(sound_->due(), now);
    SoundBlock block = *sound_->take();
    if (!live_->backlog.over(now)) return;
    block.captured_at = live_->clock.on_our_clock(block.captured_at);
    if (std::exchange(live_->sound_joins, false)) {
        // After a break the count leaps over the time without sound.
        const Nanoseconds away = live_->sound_ends ? block.captured_at - *live_->sound_ends : Nanoseconds{0};
        if (away > Nanoseconds{0}) live_->next_sound += ticks_within(away, Rational{sound_rate_hz, 1});
        live_->sound_shift = live_->next_sound - block.first_frame;
    }
    block.first_frame += live_->sound_shift;
    live_->next_sound = block.first_frame + static_cast<std::int64_t>(block.frames());
    live_->sound_ends = block.captured_at + sound_duration(static_cast<std::int64_t>(block.frames()));
    live_->sound.heard(now);
    if (sound_out_.deliver(std::move(block))) return;
    sound_.reset();
    input_->leave_out(Track::Sound);
}

void MediaReader::watch_silence() {
    const CaptureTime now = std::chrono::steady_clock::now();
    const bool all_silent = now - live_->last_packet > longest_gap;
    const bool picture_silent = picture_ && live_->picture.is_silent(now);
    const bool sound_silent = sound_ && live_->sound.is_silent(now);
    if (!all_silent && !picture_silent && !sound_silent) return;
    const Error why{ErrorKind::DeviceLost,
                    say("The stream {0} sends nothing any more. Check the network and the sender.", live_->name)};
    if ((all_silent || picture_silent) && live_->picture.alarms()) picture_out_.alarm(why);
    if ((all_silent || sound_silent) && live_->sound.alarms()) sound_out_.alarm(why);
}

void MediaReader::alarm(const Error& why) {
    if (live_->picture.alarms()) picture_out_.alarm(why);
    if (live_->sound.alarms()) sound_out_.alarm(why);
}

/// Again and again until the stream is back. False when it is to stop.
bool MediaReader::reopen() {
    const Track main_track = wanted_ == MediaInput::Tracks::Sound ? Track::Sound : Track::Picture;
    picture_.reset();
    sound_.reset();
    input_.reset();  // a server may serve one listener only, and a port may be taken once only
    while (wait_until(std::chrono::steady_clock::now() + reopen_pause)) {
        const Status opened = open_input();
        if (is_stopping()) return false;
        if (opened && has(main_track)) {
            join_live();
            return true;
        }
    }
    return false;
}

}  // namespace changji
