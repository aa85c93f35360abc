#include "ui/window/review/take_player.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <utility>

#include "ui/window/review/sound_output.hpp"
#include "ui/window/review/sound_tap.hpp"
#include "ui/window/take_opener.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;
using FilmStage = TakePlayerState::Stage;

constexpr double fastest = 4.0, fastest_with_sound = 2.0, slowest = 0.5;
/// What is over at once can't be looked at: a shorter loop is widened to this.
constexpr double shortest_loop_s = 1.0;
/// How often a file that grows or has gone is looked at anew.
constexpr auto recheck_interval = 2s;
/// While a picture is still being decoded.
constexpr double soon_s = 0.015;
/// If it isn't there after this, one from close by is shown until it is.
constexpr auto patience = 60ms;
constexpr std::string_view part_ending = ".part.mp4";

CaptureTime clock_now() { return std::chrono::steady_clock::now(); }

Nanoseconds from_seconds(double span_s) {
    return std::chrono::duration_cast<Nanoseconds>(std::chrono::duration<double>(span_s));
}

/// The finished file of a take's fragments; nothing for any other file.
std::optional<std::filesystem::path> finished_of(const std::filesystem::path& part) {
    const std::string name = part.filename().string();
    if (!name.ends_with(part_ending)) return std::nullopt;
    return part.parent_path() / (name.substr(0, name.size() - part_ending.size()) + ".mp4");
}

PictureRange frames_of(const Stretch& stretch, const ClipFacts& facts) {
    const double length_s = to_seconds(facts.length), rate = facts.rate.value();
    const double middle_s = (stretch.from_s + stretch.to_s) / 2;
    double from_s = std::min(stretch.from_s, middle_s - shortest_loop_s / 2);
    const double to_s = std::min(std::max(stretch.to_s, from_s + shortest_loop_s), length_s);
    from_s = std::clamp(std::min(from_s, to_s - shortest_loop_s), 0.0, length_s);
    constexpr double hair = 1e-6;  // a finding's limits are rounded to less than a picture
    return {static_cast<std::int64_t>(std::floor(from_s * rate + hair)),
            static_cast<std::int64_t>(std::ceil(to_s * rate - hair))};
}

}  // namespace

struct TakePlayer::Parts {
    /// What a person wants of a take that is still being opened.
    struct Asked {
        std::optional<double> at_s;
        std::optional<Stretch> loop;
        bool plays = false;
    };
    Part part = Part::Leading;
    FilmStage stage = FilmStage::Closed;
    std::filesystem::path file;
    Message failure;
    std::unique_ptr<ScrubPictures> scrub, next_scrub;  ///< the next one takes its place when it is complete
    double speed = 1.0;
    std::optional<Stretch> loop;
    Asked asked;
    bool picture_owed = false;  ///< something was asked for whose picture isn't there yet
    CaptureTime owed_since;
    bool handing_over = false;  ///< the same take is being opened again
    CaptureTime looked;

    std::mutex hearing;  ///< held by the sound's thread while it pulls, which never waits for it
    std::unique_ptr<Player> player;
    SoundTap tap;
    std::unique_ptr<SoundOutput> output;  ///< while a take is open
    TakeOpener opener;                    ///< ends first: what it still has to end may refer to all this

    void owe_picture() {
        picture_owed = true;
        owed_since = clock_now();
    }
    void hear(std::span<float> interleaved, CaptureTime heard_at);
    void follow();
    void follow_file();
    void receive(TakeOpener::Opened opened);
    [[nodiscard]] std::unique_ptr<Player> change_player(std::unique_ptr<Player> next);
    void play(double at_speed);
    void seek(double at_s);
    void seek_frame(std::int64_t number);
    void repeat(const Stretch& stretch);
    void do_as_asked();
};

/// On SDL's thread.
void TakePlayer::Parts::hear(std::span<float> interleaved, CaptureTime heard_at) {
    const std::unique_lock lock(hearing, std::try_to_lock);
    if (lock && player) {
        player->pull(interleaved, heard_at);
        tap.write(interleaved);
        return;
    }
    std::ranges::fill(interleaved, 0.0F);
}

void TakePlayer::Parts::play(double at_speed) {
    if (!player) return;
    player->play(at_speed, clock_now());
    owe_picture();
}

std::unique_ptr<Player> TakePlayer::Parts::change_player(std::unique_ptr<Player> next) {
    const std::lock_guard lock(hearing);
    return std::exchange(player, std::move(next));
}

