#pragma once

#include "capture/types/video_frame.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace changji {

// What the instruments beside a picture show of it, as plain numbers to be drawn. Of I420 frames as Framing gives them
// (limited-range BT.709) of any size. About one pixel in twelve is looked at, always the same ones.

/// How bright a scope glows at each place, 0..255: nothing there, or the more pixels the brighter. Rows from the top.
struct ScopeTrace {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> glow;

    [[nodiscard]] std::uint8_t at(int x, int y) const { return glow[static_cast<std::size_t>(y) * width + x]; }
};

inline constexpr int waveform_columns = 320;
inline constexpr int parade_columns = 112;  ///< of each of the three

/// Luma from left to right: 320×256, row 0 is code 255, row 239 black (16), row 20 white (235).
[[nodiscard]] ScopeTrace trace_waveform(const VideoFrame& frame);
/// R', G' and B' (BT.709) side by side, each 112 columns of the whole picture, in the waveform's scale: 16 is no light,
/// 235 all of it.
[[nodiscard]] ScopeTrace trace_parade(const VideoFrame& frame);
/// Chroma: 256×256, column = Cb, row = 255 − Cr, so that no colour is in the middle, red above and blue to the right.
[[nodiscard]] ScopeTrace trace_vectorscope(const VideoFrame& frame);

/// Where bars of a colour at 75 % lie in a vectorscope, in codes.
struct ColourTarget {
    double cb = 128.0;
    double cr = 128.0;
};
/// Red, magenta, blue, cyan, green, yellow: 0.75 of BT.709's primaries (Kr = 0.2126, Kb = 0.0722).
[[nodiscard]] std::array<ColourTarget, 6> colour_targets();
/// The I axis of NTSC, from Cb towards Cr: skin of every complexion lies about it, being blood under more or less
/// melanin.
inline constexpr double skin_line_degrees = 123.0;

struct LumaSpread {
    std::array<float, 256> height{};  ///< of each code, 1: the most frequent one between black and white
    double crushed_percent = 0.0;     ///< up to black_code
    double burnt_percent = 0.0;       ///< from white_code on
};
[[nodiscard]] LumaSpread measure_luma_spread(const VideoFrame& frame);

}  // namespace changji
