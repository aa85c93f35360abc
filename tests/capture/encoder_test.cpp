#include "capture/recorder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "capture/devices.hpp"
#include "capture/framing.hpp"
#include "capture/recording/encoder_error.hpp"
#include "capture/recording/encoder_input.hpp"
#include "capture/recording/encoders.hpp"
#include "capture/recording/h264_tags.hpp"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/opt.h>
}

namespace changji {
namespace {

constexpr Rational rate_25{25, 1};

bool is_usable_here(const std::string& name) {
    const auto encoders = list_encoders();
    return std::ranges::any_of(encoders,
                               [&](const EncoderDevice& device) { return device.name == name && device.usable; });
}

VideoFrame gray(int width_px, int height_px, int level) {
    return make_i420_frame(width_px, height_px, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        std::fill_n(y.data, y.stride_bytes * height_px, static_cast<std::uint8_t>(level));
        std::fill_n(cb.data, cb.stride_bytes * height_px / 2, std::uint8_t{100});
        std::fill_n(cr.data, cr.stride_bytes * height_px / 2, std::uint8_t{150});
    });
}

TEST(ParseEncoder, ReadsNameAndSpeed) {
    const Result<EncoderChoice> choice = parse_encoder("libx264:veryfast");
    ASSERT_TRUE(choice.has_value());
    EXPECT_EQ(choice->name, "libx264");
    EXPECT_EQ(choice->speed, "veryfast");
}

TEST(ParseEncoder, AutoAndABareNameMeanTheUsualSpeed) {
    ASSERT_TRUE(parse_encoder("auto").has_value());
    EXPECT_EQ(*parse_encoder("auto"), EncoderChoice{});
    ASSERT_TRUE(parse_encoder("libx264").has_value());
    EXPECT_EQ(*parse_encoder("libx264"), EncoderChoice{});
}

TEST(ParseEncoder, TakesEveryEncoderThatIsListedWhetherItWorksHereOrNot) {
    for (const EncoderDevice& device : list_encoders()) {
        const Result<EncoderChoice> choice = parse_encoder(device.name);
        ASSERT_TRUE(choice.has_value()) << device.name;
        EXPECT_EQ(choice->name, device.name);
    }
}

TEST(ParseEncoder, GraphicsChipsHaveSpeedsOfTheirOwn) {
    if (!avcodec_find_encoder_by_name("h264_nvenc")) GTEST_SKIP() << "NOT TESTED: this FFmpeg knows no h264_nvenc";
    ASSERT_TRUE(parse_encoder("h264_nvenc:p5").has_value());
    EXPECT_EQ(parse_encoder("h264_nvenc:p5")->speed, "p5");
    EXPECT_FALSE(parse_encoder("h264_nvenc:superfast").has_value());
}

TEST(ParseEncoder, RefusesWhatIsNoUsableH264Encoder) {
    for (const char* text :
         {"", "nonsense", "aac", "libx265", "mpeg4", "libx264rgb", "libx264:warp", "libx264:", ":fast"}) {
        const Result<EncoderChoice> choice = parse_encoder(text);
        ASSERT_FALSE(choice.has_value()) << text;
        EXPECT_EQ(choice.error().kind, ErrorKind::InvalidConfig);
        EXPECT_FALSE(choice.error().message.empty());
    }
}

TEST(ParseEncoder, UnknownSpeedNamesTheKnownOnes) {
    const Result<EncoderChoice> choice = parse_encoder("libx264:warp");
    ASSERT_FALSE(choice.has_value());
    EXPECT_NE(in_english(choice.error().message).find("superfast"), std::string::npos);
}

TEST(PictureEncoder, AMissingGraphicsChipIsNamed) {
    for (const char* name : {"h264_vaapi", "h264_qsv", "h264_nvenc", "h264_v4l2m2m"}) {
        if (!avcodec_find_encoder_by_name(name) || is_usable_here(name)) continue;
        const auto encoder = PictureEncoder::open({name, ""}, rate_25, 12'000);
        ASSERT_FALSE(encoder.has_value()) << name;
        EXPECT_EQ(encoder.error().kind, ErrorKind::UnsupportedFormat);
        EXPECT_NE(in_english(encoder.error().message).find(name), std::string::npos);
        EXPECT_NE(in_english(encoder.error().message).find("needs"), std::string::npos);
    }
}

TEST(PictureEncoder, ATakeOnAMissingGraphicsChipIsRefusedWithASentence) {
    if (!avcodec_find_encoder_by_name("h264_vaapi")) GTEST_SKIP() << "NOT TESTED: this FFmpeg knows no h264_vaapi";
    if (is_usable_here("h264_vaapi")) GTEST_SKIP() << "NOT TESTED: this machine has a graphics chip with VA-API";
    RecorderSettings settings;
    settings.part_file = std::filesystem::path(testing::TempDir()) / "no-graphics-chip.part.mp4";
    std::filesystem::remove(settings.part_file);
    settings.encoder = *parse_encoder("h264_vaapi");
    const auto recorder = open_recorder(settings);
    ASSERT_FALSE(recorder.has_value());
    EXPECT_EQ(recorder.error().kind, ErrorKind::UnsupportedFormat);
    EXPECT_NE(in_english(recorder.error().message).find("VA-API"), std::string::npos);
    std::filesystem::remove(settings.part_file);
}

TEST(PictureEncoder, EveryWorkingGraphicsChipMakesWhatX264Makes) {
    bool any = false;
    for (const char* name : {"h264_vaapi", "h264_qsv", "h264_nvenc", "h264_v4l2m2m"}) {
        if (!avcodec_find_encoder_by_name(name) || !is_usable_here(name)) continue;
        any = true;
        auto encoder = PictureEncoder::open({name, ""}, rate_25, 12'000);
        ASSERT_TRUE(encoder.has_value()) << name;
        std::vector<std::int64_t> times;
        std::vector<bool> key;
        const OnPacket on_packet = [&](const av::PacketPtr& packet) {
            times.push_back(packet->dts);
            EXPECT_EQ(packet->pts, packet->dts);
            key.push_back(packet->flags & AV_PKT_FLAG_KEY);
        };
        for (int tick = 0; tick < 60; ++tick) {
            ASSERT_TRUE(encoder->encode(gray(take_width_px, take_height_px, 60 + tick), tick, on_packet).has_value());
        }
        ASSERT_TRUE(encoder->flush(on_packet).has_value());
        ASSERT_EQ(times.size(), 60U);
        for (std::size_t at = 0; at < times.size(); ++at) {
            EXPECT_EQ(times[at], static_cast<std::int64_t>(at));
            EXPECT_EQ(key[at], at % 25 == 0) << name << " at " << at;
        }
    }
    if (!any) GTEST_SKIP() << "NOT TESTED: this machine has no graphics chip that encodes";
}

TEST(EncoderInput, Nv12HoldsTheSamePixels) {
    const VideoFrame source = make_i420_frame(6, 4, [](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        for (int row = 0; row < 4; ++row) {
            for (int column = 0; column < 6; ++column) {
                y.data[row * y.stride_bytes + column] = static_cast<std::uint8_t>(10 * row + column);
            }
        }
        for (int row = 0; row < 2; ++row) {
            for (int column = 0; column < 3; ++column) {
                cb.data[row * cb.stride_bytes + column] = static_cast<std::uint8_t>(100 + 10 * row + column);
                cr.data[row * cr.stride_bytes + column] = static_cast<std::uint8_t>(200 + 10 * row + column);
            }
        }
    });
    const av::FramePtr made = to_nv12(source);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->format, AV_PIX_FMT_NV12);
    EXPECT_EQ(made->colorspace, AVCOL_SPC_BT709);
    EXPECT_EQ(made->color_range, AVCOL_RANGE_MPEG);
    for (int row = 0; row < 4; ++row) {
        for (int column = 0; column < 6; ++column) {
            EXPECT_EQ(made->data[0][row * made->linesize[0] + column], 10 * row + column);
        }
    }
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < 3; ++column) {
            EXPECT_EQ(made->data[1][row * made->linesize[1] + 2 * column], 100 + 10 * row + column);
            EXPECT_EQ(made->data[1][row * made->linesize[1] + 2 * column + 1], 200 + 10 * row + column);
        }
    }
}

