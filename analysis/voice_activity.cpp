#include "analysis/voice_activity.hpp"

#include "analysis/sound_filters.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

#include <webrtc/modules/audio_processing/include/audio_processing.h>
#include <webrtc/modules/interface/module_common_types.h>

namespace changji {
namespace {

constexpr int learning_frames = 150;
constexpr float least_speech_probability = 0.5f;
constexpr int detector_rate_hz = 16'000;  // one band: at 48 kHz it splits into three first and costs thrice as much
constexpr int detector_factor = 3;

std::int16_t to_pcm16(float sample) {
    return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0f, 1.0f) * 32767.0f));
}

}  // namespace

class VoiceActivity::Detector {
public:
    Detector() : processing_(webrtc::AudioProcessing::Create()) {
        processing_->voice_detection()->set_likelihood(webrtc::VoiceDetection::kVeryLowLikelihood);
        processing_->voice_detection()->Enable(true);
        processing_->noise_suppression()->Enable(true);
        frame_.sample_rate_hz_ = detector_rate_hz;
        frame_.num_channels_ = 1;
        frame_.samples_per_channel_ = VoiceActivity::frame_length / detector_factor;
    }

    bool hear(std::span<const float> mono) {
        assert(mono.size() == VoiceActivity::frame_length);
        std::int16_t* next = frame_.data_;
        for (const float sample : mono) {
            if (decimator_.hear(sample)) *next++ = to_pcm16(decimator_.newest());
        }
        const bool processed = processing_->ProcessStream(&frame_) == webrtc::AudioProcessing::kNoError;
        assert(processed);
        heard_ = std::min(heard_ + 1, learning_frames);
        return processed && processing_->voice_detection()->stream_has_voice() &&
               processing_->noise_suppression()->speech_probability() >= least_speech_probability;
    }

    [[nodiscard]] bool is_reliable() const { return heard_ >= learning_frames; }

private:
    std::unique_ptr<webrtc::AudioProcessing> processing_;
    webrtc::AudioFrame frame_;
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
