#include "capture/framing.hpp"

#include <algorithm>
#include <cstdint>

namespace changji {
namespace {

constexpr int shortest_side_px = 2;

constexpr int even_below(std::int64_t value) { return static_cast<int>(value & ~std::int64_t{1}); }

/// `numerator / denominator` to the nearest even number.
constexpr int nearest_even(std::int64_t numerator, std::int64_t denominator) {
    return static_cast<int>((numerator + denominator) / (2 * denominator) * 2);
}

}  // namespace

CropRect centred_crop(int width_px, int height_px) {
    const std::int64_t width = width_px, height = height_px;
    CropRect crop;
    if (width * 9 >= height * 16) {
        crop.height_px = even_below(height);
        crop.width_px = std::min(even_below(width), nearest_even(std::int64_t{crop.height_px} * 16, 9));
    } else {
        crop.width_px = even_below(width);
        crop.height_px = std::min(even_below(height), nearest_even(std::int64_t{crop.width_px} * 9, 16));
    }
    crop.width_px = std::max(crop.width_px, shortest_side_px);
    crop.height_px = std::max(crop.height_px, shortest_side_px);
    crop.x_px = std::max(0, even_below((width - crop.width_px) / 2));
    crop.y_px = std::max(0, even_below((height - crop.height_px) / 2));
    return crop;
}

CropRect fitted_crop(std::optional<CropRect> wanted, int width_px, int height_px) {
    const CropRect whole = centred_crop(width_px, height_px);
    if (!wanted || wanted->width_px <= 0 || wanted->height_px <= 0) return whole;
    CropRect crop = centred_crop(std::min(wanted->width_px, width_px), std::min(wanted->height_px, height_px));
    // The same centre as far as the picture's edges allow it.
    const auto placed = [](std::int64_t start, std::int64_t span, int size, int picture) {
        const std::int64_t room = picture - size;
        return even_below(std::clamp<std::int64_t>(start + (span - size) / 2, 0, std::max<std::int64_t>(room, 0)));
    };
    crop.x_px = placed(wanted->x_px, wanted->width_px, crop.width_px, width_px);
    crop.y_px = placed(wanted->y_px, wanted->height_px, crop.height_px, height_px);
    return crop;
}

}  // namespace changji
