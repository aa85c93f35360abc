#pragma once

// The thread behind a media source. Internal to capture/.

#include "capture/source.hpp"
#include "capture/sources/media_tracks.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace changji {

/// Where one track's items go. The sink can be taken away while the reader's thread runs.
template <typename Item>
class Outlet {
public:
    void open(std::function<void(Item)> on_item, std::function<void(Error)> on_lost) {
        std::lock_guard lock(mutex_);
        on_item_ = std::move(on_item);
        on_lost_ = std::move(on_lost);
    }
    /// No sink runs after this returns.
    void close() {
        std::lock_guard lock(mutex_);
        on_item_ = nullptr;
        on_lost_ = nullptr;
    }
    /// False when the outlet is closed.
    bool deliver(Item item) {
        std::lock_guard lock(mutex_);
        if (!on_item_) return false;
        on_item_(std::move(item));
        return true;
    }
    void end(Error why) {
        std::lock_guard lock(mutex_);
        if (on_lost_) on_lost_(std::move(why));
        on_item_ = nullptr;
        on_lost_ = nullptr;
    }

private:
    std::mutex mutex_;
    std::function<void(Item)> on_item_;
    std::function<void(Error)> on_lost_;
};

/// Plays one input to a picture sink, a sound sink or both, in order of time. Playing begins once every track
/// that was opened has been started or stopped.
class MediaReader {
public:
    [[nodiscard]] static Result<std::shared_ptr<MediaReader>> open(const SourceSpec& spec, MediaInput::Tracks wanted);
    ~MediaReader();

    [[nodiscard]] bool has(MediaInput::Track track) const { return input_->stream(track) != nullptr; }
    [[nodiscard]] const VideoSettings& picture_settings() const { return picture_settings_; }
    [[nodiscard]] const AudioSettings& sound_settings() const { return sound_settings_; }

    void start_picture(std::function<void(VideoFrame)> on_frame, std::function<void(Error)> on_lost);
    void start_sound(std::function<void(SoundBlock)> on_block, std::function<void(Error)> on_lost);
    void stop_picture();
    void stop_sound();

private:
    enum class Phase { Waiting, Started, Stopped };
    MediaReader(std::unique_ptr<MediaInput> input, Pace pace);
    [[nodiscard]] Status open_tracks();
    void describe();
    void enter(Phase& phase, Phase next);
    void play();
    template <typename Item, typename TrackReader>
    void pass_on(Item item, CaptureTime start, Outlet<Item>& out, std::optional<TrackReader>& reader,
                 MediaInput::Track track);
    void report_ended_tracks();
    [[nodiscard]] bool is_stopping();
    [[nodiscard]] bool wait_until(CaptureTime moment);

    std::unique_ptr<MediaInput> input_;
    const Pace pace_;
    VideoSettings picture_settings_;
    AudioSettings sound_settings_;

    // Used by the reader's thread alone once it runs.
    std::optional<PictureReader> picture_;
    std::optional<SoundReader> sound_;

    Outlet<VideoFrame> picture_out_;
    Outlet<SoundBlock> sound_out_;

    std::mutex mutex_;
    std::condition_variable stopped_;
    Phase picture_phase_ = Phase::Stopped;
    Phase sound_phase_ = Phase::Stopped;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace changji
