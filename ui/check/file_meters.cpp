#include "ui/check/file_meters.hpp"

#include <cstdlib>
#include <mutex>

#include "analysis/meter_feed.hpp"
#include "capture/probe.hpp"
#include "capture/source.hpp"
#include "capture/types/queue.hpp"

namespace changji {
namespace {

/// A second of sound comes in fifty blocks, a picture of 1080p has 3 MB, one of 8K 50 MB.
constexpr std::size_t most_waiting = 64;
constexpr std::size_t most_waiting_bytes = 128'000'000;
constexpr Nanoseconds row_interval = std::chrono::milliseconds(200);

/// A picture or a block of sound.
struct Item {
    VideoFrame picture;
    SoundBlock sound;
};

/// What an item keeps in memory.
std::size_t bytes_of(const Item& item) {
    if (item.sound.samples) return item.sound.samples->size() * sizeof(float);
    const VideoFrame& picture = item.picture;
    const bool halved = picture.format == PixelFormat::I420 || picture.format == PixelFormat::Nv12;
    std::size_t bytes = 0;
    for (std::size_t plane = 0; plane < picture.planes.size(); ++plane) {
        const int lines = plane > 0 && halved ? (picture.height_px + 1) / 2 : picture.height_px;
        bytes += static_cast<std::size_t>(std::abs(picture.planes[plane].stride_bytes)) * lines;
    }
    return bytes;
}

Result<Sources> open_file(const std::filesystem::path& file, const FileMeterOptions& options) {
    SourceSpec spec = file_spec(file);
    spec.damage = options.damage;
    spec.decoder_threads = options.decoder_threads;
    SourceSpec with_it;
    with_it.kind = SourceKind::WithCamera;
    auto both = open_sources(spec, with_it);
    if (both || both.error().kind != ErrorKind::UnsupportedFormat) return both;
    // A picture that can't be measured is told: without it the file would pass for sound alone.
    if (const auto facts = probe_file(file); !facts || facts->video_streams > 0) return both;
    auto sound = open_sound(spec);
    if (!sound) return both.error();
    Sources sources;
    sources.audio = *std::move(sound);
    return sources;
}

/// Plays a file into a queue; its ends close it.
class Player {
public:
    explicit Player(Sources sources) : sources_(std::move(sources)) {}
    ~Player() {
        items_.close();
        if (sources_.video) sources_.video->stop();
        if (sources_.audio) sources_.audio->stop();
    }
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    Status start() {
        if (sources_.audio) {
            auto started = sources_.audio->start(
                [this](SoundBlock block) {
                    items_.push({{}, std::move(block)});
                },
                [this](Error error) { end_track(sound_playing_, std::move(error)); });
            if (!started) return started;
        }
        if (!sources_.video) return {};
        return sources_.video->start(
            [this](VideoFrame frame) {
                items_.push({std::move(frame), {}});
            },
            [this](Error error) { end_track(picture_playing_, std::move(error)); });
    }
    std::optional<Item> next() { return items_.pop(); }
    /// Why a track ended before its end; none when both came to theirs.
    std::optional<Error> failure() {
        std::lock_guard guard(mutex_);
        return failure_;
    }
    [[nodiscard]] Nanoseconds duration() const {
        return sources_.video ? sources_.video->granted().duration : sources_.audio->granted().duration;
    }
    [[nodiscard]] bool is_photo() const { return sources_.video && sources_.video->granted().still; }
    [[nodiscard]] bool has_picture() const { return sources_.video != nullptr; }
    [[nodiscard]] bool has_sound() const { return sources_.audio != nullptr; }

private:
    void end_track(bool& playing, Error error) {
        std::lock_guard guard(mutex_);
        playing = false;
        if (error.kind != ErrorKind::EndOfStream && !failure_) failure_ = std::move(error);
        if (!picture_playing_ && !sound_playing_) items_.close();
    }

