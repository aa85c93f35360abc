#include "capture/demo/speech.hpp"

#include <array>

#include <espeak-ng/speak_lib.h>

namespace changji::demo {
namespace {

int collect(short* wave, int count, espeak_EVENT* events) {
    if (!wave || count <= 0) return 0;
    auto& samples = *static_cast<std::vector<float>*>(events->user_data);
    for (int i = 0; i < count; ++i) samples.push_back(static_cast<float>(wave[i]) / 32768.0F);
    return 0;
}

bool choose_mandarin() {
    // In espeak-ng 1.51 the plain voice spells the syllables of Chinese characters with English letters.
    for (const char* const voice : std::array{"cmn-latn-pinyin", "cmn"}) {
        if (espeak_SetVoiceByName(voice) == EE_OK) return true;
    }
    return false;
}

}  // namespace

std::vector<Utterance> speak(std::span<const std::string> sentences) {
    const int rate_hz = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
    if (rate_hz <= 0) return {};
    std::vector<Utterance> spoken;
    if (choose_mandarin()) {
        espeak_SetSynthCallback(collect);
        espeak_SetParameter(espeakRATE, 165, 0);
        espeak_SetParameter(espeakPITCH, 38, 0);
        espeak_SetParameter(espeakRANGE, 55, 0);
        for (const std::string& sentence : sentences) {
            Utterance utterance{{}, rate_hz};
            espeak_Synth(sentence.c_str(), sentence.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr,
                         &utterance.samples);
            if (!utterance.samples.empty()) spoken.push_back(std::move(utterance));
        }
    }
    espeak_Terminate();
    return spoken;
}

}  // namespace changji::demo
