#include "ui/window/drawing/theme.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <cmath>

namespace changji {
namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

/// Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB: what each kind of colour blindness sees.
constexpr Matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix tritanopia{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
constexpr Matrix normal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

Triple linear(ImU32 ink) {
    const std::array bytes{(ink >> IM_COL32_R_SHIFT) & 0xFF, (ink >> IM_COL32_G_SHIFT) & 0xFF,
                           (ink >> IM_COL32_B_SHIFT) & 0xFF};
    Triple value{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double share = bytes[i] / 255.0;
        value[i] = share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    }
    return value;
}

Triple times(const Matrix& matrix, const Triple& value) {
    Triple product{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) product[row] += matrix[row][column] * value[column];
        product[row] = std::clamp(product[row], 0.0, 1.0);
    }
    return product;
}

/// CIE L*a*b* under D65.
Triple lab(const Triple& rgb) {
    constexpr Matrix to_xyz{
        {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
    const Triple xyz = times(to_xyz, rgb);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
    const double x = f(xyz[0] / 0.95047), y = f(xyz[1]), z = f(xyz[2] / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(ImU32 one, ImU32 other, const Matrix& eye) {
    const Triple a = lab(times(eye, linear(one))), b = lab(times(eye, linear(other)));
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// WCAG 2.1.
double contrast(ImU32 one, ImU32 other) {
    const auto luminance = [](ImU32 ink) {
        const Triple rgb = linear(ink);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    };
    const double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

class Themes : public testing::TestWithParam<Theme> {
protected:
    void SetUp() override { use_theme(GetParam()); }
    void TearDown() override { use_theme(Theme::Dark); }
};

TEST_P(Themes, GoodCautionAndBadStayApartForEveryEye) {
    constexpr std::array tones{Tone::Good, Tone::Caution, Tone::Bad};
    for (const Matrix& eye : {normal, protanopia, deuteranopia, tritanopia}) {
        for (std::size_t one = 0; one < tones.size(); ++one) {
            for (std::size_t other = one + 1; other < tones.size(); ++other) {
                // 10 is plainly seen side by side; a mark and a word say it besides.
                EXPECT_GT(difference(colour_of(tones[one]), colour_of(tones[other]), eye), 20.0)
                    << one << " and " << other;
            }
        }
    }
}

TEST_P(Themes, WordsCanBeReadOnWhatTheyStandOn) {
    for (const ImU32 ground : {colour::background(), colour::surface(), colour::raised()}) {
        EXPECT_GT(contrast(colour::text(), ground), 10.0);
        EXPECT_GT(contrast(colour::muted(), ground), 4.5);
    }
    for (const Tone tone : {Tone::Good, Tone::Caution, Tone::Bad}) {
        EXPECT_GT(contrast(colour_of(tone), colour::surface()), 4.5);
        EXPECT_GT(contrast(colour_of(tone), colour::on_accent()), 4.5);
    }
}

INSTANTIATE_TEST_SUITE_P(Both, Themes, testing::Values(Theme::Dark, Theme::Light),
                         [](const auto& each) { return each.param == Theme::Dark ? "Dark" : "Light"; });

}  // namespace
}  // namespace changji
