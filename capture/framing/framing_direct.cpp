#include "capture/framing/framing_direct.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <mutex>
#include <vector>

// Each processor gets the widest instructions it has; loops of unknown length are vectorized at O3 only.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define CHANGJI_WIDEST __attribute__((target_clones("avx2", "default"), noinline, optimize("O3")))
#else
#define CHANGJI_WIDEST
#endif

namespace changji {
namespace {

constexpr int gain_bits = 14;       // of the steps from code to code
constexpr int correction_bits = 6;  // of what chroma adds to luma, so that four of them fit 16 bits
constexpr std::size_t most_kept = 3;

/// New from old codes: Y' = gain·(Y − black) + 16 + correction(Cb, Cr), and both chromas from each other.
struct Coefficients {
    int luma_gain = 0;
    int luma_bias = 0;
    std::array<int, 2> correction{};  ///< of Cb and Cr, in 1/64 codes
    std::array<int, 2> cb{};
    std::array<int, 2> cr{};
};

struct Primaries {
    double kr, kb;
};
Primaries primaries_of(ColorMatrix matrix) {
    if (matrix == ColorMatrix::Bt601) return {0.299, 0.114};
    return matrix == ColorMatrix::Bt2020 ? Primaries{0.2627, 0.0593} : Primaries{0.2126, 0.0722};
}

int fixed(double value, int bits) { return static_cast<int>(std::lround(value * (1 << bits))); }

/// Y'CbCr → R'G'B' by one standard, back by BT.709. What gray adds is gray, so Y' of a chroma alone says it all.
Coefficients coefficients(ColorRange range, ColorMatrix matrix) {
    const bool full = range == ColorRange::Full;
    const double luma_span = full ? 255.0 : 219.0, chroma_span = full ? 255.0 : 224.0, black = full ? 0.0 : 16.0;
    const Primaries from = primaries_of(matrix), to = primaries_of(ColorMatrix::Bt709);
    const auto through = [&](double pb, double pr) {
        const double red = 2.0 * (1.0 - from.kr) * pr, blue = 2.0 * (1.0 - from.kb) * pb;
        const double green = -(from.kr * red + from.kb * blue) / (1.0 - from.kr - from.kb);
        const double luma = to.kr * red + (1.0 - to.kr - to.kb) * green + to.kb * blue;
        return std::array{luma, (blue - luma) / (2.0 * (1.0 - to.kb)), (red - luma) / (2.0 * (1.0 - to.kr))};
    };
    const auto of_cb = through(1.0, 0.0), of_cr = through(0.0, 1.0);
    Coefficients made;
    made.luma_gain = fixed(219.0 / luma_span, gain_bits);
    made.luma_bias = fixed(16.5 - 219.0 / luma_span * black, gain_bits);
    made.correction = {fixed(219.0 / chroma_span * of_cb[0], gain_bits),
                       fixed(219.0 / chroma_span * of_cr[0], gain_bits)};
    made.cb = {fixed(224.0 / chroma_span * of_cb[1], gain_bits), fixed(224.0 / chroma_span * of_cr[1], gain_bits)};
    made.cr = {fixed(224.0 / chroma_span * of_cb[2], gain_bits), fixed(224.0 / chroma_span * of_cr[2], gain_bits)};
    return made;
}

using Bytes = const std::uint8_t* __restrict;

/// What the colours of one chroma row add to luma.
CHANGJI_WIDEST void correct(const Coefficients& by, Bytes cb, Bytes cr, std::int16_t* __restrict to, int count) {
    const int of_cb = by.correction[0], of_cr = by.correction[1];
    constexpr int down = gain_bits - correction_bits;
    for (int i = 0; i < count; ++i) {
        to[i] = static_cast<std::int16_t>((of_cb * (cb[i] - 128) + of_cr * (cr[i] - 128) + (1 << (down - 1))) >> down);
    }
}

/// Three parts of the near chroma row, one of the far one: luma rows lie a quarter of the way between.
CHANGJI_WIDEST void blend(const std::int16_t* __restrict near_row, const std::int16_t* __restrict far_row,
                          std::int16_t* __restrict to, int count) {
    for (int i = 0; i < count; ++i) to[i] = static_cast<std::int16_t>((3 * near_row[i] + far_row[i] + 2) >> 2);
}

/// `from` has one more than `count`. Chroma lies on every second pixel; between two it is their mean.
CHANGJI_WIDEST void spread(const std::int16_t* __restrict from, std::int16_t* __restrict to, int count) {
    for (int i = 0; i < count; ++i) {
        to[2 * i] = from[i];
        to[2 * i + 1] = static_cast<std::int16_t>((from[i] + from[i + 1]) >> 1);
    }
}

CHANGJI_WIDEST void convert_luma(const Coefficients& by, Bytes from, const std::int16_t* __restrict correction,
                                 std::uint8_t* __restrict to, int count) {
    const int gain = by.luma_gain, bias = by.luma_bias;
    for (int i = 0; i < count; ++i) {
        const int code = (gain * from[i] + correction[i] * (1 << (gain_bits - correction_bits)) + bias) >> gain_bits;
        to[i] = static_cast<std::uint8_t>(std::clamp(code, 0, 255));
    }
}

CHANGJI_WIDEST void convert_chroma(const Coefficients& by, Bytes cb, Bytes cr, std::uint8_t* __restrict to_cb,
                                   std::uint8_t* __restrict to_cr, int count) {
    constexpr int middle = (128 << gain_bits) + (1 << (gain_bits - 1));
    const int bb = by.cb[0], br = by.cb[1], rb = by.cr[0], rr = by.cr[1];
    for (int i = 0; i < count; ++i) {
        const int b = cb[i] - 128, r = cr[i] - 128;
        to_cb[i] = static_cast<std::uint8_t>(std::clamp((bb * b + br * r + middle) >> gain_bits, 0, 255));
        to_cr[i] = static_cast<std::uint8_t>(std::clamp((rb * b + rr * r + middle) >> gain_bits, 0, 255));
    }
}

CHANGJI_WIDEST void average(Bytes a, Bytes b, std::uint8_t* __restrict to, int count) {
    for (int i = 0; i < count; ++i) to[i] = static_cast<std::uint8_t>((a[i] + b[i] + 1) >> 1);
}

CHANGJI_WIDEST void take_apart(Bytes pairs, std::uint8_t* __restrict first, std::uint8_t* __restrict second,
                               int count) {
    for (int i = 0; i < count; ++i) {
        first[i] = pairs[2 * i];
        second[i] = pairs[2 * i + 1];
    }
}

struct Row {
    const std::uint8_t* y = nullptr;
    const std::uint8_t* cb = nullptr;
    const std::uint8_t* cr = nullptr;
};

/// The rows of any of the formats, luma and chroma apart.
class Rows {
public:
    explicit Rows(const VideoFrame& frame) : frame_(frame), half_(frame.width_px / 2) {
        const auto width = static_cast<std::size_t>(frame.width_px), half = static_cast<std::size_t>(half_);
        luma_.resize(width);
        both_.resize(width);
        cb_.resize(half);
        cr_.resize(half);
    }

