#include "capture/demo/picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace changji::demo {
namespace {

constexpr std::size_t noise_positions = 1 << 16;

struct Rgb {
    int red;
    int green;
    int blue;
};

using ExposedCodes = std::array<std::uint8_t, 256>;

ExposedCodes exposed_codes(double light) {
    ExposedCodes codes{};
    const double gain = std::pow(light, 1.0 / 2.4);
    for (int code = 0; code < 256; ++code) {
        codes[code] = static_cast<std::uint8_t>(std::lround(std::min(255.0, code * gain)));
    }
    return codes;
}

inline Rgb exposed(const std::uint8_t* pixel, const ExposedCodes& codes) {
    return {codes[pixel[2]], codes[pixel[1]], codes[pixel[0]]};
}

// BT.709, full-range R'G'B' to limited-range Y'CbCr, times 65536.
inline std::uint8_t luma(Rgb c) {
    return static_cast<std::uint8_t>((11966 * c.red + 40254 * c.green + 4064 * c.blue + (16 << 16) + 32768) >> 16);
}
inline std::uint8_t blue_difference(Rgb sum_of_4) {
    return static_cast<std::uint8_t>(
        (-6596 * sum_of_4.red - 22189 * sum_of_4.green + 28785 * sum_of_4.blue + (128 << 18) + (1 << 17)) >> 18);
}
inline std::uint8_t red_difference(Rgb sum_of_4) {
    return static_cast<std::uint8_t>(
        (28785 * sum_of_4.red - 26145 * sum_of_4.green - 2640 * sum_of_4.blue + (128 << 18) + (1 << 17)) >> 18);
}

// The width is a constant and the rows don't overlap, so that the compiler may take many pixels at a time.
void add_noise(const std::uint8_t* __restrict clean, const std::int8_t* __restrict noise,
               std::uint8_t* __restrict out) {
    for (int x = 0; x < scene_width_px; ++x) {
        const int noisy = std::clamp(clean[x] + noise[x], 16, 235);
        out[x] = static_cast<std::uint8_t>(clean[x] >= 235 ? clean[x] : noisy);
    }
}

void copy_plane(const std::vector<std::uint8_t>& from, WritablePlane to) {
    constexpr int width = scene_width_px / 2, height = scene_height_px / 2;
    for (int y = 0; y < height; ++y) std::copy_n(from.data() + y * width, width, to.data + y * to.stride_bytes);
}

}  // namespace

void expose(const Canvas& canvas, const Area& area, double light, CleanPicture& picture) {
    const ExposedCodes codes = exposed_codes(light);
    for (int y = area.y_px; y < area.y_px + area.height_px; y += 2) {
        const std::uint8_t* const upper = canvas.row(y);
        const std::uint8_t* const lower = canvas.row(y + 1);
        std::uint8_t* const upper_luma = picture.y.data() + y * scene_width_px;
        std::uint8_t* const lower_luma = upper_luma + scene_width_px;
        const int chroma_row = y / 2 * (scene_width_px / 2);
        for (int x = area.x_px; x < area.x_px + area.width_px; x += 2) {
            const Rgb a = exposed(upper + 4 * x, codes), b = exposed(upper + 4 * x + 4, codes);
            const Rgb c = exposed(lower + 4 * x, codes), d = exposed(lower + 4 * x + 4, codes);
            upper_luma[x] = luma(a);
            upper_luma[x + 1] = luma(b);
            lower_luma[x] = luma(c);
            lower_luma[x + 1] = luma(d);
            const Rgb sum{a.red + b.red + c.red + d.red, a.green + b.green + c.green + d.green,
                          a.blue + b.blue + c.blue + d.blue};
            picture.cb[chroma_row + x / 2] = blue_difference(sum);
            picture.cr[chroma_row + x / 2] = red_difference(sum);
        }
    }
}

SensorNoise::SensorNoise(double sigma_codes) : codes_(noise_positions + scene_width_px) {
    std::mt19937 random(20'220'406);
    // Twelve uniform numbers make a Gaussian that is the same with every standard library.
    for (std::int8_t& code : codes_) {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i) sum += static_cast<double>(random()) / 4294967296.0;
        code = static_cast<std::int8_t>(std::lround(std::clamp(sum * sigma_codes, -60.0, 60.0)));
    }
}

VideoFrame SensorNoise::apply(const CleanPicture& picture, std::uint64_t frame_index) const {
    return make_i420_frame(scene_width_px, scene_height_px, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        std::uint64_t state = frame_index * 0x9E3779B97F4A7C15ULL + 1;
        for (int row = 0; row < scene_height_px; ++row) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            const std::int8_t* const noise = codes_.data() + (state >> 48);
            add_noise(picture.y.data() + row * scene_width_px, noise, y.data + row * y.stride_bytes);
        }
        copy_plane(picture.cb, cb);
        copy_plane(picture.cr, cr);
    });
}

}  // namespace changji::demo
