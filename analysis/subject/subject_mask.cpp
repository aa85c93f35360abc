#include "analysis/subject/subject_mask.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

/// Half the torso's width, in face widths, at a height below the chin given in face heights.
double torso_half_width(double below_chin, double lower_edge) {
    constexpr double neck = 0.7, shoulders = 1.75, foot = 2.1, shoulder_line = 0.6;
    if (below_chin < shoulder_line) return std::lerp(neck, shoulders, below_chin / shoulder_line);
    const double rest = std::max(lower_edge - shoulder_line, 1e-9);
    return std::lerp(shoulders, foot, std::min(1.0, (below_chin - shoulder_line) / rest));
}

bool covers(const FaceBox& face, double x, double y) {
    const double across = (x - (face.x + face.width / 2)) / face.width;
    const double down = (y - (face.y + face.height / 2)) / face.height;
    if (std::hypot(across / 0.85, down / 1.05) <= 1.0) return true;
    const double chin = face.y + face.height;
    return y >= chin && std::abs(across) <= torso_half_width((y - chin) / face.height, (1.0 - chin) / face.height);
}

/// Where the template's outline crosses a row, in face widths from its centre line; negative above the head.
double half_width(const FaceBox& face, double y) {
    double half = -1.0;
    const double down = (y - (face.y + face.height / 2)) / face.height / 1.05;
    if (std::abs(down) <= 1.0) half = 0.85 * std::sqrt(1.0 - down * down);
    const double chin = face.y + face.height;
    if (y >= chin) half = std::max(half, torso_half_width((y - chin) / face.height, (1.0 - chin) / face.height));
    return half;
}

int column_at(double x) { return static_cast<int>(std::clamp(x, -1.0, 2.0) * Thumbnail::width); }

void add_row(const FaceBox& face, int row, SubjectMask& mask) {
    const double y = (row + 0.5) / Thumbnail::height;
    const double half = half_width(face, y);
    if (half < 0.0) return;
    const auto covered = [&](int column) { return covers(face, (column + 0.5) / Thumbnail::width, y); };
    // Within two columns of the outline each pixel is asked; between the two outlines all are covered.
    const double centre = face.x + face.width / 2;
    int left = std::max(column_at(centre - half * face.width) - 2, 0);
    int right = std::min(column_at(centre + half * face.width) + 2, Thumbnail::width - 1);
    while (left <= right && !covered(left)) ++left;
    while (left < right && !covered(right)) --right;
    for (int column = left; column <= right; ++column) mask.set(Thumbnail::at(column, row));
}

}  // namespace

SubjectMask mask_subjects(std::span<const FaceBox> faces) {
    SubjectMask mask;
    for (const FaceBox& face : faces) {
        if (face.width <= 0.0 || face.height <= 0.0) continue;
        for (int row = 0; row < Thumbnail::height; ++row) add_row(face, row, mask);
    }
    return mask;
}

}  // namespace changji