    Sources sources_;
    BoundedQueue<Item> items_{most_waiting, WhenFull::Wait, most_waiting_bytes, bytes_of};
    std::mutex mutex_;
    bool picture_playing_ = sources_.video != nullptr;
    bool sound_playing_ = sources_.audio != nullptr;
    std::optional<Error> failure_;
};

/// Brings what is played to the meters and their rows into the log.
class FileMetering {
public:
    explicit FileMetering(MeterBank& bank) : feed_(bank) { feed_.begin_take(); }

    Status see(const VideoFrame& frame) {
        fields_.see(frame);
        tags_.see(frame);
        ++pictures_;
        auto framed = framing_.frame(frame);
        if (!framed) return framed.error();
        begin(framed->captured_at);
        step_ = framed->captured_at > last_picture_ && saw_picture_ ? framed->captured_at - last_picture_ : step_;
        last_picture_ = framed->captured_at;
        saw_picture_ = true;
        end_ = std::max(end_, framed->captured_at + step_);
        feed_.see(*framed);
        take_rows();
        return {};
    }
    void hear(const SoundBlock& block, bool alone) {
        begin(block.captured_at);
        feed_.hear(block);
        end_ = std::max(end_, block.captured_at + sound_duration(static_cast<std::int64_t>(block.frames())));
        for (; alone && next_mark_ <= end_; next_mark_ += row_interval) feed_.mark(next_mark_);
        take_rows();
    }
    [[nodiscard]] Nanoseconds elapsed() const { return begun_ ? end_ - *begun_ : Nanoseconds{0}; }

    void finish(MeteredFile& metered) {
        const CaptureTime start = begun_.value_or(CaptureTime{});
        auto events = feed_.end_take(end_);
        take_rows();
        metered.log = std::move(log_);
        metered.log.set_events(within(events, start, end_));
        metered.log.settle();
        metered.duration_s = to_seconds(elapsed());
        metered.framing = framing_.facts();
        metered.pictures = pictures_;
        metered.fields = fields_.count();
        metered.tags = tags_.signs();
    }

private:
    void begin(CaptureTime at) {
        if (begun_) return;
        begun_ = next_mark_ = end_ = at;
    }
    void take_rows() {
        for (const MeterRow& row : feed_.take_rows()) log_.add(to_seconds(row.at - *begun_), row.readings);
    }

    MeterFeed feed_;
    Framing framing_;
    FieldMeter fields_;
    TagWatch tags_;
    std::int64_t pictures_ = 0;
    TakeLog log_;
    std::optional<CaptureTime> begun_;
    CaptureTime end_, next_mark_, last_picture_;
    Nanoseconds step_ = std::chrono::milliseconds(40);
    bool saw_picture_ = false;
};

}  // namespace

Result<MeteredFile> meter_file(const std::filesystem::path& file, const FileMeterOptions& options) {
    auto bank = open_meter_bank(options.meters);
    if (!bank) return bank.error();
    auto sources = open_file(file, options);
    if (!sources) return sources.error();
    Player player(*std::move(sources));
    MeteredFile metered;
    metered.has_sound = player.has_sound();
    FileMetering metering(**bank);
    if (auto started = player.start(); !started) return started.error();
    while (auto item = player.next()) {
        if (options.cancelled && *options.cancelled) {
            return Error{ErrorKind::EndOfStream, say("Measuring {0} was stopped before its end.", file.string())};
        }
        if (item->sound.samples) {
            metering.hear(item->sound, !player.has_picture());
        } else {
            if (auto seen = metering.see(item->picture); !seen) return seen.error();
            metered.has_picture = true;
            if (player.is_photo()) break;
        }
        const double length_s = to_seconds(player.duration());
        if (options.on_progress && length_s > 0.0) {
            options.on_progress(std::min(1.0, to_seconds(metering.elapsed()) / length_s));
        }
        if (options.longest && metering.elapsed() >= *options.longest) break;
    }
    const auto failure = player.failure();
    if (failure && metering.elapsed() == Nanoseconds{0}) return *failure;
    if (failure) metered.broke_off = failure->message;
    metering.finish(metered);
    return metered;
}

}  // namespace changji