    [[nodiscard]] const std::uint8_t* luma(int row) {
        if (frame_.format != PixelFormat::Yuyv422) return line(0, row);
        take_apart(line(0, row), luma_.data(), both_.data(), frame_.width_px);
        return luma_.data();
    }
    /// Valid until the next call.
    [[nodiscard]] Row chroma(int row) {
        if (frame_.format == PixelFormat::I420 || frame_.format == PixelFormat::I422) {
            return {nullptr, line(1, row), line(2, row)};
        }
        if (frame_.format == PixelFormat::Nv12) {
            take_apart(line(1, row), cb_.data(), cr_.data(), half_);
        } else {
            take_apart(line(0, row), luma_.data(), both_.data(), frame_.width_px);
            take_apart(both_.data(), cb_.data(), cr_.data(), half_);
        }
        return {nullptr, cb_.data(), cr_.data()};
    }

private:
    [[nodiscard]] const std::uint8_t* line(std::size_t plane, int row) const {
        return frame_.planes[plane].data + static_cast<std::ptrdiff_t>(row) * frame_.planes[plane].stride_bytes;
    }
    const VideoFrame& frame_;
    const int half_;
    std::vector<std::uint8_t> luma_, both_, cb_, cr_;
};

std::uint8_t* row_of(const WritablePlane& plane, int row) {
    return plane.data + static_cast<std::ptrdiff_t>(row) * plane.stride_bytes;
}

/// Paints `frame` into the three planes.
class Painter {
public:
    Painter(const VideoFrame& frame, const Coefficients& by, const std::array<WritablePlane, 3>& to)
        : rows_(frame), by_(by), to_(to), width_(frame.width_px), half_(frame.width_px / 2), height_(frame.height_px) {
        for (auto& row : corrections_) row.resize(static_cast<std::size_t>(half_) + 1);
        blended_.resize(static_cast<std::size_t>(half_) + 1);
        spread_.resize(static_cast<std::size_t>(width_));
        cb_.resize(static_cast<std::size_t>(half_));
        cr_.resize(static_cast<std::size_t>(half_));
    }