/// What has been opened takes the place of what was; the same take goes on where it was.
void TakePlayer::Parts::receive(TakeOpener::Opened opened) {
    const bool goes_on = std::exchange(handing_over, false) && player;
    if (!opened.player) {
        if (goes_on) return;  // what is open plays on
        stage = FilmStage::Failed;
        failure = opened.player.error().message;
        return;
    }
    std::unique_ptr<Player> next = *std::move(opened.player);
    const CaptureTime now = clock_now();
    if (goes_on) {
        next->pull_sound(output && output->usable(), now);
        if (loop) next->loop(frames_of(*loop, next->facts()), now);
        next->seek(player->frame_number(now));
        if (player->is_playing()) next->play(speed, now);
    }
    stage = FilmStage::Open;
    file = std::move(opened.file);
    owe_picture();
    looked = now;
    opener.end(change_player(std::move(next)));
    opener.end(std::move(next_scrub));
    (scrub ? next_scrub : scrub) = std::move(opened.scrub);
    if (!output && part == Part::Leading) {
        output = std::make_unique<SoundOutput>(
            [this](std::span<float> into, CaptureTime heard_at) { hear(into, heard_at); });
    }
    do_as_asked();
}

void TakePlayer::Parts::do_as_asked() {
    const Asked wishes = std::exchange(asked, {});
    if (wishes.at_s) seek(*wishes.at_s);
    if (wishes.loop) return repeat(*wishes.loop);
    if (wishes.plays) play(speed);
}

void TakePlayer::Parts::seek(double at_s) {
    const Nanoseconds at = from_seconds(std::max(at_s, 0.0)) + Nanoseconds{1};
    seek_frame(ticks_within(at, player->facts().rate));
}

void TakePlayer::Parts::seek_frame(std::int64_t number) {
    if (loop) {
        const PictureRange range = frames_of(*loop, player->facts());
        if (number < range.first || number >= range.end) loop.reset();
    }
    player->seek(number);
    owe_picture();
}

void TakePlayer::Parts::repeat(const Stretch& stretch) {
    loop = stretch;
    const PictureRange range = frames_of(stretch, player->facts());
    player->loop(range, clock_now());
    player->seek(range.first);
    if (speed < 0) speed = 1.0;
    play(speed);
}

/// Fragments that have become a finished file, or grown while nothing is played, are opened again.
void TakePlayer::Parts::follow_file() {
    const CaptureTime now = clock_now();
    if (handing_over || now - looked < recheck_interval) return;
    const auto finished = finished_of(file);
    if (!finished) return;
    const FileChange change = player->file_change();
    const bool grown = change == FileChange::Grown && !player->is_playing();
    if (change != FileChange::Gone && !grown) return;
    looked = now;
    handing_over = true;
    opener.open(grown ? file : *finished, part == Part::Leading);
}

void TakePlayer::Parts::follow() {
    if (auto opened = opener.take()) receive(*std::move(opened));
    if (!player) return;
    player->pull_sound(output && output->usable(), clock_now());
    follow_file();
    if (next_scrub && next_scrub->done()) opener.end(std::exchange(scrub, std::move(next_scrub)));
}

TakePlayer::TakePlayer(Part part) : parts_(std::make_unique<Parts>()) { parts_->part = part; }
TakePlayer::~TakePlayer() = default;

void TakePlayer::open(const std::filesystem::path& file) {
    close();
    parts_->stage = FilmStage::Opening;
    parts_->file = file;
    parts_->opener.open(file, parts_->part == Part::Leading);
}

void TakePlayer::close() {
    Parts& parts = *parts_;
    parts.opener.forget();
    parts.opener.end(parts.change_player(nullptr));
    parts.opener.end(std::move(parts.output));
    parts.opener.end(std::move(parts.scrub));
    parts.opener.end(std::move(parts.next_scrub));
    parts.asked = {};
    parts.stage = FilmStage::Closed;
    parts.file.clear();
    parts.failure = {};
    parts.loop.reset();
    parts.speed = 1.0;
    parts.handing_over = parts.picture_owed = false;
}

void TakePlayer::toggle() {
    Parts& parts = *parts_;
    if (!parts.player) {
        parts.asked.plays = !parts.asked.plays;
        return;
    }
    if (parts.player->is_playing()) {
        parts.player->pause(clock_now());
        parts.owe_picture();
        return;
    }
    if (parts.speed < slowest || parts.speed > fastest_with_sound) parts.speed = 1.0;
    parts.play(parts.speed);
}

