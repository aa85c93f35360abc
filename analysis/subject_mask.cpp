#include "analysis/subject_mask.hpp"

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
    if (face.width <= 0.0 || face.height <= 0.0) return false;
    const double across = (x - (face.x + face.width / 2)) / face.width;
    const double down = (y - (face.y + face.height / 2)) / face.height;
    if (std::hypot(across / 0.85, down / 1.05) <= 1.0) return true;
    const double chin = face.y + face.height;
    return y >= chin && std::abs(across) <= torso_half_width((y - chin) / face.height, (1.0 - chin) / face.height);
}

}  // namespace

SubjectMask mask_subjects(std::span<const FaceBox> faces) {
    SubjectMask mask;
    for (int row = 0; row < Thumbnail::height; ++row) {
        const double y = (row + 0.5) / Thumbnail::height;
        for (int column = 0; column < Thumbnail::width; ++column) {
            const double x = (column + 0.5) / Thumbnail::width;
            mask[Thumbnail::at(column, row)] =
                std::any_of(faces.begin(), faces.end(), [&](const FaceBox& face) { return covers(face, x, y); });
        }
    }
    return mask;
}

}  // namespace changji
