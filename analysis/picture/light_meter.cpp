#include "analysis/picture/light_meter.hpp"

#include "analysis/picture/luma_histogram.hpp"
#include "analysis/subject/face_halves.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr int picture_line_step = 4;

/// Of every fourth line. What the middle of the picture holds is not counted again where it begins on such a line, as
/// it does in a take's picture.
LumaHistogram picture_histogram(const VideoFrame& frame, const PixelRect& middle, const LumaHistogram& centre) {
    LumaHistogram picture;
    if (middle.y % picture_line_step != 0) {
        picture.add(frame, {0, 0, frame.width_px, frame.height_px}, picture_line_step);
        return picture;
    }
    const int lines = (middle.height + picture_line_step - 1) / picture_line_step * picture_line_step;
    const int right = middle.x + middle.width, below = std::min(middle.y + lines, frame.height_px);
    picture.add(centre);
    picture.add(frame, {0, 0, frame.width_px, middle.y}, picture_line_step);
    picture.add(frame, {0, middle.y, middle.x, middle.height}, picture_line_step);
    picture.add(frame, {right, middle.y, frame.width_px - right, middle.height}, picture_line_step);
    picture.add(frame, {0, below, frame.width_px, frame.height_px - below}, picture_line_step);
    return picture;
}

/// Of one pixel in sixteen, which is plenty for a mean.
LumaHistogram background_histogram(const VideoFrame& frame, const SubjectMask& subject) {
    constexpr int step = 4;
    LumaHistogram background;
    for (int y = 0; y < frame.height_px; y += step) {
        const std::uint8_t* const row = frame.planes[0].data + std::ptrdiff_t{frame.planes[0].stride_bytes} * y;
        const int small_y = y * Thumbnail::height / frame.height_px;
        int x = 0;
        for (int small_x = 0; small_x < Thumbnail::width; ++small_x) {
            const bool is_background = !subject[Thumbnail::at(small_x, small_y)];
            for (; x * Thumbnail::width < (small_x + 1) * frame.width_px; x += step) {
                if (is_background) background.add(row[x]);
            }
        }
    }
    return background;
}

std::optional<double> colour_cast(const Thumbnail& small) {
    constexpr int grey_radius = 24;  // skin lies outside
    std::int64_t count = 0, blue = 0, red = 0;
    for (std::size_t i = 0; i < small.luma.size(); ++i) {
        const int cb = small.blue[i] - 128, cr = small.red[i] - 128;
        const int ten_y = 10 * (small.luma[i] - 16);
        if (ten_y <= 3 * 219 || ten_y >= 9 * 219 || cb * cb + cr * cr >= grey_radius * grey_radius) continue;
        ++count;
        blue += cb;
        red += cr;
    }
    if (count * 20 < static_cast<std::int64_t>(small.luma.size())) return std::nullopt;
    return std::hypot(static_cast<double>(blue), static_cast<double>(red)) / static_cast<double>(count);
}

void measure_faces(const VideoFrame& frame, std::span<const FaceBox> faces, const SubjectMask& subject,
                   Readings& readings) {
    LumaHistogram skin;
    double ratio = 1.0;
    for (const FaceBox& face : faces) {
        const PixelRect core = central_part(frame, face, face_core);
        if (core.width < 2 || core.height < 1) continue;
        skin.add(frame, core, face_line_step);
        ratio = std::max(ratio, measure_halves(frame, core).ratio());
    }
    if (skin.total() == 0) return;
    readings.set(Measure::LightFaceLuma, 100.0 * relative_luma(skin.median_code()));
    readings.set(Measure::LightKeyFillRatio, ratio);
    readings.set(Measure::LightFaceClipped, skin.percent_at_or_above(white_code));
    readings.set(Measure::LightFaceCrushed, skin.percent_at_or_below(black_code));
    const double background = background_histogram(frame, subject).mean_linear_light();
    const double face = skin.mean_linear_light();
    if (background > 0.0 && face > 0.0) readings.set(Measure::LightBacklight, std::log2(background / face));
}

}  // namespace

Readings measure_light(const VideoFrame& frame, const Thumbnail& small, std::span<const FaceBox> faces,
                       const SubjectMask& subject) {
    Readings readings;
    const PixelRect middle = central_part(frame, {0.0, 0.0, 1.0, 1.0}, face_core);
    LumaHistogram centre;
    centre.add(frame, middle, picture_line_step);
    const LumaHistogram picture = picture_histogram(frame, middle, centre);
    readings.set(Measure::LightPictureLuma, 100.0 * relative_luma(centre.median_code()));
    readings.set(Measure::LightClipped, picture.percent_at_or_above(white_code));
    readings.set(Measure::LightCrushed, picture.percent_at_or_below(black_code));
    readings.set(Measure::LightContrast, picture.deviation());
    readings.set(Measure::LightColourCast, colour_cast(small));
    measure_faces(frame, faces, subject, readings);
    return readings;
}

bool too_dark_for_background(const Readings& light) {
    // Two stops below a well-lit face (45 %) clutter reads a third too low; without a face only a dark
    // picture tells.
    if (const auto face = light[Measure::LightFaceLuma]) return *face < 25.0;
    const auto picture = light[Measure::LightPictureLuma];
    return picture && *picture < 20.0;
}

}  // namespace changji
