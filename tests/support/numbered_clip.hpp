#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "capture/playback.hpp"
#include "tests/support/media.hpp"
#include "tests/support/program.hpp"

namespace changji::test {

/// Muxed as takes are while recording and afterwards.
inline const std::string as_finished = " -movflags +faststart ";
inline const std::string as_part =
    " -movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration 500000 ";
/// A key frame a second and nowhere else, as takes have them; B frames make it harder than takes are.
inline const std::string coded = " -c:v libx264 -preset superfast -qp 10 -x264-params keyint=25:scenecut=0 -bf 3 ";

/// Pictures of 160×90 at 25/s that carry their number as sixteen bars, white for one.
inline std::string numbered_pictures(int seconds) {
    return " -f lavfi -i \"nullsrc=s=160x90:r=25:d=" + std::to_string(seconds) +
           ",geq=lum='if(bitand(floor(N/pow(2,floor(X/10))),1),235,16)':cb=128:cr=128,format=yuv420p\" ";
}

inline int number_in(const VideoFrame& frame) {
    constexpr int bits = 16, bar_px = 10;
    int number = 0;
    for (int bit = 0; bit < bits; ++bit) {
        const int luma = frame.planes[0].data[45 * frame.planes[0].stride_bytes + bit * bar_px + bar_px / 2];
        number |= luma > 128 ? 1 << bit : 0;
    }
    return number;
}

/// From 1 s on, each second's first picture is white and a beep of 0.1 s begins.
inline std::string flash_and_beep(int seconds) {
    const std::string length = std::to_string(seconds);
    return " -f lavfi -i \"nullsrc=s=160x90:r=25:d=" + length +
           ",geq=lum='if(gte(N,25)*eq(mod(N,25),0),235,16)':cb=128:cr=128,format=yuv420p\" -f lavfi -i "
           "\"aevalsrc='if(gte(t,1)*lt(mod(t,1),0.1),sin(2*PI*1000*t),0)':s=48000:d=" +
           length + ",aformat=channel_layouts=stereo\" " + coded + " -c:a aac -b:a 192k ";
}

inline bool is_white(const VideoFrame& frame) {
    return frame.planes[0].data[45 * frame.planes[0].stride_bytes + 80] > 128;
}

/// Clips are made once a program.
inline std::filesystem::path clip(const std::string& arguments) {
    static const TemporaryFolder folder;
    static std::map<std::string, std::filesystem::path> made;
    auto& path = made[arguments];
    if (!path.empty()) return path;
    path = folder.path() / ("clip-" + std::to_string(made.size()) + ".mp4");
    const auto result = run("ffmpeg -v error -y " + arguments + " '" + path.string() + "'");
    EXPECT_EQ(result.exit_code, 0) << result.errors;
    return path;
}

inline std::unique_ptr<Player> open_player(const std::filesystem::path& file) {
    auto opened = Player::open(file);
    EXPECT_TRUE(opened) << (opened ? "" : in_english(opened.error().message));
    return opened ? *std::move(opened) : nullptr;
}

/// Time that stands until it is told.
struct TestClock {
    CaptureTime now{std::chrono::hours(1)};
    void pass(Nanoseconds span) { now += span; }
};

/// The next picture, however long it takes to decode; none within twenty seconds fails the test.
inline std::optional<VideoFrame> wait_for_picture(Player& player, CaptureTime now) {
    for (int tries = 0; tries < 20'000; ++tries) {
        if (auto picture = player.picture(now)) return picture;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ADD_FAILURE() << "no picture: " << in_english(player.problem());
    return std::nullopt;
}

}  // namespace changji::test