TEST(EncoderInput, WhatIsRightAlreadyIsLent) {
    const av::CodecPtr encoder(avcodec_alloc_context3(avcodec_find_encoder_by_name("libx264")));
    ASSERT_EQ(prepare_input(*encoder), 0);
    EXPECT_EQ(encoder->pix_fmt, AV_PIX_FMT_YUV420P);
    const VideoFrame source = gray(64, 64, 90);
    EXPECT_EQ(lay_out(source, *encoder)->data[0], source.planes[0].data);
}

/// A stream without any tags, as a driver may make it, and what a decoder says of its pictures afterwards.
TEST(H264Tags, AStreamWithoutTagsIsTaggedBt709Limited) {
    av::quiet_log();
    const AVCodec* const x264 = avcodec_find_encoder_by_name("libx264");
    av::CodecPtr encoder(avcodec_alloc_context3(x264));
    encoder->width = encoder->height = 64;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->time_base = {1, 25};
    encoder->framerate = {25, 1};
    encoder->max_b_frames = 0;
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    ASSERT_EQ(av_opt_set(encoder->priv_data, "preset", "ultrafast", 0), 0);
    ASSERT_EQ(avcodec_open2(encoder.get(), x264, nullptr), 0);
    H264Tags tags;
    ASSERT_EQ(tags.open(*encoder), 0);

    const AVCodec* const h264 = avcodec_find_decoder(AV_CODEC_ID_H264);
    av::CodecPtr decoder(avcodec_alloc_context3(h264));
    decoder->extradata = static_cast<std::uint8_t*>(
        av_mallocz(static_cast<std::size_t>(encoder->extradata_size) + AV_INPUT_BUFFER_PADDING_SIZE));
    std::copy_n(encoder->extradata, encoder->extradata_size, decoder->extradata);
    decoder->extradata_size = encoder->extradata_size;
    decoder->thread_count = 1;
    decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
    ASSERT_EQ(avcodec_open2(decoder.get(), h264, nullptr), 0);

    int passed = 0;
    const av::FramePtr shown(av_frame_alloc());
    const auto decode = [&](const av::PacketPtr& packet) {
        EXPECT_EQ(packet->pts, passed++);
        EXPECT_EQ(avcodec_send_packet(decoder.get(), packet.get()), 0);
        EXPECT_EQ(avcodec_receive_frame(decoder.get(), shown.get()), 0);
    };
    const auto drain = [&] {
        av::PacketPtr packet(av_packet_alloc());
        while (avcodec_receive_packet(encoder.get(), packet.get()) == 0) {
            EXPECT_EQ(tags.pass(std::move(packet), decode), 0);
            packet.reset(av_packet_alloc());
        }
    };
    VideoFrame untagged = gray(64, 64, 90);
    untagged.matrix = ColorMatrix::Unspecified;
    untagged.range = ColorRange::Unspecified;
    for (int tick = 0; tick < 3; ++tick) {
        const av::FramePtr picture = av::to_av_frame(untagged);
        picture->sample_aspect_ratio = {0, 1};
        picture->pts = tick;
        ASSERT_EQ(avcodec_send_frame(encoder.get(), picture.get()), 0);
        drain();
    }
    ASSERT_EQ(avcodec_send_frame(encoder.get(), nullptr), 0);
    drain();
    EXPECT_EQ(passed, 3);
    EXPECT_EQ(shown->color_range, AVCOL_RANGE_MPEG);
    EXPECT_EQ(shown->color_primaries, AVCOL_PRI_BT709);
    EXPECT_EQ(shown->color_trc, AVCOL_TRC_BT709);
    EXPECT_EQ(shown->colorspace, AVCOL_SPC_BT709);
    EXPECT_EQ(shown->chroma_location, AVCHROMA_LOC_LEFT);
    EXPECT_EQ(shown->sample_aspect_ratio.num, shown->sample_aspect_ratio.den);
    EXPECT_EQ(decoder->framerate.num, 25 * decoder->framerate.den);
}

}  // namespace
}  // namespace changji
