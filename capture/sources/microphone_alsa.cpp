#include "capture/devices/alsa_devices.hpp"
#include "capture/devices/names.hpp"
#include "capture/sources/microphone_feed.hpp"
#include "capture/sources/microphone_kinds.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <thread>
#include <utility>

extern "C" {
#include <libavdevice/avdevice.h>
}

namespace changji {
namespace {
using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto poll_interval = 5ms;

class AlsaMicrophone final : public AudioSource {
public:
    AlsaMicrophone(av::InputPtr input, MicrophoneFeed feed, AudioSettings granted)
        : input_(std::move(input)), feed_(std::move(feed)), granted_(std::move(granted)) {}
    ~AlsaMicrophone() override { stop(); }

    Status start(std::function<void(SoundBlock)> on_block, std::function<void(Error)> on_lost) override {
        stop();
        reader_ = std::jthread(
            [this, on_block = std::move(on_block), on_lost = std::move(on_lost)](const std::stop_token& stopping) {
                if (const auto loss = deliver(stopping, on_block)) on_lost(*loss);
            });
        return {};
    }
    void stop() override { reader_ = std::jthread(); }
    [[nodiscard]] AudioSettings granted() const override { return granted_; }

private:
    std::optional<Error> deliver(const std::stop_token& stopping, const std::function<void(SoundBlock)>& on_block) {
        auto deadline = steady_clock::now() + longest_wait_for_first_sound;
        while (!stopping.stop_requested()) {
            const int got = av_read_frame(input_.get(), packet_.get());
            if (got < 0 && got != AVERROR(EAGAIN)) return microphone_disconnected(granted_.name);
            if (got >= 0) {
                const CaptureTime now = steady_clock::now();
                feed_.add({packet_->data, static_cast<std::size_t>(packet_->size)});
                feed_.hand_on(now, on_block);
                av_packet_unref(packet_.get());
                deadline = now + longest_sound_silence;
            } else {
                std::this_thread::sleep_for(poll_interval);
            }
            if (steady_clock::now() > deadline) return microphone_silent(granted_.name);
        }
        return std::nullopt;
    }

    av::InputPtr input_;
    MicrophoneFeed feed_;
    AudioSettings granted_;
    av::PacketPtr packet_{av_packet_alloc()};
    std::jthread reader_;  // last: ends before what it uses
};

Error alsa_refusal(const std::string& name, int error) {
    switch (error) {
        case EBUSY:
            return {ErrorKind::DeviceBusy,
                    say("The microphone {0} is in use by another program: close that program, then try again.", name)};
        case EACCES:
        case EPERM:
            return {ErrorKind::Io, say("You may not use the microphone {0}: add yourself to the group \"audio\" (sudo "
                                       "usermod -aG audio $USER), log out and in again.",
                                       name)};
        default:
            return {ErrorKind::DeviceNotFound,
                    say("ALSA has no microphone {0}: \"arecord -L\" lists the names there are.", name)};
    }
}

Result<AlsaDevice> choose(const std::string& wanted) {
    const auto devices = alsa_capture_devices();
    if (wanted.empty() && devices.empty()) return no_microphone();
    if (wanted.empty()) return devices.front();
    const auto found = std::find_if(devices.begin(), devices.end(), [&wanted](const AlsaDevice& device) {
        return device.device == wanted || name_contains(device.description, wanted);
    });
    return found != devices.end() ? *found : AlsaDevice{wanted, wanted};
}

Result<std::unique_ptr<AudioSource>> open_device(const AlsaDevice& device) {
    av::quiet_log();
    avdevice_register_all();
    AVFormatContext* context = avformat_alloc_context();
    context->flags |= AVFMT_FLAG_NONBLOCK;
    context->audio_codec_id = AV_NE(AV_CODEC_ID_PCM_S32BE, AV_CODEC_ID_PCM_S32LE);  // 24-bit interfaces keep every bit
    // Frees the context when it fails. Its defaults are 48 kHz stereo.
    const int opened = avformat_open_input(&context, device.device.c_str(), av_find_input_format("alsa"), nullptr);
    if (opened < 0) return alsa_refusal(device.description, AVUNERROR(opened));
    av::InputPtr input(context);
    const AVCodecParameters& sound = *input->streams[0]->codecpar;
    auto feed = MicrophoneFeed::open({AV_SAMPLE_FMT_S32, sound.sample_rate, sound.ch_layout.nb_channels});
    if (!feed) return feed.error();
    AudioSettings granted{device.description, sound.sample_rate, sound.ch_layout.nb_channels, Liveness::Live};
    return std::unique_ptr<AudioSource>(
        std::make_unique<AlsaMicrophone>(std::move(input), std::move(*feed), std::move(granted)));
}

}  // namespace

Result<OpenedMicrophone> open_alsa_microphone(const std::string& wanted) {
    const auto device = choose(wanted);
    if (!device) return device.error();
    auto source = open_device(*device);
    if (!source) return source.error();
    return OpenedMicrophone{std::move(*source), [device = *device] { return open_device(device); }};
}

}  // namespace changji
