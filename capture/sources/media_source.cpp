#include "capture/sources/media_reader.hpp"
#include "capture/sources/open.hpp"

namespace changji {
namespace {

using Track = MediaInput::Track;
using Tracks = MediaInput::Tracks;

Error started_twice(const std::string& name) {
    return {ErrorKind::InvalidConfig, say("\"{0}\" has been started before. Open it anew to play it again.", name)};
}

class MediaPicture final : public VideoSource {
public:
    explicit MediaPicture(std::shared_ptr<MediaReader> reader) : reader_(std::move(reader)) {}
    ~MediaPicture() override { stop(); }
    MediaPicture(const MediaPicture&) = delete;
    MediaPicture& operator=(const MediaPicture&) = delete;

    Status start(std::function<void(VideoFrame)> on_frame, std::function<void(Error)> on_lost) override {
        if (std::exchange(used_, true)) return started_twice(granted().name);
        reader_->start_picture(std::move(on_frame), std::move(on_lost));
        return {};
    }
    void stop() override {
        used_ = true;
        reader_->stop_picture();
    }
    [[nodiscard]] VideoSettings granted() const override { return reader_->picture_settings(); }

private:
    std::shared_ptr<MediaReader> reader_;
    bool used_ = false;
};

class MediaSound final : public AudioSource {
public:
    explicit MediaSound(std::shared_ptr<MediaReader> reader) : reader_(std::move(reader)) {}
    ~MediaSound() override { stop(); }
    MediaSound(const MediaSound&) = delete;
    MediaSound& operator=(const MediaSound&) = delete;

    Status start(std::function<void(SoundBlock)> on_block, std::function<void(Error)> on_lost) override {
        if (std::exchange(used_, true)) return started_twice(granted().name);
        reader_->start_sound(std::move(on_block), std::move(on_lost));
        return {};
    }
    void stop() override {
        used_ = true;
        reader_->stop_sound();
    }
    [[nodiscard]] AudioSettings granted() const override { return reader_->sound_settings(); }

private:
    std::shared_ptr<MediaReader> reader_;
    bool used_ = false;
};

}  // namespace

Result<Sources> open_media(const SourceSpec& spec, WantSound want_sound) {
    const auto reader = MediaReader::open(spec, want_sound == WantSound::Yes ? Tracks::Both : Tracks::Picture);
    if (!reader) return reader.error();
    if (!(*reader)->has(Track::Picture)) {
        return Error{
            ErrorKind::UnsupportedFormat,
            say("\"{0}\" holds no picture that can be shown. Choose a video or a photo as camera.", spec.target)};
    }
    Sources sources;
    sources.video = std::make_unique<MediaPicture>(*reader);
    if ((*reader)->has(Track::Sound)) sources.audio = std::make_unique<MediaSound>(*reader);
    return sources;
}

Result<std::unique_ptr<AudioSource>> open_media_sound(const SourceSpec& spec) {
    const auto reader = MediaReader::open(spec, Tracks::Sound);
    if (!reader) return reader.error();
    if (!(*reader)->has(Track::Sound)) {
        return Error{
            ErrorKind::UnsupportedFormat,
            say("\"{0}\" holds no sound that can be heard. Choose a sound or a video with sound.", spec.target)};
    }
    return std::unique_ptr<AudioSource>(std::make_unique<MediaSound>(*reader));
}

}  // namespace changji
