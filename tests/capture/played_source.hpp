#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#include "capture/source.hpp"
#include "tests/support/made_clips.hpp"

namespace changji::test {

/// A clip of one second with a tone.
inline const std::string one_second =
    "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -f lavfi -i sine=frequency=440:duration=1 "
    "-c:v libx264 -preset ultrafast -c:a aac -shortest";

inline SourceSpec camera_spec(const std::string& text) {
    const auto spec = parse_camera_spec(text);
    EXPECT_TRUE(spec) << text;
    return spec ? *spec : SourceSpec();
}

inline SourceSpec microphone_spec(const std::string& text) {
    const auto spec = parse_microphone_spec(text);
    EXPECT_TRUE(spec) << text;
    return spec ? *spec : SourceSpec();
}

inline Result<Sources> open(const std::string& camera, const std::string& microphone = "camera") {
    return open_sources(camera_spec(camera), microphone_spec(microphone));
}

/// Everything a pair of sources delivered.
struct Heard {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<VideoFrame> frames;
    std::vector<SoundBlock> blocks;
    std::vector<Error> picture_lost, sound_lost;
    bool late_item = false;  ///< something came after the track's end

    [[nodiscard]] std::int64_t sound_frames() const {
        std::int64_t sum = 0;
        for (const SoundBlock& block : blocks) sum += static_cast<std::int64_t>(block.frames());
        return sum;
    }
    [[nodiscard]] double level(std::size_t channel, std::int64_t from = 0,
                               std::int64_t to = std::numeric_limits<std::int64_t>::max()) const {
        double power = 0.0;
        std::int64_t count = 0;
        for (const SoundBlock& block : blocks) {
            for (std::size_t i = 0; i < block.frames(); ++i) {
                const std::int64_t at = block.first_frame + static_cast<std::int64_t>(i);
                if (at < from || at >= to) continue;
                const double sample = block.interleaved()[2 * i + channel];
                power += sample * sample;
                ++count;
            }
        }
        return count > 0 ? std::sqrt(power / static_cast<double>(count)) : 0.0;
    }
};

inline void start(Sources& sources, Heard& heard) {
    ASSERT_TRUE(sources.video->start(
        [&](VideoFrame frame) {
            std::lock_guard lock(heard.mutex);
            heard.late_item |= !heard.picture_lost.empty();
            heard.frames.push_back(std::move(frame));
            heard.changed.notify_all();
        },
        [&](Error error) {
            std::lock_guard lock(heard.mutex);
            heard.picture_lost.push_back(std::move(error));
            heard.changed.notify_all();
        }));
    if (!sources.audio) return;
    ASSERT_TRUE(sources.audio->start(
        [&](SoundBlock block) {
            std::lock_guard lock(heard.mutex);
            heard.late_item |= !heard.sound_lost.empty();
            heard.blocks.push_back(std::move(block));
            heard.changed.notify_all();
        },
        [&](Error error) {
            std::lock_guard lock(heard.mutex);
            heard.sound_lost.push_back(std::move(error));
            heard.changed.notify_all();
        }));
}

template <typename Condition>
bool wait_for(Heard& heard, Condition condition) {
    std::unique_lock lock(heard.mutex);
    return heard.changed.wait_for(lock, std::chrono::seconds(60), condition);
}

/// Plays to the end.
inline void play(Sources& sources, Heard& heard) {
    start(sources, heard);
    EXPECT_TRUE(wait_for(heard, [&] {
        return !heard.picture_lost.empty() && (!sources.audio || !heard.sound_lost.empty());
    })) << "no end";
    sources.video->stop();
    if (sources.audio) sources.audio->stop();
}

inline void expect_in_order(const Heard& heard) {
    for (std::size_t i = 1; i < heard.frames.size(); ++i) {
        EXPECT_GT(heard.frames[i].captured_at, heard.frames[i - 1].captured_at) << i;
        EXPECT_EQ(heard.frames[i].sequence, heard.frames[i - 1].sequence + 1) << i;
    }
    std::int64_t next = 0;
    for (const SoundBlock& block : heard.blocks) {
        EXPECT_EQ(block.first_frame, next);
        EXPECT_GE(block.frames(), 240U);
        EXPECT_LE(block.frames(), 4800U);
        EXPECT_EQ(block.captured_at - heard.blocks.front().captured_at, sound_duration(next));
        next += static_cast<std::int64_t>(block.frames());
    }
    EXPECT_FALSE(heard.late_item);
}

}  // namespace changji::test
