#include "capture/devices/names.hpp"
#include "capture/devices/pulse_client.hpp"
#include "capture/sources/microphone_feed.hpp"
#include "capture/sources/microphone_kinds.hpp"
#include "capture/sources/pulse_watch.hpp"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

namespace changji {
namespace {
using namespace std::chrono_literals;
using std::chrono::steady_clock;

struct FreeStream {
    void operator()(pa_stream* stream) const {
        pa_stream_disconnect(stream);
        pa_stream_unref(stream);
    }
};
using StreamPtr = std::unique_ptr<pa_stream, FreeStream>;

/// Every wait ends within 50 ms, so that stop() returns promptly even when the server sleeps.
class PulseMicrophone final : public AudioSource {
public:
    PulseMicrophone(PulseClient client, StreamPtr stream, MicrophoneFeed feed, AudioSettings granted)
        : client_(std::move(client)),
          stream_(std::move(stream)),
          feed_(std::move(feed)),
          watch_(client_.context(), stream_.get(), granted.problem),
          granted_(std::move(granted)) {}
    ~PulseMicrophone() override { stop(); }

    Status start(std::function<void(SoundBlock)> on_block, std::function<void(Error)> on_lost) override {
        stop();
        reader_ = std::jthread(
            [this, on_block = std::move(on_block), on_lost = std::move(on_lost)](const std::stop_token& stopping) {
                cork(false);
                if (const auto loss = deliver(stopping, on_block)) on_lost(*loss);
                cork(true);
            });
        return {};
    }
    void stop() override { reader_ = std::jthread(); }
    [[nodiscard]] AudioSettings granted() const override {
        AudioSettings now = granted_;
        now.problem = watch_.problem();
        return now;
    }

private:
    void cork(bool corked) {
        if (pa_operation* const asked = pa_stream_cork(stream_.get(), corked, nullptr, nullptr)) {
            pa_operation_unref(asked);
        }
    }

    std::optional<Error> deliver(const std::stop_token& stopping, const std::function<void(SoundBlock)>& on_block) {
        auto deadline = steady_clock::now() + longest_wait_for_first_sound;
        while (!stopping.stop_requested()) {
            if (!client_.step(50ms) || pa_stream_get_state(stream_.get()) != PA_STREAM_READY) {
                return microphone_disconnected(granted_.name);
            }
            if (watch_.was_moved()) return microphone_switched(granted_.name);
            if (read_all()) {
                const CaptureTime now = steady_clock::now();
                feed_.hand_on(now, on_block);
                deadline = now + longest_sound_silence;
            }
            if (steady_clock::now() > deadline) {
                return watch_.is_suspended() ? microphone_suspended(granted_.name) : microphone_silent(granted_.name);
            }
        }
        return std::nullopt;
    }

    bool read_all() {
        bool any = false;
        for (;;) {
            const void* data = nullptr;
            std::size_t bytes = 0;
            if (pa_stream_peek(stream_.get(), &data, &bytes) < 0 || bytes == 0) return any;
            if (data) {
                feed_.add({static_cast<const std::uint8_t*>(data), bytes});
            } else {
                feed_.add_silence(bytes);
            }
            pa_stream_drop(stream_.get());
            any = true;
        }
    }

