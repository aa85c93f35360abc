#include "ui/window/cue_sound.hpp"

#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <numbers>

#include "ui/window/countdown.hpp"
#include "ui/window/review/audio_device.hpp"

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

SDL_AudioSpec one_channel() {
    SDL_AudioSpec wanted{};
    wanted.freq = output_rate_hz;
    wanted.channels = 1;
    wanted.samples = 1024;
    return wanted;
}

void sound_cues(const std::stop_token& stopping, Clock::time_point begun, int count) {
    const AudioDevice device(one_channel());
    if (device.id() == 0) return;
    const std::vector<float> tone = cue_samples(output_rate_hz);
    const auto tone_bytes = static_cast<Uint32>(tone.size() * sizeof(float));
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
        if (Clock::now() - due <= seconds(cue::latest_s)) SDL_QueueAudio(device.id(), tone.data(), tone_bytes);
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
