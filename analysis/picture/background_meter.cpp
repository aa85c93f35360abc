#include "analysis/picture/background_meter.hpp"

#include <array>
#include <cstdint>

namespace changji {
namespace {

constexpr double least_background = 0.15;
constexpr int inner_width = Thumbnail::width - 2;

using SquaredGradients = std::array<std::int32_t, inner_width>;

/// |∇|² of the 3×3 Sobel operator, not divided, of one line without its ends: at most 2·1020².
void add_squared_gradients(const Thumbnail::Component& c, int y, SquaredGradients& into) {
    const std::uint8_t* const above = &c[Thumbnail::at(0, y - 1)];
    const std::uint8_t* const here = &c[Thumbnail::at(0, y)];
    const std::uint8_t* const below = &c[Thumbnail::at(0, y + 1)];
    for (int i = 0; i < inner_width; ++i) {
        const int across = above[i + 2] + 2 * here[i + 2] + below[i + 2] - above[i] - 2 * here[i] - below[i];
        const int down = below[i] + 2 * below[i + 1] + below[i + 2] - above[i] - 2 * above[i + 1] - above[i + 2];
        into[i] += across * across + down * down;
    }
}

bool is_edge(std::int64_t luma, std::int64_t chroma) {
    // (255/219)²·L/8² + 4·(255/224)²·C/8² > 12², with both sides multiplied by the denominators.
    constexpr std::int64_t luma_scale = 219 * 219, chroma_scale = 224 * 224;
    constexpr std::int64_t bound = 144 * 64 * luma_scale * chroma_scale;
    return 255 * 255 * (luma * chroma_scale + 4 * chroma * luma_scale) > bound;
}

/// The subject and all that touches it. A line's ends wrap around into the next line's, which are never read.
SubjectMask grown(const SubjectMask& subject) {
    const SubjectMask wide = subject | (subject << 1) | (subject >> 1);
    return wide | (wide << Thumbnail::width) | (wide >> Thumbnail::width);
}

/// `note(place, is_edge)` for each pixel whose whole neighbourhood is background.
template <typename Note>
void walk_background(const Thumbnail& picture, const SubjectMask& subject, const Note& note) {
    const SubjectMask excluded = grown(subject);
    for (int y = 1; y + 1 < Thumbnail::height; ++y) {
        SquaredGradients luma{}, chroma{};
        add_squared_gradients(picture.luma, y, luma);
        add_squared_gradients(picture.blue, y, chroma);
        add_squared_gradients(picture.red, y, chroma);
        for (int i = 0; i < inner_width; ++i) {
            const std::size_t place = Thumbnail::at(i + 1, y);
            if (!excluded[place]) note(place, is_edge(luma[i], chroma[i]));
        }
    }
}

}  // namespace

std::optional<double> measure_clutter(const Thumbnail& picture, const SubjectMask& subject) {
    int background = 0, edges = 0;
    walk_background(picture, subject, [&](std::size_t, bool edge) {
        ++background;
        edges += edge;
    });
    if (background < least_background * Thumbnail::width * Thumbnail::height) return std::nullopt;
    return static_cast<double>(edges) / background;
}

EdgeMap clutter_edges(const Thumbnail& picture, const SubjectMask& subject) {
    EdgeMap edges;
    walk_background(picture, subject, [&](std::size_t place, bool edge) { edges[place] = edge; });
    return edges;
}

}  // namespace changji
