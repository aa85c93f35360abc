#include "capture/framing/framing_first_field.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace changji {
namespace {

/// Rows of each plane, and bytes of a row that hold pixels.
struct PlaneSize {
    int rows = 0;
    int row_bytes = 0;
};

std::array<PlaneSize, 3> plane_sizes(const VideoFrame& frame) {
    const int width = frame.width_px, height = frame.height_px;
    const int half_width = (width + 1) / 2, half_height = (height + 1) / 2;
    switch (frame.format) {
        case PixelFormat::I420: return {{{height, width}, {half_height, half_width}, {half_height, half_width}}};
        case PixelFormat::I422: return {{{height, width}, {height, half_width}, {height, half_width}}};
        case PixelFormat::I444: return {{{height, width}, {height, width}, {height, width}}};
        case PixelFormat::Nv12: return {{{height, width}, {half_height, 2 * half_width}, {}}};
        case PixelFormat::Yuyv422: return {{{height, 4 * half_width}, {}, {}}};
        case PixelFormat::Bgra: return {{{height, 4 * width}, {}, {}}};
        case PixelFormat::Unspecified: break;
    }
    return {};
}

void fill_lines(const Plane& from, PlaneSize size, int first_line, std::uint8_t* to) {
    for (int y = 0; y < size.rows; ++y, to += size.row_bytes) {
        const auto line = [&](int at) { return from.data + static_cast<std::ptrdiff_t>(at) * from.stride_bytes; };
        if (y % 2 == first_line || size.rows < 2) {
            std::copy_n(line(y), size.row_bytes, to);
            continue;
        }
        const std::uint8_t* const above = line(y > 0 ? y - 1 : y + 1);
        const std::uint8_t* const below = line(y + 1 < size.rows ? y + 1 : y - 1);
        std::transform(above, above + size.row_bytes, below, to,
                       [](int a, int b) { return static_cast<std::uint8_t>((a + b + 1) / 2); });
    }
}

}  // namespace

VideoFrame first_field(const VideoFrame& interlaced) {
    const auto sizes = plane_sizes(interlaced);
    std::size_t bytes = 0;
    for (const PlaneSize& size : sizes) bytes += static_cast<std::size_t>(size.rows) * size.row_bytes;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(bytes);
    VideoFrame field = interlaced;
    std::uint8_t* to = pixels->data();
    for (std::size_t plane = 0; plane < sizes.size(); ++plane) {
        fill_lines(interlaced.planes[plane], sizes[plane], interlaced.scan == Scan::BottomFieldFirst ? 1 : 0, to);
        field.planes[plane] = {sizes[plane].rows > 0 ? to : nullptr, sizes[plane].row_bytes};
        to += static_cast<std::ptrdiff_t>(sizes[plane].rows) * sizes[plane].row_bytes;
    }
    field.owner = std::move(pixels);
    field.scan = Scan::Progressive;
    return field;
}

}  // namespace changji
