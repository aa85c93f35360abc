#include "capture/sources/reopening.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "capture/devices/device_watch.hpp"
#include "capture/sources/microphone_kinds.hpp"

namespace changji {
namespace {
using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto longest_silence = 500ms;
constexpr auto longest_start = 5s;  // some cameras move a shutter or wake up first
constexpr auto retry_interval = 300ms;
constexpr auto shortest_retry = 30ms;  // a device that comes announces itself several times

/// Numbers the pictures of one source after another as if they were of one.
class FrameNumbers {
public:
    void reopened(const VideoSettings& granted) {
        if (!last_) return;
        // The mean of what came, since cameras don't always do what they say.
        const std::uint64_t steps = last_raw_ - first_raw_;
        constexpr std::uint64_t enough = 10;
        interval_ = steps >= enough              ? (last_->captured_at - first_at_) / static_cast<std::int64_t>(steps)
                    : granted.rate.is_positive() ? tick_time(1, granted.rate)
                                                 : Nanoseconds{0};
        after_gap_ = true;
    }
    VideoFrame next(VideoFrame frame) {
        if (!last_ || after_gap_) {
            first_raw_ = frame.sequence;
            first_at_ = frame.captured_at;
        }
        if (std::exchange(after_gap_, false)) {
            const Nanoseconds away = frame.captured_at - last_->captured_at;
            const std::int64_t steps = interval_ > 0ns ? (away + interval_ / 2) / interval_ : 0;
            constexpr std::int64_t one_lost = 2;
            offset_ = last_->number + static_cast<std::uint64_t>(std::max(steps, one_lost)) - frame.sequence;
        }
        last_raw_ = frame.sequence;
        frame.sequence += offset_;
        last_ = {frame.sequence, frame.captured_at};
        return frame;
    }

private:
    struct Last {
        std::uint64_t number = 0;
        CaptureTime captured_at;
    };
    std::optional<Last> last_;
    std::uint64_t first_raw_ = 0, last_raw_ = 0;  // of the source that is open now
    CaptureTime first_at_;
    Nanoseconds interval_{0};
    std::uint64_t offset_ = 0;  // modulo 2^64
    bool after_gap_ = false;
};

/// The same for sound.
class BlockNumbers {
public:
    void reopened(const AudioSettings&) { after_gap_ = end_.has_value(); }
    SoundBlock next(SoundBlock block) {
        if (std::exchange(after_gap_, false)) {
            const Nanoseconds away = block.captured_at - end_->at;
            const std::int64_t leap = away > 0ns ? ticks_within(away, Rational{sound_rate_hz, 1}) : 0;
            offset_ = end_->frame + leap - block.first_frame;
        }
        block.first_frame += offset_;
        const auto frames = static_cast<std::int64_t>(block.frames());
        end_ = {block.first_frame + frames, block.captured_at + sound_duration(frames)};
        return block;
    }

private:
    struct End {
        std::int64_t frame = 0;
        CaptureTime at;
    };
    std::optional<End> end_;
    std::int64_t offset_ = 0;
    bool after_gap_ = false;
};

Error stalled(const VideoSettings& granted) { return camera_stalled(granted.name); }
Error stalled(const AudioSettings& granted) { return microphone_silent(granted.name); }

template <typename Source, typename Item, typename Settings, typename Numbers>
class KeptOpen final : public Source {
public:
    using Opening = std::function<Result<std::unique_ptr<Source>>()>;

    KeptOpen(std::unique_ptr<Source> first, Opening open_again)
        : open_again_(std::move(open_again)), source_(std::move(first)), granted_(source_->granted()) {}
    ~KeptOpen() override { stop(); }

    Status start(std::function<void(Item)> on_item, std::function<void(Error)> on_lost) override {
        stop();
        on_item_ = std::move(on_item);
        on_lost_ = std::move(on_lost);
        numbers_ = Numbers();
        stopping_ = alarmed_ = false;
        if (source_) {
            if (Status started = begin(); !started) return started;
        }
        keeper_ = std::thread([this] { keep(); });
        return {};
    }

    void stop() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_all();
        if (keeper_.joinable()) keeper_.join();
        if (source_) source_->stop();
    }

    [[nodiscard]] Settings granted() const override {
        const std::lock_guard lock(granted_mutex_);
        return source_ ? source_->granted() : granted_;
    }

private:
    enum class Fate { Running, Lost, Ended };

    Status begin() {
        {
            const std::lock_guard lock(mutex_);
            fate_ = Fate::Running;
            any_yet_ = false;
            last_sign_ = steady_clock::now();
        }
        return source_->start([this](Item item) { deliver(std::move(item)); },
                              [this](const Error& error) { lose(error); });
    }

