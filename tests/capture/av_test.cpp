#include "capture/av/av.hpp"
#include "capture/av/versions.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include <gtest/gtest.h>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/log.h>
#include <libavutil/pixdesc.h>
}

namespace changji {
namespace {

using Matrix = std::array<std::int32_t, 9>;

Matrix rotated(double degrees_clockwise) {
    Matrix matrix{};
    av_display_rotation_set(matrix.data(), degrees_clockwise);
    return matrix;
}

av::FramePtr frame_of(AVPixelFormat format, int width, int height) {
    av::FramePtr frame(av_frame_alloc());
    frame->format = format;
    frame->width = width;
    frame->height = height;
    if (av_frame_get_buffer(frame.get(), 0) < 0) return nullptr;
    return frame;
}

TEST(AvOrientation, NoMatrixIsUpright) { EXPECT_EQ(av::orientation_of(nullptr), Orientation()); }

TEST(AvOrientation, QuarterTurnsAreClockwise) {
    for (const int degrees : {0, 90, 180, 270}) {
        EXPECT_EQ(av::orientation_of(rotated(degrees).data()), (Orientation{degrees, false})) << degrees;
    }
}

TEST(AvOrientation, AMirroredPictureIsNotARotatedOne) {
    for (const int degrees : {0, 90, 180, 270}) {
        Matrix matrix = rotated(degrees);
        matrix[0] = -matrix[0];  // mirroring left to right comes before the turn
        matrix[1] = -matrix[1];
        EXPECT_EQ(av::orientation_of(matrix.data()), (Orientation{degrees, true})) << degrees;
    }
}

TEST(AvOrientation, AMatrixOfZerosIsUpright) { EXPECT_EQ(av::orientation_of(Matrix{}.data()), Orientation()); }

TEST(AvFrame, SharesThePixelsOfADecodedFrameAndKeepsThemAlive) {
    av::FramePtr decoded = frame_of(AV_PIX_FMT_YUVJ420P, 64, 32);
    ASSERT_TRUE(decoded);
    decoded->data[0][0] = 77;
    decoded->colorspace = AVCOL_SPC_SMPTE170M;
    decoded->sample_aspect_ratio = {4, 3};
    const auto picture = av::to_video_frame(*decoded);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->planes[0].data, decoded->data[0]);
    decoded.reset();
    EXPECT_EQ(picture->planes[0].data[0], 77);
    EXPECT_EQ(picture->format, PixelFormat::I420);
    EXPECT_EQ(picture->range, ColorRange::Full);
    EXPECT_EQ(picture->matrix, ColorMatrix::Bt601);
    EXPECT_EQ(picture->sample_aspect_ratio, (Rational{4, 3}));
}

TEST(AvFrame, TenBitsBecomeEightWithTheSameLevels) {
    const av::FramePtr decoded = frame_of(AV_PIX_FMT_YUV422P10, 64, 32);
    ASSERT_TRUE(decoded);
    for (int plane = 0; plane < 3; ++plane) {
        const int width = plane == 0 ? 64 : 32;
        for (int y = 0; y < 32; ++y) {
            auto* const row = reinterpret_cast<std::uint16_t*>(decoded->data[plane] + y * decoded->linesize[plane]);
            for (int x = 0; x < width; ++x) row[x] = static_cast<std::uint16_t>(4 * (100 + 20 * plane));
        }
    }
    decoded->color_range = AVCOL_RANGE_MPEG;
    decoded->colorspace = AVCOL_SPC_BT2020_NCL;
    const auto picture = av::to_video_frame(*decoded);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->format, PixelFormat::I422);
    EXPECT_EQ(picture->range, ColorRange::Limited);
    EXPECT_EQ(picture->matrix, ColorMatrix::Bt2020);
    for (std::size_t plane = 0; plane < 3; ++plane) {
        EXPECT_NEAR(picture->planes[plane].data[5], 100 + 20 * static_cast<int>(plane), 1);
    }
}

