#pragma once

// The thread behind a media source. Internal to capture/.

#include "capture/source.hpp"
#include "capture/sources/media_live.hpp"
#include "capture/sources/media_outlet.hpp"
#include "capture/sources/media_tracks.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace changji {

/// Plays one input to a picture sink, a sound sink or both, in order of time. Playing begins once every track
/// that was opened has been started or stopped. A live stream that falls silent or breaks off is an alarm: it is opened
/// again until it is back or stopped.
class MediaReader {
public:
    [[nodiscard]] static Result<std::shared_ptr<MediaReader>> open(const SourceSpec& spec, MediaInput::Tracks wanted);
    ~MediaReader();

    [[nodiscard]] bool has(MediaInput::Track track) const { return input_->stream(track) != nullptr; }
    [[nodiscard]] VideoSettings picture_settings() const;
    [[nodiscard]] AudioSettings sound_settings() const;

    void start_picture(std::function<void(VideoFrame)> on_frame, std::function<void(Error)> on_lost);
    void start_sound(std::function<void(SoundBlock)> on_block, std::function<void(Error)> on_lost);
    void stop_picture();
    void stop_sound();

private:
    enum class Phase { Waiting, Started, Stopped };
    MediaReader(const SourceSpec& spec, MediaInput::Tracks wanted) : spec_(spec), wanted_(wanted) {}
    [[nodiscard]] Status open_input();
    void describe();
    void enter(Phase& phase, Phase next);
    void play();
    template <typename Item, typename TrackReader>
    void pass_on(Item item, CaptureTime start, Outlet<Item>& out, std::optional<TrackReader>& reader,
                 MediaInput::Track track);
    void report_ended_tracks();
    [[nodiscard]] bool is_stopping();
    [[nodiscard]] bool wait_until(CaptureTime moment);

    // media_live.cpp
    void play_live();
    void join_live();
    [[nodiscard]] bool rejoin_live();
    void deliver_live(CaptureTime now);
    void deliver_live_picture(CaptureTime now);
    void deliver_live_sound(CaptureTime now);
    void watch_silence();
    void alarm(const Error& why);
    [[nodiscard]] bool reopen();

    const SourceSpec spec_;
    const MediaInput::Tracks wanted_;
    MediaWatch watch_;
    std::unique_ptr<MediaInput> input_;
    mutable std::mutex settings_mutex_;
    VideoSettings picture_settings_;
    AudioSettings sound_settings_;

    // Used by the reader's thread alone once it runs.
    std::optional<PictureReader> picture_;
    std::optional<SoundReader> sound_;
    std::optional<LivePlay> live_;

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
