#include "ui/window/review/sound_output.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "capture/output_latency.hpp"
#include "ui/window/review/audio_device.hpp"
#include "ui/window/review/output_clock.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;
constexpr Uint16 frames_a_time = 512;
constexpr std::size_t most_compared = 9;
constexpr std::chrono::milliseconds look_again{100}, try_again{5000};

}  // namespace

/// SDL's device for as long as it lives.
class SoundOutput::Device {
public:
    explicit Device(SoundOutput& owner) : owner_(owner), device_(spec_for(this)) {}

    /// Holds what the sound server says of the latency against what was measured here: the middle of the last ones
    /// counts, for one alone is off by as much as the server's answer took.
    void compare(OutputLatency& server) {
        const std::int64_t before = asked_;
        const CaptureTime next_heard{Nanoseconds{next_heard_ns_}};
        const auto reading = server.read();
        // Asked meanwhile: nobody knows which of both it counts.
        if (!reading || before == 0 || asked_ != before) return;
        if (const int beginnings = beginnings_; beginnings != compared_since_) {
            off_.clear();
            compared_since_ = beginnings;
        }
        off_.push_back(reading->at + reading->until_heard - next_heard + Nanoseconds{correction_ns_});
        if (off_.size() > most_compared) off_.erase(off_.begin());
        std::vector<Nanoseconds> sorted = off_;
        std::ranges::sort(sorted);
        correction_ns_ = sorted[sorted.size() / 2].count();
    }

    [[nodiscard]] bool works() const { return device_.works(); }

private:
    static SDL_AudioSpec spec_for(Device* device) {
        SDL_AudioSpec wanted{};
        wanted.freq = sound_rate_hz;
        wanted.channels = sound_channels;
        wanted.samples = frames_a_time;
        wanted.callback = &Device::ask;
        wanted.userdata = device;
        return wanted;
    }

    static void ask(void* self, Uint8* bytes, int size) {
        auto& device = *static_cast<Device*>(self);
        const auto samples = static_cast<std::size_t>(size) / sizeof(float);
        device.clock_.correct(Nanoseconds{device.correction_ns_});
        const CaptureTime heard_at = device.clock_.ask(std::chrono::steady_clock::now(), samples / sound_channels);
        device.owner_.latency_ = device.clock_.latency();
        device.next_heard_ns_ = device.clock_.next_heard().time_since_epoch().count();
        device.beginnings_ = device.clock_.beginnings();
        ++device.asked_;
        device.owner_.fill_({reinterpret_cast<float*>(bytes), samples}, heard_at);
    }

    SoundOutput& owner_;
    OutputClock clock_;  ///< SDL's thread's
    std::atomic<std::int64_t> asked_{0}, next_heard_ns_{0}, correction_ns_{0};
    std::atomic<int> beginnings_{0};
    int compared_since_ = 0;
    std::vector<Nanoseconds> off_;
    AudioDevice device_;  ///< last: nobody asks before all is there, nor after
};

SoundOutput::SoundOutput(Fill fill)
    : fill_(std::move(fill)), thread_([this](const std::stop_token& stopping) { serve(stopping); }) {}

void SoundOutput::serve(const std::stop_token& stopping) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    while (!stopping.stop_requested()) {
        Device device(*this);
        const auto server = device.works() ? OutputLatency::open() : nullptr;
        while (device.works() && !stopping.stop_requested()) {
            usable_ = true;
            if (server && server->connected()) device.compare(*server);
            woken.wait_for(lock, stopping, look_again, [] { return false; });
        }
        usable_ = false;
        if (!stopping.stop_requested()) woken.wait_for(lock, stopping, try_again, [] { return false; });
    }
}

}  // namespace changji
