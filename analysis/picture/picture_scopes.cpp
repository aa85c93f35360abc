#include "analysis/picture/picture_scopes.hpp"

#include "analysis/picture/light_meter.hpp"
#include "analysis/picture/luma_histogram.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace changji {
namespace {

constexpr int line_step = 4;
constexpr double kr = 0.2126, kb = 0.0722;
constexpr int codes = 256;

/// How often each place was hit, and then how brightly it glows.
class Hits {
public:
    Hits(int width, int height)
        : width_(width), height_(height), counts_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

    [[nodiscard]] std::uint16_t* data() { return counts_.data(); }
    /// `full`: so many hits glow fully. The root keeps a single hit in sight.
    [[nodiscard]] ScopeTrace glow(int full) const {
        constexpr double faint = 40.0;
        std::vector<std::uint8_t> table(static_cast<std::size_t>(full) + 1);
        for (int hits = 1; hits <= full; ++hits) {
            const double share = std::sqrt(static_cast<double>(hits) / full);
            table[static_cast<std::size_t>(hits)] =
                static_cast<std::uint8_t>(std::lround(std::lerp(faint, 255, share)));
        }
        ScopeTrace trace{width_, height_, std::vector<std::uint8_t>(counts_.size())};
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            trace.glow[i] = table[std::min<std::size_t>(counts_[i], static_cast<std::size_t>(full))];
        }
        return trace;
    }

private:
    int width_, height_;
    std::vector<std::uint16_t> counts_;
};

const std::uint8_t* line_of(const Plane& plane, int y) {
    return plane.data + static_cast<std::ptrdiff_t>(plane.stride_bytes) * y;
}

/// The column of the trace that each looked-at pixel of a line falls into.
std::vector<int> columns_of(int pixels, int step, int columns) {
    std::vector<int> into;
    for (int x = 0; x < pixels; x += step) into.push_back(x * columns / pixels);
    return into;
}

/// How many pixels of a column are looked at: a level that an eighth of them has glows fully.
int full_glow(std::size_t per_line, int lines, int columns) {
    return std::max(1, static_cast<int>(per_line) * lines / columns / 8);
}

std::size_t clipped(int code) { return static_cast<std::size_t>(std::clamp(code, 0, 255)); }

}  // namespace

ScopeTrace trace_waveform(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420);
    constexpr int step = 3;
    const std::vector<int> columns = columns_of(frame.width_px, step, waveform_columns);
    Hits hits(waveform_columns, codes);
    int lines = 0;
    for (int y = 0; y < frame.height_px; y += line_step, ++lines) {
        const std::uint8_t* const luma = line_of(frame.planes[0], y);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            ++hits.data()[(255 - luma[i * step]) * waveform_columns + columns[i]];
        }
    }
    return hits.glow(full_glow(columns.size(), lines, waveform_columns));
}

ScopeTrace trace_parade(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420);
    constexpr std::size_t step = 6;  // of luma, on pixels that chroma lies on
    constexpr int width = 3 * parade_columns;
    const std::vector<int> columns = columns_of(frame.width_px, step, parade_columns);
    Hits hits(width, codes);
    int lines = 0;
    for (int y = 0; y < frame.height_px; y += line_step, ++lines) {
        const std::uint8_t* const luma = line_of(frame.planes[0], y);
        const std::uint8_t* const blue = line_of(frame.planes[1], y / 2);
        const std::uint8_t* const red = line_of(frame.planes[2], y / 2);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            // BT.709 in luma's own codes, times 65,536: 1.5748, 0.1873, 0.4681 and 1.8556 by 219/224.
            const int l = luma[i * step] * 65'536 + 32'768;
            const int b = blue[i * step / 2] - 128, r = red[i * step / 2] - 128;
            const std::array parts{l + 100'902 * r, l - 12'003 * b - 29'994 * r, l + 118'894 * b};
            for (std::size_t part = 0; part < parts.size(); ++part) {
                const std::size_t row = 255 - clipped(parts[part] >> 16);
                ++hits.data()[row * width + part * parade_columns + static_cast<std::size_t>(columns[i])];
            }
        }
    }
    return hits.glow(full_glow(columns.size(), lines, parade_columns));
}

ScopeTrace trace_vectorscope(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420);
    Hits hits(codes, codes);
    int seen = 0;
    for (int y = 0; y < frame.height_px / 2; y += line_step / 2) {
        const std::uint8_t* const blue = line_of(frame.planes[1], y);
        const std::uint8_t* const red = line_of(frame.planes[2], y);
        for (int x = 0; x < frame.width_px / 2; x += 3, ++seen) {
            std::uint16_t& place = hits.data()[(255 - red[x]) * codes + blue[x]];
            place = static_cast<std::uint16_t>(std::min(place + 1, 65'535));
        }
    }
    return hits.glow(std::clamp(seen / 500, 1, 65'535));
}

std::array<ColourTarget, 6> colour_targets() {
    constexpr std::array<std::array<double, 3>, 6> colours{
        {{1, 0, 0}, {1, 0, 1}, {0, 0, 1}, {0, 1, 1}, {0, 1, 0}, {1, 1, 0}}};
    std::array<ColourTarget, 6> targets;
    for (std::size_t i = 0; i < colours.size(); ++i) {
        const auto [r, g, b] = colours[i];
        const double y = kr * r + (1.0 - kr - kb) * g + kb * b;
        targets[i] = {128.0 + 224.0 * 0.75 * (b - y) / (2.0 * (1.0 - kb)),
                      128.0 + 224.0 * 0.75 * (r - y) / (2.0 * (1.0 - kr))};
    }
    return targets;
}

LumaSpread measure_luma_spread(const VideoFrame& frame) {
    LumaHistogram histogram;
    histogram.add(frame, {0, 0, frame.width_px, frame.height_px}, line_step);
    LumaSpread spread;
    spread.crushed_percent = histogram.percent_at_or_below(black_code);
    spread.burnt_percent = histogram.percent_at_or_above(white_code);
    std::int64_t most = 0;
    for (int code = black_code + 1; code < white_code; ++code) most = std::max(most, histogram.count(code));
    // A picture of nothing but black or white has its ends to show.
    if (most == 0) most = histogram.total();
    for (int code = 0; code < codes && most > 0; ++code) {
        const double share = static_cast<double>(histogram.count(code)) / static_cast<double>(most);
        spread.height[static_cast<std::size_t>(code)] = static_cast<float>(std::min(1.0, share));
    }
    return spread;
}

}  // namespace changji
