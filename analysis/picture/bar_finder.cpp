#include "analysis/picture/bar_finder.hpp"

#include <algorithm>
#include <cassert>

namespace changji {
namespace {

constexpr std::uint8_t brightest_black = 24;
constexpr int row_step = 8;  ///< of the rows on which columns are read
constexpr int narrowest_bar_px = 4;
constexpr int look_inside_px = 4;  ///< beyond what encoding smears
constexpr int straight_before_px = 2, straight_after_px = 6;

enum Edge : std::size_t { Left, Top, Right, Bottom };

const std::uint8_t* line_of(const VideoFrame& frame, int row) {
    return frame.planes[0].data + std::ptrdiff_t{row} * frame.planes[0].stride_bytes;
}

int count_lit(const std::uint8_t* line, int from, int to) {
    int lit = 0;
    for (int x = from; x < to; ++x) lit += line[x] > brightest_black;
    return lit;
}

bool is_black(const std::uint8_t* line, int width) { return count_lit(line, 0, width) * 50 <= width; }

/// The brightest of 32 pixels first: only the last 32 are read one by one.
int first_lit(const std::uint8_t* line, int width) {
    constexpr int chunk = 32;
    int x = 0;
    for (; x + chunk <= width; x += chunk) {
        std::uint8_t most = 0;
        for (int i = 0; i < chunk; ++i) most = std::max(most, line[x + i]);
        if (most > brightest_black) break;
    }
    while (x < width && line[x] <= brightest_black) ++x;
    return x;
}

int lit_from_the_right(const std::uint8_t* line, int width) {
    constexpr int chunk = 32;
    int end = width;
    for (; end >= chunk; end -= chunk) {
        std::uint8_t most = 0;
        for (int i = 0; i < chunk; ++i) most = std::max(most, line[end - chunk + i]);
        if (most > brightest_black) break;
    }
    while (end > 0 && line[end - 1] <= brightest_black) --end;
    return width - end;
}

/// All but one in fifty reach at least as far.
int reach_of_most(std::vector<int>& reaches) {
    const auto at = reaches.begin() + static_cast<std::ptrdiff_t>(reaches.size() / 50);
    std::nth_element(reaches.begin(), at, reaches.end());
    return *at;
}

}  // namespace

void BarFinder::see(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420 && frame.range == ColorRange::Limited);
    const int width = frame.width_px, height = frame.height_px;
    if (width != width_px_ || height != height_px_) {
        *this = BarFinder();
        width_px_ = width, height_px_ = height;
        for (std::size_t edge = 0; edge < side_count; ++edge) {
            const auto steps = static_cast<std::size_t>(edge == Left || edge == Right ? width : height) + 1;
            sides_[edge] = {std::vector<int>(steps), std::vector<int>(steps)};
        }
    }
    ++frames_seen_;

    int top = 0, bottom = 0;
    while (top < height && is_black(line_of(frame, top), width)) ++top;
    if (top == height) return;
    while (is_black(line_of(frame, height - 1 - bottom), width)) ++bottom;
    std::vector<int> lefts, rights;
    for (int row = top; row < height - bottom; row += row_step) {
        lefts.push_back(first_lit(line_of(frame, row), width));
        rights.push_back(lit_from_the_right(line_of(frame, row), width));
    }
    const int left = reach_of_most(lefts), right = reach_of_most(rights);
    ++frames_lit_;

    const auto straight_row = [&](int row) {
        return row >= 0 && row < height &&
               2 * count_lit(line_of(frame, row), left, width - right) >= width - left - right;
    };
    const auto straight_column = [&](int column) {
        int lit = 0, rows = 0;
        if (column < 0 || column >= width) return false;
        for (int row = top; row < height - bottom; row += row_step, ++rows) {
            lit += line_of(frame, row)[column] > brightest_black;
        }
        return 2 * lit >= rows;
    };
    const auto note = [&](Edge edge, int reach, bool straight) {
        ++sides_[edge].frames[static_cast<std::size_t>(reach)];
        sides_[edge].straight_frames[static_cast<std::size_t>(reach)] += straight;
    };
    note(Left, left, straight_column(left + look_inside_px));
    note(Right, right, straight_column(width - 1 - right - look_inside_px));
    note(Top, top, straight_row(top + look_inside_px));
    note(Bottom, bottom, straight_row(height - 1 - bottom - look_inside_px));
}

int BarFinder::bar_px(const Side& side) const {
    int fewer = 0, reach = 0;
    while (20 * (fewer += side.frames[static_cast<std::size_t>(reach)]) <= frames_lit_) ++reach;
    if (reach < narrowest_bar_px) return 0;
    int straight = 0;
    const int last = std::min(reach + straight_after_px, static_cast<int>(side.frames.size()) - 1);
    for (int i = reach - straight_before_px; i <= last; ++i)
        straight += side.straight_frames[static_cast<std::size_t>(i)];
    return straight >= 2 && 20 * straight >= frames_lit_ ? reach : 0;
}

std::optional<PixelRect> BarFinder::active_picture() const {
    if (frames_lit_ == 0) return std::nullopt;
    const int left = bar_px(sides_[Left]), top = bar_px(sides_[Top]);
    return PixelRect{left, top, width_px_ - left - bar_px(sides_[Right]), height_px_ - top - bar_px(sides_[Bottom])};
}

}  // namespace changji
