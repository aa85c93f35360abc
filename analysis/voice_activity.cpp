#include "analysis/voice_activity.hpp"

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
        frame_.sample_rate_hz_ = 48'000;
        frame_.num_channels_ = 1;
        frame_.samples_per_channel_ = VoiceActivity::frame_length;
    }

    bool hear(std::span<const float> mono) {
        assert(mono.size() == VoiceActivity::frame_length);
        std::transform(mono.begin(), mono.end(), frame_.data_, to_pcm16);
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
    int heard_ = 0;
};

VoiceActivity::VoiceActivity() : detector_(std::make_unique<Detector>()) {}
VoiceActivity::~VoiceActivity() = default;
VoiceActivity::VoiceActivity(VoiceActivity&&) noexcept = default;
VoiceActivity& VoiceActivity::operator=(VoiceActivity&&) noexcept = default;

bool VoiceActivity::hear(std::span<const float> mono) { return detector_->hear(mono); }
bool VoiceActivity::is_reliable() const { return detector_->is_reliable(); }

}  // namespace changji
