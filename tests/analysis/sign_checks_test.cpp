#include "tests/analysis/evidence.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

Evidence foreign_file() {
    Evidence evidence = test::good_take();
    evidence.own_take = false;
    evidence.signs = PictureSigns{{10, 0}, {100'000, 0.0, 0.0, 0.0, 0.0}};
    return evidence;
}

FindingStatus status_of(const Evidence& evidence, const std::string& check) {
    return test::judge_one(evidence, check).status;
}

TEST(SignChecks, PicturesThatAgreeWithTheirTagsPass) {
    for (const char* check : {"picture.scan", "picture.range", "picture.matrix"})
        EXPECT_EQ(status_of(foreign_file(), check), FindingStatus::Pass) << check;
}

TEST(SignChecks, CombsFailWhateverTheFlagSays) {
    Evidence evidence = foreign_file();
    evidence.signs->fields = {10, 9};
    EXPECT_EQ(status_of(evidence, "video.scan"), FindingStatus::Pass);
    EXPECT_EQ(status_of(evidence, "picture.scan"), FindingStatus::Fail);
    evidence.signs->fields = {10, 3};
    EXPECT_EQ(status_of(evidence, "picture.scan"), FindingStatus::Warn);
    evidence.signs->fields = {2, 2};
    EXPECT_EQ(status_of(evidence, "picture.scan"), FindingStatus::Unmeasured) << "two pictures decide nothing";
}

TEST(SignChecks, LevelsAndColoursThatContradictTheTagsWarn) {
    Evidence evidence = foreign_file();
    evidence.signs->tags.beyond_video_percent = 3.0;
    EXPECT_EQ(status_of(evidence, "picture.range"), FindingStatus::Warn);
    evidence.signs->tags.impossible_709_percent = 3.0;
    EXPECT_EQ(status_of(evidence, "picture.matrix"), FindingStatus::Warn);
    evidence.file->video->color_range = "pc";
    EXPECT_EQ(status_of(evidence, "picture.range"), FindingStatus::Warn) << "nothing lies outside limited range";
}

TEST(SignChecks, WhatWasNotLookedAtIsUnmeasuredWithTheReason) {
    Evidence evidence = foreign_file();
    evidence.signs.reset();
    evidence.log.reset();
    evidence.decoded.reset();
    evidence.not_metered = say("Only the container was read: check again without --quick.");
    for (const char* check : {"picture.scan", "picture.range", "picture.matrix", "decode", "sound.loudness_lufs"}) {
        const Finding finding = test::judge_one(evidence, check);
        EXPECT_EQ(finding.status, FindingStatus::Unmeasured) << check;
        EXPECT_EQ(finding.message, evidence.not_metered) << check;
    }
}

}  // namespace
}  // namespace changji
