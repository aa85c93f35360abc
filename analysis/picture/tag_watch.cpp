#include "analysis/picture/tag_watch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace changji {
namespace {

constexpr int row_step = 6, column_step = 4;
constexpr float tolerance = 0.03F;

/// R = y + rv·v, G = y − gu·u − gv·v, B = y + bu·u, with u, v in −0.5..0.5.
struct Matrix {
    float rv, gu, gv, bu;
};
constexpr Matrix bt709{1.5748F, 0.1873F, 0.4681F, 1.8556F};
constexpr Matrix bt601{1.4020F, 0.3441F, 0.7141F, 1.7720F};

bool impossible(const Matrix& matrix, float y, float u, float v) {
    const float red = y + matrix.rv * v;
    const float green = y - matrix.gu * u - matrix.gv * v;
    const float blue = y + matrix.bu * u;
    const auto [least, most] = std::minmax({red, green, blue});
    return least < -tolerance || most > 1.0F + tolerance;
}

struct Halving {
    int across = 0;
    int down = 0;
};

bool is_planar(PixelFormat format) {
    return format == PixelFormat::I420 || format == PixelFormat::I422 || format == PixelFormat::I444;
}

}  // namespace

void TagWatch::see(const VideoFrame& frame) {
    if (seen_++ % picture_step != 0 || !frame.owner || !is_planar(frame.format)) return;
    const Halving chroma{frame.format == PixelFormat::I444 ? 0 : 1, frame.format == PixelFormat::I420 ? 1 : 0};
    const bool full = frame.range == ColorRange::Full;
    const float black = full ? 0.0F : 16.0F, luma_span = full ? 255.0F : 219.0F, chroma_span = full ? 255.0F : 224.0F;
    for (int row = 0; row < frame.height_px; row += row_step) {
        const auto line = [&](std::size_t plane, int at) {
            return frame.planes[plane].data + std::ptrdiff_t{at} * frame.planes[plane].stride_bytes;
        };
        const std::uint8_t* const luma = line(0, row);
        const std::uint8_t* const blue = line(1, row >> chroma.down);
        const std::uint8_t* const red = line(2, row >> chroma.down);
        for (int x = 0; x < frame.width_px; x += column_step) {
            const int code = luma[x];
            ++luma_;
            beyond_ += code < 5 || code > 246;
            outside_ += code < 16 || code > 235;
            const float y = (static_cast<float>(code) - black) / luma_span;
            // What lies beyond black or white says nothing of the matrix.
            if (y < 0.0F || y > 1.0F) continue;
            const float u = (static_cast<float>(blue[x >> chroma.across]) - 128.0F) / chroma_span;
            const float v = (static_cast<float>(red[x >> chroma.across]) - 128.0F) / chroma_span;
            ++colours_;
            impossible_709_ += impossible(bt709, y, u, v);
            impossible_601_ += impossible(bt601, y, u, v);
        }
    }
}

TagSigns TagWatch::signs() const {
    const auto percent = [](std::int64_t part, std::int64_t whole) {
        return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0;
    };
    return {luma_, percent(beyond_, luma_), percent(outside_, luma_), percent(impossible_709_, colours_),
            percent(impossible_601_, colours_)};
}

}  // namespace changji
