#include "analysis/background_meter.hpp"

#include <cstdint>

namespace changji {
namespace {

constexpr double least_background = 0.15;

/// |∇|² of the 3×3 Sobel operator, not divided.
std::int64_t squared_gradient(const Thumbnail::Component& c, int x, int y) {
    const auto value = [&](int dx, int dy) { return std::int64_t{c[Thumbnail::at(x + dx, y + dy)]}; };
    const std::int64_t across =
        value(1, -1) + 2 * value(1, 0) + value(1, 1) - value(-1, -1) - 2 * value(-1, 0) - value(-1, 1);
    const std::int64_t down =
        value(-1, 1) + 2 * value(0, 1) + value(1, 1) - value(-1, -1) - 2 * value(0, -1) - value(1, -1);
    return across * across + down * down;
}

bool is_edge(const Thumbnail& picture, int x, int y) {
    // (255/219)²·L/8² + 4·(255/224)²·C/8² > 12², with both sides multiplied by the denominators.
    constexpr std::int64_t luma_scale = 219 * 219, chroma_scale = 224 * 224;
    constexpr std::int64_t bound = 144 * 64 * luma_scale * chroma_scale;
    const std::int64_t luma = squared_gradient(picture.luma, x, y);
    const std::int64_t chroma = squared_gradient(picture.blue, x, y) + squared_gradient(picture.red, x, y);
    return 255 * 255 * (luma * chroma_scale + 4 * chroma * luma_scale) > bound;
}

bool touches(const SubjectMask& subject, int x, int y) {
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            if (subject[Thumbnail::at(x + dx, y + dy)]) return true;
        }
    }
    return false;
}

}  // namespace

std::optional<double> measure_clutter(const Thumbnail& picture, const SubjectMask& subject) {
    int background = 0, edges = 0;
    for (int y = 1; y + 1 < Thumbnail::height; ++y) {
        for (int x = 1; x + 1 < Thumbnail::width; ++x) {
            if (touches(subject, x, y)) continue;
            ++background;
            edges += is_edge(picture, x, y);
        }
    }
    if (background < least_background * Thumbnail::width * Thumbnail::height) return std::nullopt;
    return static_cast<double>(edges) / background;
}

EdgeMap clutter_edges(const Thumbnail& picture, const SubjectMask& subject) {
    EdgeMap edges;
    for (int y = 1; y + 1 < Thumbnail::height; ++y) {
        for (int x = 1; x + 1 < Thumbnail::width; ++x) {
            edges[Thumbnail::at(x, y)] = !touches(subject, x, y) && is_edge(picture, x, y);
        }
    }
    return edges;
}

}  // namespace changji
