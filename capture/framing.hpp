#pragma once

#include <memory>
#include <optional>

#include "capture/source.hpp"
#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

inline constexpr int take_width_px = 1920;
inline constexpr int take_height_px = 1080;

/// Where the 16:9 picture is cut from, in pixels of the upright source with square pixels.
struct CropRect {
    int x_px = 0;
    int y_px = 0;
    int width_px = 0;
    int height_px = 0;

    friend bool operator==(const CropRect&, const CropRect&) = default;
};

/// What the framing does to a source, for the crew and the report.
struct FramingFacts {
    int upright_width_px = 0;  ///< of the source after orientation and sample aspect ratio
    int upright_height_px = 0;
    CropRect crop;          ///< always 16:9 within a pixel
    bool cropped = false;   ///< part of the source's picture is not in the take
    bool enlarged = false;  ///< the crop is smaller than 1920×1080: "1080p" is not fulfilled
};

/// The largest 16:9 rectangle inside `width_px` × `height_px`, centred, with even edges.
[[nodiscard]] CropRect centred_crop(int width_px, int height_px);

/// `wanted` moved and shrunk to 16:9 inside the picture; nothing wanted: centred_crop. Never empty.
[[nodiscard]] CropRect fitted_crop(std::optional<CropRect> wanted, int width_px, int height_px);

/// Turns whatever a source delivers into 1920×1080 I420, square pixels, limited-range BT.709: rotates by the
/// frame's orientation, crops to 16:9, scales, converts range and matrix. Never squeezes, never letterboxes.
/// A frame that already is what is wanted passes through without a copy. Untagged YUV counts as BT.601 up to
/// 576 lines, else BT.709; untagged range as limited. Interlaced pictures become whole ones of the earlier field's
/// moment, each at once and none lost.
/// One thread at a time. The sequence and the capture time of the frame are kept.
class Framing {
public:
    explicit Framing(std::optional<CropRect> wanted = std::nullopt);
    ~Framing();
    Framing(Framing&&) noexcept;
    Framing& operator=(Framing&&) noexcept;

    /// UnsupportedFormat for a frame without pixels or of an unknown format.
    [[nodiscard]] Result<VideoFrame> frame(const VideoFrame& source);
    void move_crop(std::optional<CropRect> wanted);
    [[nodiscard]] FramingFacts facts() const;  ///< of the last frame; zeros before the first

private:
    struct Graph;
    std::unique_ptr<Graph> graph_;
};

}  // namespace changji
