#include "analysis/picture/sharpness.hpp"

#include "analysis/picture/light_meter.hpp"
#include "analysis/picture/luma_histogram.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace changji {
namespace {

constexpr int smallest_core_px = 48;
constexpr double darkest_face = 0.05;

constexpr int reach_px = 8;  ///< of an edge to each side
constexpr int least_contrast_codes = 12;
constexpr double contrast_over_noise = 6.0;
constexpr int fewest_edges = 24;
constexpr int face_lines = 64;
constexpr int background_line_step = 16;
constexpr double hair = 0.4;  ///< beside the subject, in face widths: neither subject nor background
constexpr double loudest_noise_codes = 8.0;

const std::uint8_t* line_of(const VideoFrame& frame, int y) {
    return frame.planes[0].data + std::ptrdiff_t{frame.planes[0].stride_bytes} * y;
}

std::optional<double> face_detail(const VideoFrame& frame, const FaceBox& face, double noise_codes) {
    const PixelRect core = central_part(frame, face, face_core);
    if (core.width < smallest_core_px || core.height < smallest_core_px) return std::nullopt;
    std::int64_t luma = 0, sum = 0, squares = 0;
    for (int y = core.y + 1; y + 1 < core.y + core.height; ++y) {
        const std::uint8_t* const here = line_of(frame, y) + core.x;
        const std::uint8_t* const above = line_of(frame, y - 1) + core.x;
        const std::uint8_t* const below = line_of(frame, y + 1) + core.x;
        std::int32_t line_luma = 0, line_sum = 0;
        std::uint32_t line_squares = 0;  // at most 1020² a pixel
        for (int x = 1; x + 1 < core.width; ++x) {
            const int value = above[x] + below[x] + here[x - 1] + here[x + 1] - 4 * here[x];
            line_luma += here[x];
            line_sum += value;
            line_squares += static_cast<std::uint32_t>(value * value);
        }
        luma += line_luma;
        sum += line_sum;
        squares += line_squares;
    }
    const double count = (core.width - 2.0) * (core.height - 2.0);
    const double mean_y = (static_cast<double>(luma) / count - 16.0) / 219.0;
    if (mean_y < darkest_face) return std::nullopt;
    const double mean = static_cast<double>(sum) / count;
    const double variance = static_cast<double>(squares) / count - mean * mean;
    return std::max(0.0, variance - 20.0 * noise_codes * noise_codes) / (mean_y * mean_y);
}

/// The edges of a region, summed up.
class Edges {
public:
    explicit Edges(double noise_codes)
        : noise_power_(2.0 * reach_px * 2.0 * noise_codes * noise_codes),
          least_step_(static_cast<int>(
              std::lround(reach_px * std::max<double>(least_contrast_codes, contrast_over_noise * noise_codes)))) {}

    /// Of a stretch of one line.
    void add(const std::uint8_t* pixels, int width) {
        if (width < 4 * reach_px + 1) return;
        sums_.resize(static_cast<std::size_t>(width) + 1);
        steps_.resize(static_cast<std::size_t>(width));
        std::int32_t total = 0;
        for (int x = 0; x < width; ++x) sums_[x + 1] = total += pixels[x];
        for (int x = reach_px; x <= width - reach_px; ++x) {
            steps_[x] = std::abs(sums_[x + reach_px] - 2 * sums_[x] + sums_[x - reach_px]);
        }
        for (int x = 2 * reach_px; x <= width - 2 * reach_px; ++x) {
            if (steps_[x] >= least_step_ && is_peak(x)) add_edge(pixels + x);
        }
    }

    /// The sum of squared slopes per squared contrast, 1/px: the inverse of the edges' width.
    [[nodiscard]] std::optional<double> steepness() const {
        if (count_ < fewest_edges || slopes_ <= 0.0) return std::nullopt;
        return slopes_ / contrasts_;
    }

private:
    /// Of plateaus the first place.
    [[nodiscard]] bool is_peak(int x) const {
        for (int away = 1; away <= reach_px; ++away) {
            if (steps_[x - away] >= steps_[x] || steps_[x + away] > steps_[x]) return false;
        }
        return true;
    }

    /// Between pixel[-1] and pixel[0].
    void add_edge(const std::uint8_t* pixel) {
        int slopes = 0, darkest = pixel[-reach_px - 1], brightest = darkest;
        for (int i = -reach_px; i < reach_px; ++i) {
            const int slope = pixel[i] - pixel[i - 1];
            slopes += slope * slope;
            darkest = std::min<int>(darkest, pixel[i]);
            brightest = std::max<int>(brightest, pixel[i]);
        }
        const int contrast = brightest - darkest;
        slopes_ += slopes - noise_power_;
        contrasts_ += contrast * contrast;
        ++count_;
    }

    double noise_power_;
    int least_step_;
    int count_ = 0;
    double slopes_ = 0.0, contrasts_ = 0.0;
    std::vector<std::int32_t> sums_, steps_;
};

std::optional<double> steepness_of_face(const VideoFrame& frame, const FaceBox& face, double noise_codes) {
    const PixelRect box = central_part(frame, face, 1.0);
    Edges edges(noise_codes);
    for (int y = box.y; y < box.y + box.height; y += std::max(1, box.height / face_lines)) {
        edges.add(line_of(frame, y) + box.x, box.width);
    }
    return edges.steepness();
}

/// True where a line of the mask shows background, and no subject within `margin` pixels beside it.
std::array<bool, Thumbnail::width> background_of(const SubjectMask& subject, int small_y, int margin) {
    std::array<bool, Thumbnail::width> background;
    background.fill(true);
    for (int x = 0; x < Thumbnail::width; ++x) {
        if (!subject[Thumbnail::at(x, small_y)]) continue;
        std::fill(background.begin() + std::max(0, x - margin),
                  background.begin() + std::min(Thumbnail::width, x + margin + 1), false);
    }
    return background;
}

std::optional<double> steepness_of_background(const VideoFrame& frame, const SubjectMask& subject, double face_width,
                                              double noise_codes) {
    const int margin = static_cast<int>(std::lround(hair * face_width * Thumbnail::width));
    Edges edges(noise_codes);
    for (int y = background_line_step / 2; y < frame.height_px; y += background_line_step) {
        const auto background = background_of(subject, y * Thumbnail::height / frame.height_px, margin);
        for (auto from = background.begin(); from != background.end();) {
            from = std::find(from, background.end(), true);
            const auto to = std::find(from, background.end(), false);
            const auto pixel = [&](auto place) {
                return static_cast<int>(place - background.begin()) * frame.width_px / Thumbnail::width;
            };
            edges.add(line_of(frame, y) + pixel(from), pixel(to) - pixel(from));
            from = to;
        }
    }
    return edges.steepness();
}

}  // namespace

SharpnessReading measure_sharpness(const VideoFrame& frame, std::span<const FaceBox> faces, const SubjectMask& subject,
                                   std::optional<double> noise_codes) {
    assert(frame.format == PixelFormat::I420);
    if (faces.empty() || !noise_codes) return {};
    const FaceBox& face = *std::max_element(faces.begin(), faces.end(), [](const FaceBox& a, const FaceBox& b) {
        return a.width * a.height < b.width * b.height;
    });
    SharpnessReading reading;
    reading.face_detail = face_detail(frame, face, *noise_codes);
    if (*noise_codes > loudest_noise_codes) return reading;
    const auto near = steepness_of_face(frame, face, *noise_codes);
    const auto far = steepness_of_background(frame, subject, face.width, *noise_codes);
    if (near && far) reading.focus = std::log2(*near / *far);
    return reading;
}

}  // namespace changji