    PulseClient client_;
    StreamPtr stream_;  // after the client: closed first
    MicrophoneFeed feed_;
    PulseWatch watch_;
    AudioSettings granted_;
    std::jthread reader_;  // last: ends before what it uses
};

std::string names_of(const std::vector<PulseSource>& sources) {
    std::string names;
    for (const PulseSource& source : sources) names += (names.empty() ? "" : ", ") + source.description;
    return names;
}

Result<PulseSource> choose(const std::string& wanted, const std::vector<PulseSource>& sources) {
    const auto merit = [&wanted](const PulseSource& source) {
        if (wanted.empty()) return source.is_monitor ? 0 : source.is_unplugged ? 1 : source.is_default ? 3 : 2;
        if (source.name == wanted || source.description == wanted) return 3;
        if (!name_contains(source.name, wanted) && !name_contains(source.description, wanted)) return 0;
        return source.is_monitor ? 1 : 2;
    };
    const auto best = std::max_element(sources.begin(), sources.end(),
                                       [&merit](const auto& a, const auto& b) { return merit(a) < merit(b); });
    if (best != sources.end() && merit(*best) > 0) return *best;
    if (wanted.empty()) return no_microphone();
    if (sources.empty()) {
        return Error{ErrorKind::DeviceNotFound,
                     say("There is no microphone {0}, nor any other: plug it in, then try again.", wanted)};
    }
    return Error{ErrorKind::DeviceNotFound,
                 say("There is no microphone {0}. Choose one of these: {1}.", wanted, names_of(sources))};
}

Error pulse_refusal(const std::string& name, int pulse_error) {
    if (pulse_error == PA_ERR_BUSY) {
        return {ErrorKind::DeviceBusy,
                say("The microphone {0} is in use by another program: close that program, then try again.", name)};
    }
    return {ErrorKind::Io,
            say("The microphone {0} can't be opened ({1}): plug it in again or restart the sound server.", name,
                pa_strerror(pulse_error))};
}

Result<StreamPtr> open_stream(PulseClient& client, const PulseSource& source) {
    pa_sample_spec shape{};
    shape.format = PA_SAMPLE_FLOAT32NE;
    shape.rate = static_cast<std::uint32_t>(source.sample_rate_hz);
    shape.channels = static_cast<std::uint8_t>(source.channels);
    StreamPtr stream(pa_stream_new(client.context(), "interview", &shape, nullptr));
    if (!stream) return pulse_refusal(source.description, pa_context_errno(client.context()));
    pa_buffer_attr buffer{};
    buffer.maxlength = static_cast<std::uint32_t>(-1);
    buffer.fragsize = static_cast<std::uint32_t>(pa_usec_to_bytes(20'000, &shape));
    // Never moved: when the microphone goes, the server's next best one must not take its place unnoticed.
    constexpr auto flags =
        static_cast<pa_stream_flags_t>(PA_STREAM_ADJUST_LATENCY | PA_STREAM_DONT_MOVE | PA_STREAM_START_CORKED);
    const auto settled = [&stream] { return pa_stream_get_state(stream.get()) != PA_STREAM_CREATING; };
    if (pa_stream_connect_record(stream.get(), source.name.c_str(), &buffer, flags) < 0 || !client.wait(1s, settled) ||
        pa_stream_get_state(stream.get()) != PA_STREAM_READY) {
        return pulse_refusal(source.description, pa_context_errno(client.context()));
    }
    return stream;
}

Result<std::unique_ptr<AudioSource>> open_on(PulseClient client, const PulseSource& source) {
    auto feed = MicrophoneFeed::open({AV_SAMPLE_FMT_FLT, source.sample_rate_hz, source.channels});
    if (!feed) return feed.error();
    auto stream = open_stream(client, source);
    if (!stream) return stream.error();
    AudioSettings granted{source.description, source.sample_rate_hz, source.channels, Liveness::Live,
                          silence_of(source)};
    return std::unique_ptr<AudioSource>(
        std::make_unique<PulseMicrophone>(std::move(client), std::move(*stream), std::move(*feed), std::move(granted)));
}

/// The source of exactly this name, and no other. Its words are shown to nobody: it is asked again and again.
Result<std::unique_ptr<AudioSource>> open_again(const std::string& name) {
    auto client = PulseClient::connect(500ms);
    if (!client) return client.error();
    const auto sources = client->sources(500ms);
    if (!sources) return sources.error();
    const auto same = std::find_if(sources->begin(), sources->end(),
                                   [&name](const PulseSource& source) { return source.name == name; });
    if (same == sources->end()) return no_microphone();
    return open_on(std::move(*client), *same);
}

}  // namespace

Result<OpenedMicrophone> open_pulse_microphone(const std::string& wanted) {
    auto client = PulseClient::connect(2s);
    if (!client) return client.error();
    const auto sources = client->sources(1s);
    if (!sources) return sources.error();
    const auto source = choose(wanted, *sources);
    if (!source) return source.error();
    auto opened = open_on(std::move(*client), *source);
    if (!opened) return opened.error();
    return OpenedMicrophone{std::move(*opened), [name = source->name] { return open_again(name); }};
}

}  // namespace changji