void TakePlayer::shuttle(Shuttle key) {
    Parts& parts = *parts_;
    if (!parts.player) return;
    if (key == Shuttle::Stand) {
        parts.speed = 1.0;
        parts.player->pause(clock_now());
        parts.owe_picture();
        return;
    }
    const double direction = key == Shuttle::On ? 1.0 : -1.0;
    const bool faster = parts.player->is_playing() && parts.speed * direction >= 1.0;
    parts.speed = faster ? direction * std::min(fastest, 2 * std::fabs(parts.speed)) : direction;
    parts.play(parts.speed);
}

void TakePlayer::step(int pictures) {
    if (!parts_->player) return;
    parts_->player->step(pictures, clock_now());
    parts_->owe_picture();
}

void TakePlayer::seek(double at_s) {
    if (parts_->player) return parts_->seek(at_s);
    parts_->asked.at_s = at_s;
}

void TakePlayer::seek_frame(std::int64_t number) {
    if (parts_->player) parts_->seek_frame(number);
}

void TakePlayer::set_speed(double speed) {
    const double fast = std::clamp(std::fabs(speed), slowest, fastest);
    parts_->speed = speed < 0 ? -fast : fast;
    if (parts_->player && parts_->player->is_playing()) parts_->play(parts_->speed);
}

void TakePlayer::loop(std::optional<Stretch> stretch) {
    Parts& parts = *parts_;
    if (!parts.player) {
        parts.asked.loop = stretch;
        return;
    }
    if (stretch) return parts.repeat(*stretch);
    parts.loop.reset();
    parts.player->loop(std::nullopt, clock_now());
    parts.owe_picture();
}

std::size_t TakePlayer::heard(std::span<float> into) { return parts_->tap.read(into); }

TakePlayerState TakePlayer::state() const {
    const Parts& parts = *parts_;
    TakePlayerState state;
    state.stage = parts.stage;
    state.file = parts.file;
    state.speed = parts.speed;
    state.loop = parts.loop;
    state.message = parts.failure;
    if (!parts.player) return state;
    const CaptureTime now = clock_now();
    state.facts = parts.player->facts();
    state.length_s = to_seconds(state.facts.length);
    state.position_s = to_seconds(parts.player->position(now));
    state.frame = parts.player->frame_number(now);
    state.playing = parts.player->is_playing();
    state.audible = state.facts.has_sound && parts.speed >= slowest && parts.speed <= fastest_with_sound &&
                    parts.output && parts.output->usable();
    state.message = parts.player->problem();
    return state;
}

std::optional<VideoFrame> TakePlayer::picture() {
    Parts& parts = *parts_;
    parts.follow();
    if (!parts.player) return std::nullopt;
    const CaptureTime now = clock_now();
    auto picture = parts.player->picture(now);
    if (picture) {
        parts.picture_owed = false;
    } else if (parts.picture_owed && now - parts.owed_since > patience) {
        return parts.player->near_picture();
    }
    return picture;
}

std::optional<double> TakePlayer::next_picture_in_s() const {
    const Parts& parts = *parts_;
    if (parts.stage == FilmStage::Opening) return soon_s;
    if (!parts.player) return std::nullopt;
    if (parts.picture_owed) return soon_s;
    if (!parts.player->is_playing()) return std::nullopt;
    const CaptureTime now = clock_now();
    const ClipFacts& facts = parts.player->facts();
    const Nanoseconds at = parts.player->position(now);
    const std::int64_t frame = parts.player->frame_number(now);
    const Nanoseconds left =
        parts.speed > 0 ? tick_time(frame + 1, facts.rate) - at : at - tick_time(frame, facts.rate);
    return std::max(0.0, to_seconds(left) / std::fabs(parts.speed));
}

std::optional<VideoFrame> TakePlayer::scrub_picture(double at_s) const {
    const ScrubPictures* const scrub = parts_->scrub.get();
    if (!scrub || !parts_->player) return std::nullopt;
    const double length_s = to_seconds(parts_->player->facts().length);
    const int count = scrub->count();
    const int wanted = std::clamp(static_cast<int>(at_s / std::max(length_s, 1e-9) * count), 0, count - 1);
    for (int off = 0; off < count; ++off) {
        if (auto picture = scrub->at(wanted - off)) return picture;
        if (auto picture = scrub->at(wanted + off)) return picture;
    }
    return std::nullopt;
}

}  // namespace changji