TEST(AvFrame, RgbBecomesBgraWithTheSameLevels) {
    const av::FramePtr decoded = frame_of(AV_PIX_FMT_RGB24, 16, 16);
    ASSERT_TRUE(decoded);
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) {
            std::uint8_t* const pixel = decoded->data[0] + y * decoded->linesize[0] + 3 * x;
            pixel[0] = 200, pixel[1] = 100, pixel[2] = 50;
        }
    }
    const auto picture = av::to_video_frame(*decoded);
    ASSERT_TRUE(picture);
    ASSERT_EQ(picture->format, PixelFormat::Bgra);
    EXPECT_EQ(picture->planes[0].data[0], 50);
    EXPECT_EQ(picture->planes[0].data[1], 100);
    EXPECT_EQ(picture->planes[0].data[2], 200);
}

TEST(AvFrame, TheScanIsKeptBothWays) {
    for (const Scan scan : {Scan::Progressive, Scan::TopFieldFirst, Scan::BottomFieldFirst}) {
        const av::FramePtr decoded = frame_of(AV_PIX_FMT_YUV420P, 64, 32);
        ASSERT_TRUE(decoded);
        av::set_scan(*decoded, scan);
        const auto picture = av::to_video_frame(*decoded);
        ASSERT_TRUE(picture);
        EXPECT_EQ(picture->scan, scan);
        EXPECT_EQ(av::scan_of(*av::to_av_frame(*picture)), scan);
    }
}

/// Paints every pixel of a YUV format in one 8-bit code.
void paint(AVFrame& frame, const std::array<int, 3>& code) {
    const AVPixFmtDescriptor& about = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    for (int component = 0; component < std::min<int>(about.nb_components, 3); ++component) {
        const AVComponentDescriptor& place = about.comp[component];
        const int width = component == 0 ? frame.width : AV_CEIL_RSHIFT(frame.width, about.log2_chroma_w);
        const int height = component == 0 ? frame.height : AV_CEIL_RSHIFT(frame.height, about.log2_chroma_h);
        const int value = code.at(component) << (place.depth - 8 + place.shift);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                std::uint8_t* const at =
                    frame.data[place.plane] + y * frame.linesize[place.plane] + x * place.step + place.offset;
                at[0] = static_cast<std::uint8_t>(value);
                if (place.depth > 8) at[1] = static_cast<std::uint8_t>(value >> 8);
            }
        }
    }
}

TEST(AvFrame, RareFormatsKeepTheirCodesRangeAndMatrix) {
    for (const AVPixelFormat format : {AV_PIX_FMT_YUV420P10LE, AV_PIX_FMT_YUV422P10LE, AV_PIX_FMT_YUV444P10LE,
                                       AV_PIX_FMT_P010LE, AV_PIX_FMT_YUV420P12LE, AV_PIX_FMT_YUV411P,
                                       AV_PIX_FMT_YUV440P, AV_PIX_FMT_UYVY422, AV_PIX_FMT_NV21, AV_PIX_FMT_YUVA420P}) {
        for (const AVColorRange range : {AVCOL_RANGE_MPEG, AVCOL_RANGE_JPEG}) {
            const std::string name = av_get_pix_fmt_name(format);
            const av::FramePtr decoded = frame_of(format, 64, 32);
            ASSERT_TRUE(decoded);
            if (av_pix_fmt_desc_get(format)->nb_components > 3) std::fill_n(decoded->data[3], 32 * 64, 255);
            paint(*decoded, {40, 90, 200});
            decoded->color_range = range;
            decoded->colorspace = AVCOL_SPC_BT709;
            const auto picture = av::to_video_frame(*decoded);
            ASSERT_TRUE(picture) << name;
            EXPECT_EQ(picture->range, range == AVCOL_RANGE_JPEG ? ColorRange::Full : ColorRange::Limited) << name;
            EXPECT_EQ(picture->matrix, ColorMatrix::Bt709) << name;
            constexpr std::array<int, 3> codes{40, 90, 200};
            for (std::size_t plane = 0; plane < 3; ++plane) {
                ASSERT_TRUE(picture->planes[plane].data) << name;
                EXPECT_NEAR(picture->planes[plane].data[picture->planes[plane].stride_bytes * 5 + 9], codes.at(plane),
                            1)
                    << name << " plane " << plane << " range " << range;
            }
        }
    }
}