    // The two sinks of the source: on its thread.
    void deliver(Item item) {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        last_sign_ = steady_clock::now();
        alarmed_ = false;
        if (!std::exchange(any_yet_, true)) changed_.notify_all();  // from now on silence is noticed sooner
        on_item_(numbers_.next(std::move(item)));
    }
    void lose(const Error& error) {
        const std::lock_guard lock(mutex_);
        fate_ = error.kind == ErrorKind::DeviceLost ? Fate::Lost : Fate::Ended;
        if (fate_ == Fate::Lost) {
            alarm(error);
        } else if (!stopping_) {
            on_lost_(error);
        }
        changed_.notify_all();
    }
    /// With the mutex held.
    void alarm(const Error& error) {
        if (stopping_ || std::exchange(alarmed_, true)) return;
        on_lost_(error);
    }

    void keep() {
        while (true) {
            if (source_ && !watch()) return;
            drop();  // first: a device may have to be closed before it can come back
            if (!reopen()) return;
        }
    }
    /// Until the source is lost (true), or nothing is left to do.
    bool watch() {
        std::unique_lock lock(mutex_);
        while (true) {
            if (stopping_ || fate_ == Fate::Ended) return false;
            if (fate_ == Fate::Lost) return true;
            const auto now = steady_clock::now();
            const auto alarm_at = last_sign_ + (any_yet_ ? steady_clock::duration(longest_silence) : longest_start);
            if (now >= alarm_at) alarm(stalled(granted()));
            changed_.wait_until(lock, std::max(alarm_at, now + longest_silence / 10));
        }
    }
    /// Until there is a source that runs (true), or nothing is left to do.
    bool reopen() {
        const DeviceWatch devices([this] {
            {
                const std::lock_guard lock(mutex_);
                device_news_ = true;
            }
            changed_.notify_all();
        });
        while (!is_stopping()) {
            auto opened = open_again_();
            if (opened && adopt(std::move(*opened))) return true;
            if (!opened && opened.error().kind == ErrorKind::EndOfStream) {
                lose(opened.error());
                return false;
            }
            if (!pause()) return false;
        }
        return false;
    }
    bool adopt(std::unique_ptr<Source> opened) {
        {
            const std::lock_guard lock(granted_mutex_);
            source_ = std::move(opened);
        }
        {
            const std::lock_guard lock(mutex_);
            numbers_.reopened(granted());
        }
        if (begin()) return true;
        drop();
        return false;
    }
    void drop() {
        std::unique_ptr<Source> gone;  // ends without the lock: its sinks may ask what is granted
        const std::lock_guard lock(granted_mutex_);
        if (source_) granted_ = source_->granted();
        gone = std::move(source_);
    }
    /// Until it is time for another try. False: told to stop.
    bool pause() {
        std::unique_lock lock(mutex_);
        const auto stop_asked = [this] { return stopping_; };
        if (changed_.wait_for(lock, shortest_retry, stop_asked)) return false;
        changed_.wait_for(lock, retry_interval - shortest_retry, [this] { return stopping_ || device_news_; });
        device_news_ = false;
        return !stopping_;
    }
    bool is_stopping() const {
        const std::lock_guard lock(mutex_);
        return stopping_;
    }

    const Opening open_again_;
    std::unique_ptr<Source> source_;  // null: lost. Changed by the keeper only while that runs, see granted_mutex_
    std::function<void(Item)> on_item_;
    std::function<void(Error)> on_lost_;

    mutable std::mutex mutex_;  // also held while a sink runs: only one at a time
    std::condition_variable changed_;
    Numbers numbers_;
    Fate fate_ = Fate::Running;
    bool stopping_ = false;
    bool alarmed_ = false;  // in the interruption that lasts
    bool any_yet_ = false;  // since the source was opened
    bool device_news_ = false;
    steady_clock::time_point last_sign_;

    mutable std::mutex granted_mutex_;  // of the two; apart: a sink may ask
    Settings granted_;                  // while there is no source
    std::thread keeper_;
};

}  // namespace

Error camera_stalled(const std::string& name) {
    return {ErrorKind::DeviceLost, say("The camera {0} has stopped sending pictures: unplug it, plug it in again, "
                                       "and use a port of the computer itself rather than a hub.",
                                       name)};
}

std::unique_ptr<VideoSource> keep_open(std::unique_ptr<VideoSource> first,
                                       std::function<Result<std::unique_ptr<VideoSource>>()> open_again) {
    return std::make_unique<KeptOpen<VideoSource, VideoFrame, VideoSettings, FrameNumbers>>(std::move(first),
                                                                                            std::move(open_again));
}

std::unique_ptr<AudioSource> keep_open(std::unique_ptr<AudioSource> first,
                                       std::function<Result<std::unique_ptr<AudioSource>>()> open_again) {
    return std::make_unique<KeptOpen<AudioSource, SoundBlock, AudioSettings, BlockNumbers>>(std::move(first),
                                                                                            std::move(open_again));
}

}  // namespace changji
