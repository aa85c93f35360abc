#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "capture/types/time.hpp"

namespace changji {

/// How pixels lie in memory, 8 bits a component. Sources turn anything rarer into the nearest of these.
enum class PixelFormat {
    Unspecified,
    I420,     ///< three planes, chroma halved both ways
    I422,     ///< three planes, chroma halved across
    I444,     ///< three planes, full chroma
    Nv12,     ///< luma plane, then interleaved chroma halved both ways
    Yuyv422,  ///< one plane, Y0 Cb Y1 Cr
    Bgra,     ///< one plane, blue first
};
enum class ColorRange { Unspecified, Limited, Full };
/// Interlaced pictures are two half pictures of different moments, line by line.
enum class Scan { Progressive, TopFieldFirst, BottomFieldFirst };
enum class ColorMatrix { Unspecified, Bt601, Bt709, Bt2020 };

/// How a picture has to be turned clockwise, after being mirrored left to right, before it is shown upright.
struct Orientation {
    int rotation_degrees = 0;  ///< 0, 90, 180 or 270, clockwise
    bool mirrored = false;

    friend bool operator==(Orientation, Orientation) = default;
};

struct Plane {
    const std::uint8_t* data = nullptr;
    int stride_bytes = 0;
};

/// One picture. Never changes after it is made; copies share the pixels, which live as long as `owner`.
struct VideoFrame {
    std::shared_ptr<const void> owner;
    std::array<Plane, 3> planes;
    int width_px = 0;
    int height_px = 0;
    PixelFormat format = PixelFormat::Unspecified;
    ColorRange range = ColorRange::Unspecified;
    ColorMatrix matrix = ColorMatrix::Unspecified;
    Scan scan = Scan::Progressive;
    Rational sample_aspect_ratio{1, 1};
    Orientation orientation;
    std::uint64_t sequence = 0;  ///< counts up by one a frame at the source; a gap is a loss
    CaptureTime captured_at;
};

/// A fresh I420 frame of `width_px` × `height_px` (both even), limited-range BT.709, square pixels, with
/// writable planes handed to `paint(y, cb, cr)` as `{data, stride}` before the frame becomes immutable.
struct WritablePlane {
    std::uint8_t* data = nullptr;
    int stride_bytes = 0;
};
template <typename Paint>
[[nodiscard]] VideoFrame make_i420_frame(int width_px, int height_px, Paint&& paint) {
    const int stride = (width_px + 63) / 64 * 64;
    const std::size_t luma = static_cast<std::size_t>(stride) * height_px;
    const std::size_t chroma = static_cast<std::size_t>(stride / 2) * (height_px / 2);
    std::shared_ptr<std::uint8_t[]> pixels(new std::uint8_t[luma + 2 * chroma]);
    std::uint8_t* const y = pixels.get();
    paint(WritablePlane{y, stride}, WritablePlane{y + luma, stride / 2}, WritablePlane{y + luma + chroma, stride / 2});
    VideoFrame frame;
    frame.planes = {Plane{y, stride}, Plane{y + luma, stride / 2}, Plane{y + luma + chroma, stride / 2}};
    frame.owner = std::shared_ptr<const void>(pixels, y);
    frame.width_px = width_px;
    frame.height_px = height_px;
    frame.format = PixelFormat::I420;
    frame.range = ColorRange::Limited;
    frame.matrix = ColorMatrix::Bt709;
    return frame;
}

}  // namespace changji
