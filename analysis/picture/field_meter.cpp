#include "analysis/picture/field_meter.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace changji {
namespace {

constexpr int looked_at_px = 16, column_step_px = 64;
constexpr int moving_codes = 5;  // above a camera's noise
constexpr double fields_part = 1.04, lines_fit = 1.5;
/// Mean misfit in codes below which there is nothing to see: a test card's flat fields, a black picture.
constexpr double least_misfit = 0.05;
constexpr int least_moving_part = 500;  // of the picture: one part in so many

bool has_luma_plane(const VideoFrame& frame) {
    return frame.format == PixelFormat::I420 || frame.format == PixelFormat::I422 ||
           frame.format == PixelFormat::I444 || frame.format == PixelFormat::Nv12;
}

bool same_shape(const VideoFrame& a, const VideoFrame& b) {
    return a.owner && b.owner && a.format == b.format && a.width_px == b.width_px && a.height_px == b.height_px;
}

const std::uint8_t* line_of(const VideoFrame& frame, int row) {
    return frame.planes[0].data + std::ptrdiff_t{row} * frame.planes[0].stride_bytes;
}

/// How badly `line` fits between the lines above and below.
int misfit(const std::uint8_t* above, const std::uint8_t* line, const std::uint8_t* below) {
    int sum = 0;
    for (int x = 0; x < looked_at_px; ++x) sum += std::abs(above[x] - 2 * line[x] + below[x]);
    return sum;
}

/// Between the picture before and the one after something went by here: where all stands still, a line fits no better
/// into its own picture than into any other, and noise would drown what moves.
bool moves(const std::uint8_t* before, const std::uint8_t* after) {
    int sum = 0;
    for (int x = 0; x < looked_at_px; ++x) sum += std::abs(before[x] - after[x]);
    return sum > looked_at_px * moving_codes;
}

struct Misfits {
    std::array<std::int64_t, 2> fields{};  ///< even lines of the one before with odd lines of the one after; reverse
    std::int64_t own = 0;
    std::int64_t samples = 0;
};

Misfits misfits_of(const VideoFrame& before, const VideoFrame& now, const VideoFrame& after) {
    Misfits sums;
    for (int row = 2; row + 2 < now.height_px; ++row) {
        const auto parity = static_cast<std::size_t>(row & 1);
        const std::uint8_t* const above = line_of(now, row - 1);
        const std::uint8_t* const below = line_of(now, row + 1);
        for (int x = 0; x + looked_at_px <= now.width_px; x += column_step_px) {
            if (!moves(line_of(before, row) + x, line_of(after, row) + x)) continue;
            sums.fields[parity] += misfit(above + x, line_of(before, row) + x, below + x);
            sums.fields[1 - parity] += misfit(above + x, line_of(after, row) + x, below + x);
            sums.own += misfit(above + x, line_of(now, row) + x, below + x);
            sums.samples += looked_at_px;
        }
    }
    return sums;
}

}  // namespace

void FieldMeter::see(const VideoFrame& frame) {
    if (!has_luma_plane(frame)) return;
    const bool looks = ++seen_ % picture_step == 0 && same_shape(before_[0], frame) && same_shape(before_[1], frame);
    if (looks) {
        const Misfits sums = misfits_of(before_[0], before_[1], frame);
        const auto [one, other] = std::pair(static_cast<double>(std::min(sums.fields[0], sums.fields[1])),
                                            static_cast<double>(std::max(sums.fields[0], sums.fields[1])));
        const bool enough = sums.samples > std::int64_t{frame.width_px} * frame.height_px / (4 * least_moving_part);
        const bool visible = enough && other > least_misfit * static_cast<double>(sums.samples);
        const bool combed = visible && other > fields_part * one;
        const bool whole = visible && !combed && one > lines_fit * static_cast<double>(sums.own);
        count_.moving += combed || whole;
        count_.combed += combed;
    }
    before_[0] = std::exchange(before_[1], frame);
}

}  // namespace changji
