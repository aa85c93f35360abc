#include "analysis/following/speech_features.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr std::size_t order = std::tuple_size_v<Cepstra>;
constexpr float slope_weight = 2.0F;
constexpr int trust_in_reference = 50, longest_memory = 1500;  // frames of speech

/// Higher cepstra tell one voice from another more than one sound from another: they weigh less.
const Cepstra& lifter() {
    static const Cepstra weights = [] {
        Cepstra made{};
        made[0] = 1.0F;
        for (std::size_t k = 1; k < order; ++k) made[k] = 1.0F - 0.9F * static_cast<float>(k - 1) / (order - 2);
        float sum = 0.0F;
        for (const float weight : made) sum += weight * weight;
        for (float& weight : made) weight *= std::sqrt(order / sum);
        return made;
    }();
    return weights;
}

Cepstra normalised(const Cepstra& cepstra, const Cepstra& mean, const Cepstra& deviation) {
    Cepstra result{};
    for (std::size_t k = 0; k < order; ++k) result[k] = (cepstra[k] - mean[k]) / deviation[k] * lifter()[k];
    return result;
}

SpeechFeature with_slopes(const Cepstra& before2, const Cepstra& before1, const Cepstra& now, const Cepstra& after1,
                          const Cepstra& after2) {
    SpeechFeature feature{};
    for (std::size_t k = 0; k < order; ++k) {
        feature[k] = now[k];
        const float slope = (after1[k] - before1[k] + 2.0F * (after2[k] - before2[k])) / 10.0F;
        feature[order + k] = slope_weight * slope;
    }
    return feature;
}

}  // namespace

CepstralScale scale_of(std::span<const Cepstra> speech) {
    CepstralScale scale;
    const auto count = static_cast<float>(std::max<std::size_t>(1, speech.size()));
    for (std::size_t k = 0; k < order; ++k) {
        double sum = 0.0, squares = 0.0;
        for (const Cepstra& cepstra : speech) {
            sum += cepstra[k];
            squares += double{cepstra[k]} * cepstra[k];
        }
        const double mean = sum / count;
        scale.mean[k] = static_cast<float>(mean);
        scale.deviation[k] = static_cast<float>(std::sqrt(std::max(squares / count - mean * mean, 1e-3)));
    }
    return scale;
}

std::vector<SpeechFeature> features_of(std::span<const Cepstra> speech, const CepstralScale& scale) {
    std::vector<Cepstra> shapes;
    for (const Cepstra& cepstra : speech) shapes.push_back(normalised(cepstra, scale.mean, scale.deviation));
    const auto last = static_cast<std::ptrdiff_t>(shapes.size()) - 1;
    const auto at = [&](std::ptrdiff_t i) {
        return shapes[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, last))];
    };
    std::vector<SpeechFeature> features;
    for (std::ptrdiff_t i = 0; i <= last; ++i) {
        features.push_back(with_slopes(at(i - 2), at(i - 1), at(i), at(i + 1), at(i + 2)));
    }
    return features;
}

LiveFeatures::LiveFeatures(const CepstralScale& reference) : mean_(reference.mean), heard_speech_(trust_in_reference) {
    for (std::size_t k = 0; k < order; ++k) {
        square_[k] = reference.deviation[k] * reference.deviation[k] + mean_[k] * mean_[k];
    }
}

std::optional<LiveFeatures::Frame> LiveFeatures::hear(const SpeechFrame& frame) {
    if (frame.speaking) {
        heard_speech_ = std::min(heard_speech_ + 1, longest_memory);
        const float share = 1.0F / static_cast<float>(heard_speech_);
        for (std::size_t k = 0; k < order; ++k) {
            mean_[k] += (frame.cepstra[k] - mean_[k]) * share;
            square_[k] += (frame.cepstra[k] * frame.cepstra[k] - square_[k]) * share;
        }
    }
    Cepstra deviation{};
    for (std::size_t k = 0; k < order; ++k) {
        deviation[k] = std::sqrt(std::max(square_[k] - mean_[k] * mean_[k], 1e-3F));
    }
    const Normalised newest{normalised(frame.cepstra, mean_, deviation), frame.speaking, frame.speech_to_noise_db};
    if (heard_ == 0) latest_.fill(newest);
    std::rotate(latest_.begin(), latest_.begin() + 1, latest_.end());
    latest_.back() = newest;
    if (++heard_ <= reach) return std::nullopt;
    const Normalised& middle = latest_[reach];
    return Frame{
        with_slopes(latest_[0].cepstra, latest_[1].cepstra, middle.cepstra, latest_[3].cepstra, latest_[4].cepstra),
        middle.speaking, middle.speech_to_noise_db};
}

}  // namespace changji
