#include "ui/window/cue_sound.hpp"

#include <SDL.h>
#include <spdlog/spdlog.h>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <numbers>

#include "ui/window/countdown.hpp"

namespace changji {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int output_rate_hz = 48'000;
constexpr double tone_hz = 880.0;
constexpr double loudness = 0.25;  // of full scale: heard across a room, frightening nobody
constexpr double swell_s = 0.012;

Clock::duration seconds(double length_s) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(length_s));
}

/// SDL's sound output, opened without waiting for the window.
class Output {
public:
    Output() {
        if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
            spdlog::debug("no cue: {}", SDL_GetError());
            return;
        }
        initialised_ = true;
        SDL_AudioSpec wanted{};
        wanted.freq = output_rate_hz;
        wanted.format = AUDIO_F32SYS;
        wanted.channels = 1;
        wanted.samples = 1024;
        device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
        if (device_ == 0) {
            spdlog::debug("no cue: {}", SDL_GetError());
            return;
        }
        SDL_PauseAudioDevice(device_, 0);
    }
    ~Output() {
        if (device_ != 0) {
            SDL_ClearQueuedAudio(device_);
            SDL_CloseAudioDevice(device_);
        }
        if (initialised_) SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    [[nodiscard]] bool usable() const { return device_ != 0; }
    void play(const std::vector<float>& samples) const {
        SDL_QueueAudio(device_, samples.data(), static_cast<Uint32>(samples.size() * sizeof(float)));
    }

private:
    bool initialised_ = false;
    SDL_AudioDeviceID device_ = 0;
};

void sound_cues(const std::stop_token& stopping, Clock::time_point begun, int count) {
    const Output output;
    if (!output.usable()) return;
    const std::vector<float> tone = cue_samples(output_rate_hz);
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    const auto wait_until = [&](Clock::time_point moment) {
        woken.wait_until(lock, stopping, moment, [] { return false; });
        return !stopping.stop_requested();
    };
    for (int number = 0; number < count; ++number) {
        const auto due = begun + std::chrono::seconds(number);
        if (!wait_until(due)) return;
        if (Clock::now() - due <= seconds(cue::latest_s)) output.play(tone);
    }
    static_cast<void>(wait_until(begun + std::chrono::seconds(count) - seconds(cue::quiet_s)));
}

}  // namespace

std::vector<float> cue_samples(int rate_hz) {
    std::vector<float> samples(static_cast<std::size_t>(std::lround(cue::tone_s * rate_hz)));
    const auto length = static_cast<double>(samples.size());
    const double swell = swell_s * rate_hz;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto at = static_cast<double>(i);
        const double edge = std::min({1.0, at / swell, (length - 1 - at) / swell});
        samples[i] = static_cast<float>(loudness * edge * std::sin(2 * std::numbers::pi * tone_hz * at / rate_hz));
    }
    return samples;
}

void CueSound::begin(int count) {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
    thread_ = std::jthread(
        [count, begun = Clock::now()](const std::stop_token& stopping) { sound_cues(stopping, begun, count); });
}

}  // namespace changji