TEST(AvFrame, GrayKeepsItsCodesAndHasNoColour) {
    for (const AVPixelFormat format : {AV_PIX_FMT_GRAY8, AV_PIX_FMT_GRAY10LE}) {
        for (const AVColorRange range : {AVCOL_RANGE_MPEG, AVCOL_RANGE_JPEG, AVCOL_RANGE_UNSPECIFIED}) {
            const av::FramePtr decoded = frame_of(format, 64, 32);
            ASSERT_TRUE(decoded);
            paint(*decoded, {40, 0, 0});
            decoded->color_range = range;
            const auto picture = av::to_video_frame(*decoded);
            ASSERT_TRUE(picture);
            EXPECT_EQ(picture->range, range == AVCOL_RANGE_MPEG ? ColorRange::Limited : ColorRange::Full)
                << "untagged gray is full range";
            EXPECT_NEAR(picture->planes[0].data[picture->planes[0].stride_bytes * 5 + 9], 40, 1) << range;
            EXPECT_EQ(picture->planes[1].data[5], 128);
            EXPECT_EQ(picture->planes[2].data[5], 128);
        }
    }
}

TEST(AvFrame, PaletteColoursBecomeBgra) {
    const av::FramePtr decoded = frame_of(AV_PIX_FMT_PAL8, 16, 16);
    ASSERT_TRUE(decoded);
    std::fill_n(decoded->data[0], 16 * decoded->linesize[0], 7);
    const std::uint32_t colour = 0xFFC86432;  // opaque, 200, 100, 50
    std::memcpy(decoded->data[1] + 4 * 7, &colour, 4);
    const auto picture = av::to_video_frame(*decoded);
    ASSERT_TRUE(picture);
    ASSERT_EQ(picture->format, PixelFormat::Bgra);
    EXPECT_EQ(picture->planes[0].data[0], 50);
    EXPECT_EQ(picture->planes[0].data[1], 100);
    EXPECT_EQ(picture->planes[0].data[2], 200);
}

TEST(AvFrame, FramesOnAGraphicsCardAreRefused) {
    av::FramePtr decoded(av_frame_alloc());
    decoded->format = AV_PIX_FMT_VAAPI;
    decoded->width = decoded->height = 64;
    const auto picture = av::to_video_frame(*decoded);
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().kind, ErrorKind::UnsupportedFormat);
}

TEST(AvFrame, ABorrowedFrameKeepsItsOwnerUntilItIsFreed) {
    VideoFrame picture = make_i420_frame(64, 32, [](auto...) {});
    const std::weak_ptr<const void> owner = picture.owner;
    av::FramePtr borrowed = av::to_av_frame(picture);
    ASSERT_TRUE(borrowed);
    EXPECT_EQ(borrowed->data[0], picture.planes[0].data);
    EXPECT_EQ(borrowed->colorspace, AVCOL_SPC_BT709);
    EXPECT_EQ(borrowed->color_range, AVCOL_RANGE_MPEG);
    picture = {};
    EXPECT_FALSE(owner.expired());
    borrowed.reset();
    EXPECT_TRUE(owner.expired());
}

TEST(AvLog, KeepsTheLastErrorLineWholeAndOnce) {
    av::quiet_log();
    static_cast<void>(av::take_logged_error());
    av_log(nullptr, AV_LOG_ERROR, "first\n");
    av_log(nullptr, AV_LOG_ERROR, "in %d", 2);
    av_log(nullptr, AV_LOG_ERROR, " pieces\n");
    av_log(nullptr, AV_LOG_WARNING, "only a warning\n");
    EXPECT_EQ(av::take_logged_error(), "in 2 pieces");
    EXPECT_EQ(av::take_logged_error(), "");
}

}  // namespace
}  // namespace changji
