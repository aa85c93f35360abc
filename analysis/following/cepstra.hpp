#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace changji {

/// The shape of a short spectrum, as speech recognition writes it.
using Cepstra = std::array<float, 8>;

/// Mel-frequency cepstral coefficients 0 to 7 of 25 ms of pre-emphasised 16 kHz mono: Hamming window, 26 triangular
/// bands from 80 Hz to 7 kHz, logarithm, orthonormal cosine transform (Davis & Mermelstein 1980).
class CepstraMaker {
public:
    static constexpr std::size_t window = 400;
    CepstraMaker();
    [[nodiscard]] Cepstra of(std::span<const float, window> emphasised) const;

private:
    struct Band {
        std::size_t first_bin = 0;
        std::vector<float> weights;
    };
    std::array<float, window> hamming_{};
    std::vector<Band> bands_;
    std::vector<Cepstra> cosines_;  ///< of each band
};

}  // namespace changji
