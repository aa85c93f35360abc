#include "capture/speech_synthesis.hpp"

#include "capture/av/av.hpp"
#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <array>
#include <mutex>

#include <espeak-ng/speak_lib.h>

namespace changji {
namespace {

struct Spoken {
    std::vector<float> samples;
    std::vector<Utterance::Onset> onsets;
};

int collect(short* wave, int count, espeak_EVENT* events) {
    auto& spoken = *static_cast<Spoken*>(events->user_data);
    for (const espeak_EVENT* event = events; event->type != espeakEVENT_LIST_TERMINATED; ++event) {
        if (event->type != espeakEVENT_WORD || event->text_position < 1) continue;
        spoken.onsets.push_back({static_cast<std::size_t>(event->text_position - 1), event->audio_position / 1000.0});
    }
    for (int i = 0; wave && i < count; ++i) spoken.samples.push_back(static_cast<float>(wave[i]) / 32768.0F);
    return 0;
}

bool choose_mandarin() {
    // In espeak-ng 1.51 the plain voice spells the syllables of Chinese characters with English letters.
    for (const char* const voice : std::array{"cmn-latn-pinyin", "cmn"}) {
        if (espeak_SetVoiceByName(voice) == EE_OK) return true;
    }
    return false;
}

/// To 48 kHz; empty when FFmpeg's resampler refuses.
std::vector<float> resampled(const std::vector<float>& samples, int rate_hz) {
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    SwrContext* made = nullptr;
    swr_alloc_set_opts2(&made, &mono, AV_SAMPLE_FMT_FLT, sound_rate_hz, &mono, AV_SAMPLE_FMT_FLT, rate_hz, 0, nullptr);
    const av::ResamplerPtr resampler(made);
    if (!resampler || swr_init(resampler.get()) < 0) return {};
    const int count = static_cast<int>(samples.size());
    std::vector<float> out(static_cast<std::size_t>(count) * sound_rate_hz / rate_hz + 4096);
    const auto* in_bytes = reinterpret_cast<const std::uint8_t*>(samples.data());
    auto* out_bytes = reinterpret_cast<std::uint8_t*>(out.data());
    const int room = static_cast<int>(out.size());
    const int first = swr_convert(resampler.get(), &out_bytes, room, &in_bytes, count);
    if (first < 0) return {};
    out_bytes += first * sizeof(float);
    const int rest = swr_convert(resampler.get(), &out_bytes, room - first, nullptr, 0);
    out.resize(static_cast<std::size_t>(first + std::max(0, rest)));
    return out;
}

}  // namespace

std::vector<Utterance> synthesise(std::span<const std::string> sentences, const SpeakingStyle& style) {
    static std::mutex one_at_a_time;
    std::lock_guard guard(one_at_a_time);
    // Once and never ended: in 1.51 espeak_Terminate() may wait for ever for a thread of its own.
    static const int rate_hz = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
    if (rate_hz <= 0) return {};
    std::vector<Utterance> utterances;
    if (choose_mandarin()) {
        espeak_SetSynthCallback(collect);
        espeak_SetParameter(espeakRATE, style.words_per_minute, 0);
        espeak_SetParameter(espeakPITCH, style.pitch, 0);
        espeak_SetParameter(espeakRANGE, style.pitch_range, 0);
        for (const std::string& sentence : sentences) {
            Spoken spoken;
            espeak_Synth(sentence.c_str(), sentence.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr,
                         &spoken);
            std::ranges::stable_sort(spoken.onsets, {}, &Utterance::Onset::at_s);
            utterances.push_back({resampled(spoken.samples, rate_hz), std::move(spoken.onsets)});
        }
    }
    return utterances;
}

}  // namespace changji
