#include "analysis/sound/voice_activity.hpp"

#include "analysis/sound/sound_filters.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>

#if __has_include(<webrtc/modules/interface/module_common_types.h>)
#define CHANGJI_WEBRTC_0 1
#include <webrtc/modules/audio_processing/include/audio_processing.h>
#include <webrtc/modules/interface/module_common_types.h>
#else
#include <modules/audio_processing/include/audio_processing.h>
#endif

namespace changji {
namespace {

constexpr int learning_frames = 150;
constexpr float least_speech_probability = 0.5f;
constexpr int detector_rate_hz = 16'000;  // one band: at 48 kHz it splits into three first and costs thrice as much
constexpr int detector_factor = 3;

#ifdef CHANGJI_WEBRTC_0

/// Debian 12's, version 0.3.
class WebRtc {
public:
    WebRtc() : processing_(webrtc::AudioProcessing::Create()) {
        processing_->voice_detection()->set_likelihood(webrtc::VoiceDetection::kVeryLowLikelihood);
        processing_->voice_detection()->Enable(true);
        processing_->noise_suppression()->Enable(true);
        frame_.sample_rate_hz_ = detector_rate_hz;
        frame_.num_channels_ = 1;
        frame_.samples_per_channel_ = VoiceActivity::frame_length / detector_factor;
    }
    /// Of the next 10 ms, to be filled.
    [[nodiscard]] std::int16_t* samples() { return frame_.data_; }
    [[nodiscard]] bool has_voice() {
        const bool processed = processing_->ProcessStream(&frame_) == webrtc::AudioProcessing::kNoError;
        assert(processed);
        return processed && processing_->voice_detection()->stream_has_voice() &&
               processing_->noise_suppression()->speech_probability() >= least_speech_probability;
    }

private:
    std::unique_ptr<webrtc::AudioProcessing> processing_;
    webrtc::AudioFrame frame_;
};

#else

/// Debian 13's, version 1.3: it keeps the probability of speech to itself.
class WebRtc {
public:
    WebRtc() : processing_(webrtc::AudioProcessingBuilder().Create()) {
        webrtc::AudioProcessing::Config config;
        config.voice_detection.enabled = true;
        config.noise_suppression.enabled = true;
        processing_->ApplyConfig(config);
    }
    [[nodiscard]] std::int16_t* samples() { return samples_.data(); }
    [[nodiscard]] bool has_voice() {
        const webrtc::StreamConfig mono(detector_rate_hz, 1);
        const int code = processing_->ProcessStream(samples_.data(), mono, mono, samples_.data());
        assert(code == webrtc::AudioProcessing::kNoError);
        return code == webrtc::AudioProcessing::kNoError && processing_->GetStatistics().voice_detected.value_or(false);
    }

private:
    rtc::scoped_refptr<webrtc::AudioProcessing> processing_;
    std::array<std::int16_t, VoiceActivity::frame_length / detector_factor> samples_{};
};

#endif

std::int16_t to_pcm16(float sample) {
    return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0f, 1.0f) * 32767.0f));
}

}  // namespace

class VoiceActivity::Detector {
public:
    bool hear(std::span<const float> mono) {
        assert(mono.size() == VoiceActivity::frame_length);
        std::int16_t* next = webrtc_.samples();
        for (const float sample : mono) {
            if (decimator_.hear(sample)) *next++ = to_pcm16(decimator_.newest());
        }
        heard_ = std::min(heard_ + 1, learning_frames);
        return webrtc_.has_voice();
    }

    [[nodiscard]] bool is_reliable() const { return heard_ >= learning_frames; }

private:
    WebRtc webrtc_;
    Decimator decimator_{detector_factor};
    int heard_ = 0;
};

VoiceActivity::VoiceActivity() : detector_(std::make_unique<Detector>()) {}
VoiceActivity::~VoiceActivity() = default;
VoiceActivity::VoiceActivity(VoiceActivity&&) noexcept = default;
VoiceActivity& VoiceActivity::operator=(VoiceActivity&&) noexcept = default;

bool VoiceActivity::hear(std::span<const float> mono) { return detector_->hear(mono); }
bool VoiceActivity::is_reliable() const { return detector_->is_reliable(); }

}  // namespace changji