    void paint_422() {
        std::vector<std::uint8_t> upper_cb(cb_), upper_cr(cr_);
        for (int row = 0; row < height_; ++row) {
            const Row chroma = rows_.chroma(row);
            correct_into(corrections_[0], chroma);
            if (row % 2 == 0) {
                std::copy_n(chroma.cb, half_, upper_cb.begin());
                std::copy_n(chroma.cr, half_, upper_cr.begin());
            } else {
                average(upper_cb.data(), chroma.cb, cb_.data(), half_);
                average(upper_cr.data(), chroma.cr, cr_.data(), half_);
                paint_chroma({nullptr, cb_.data(), cr_.data()}, row / 2);
            }
            paint_luma(corrections_[0], row);
        }
    }

    void paint_420() {
        auto &above = corrections_[0], &here = corrections_[1], &below = corrections_[2];
        correct_into(here, rows_.chroma(0));
        above = here;
        for (int row = 0; row < height_ / 2; ++row) {
            const bool last = row + 1 == height_ / 2;
            if (last) {
                below = here;
            } else {
                correct_into(below, rows_.chroma(row + 1));
            }
            paint_chroma(rows_.chroma(row), row);
            blend(here.data(), above.data(), blended_.data(), half_ + 1);
            paint_luma(blended_, 2 * row);
            blend(here.data(), below.data(), blended_.data(), half_ + 1);
            paint_luma(blended_, 2 * row + 1);
            above.swap(here);
            here.swap(below);
        }
    }

private:
    using Corrections = std::vector<std::int16_t>;

    void correct_into(Corrections& row, const Row& chroma) {
        correct(by_, chroma.cb, chroma.cr, row.data(), half_);
        row.back() = row[row.size() - 2];
    }
    void paint_luma(const Corrections& row, int at) {
        spread(row.data(), spread_.data(), half_);
        convert_luma(by_, rows_.luma(at), spread_.data(), row_of(to_[0], at), width_);
    }
    void paint_chroma(const Row& chroma, int at) {
        convert_chroma(by_, chroma.cb, chroma.cr, row_of(to_[1], at), row_of(to_[2], at), half_);
    }

    Rows rows_;
    const Coefficients by_;
    const std::array<WritablePlane, 3> to_;
    const int width_, half_, height_;
    std::array<Corrections, 3> corrections_;
    Corrections blended_, spread_;
    std::vector<std::uint8_t> cb_, cr_;
};

}  // namespace

struct DirectConversion::Memory {
    std::mutex mutex;
    std::size_t size = 0;
    std::vector<std::unique_ptr<std::uint8_t[]>> unused;
};

DirectConversion::DirectConversion() : memory_(std::make_shared<Memory>()) {}

std::optional<VideoFrame> DirectConversion::convert(const VideoFrame& frame, ColorRange range, ColorMatrix matrix) {
    const bool halved_down = frame.format == PixelFormat::I420 || frame.format == PixelFormat::Nv12;
    const bool halved_across = halved_down || frame.format == PixelFormat::I422 || frame.format == PixelFormat::Yuyv422;
    if (!halved_across || frame.width_px % 2 != 0 || frame.height_px % 2 != 0) return std::nullopt;

    const int stride = (frame.width_px + 63) / 64 * 64;
    const std::size_t luma = static_cast<std::size_t>(stride) * static_cast<std::size_t>(frame.height_px);
    std::uint8_t* pixels = nullptr;
    {
        std::lock_guard lock(memory_->mutex);
        if (memory_->size != luma) memory_->unused.clear();
        memory_->size = luma;
        if (!memory_->unused.empty()) {
            pixels = memory_->unused.back().release();
            memory_->unused.pop_back();
        }
    }
    if (!pixels) pixels = new std::uint8_t[luma + luma / 2];
    const auto give_back = [memory = memory_, luma](std::uint8_t* used) {
        std::unique_ptr<std::uint8_t[]> owned(used);
        std::lock_guard lock(memory->mutex);
        if (memory->size == luma && memory->unused.size() < most_kept) memory->unused.push_back(std::move(owned));
    };
    const std::shared_ptr<std::uint8_t> owner(pixels, give_back);
    const std::array<WritablePlane, 3> planes{
        {{pixels, stride}, {pixels + luma, stride / 2}, {pixels + luma + luma / 4, stride / 2}}};
    Painter painter(frame, coefficients(range, matrix), planes);
    halved_down ? painter.paint_420() : painter.paint_422();

    VideoFrame made = frame;
    made.owner = owner;
    for (std::size_t plane = 0; plane < planes.size(); ++plane) {
        made.planes[plane] = {planes[plane].data, planes[plane].stride_bytes};
    }
    made.format = PixelFormat::I420;
    made.range = ColorRange::Limited;
    made.matrix = ColorMatrix::Bt709;
    return made;
}

}  // namespace changji
