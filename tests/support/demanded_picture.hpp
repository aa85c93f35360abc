#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace changji::test {

/// What the notice and the contract demand of a take's picture, as ffprobe tells it of the stream.
inline void expect_demanded_picture(const nlohmann::json& video) {
    EXPECT_EQ(video.value("codec_name", ""), "h264");
    EXPECT_EQ(video.value("profile", ""), "High");
    EXPECT_EQ(video.value("width", 0), 1920);
    EXPECT_EQ(video.value("height", 0), 1080);
    EXPECT_EQ(video.value("sample_aspect_ratio", ""), "1:1");
    EXPECT_EQ(video.value("display_aspect_ratio", ""), "16:9");
    EXPECT_EQ(video.value("pix_fmt", ""), "yuv420p");
    EXPECT_EQ(video.value("color_range", ""), "tv");
    EXPECT_EQ(video.value("color_space", ""), "bt709");
    EXPECT_EQ(video.value("field_order", ""), "progressive");
    EXPECT_EQ(video.value("r_frame_rate", ""), video.value("avg_frame_rate", "-"));
    EXPECT_FALSE(video.contains("side_data_list")) << "no rotation is left to players";
}

}  // namespace changji::test
