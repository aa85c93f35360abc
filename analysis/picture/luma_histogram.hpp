#pragma once

#include "analysis/meter_bank.hpp"
#include "capture/types/video_frame.hpp"

#include <array>
#include <cstdint>

namespace changji {

/// A rectangle of whole pixels, inside its picture.
struct PixelRect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    friend bool operator==(const PixelRect&, const PixelRect&) = default;
};

/// The central `share` (0..1, of each side) of a box given in fractions of the frame, cut to the frame.
[[nodiscard]] PixelRect central_part(const VideoFrame& frame, const FaceBox& box, double share);

/// Relative luma 0..1 of a limited-range code: y = (Y − 16) / 219. Below black it is 0.
[[nodiscard]] double relative_luma(int code);
/// Linear light 0..1 of a limited-range code: y^2.4 (the display's transfer, ITU-R BT.1886).
[[nodiscard]] double linear_light(int code);

/// How often each 8-bit luma code occurs: what most light measures need, found in one pass.
class LumaHistogram {
public:
    /// Of every `line_step`th line of the region, its first line among them.
    void add(const VideoFrame& frame, const PixelRect& region, int line_step = 1);
    void add(const LumaHistogram& other);
    void add(std::uint8_t code) { ++counts_[code], ++total_; }

    [[nodiscard]] std::int64_t total() const { return total_; }
    [[nodiscard]] std::int64_t count(int code) const { return counts_[static_cast<std::size_t>(code)]; }
    /// The code below which half of the pixels lie. All of these: 0 without pixels.
    [[nodiscard]] int median_code() const;
    [[nodiscard]] double mean_code() const;
    [[nodiscard]] double mean_linear_light() const;
    /// Standard deviation of y = (Y − 16) / 219.
    [[nodiscard]] double deviation() const;
    [[nodiscard]] double percent_at_or_above(int code) const;
    [[nodiscard]] double percent_at_or_below(int code) const;

private:
    std::array<std::int64_t, 256> counts_{};
    std::int64_t total_ = 0;
};

}  // namespace changji
