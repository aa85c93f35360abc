#include "analysis/repair_plan.hpp"

#include "tests/analysis/evidence.hpp"

#include <functional>

#include <gtest/gtest.h>

namespace changji {
namespace {

/// A finished file of others that meets every clause, but for what `spoil` does to it.
Evidence file_with(const std::function<void(MediaFacts&, VideoFacts&)>& spoil) {
    Evidence evidence = test::good_take();
    evidence.own_take = false;
    evidence.signs = PictureSigns{{10, 0}, {100'000, 0.0, 0.0, 0.0, 0.0}};
    spoil(*evidence.file, *evidence.file->video);
    return evidence;
}

RepairPlan plan_for(const std::function<void(MediaFacts&, VideoFacts&)>& spoil) {
    return plan_repair(test::shipped_preset().file, file_with(spoil));
}

TEST(RepairPlan, AGoodFileNeedsNothing) {
    const RepairPlan plan = plan_for([](MediaFacts&, VideoFacts&) {});
    EXPECT_TRUE(plan.steps.empty());
    EXPECT_TRUE(plan.hindrance.empty());
}

TEST(RepairPlan, WhatCopyingMendsIsNeverEncoded) {
    const std::pair<const char*, std::function<void(MediaFacts&, VideoFacts&)>> faults[] = {
        {"container.moov_first", [](MediaFacts& file, VideoFacts&) { file.moov_first = false; }},
        {"container.moov_first", [](MediaFacts& file, VideoFacts&) { file.fragmented = true; }},
        {"container.brand", [](MediaFacts& file, VideoFacts&) { file.iso_mp4 = false; }},
        {"streams.count", [](MediaFacts& file, VideoFacts&) { file.other_streams = 2; }},
        {"video.color", [](MediaFacts&, VideoFacts& video) { video.color_range = video.color_space = ""; }},
    };
    for (const auto& [check, spoil] : faults) {
        const RepairPlan plan = plan_for(spoil);
        ASSERT_NE(plan.step_for(check), nullptr) << check;
        EXPECT_EQ(plan.step_for(check)->by, RepairBy::Copying) << check;
        EXPECT_FALSE(plan.has(RepairBy::Encoding)) << check;
    }
}

TEST(RepairPlan, WhatLiesInThePictureIsEncoded) {
    const std::pair<const char*, std::function<void(MediaFacts&, VideoFacts&)>> faults[] = {
        {"video.rotation", [](MediaFacts&, VideoFacts& video) { video.orientation.rotation_degrees = 180; }},
        {"video.color", [](MediaFacts&, VideoFacts& video) { video.color_range = "pc"; }},
        {"video.frame_rate", [](MediaFacts&, VideoFacts& video) { video.constant_frame_rate = false; }},
        {"video.pixel_format", [](MediaFacts&, VideoFacts& video) { video.pixel_format = "yuv422p"; }},
        {"video.codec", [](MediaFacts&, VideoFacts& video) { video.codec = "hevc"; }},
        {"video.size", [](MediaFacts&, VideoFacts& video) { video.width_px = 3840, video.height_px = 2160; }},
        {"audio.sample_rate", [](MediaFacts& file, VideoFacts&) { file.audio->sample_rate_hz = 44'100; }},
    };
    for (const auto& [check, spoil] : faults) {
        const RepairPlan plan = plan_for(spoil);
        ASSERT_NE(plan.step_for(check), nullptr) << check;
        EXPECT_EQ(plan.step_for(check)->by, RepairBy::Encoding) << check;
    }
}

TEST(RepairPlan, NothingIsEnlargedCroppedOrCopiedDamaged) {
    const RepairPlan small = plan_for([](MediaFacts&, VideoFacts& video) {
        video.width_px = video.coded_width_px = 1280;
        video.height_px = video.coded_height_px = 720;
        video.pixel_format = "yuv422p";
    });
    EXPECT_TRUE(small.steps.empty());
    EXPECT_FALSE(small.hindrance.empty());
    const RepairPlan tall = plan_for([](MediaFacts&, VideoFacts& video) {
        video.orientation.rotation_degrees = 90;
        video.display_aspect_ratio = {9, 16};
        video.width_px = 1080, video.height_px = 1920;
    });
    EXPECT_TRUE(tall.steps.empty());
    EXPECT_FALSE(tall.hindrance.empty());
    Evidence damaged = file_with([](MediaFacts& file, VideoFacts&) { file.moov_first = false; });
    damaged.decoded->errors = 3;
    EXPECT_TRUE(plan_repair(test::shipped_preset().file, damaged).steps.empty());
}

TEST(RepairPlan, ColoursAreMarkedOnlyWhereThePicturesAgree) {
    const auto untagged = [](MediaFacts&, VideoFacts& video) { video.color_range = video.color_space = ""; };
    EXPECT_TRUE(plan_for(untagged).tags_bt709);
    Evidence full = file_with(untagged);
    full.signs->tags.beyond_video_percent = 4.0;
    EXPECT_FALSE(plan_repair(test::shipped_preset().file, full).tags_bt709);
    Evidence sd = file_with(untagged);
    sd.signs->tags.impossible_709_percent = 8.0;
    EXPECT_FALSE(plan_repair(test::shipped_preset().file, sd).tags_bt709);
    Evidence unseen = file_with(untagged);
    unseen.signs.reset();
    EXPECT_FALSE(plan_repair(test::shipped_preset().file, unseen).tags_bt709);
}

TEST(RepairPlan, ASmallPictureMayStillBeCopiedIntoOrder) {
    const RepairPlan plan = plan_for([](MediaFacts& file, VideoFacts& video) {
        file.moov_first = false;
        video.width_px = video.coded_width_px = 1280;
        video.height_px = video.coded_height_px = 720;
    });
    ASSERT_NE(plan.step_for("container.moov_first"), nullptr);
    EXPECT_FALSE(plan.has(RepairBy::Encoding));
}

}  // namespace
}  // namespace changji
