#include "capture/demo/demo_scene.hpp"

#include "capture/demo/play_clock.hpp"
#include "capture/demo/room_noise.hpp"
#include "capture/demo/scene_renderer.hpp"
#include "capture/demo/speech_track.hpp"
#include "capture/sources/open.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>
#include <utility>

namespace changji {
namespace {

constexpr Rational frame_rate{25, 1};
constexpr Rational block_rate{50, 1};
/// As in a camera's driver: a frame may be delivered so many ticks late; beyond that, all that are late are
/// lost.
constexpr std::int64_t buffered_frames = 4;
constexpr std::int64_t block_frames = sound_rate_hz / 50;
const std::string scene_name = "demo";

/// A source's place at the clock: leaves it if the source goes without ever having started.
class Ticket {
public:
    explicit Ticket(std::shared_ptr<demo::PlayClock> clock) : clock_(std::move(clock)) {}
    ~Ticket() {
        if (!came_) clock_->leave();
    }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

    [[nodiscard]] std::optional<demo::PlayStart> wait_for_start(const std::stop_token& stop) {
        const auto start = clock_->wait_for_start(stop);
        if (start) came_ = true;
        return start;
    }

private:
    std::shared_ptr<demo::PlayClock> clock_;
    std::atomic<bool> came_ = false;
};

/// Tick 0 for who was there when play began, else the next one to come.
std::int64_t first_tick(const demo::PlayStart& start, Rational rate) {
    return start.came_late ? ticks_within(std::chrono::steady_clock::now() - start.at, rate) + 1 : 0;
}

class DemoVideo final : public VideoSource {
public:
    DemoVideo(const DemoSettings& settings, std::shared_ptr<demo::PlayClock> clock)
        : settings_(settings), ticket_(std::move(clock)) {}
    ~DemoVideo() override { stop(); }

    Status start(std::function<void(VideoFrame)> on_frame, std::function<void(Error)>) override {
        stop();
        thread_ =
            std::jthread([this, on_frame = std::move(on_frame)](const std::stop_token& stop) { play(stop, on_frame); });
        return {};
    }
    void stop() override { thread_ = {}; }

    VideoSettings granted() const override {
        VideoSettings settings;
        settings.name = scene_name;
        settings.width_px = demo::scene_width_px;
        settings.height_px = demo::scene_height_px;
        settings.rate = frame_rate;
        settings.input_format = "rawvideo";
        settings.demo = this->settings();
        return settings;
    }

    void adjust(const DemoSettings& settings) {
        const std::lock_guard lock(mutex_);
        settings_ = settings;
    }

private:
    DemoSettings settings() const {
        const std::lock_guard lock(mutex_);
        return settings_;
    }

    void play(const std::stop_token& stop, const std::function<void(VideoFrame)>& on_frame) {
        demo::SceneRenderer renderer(settings());
        const demo::SpeechTrack& speech = demo::SpeechTrack::shared();
        const auto start = ticket_.wait_for_start(stop);
        if (!start) return;
        std::int64_t index = first_tick(*start, frame_rate);
        while (!stop.stop_requested()) {
            renderer.adjust(settings());
            const Nanoseconds at = tick_time(index, frame_rate);
            VideoFrame frame = renderer.render(static_cast<std::uint64_t>(index), at, speech.voice_at(at));
            frame.sequence = static_cast<std::uint64_t>(index);
            frame.captured_at = start->at + at;
            if (!demo::sleep_until(frame.captured_at, stop)) return;
            on_frame(std::move(frame));
            const std::int64_t now = ticks_within(std::chrono::steady_clock::now() - start->at, frame_rate);
            index = now - index > buffered_frames ? now : index + 1;
        }
    }

    mutable std::mutex mutex_;
    DemoSettings settings_;
    Ticket ticket_;
    std::jthread thread_;
};

class DemoAudio final : public AudioSource {
public:
    DemoAudio(const DemoSettings& settings, std::shared_ptr<demo::PlayClock> clock) : ticket_(std::move(clock)) {
        adjust(settings);
    }
    ~DemoAudio() override { stop(); }

    Status start(std::function<void(SoundBlock)> on_block, std::function<void(Error)>) override {
        stop();
        thread_ =
            std::jthread([this, on_block = std::move(on_block)](const std::stop_token& stop) { play(stop, on_block); });
        return {};
    }
    void stop() override { thread_ = {}; }

    AudioSettings granted() const override {
        return {.name = scene_name, .sample_rate_hz = sound_rate_hz, .channels = sound_channels};
    }

    void adjust(const DemoSettings& settings) {
        noise_gain_ = static_cast<float>(std::pow(10.0, std::clamp(settings.noise_dbfs, -90.0, -10.0) / 20.0));
    }

private:
    void play(const std::stop_token& stop, const std::function<void(SoundBlock)>& on_block) {
        const demo::SpeechTrack& speech = demo::SpeechTrack::shared();
        demo::RoomNoise left(11), right(29);
        const auto start = ticket_.wait_for_start(stop);
        if (!start) return;
        const std::int64_t first = first_tick(*start, block_rate);
        for (std::int64_t index = first; !stop.stop_requested(); ++index) {
            const float noise = noise_gain_;
            auto samples = std::make_shared<std::vector<float>>();
            samples->reserve(block_frames * sound_channels);
            for (std::int64_t frame = index * block_frames; frame < (index + 1) * block_frames; ++frame) {
                const float voice = speech.at(frame);
                samples->push_back(std::clamp(voice + noise * left.next(), -1.0F, 1.0F));
                samples->push_back(std::clamp(voice + noise * right.next(), -1.0F, 1.0F));
            }
            SoundBlock block{std::move(samples), (index - first) * block_frames,
                             start->at + tick_time(index, block_rate)};
            if (!demo::sleep_until(start->at + tick_time(index + 1, block_rate), stop)) return;
            on_block(std::move(block));
        }
    }

    std::atomic<float> noise_gain_ = 0.0F;
    Ticket ticket_;
    std::jthread thread_;
};

}  // namespace

Sources open_demo(const DemoSettings& settings, WantSound want_sound) {
    const bool with_sound = want_sound == WantSound::Yes;
    const auto clock = std::make_shared<demo::PlayClock>(with_sound ? 2 : 1);
    Sources sources;
    sources.video = std::make_unique<DemoVideo>(settings, clock);
    if (with_sound) sources.audio = std::make_unique<DemoAudio>(settings, clock);
    return sources;
}

std::unique_ptr<AudioSource> open_demo_sound(const DemoSettings& settings) {
    return std::make_unique<DemoAudio>(settings, std::make_shared<demo::PlayClock>(1));
}

void adjust_demo_scene(VideoSource& video, AudioSource* audio, const DemoSettings& settings) {
    if (auto* const demo_video = dynamic_cast<DemoVideo*>(&video)) demo_video->adjust(settings);
    if (auto* const demo_audio = dynamic_cast<DemoAudio*>(audio)) demo_audio->adjust(settings);
}

}  // namespace changji
