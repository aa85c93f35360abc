#include "capture/remux.hpp"

#include <gtest/gtest.h>

#include "capture/probe.hpp"
#include "tests/support/media.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

#define NEEDS_FFMPEG() \
    if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: the program ffmpeg is not installed"

/// A small clip with sound, `options` before its name.
void make_clip(const fs::path& file, const std::string& options = {}, const std::string& rate = "25") {
    const auto made = test::run("ffmpeg -v error -f lavfi -i testsrc2=size=320x180:rate=" + rate +
                                ":duration=1 -f lavfi -i sine=sample_rate=48000:duration=1 -c:v libx264 -preset "
                                "ultrafast -pix_fmt yuv420p -bf 2 -c:a aac -ac 2 " +
                                options + " '" + file.string() + "'");
    ASSERT_EQ(made.exit_code, 0) << made.errors;
}

/// Every picture and sample as the ffmpeg program decodes them.
std::string decoded(const fs::path& file) {
    return test::run("ffmpeg -v error -i '" + file.string() + "' -map 0:v:0 -f framemd5 - | grep -v '^#' | cut -d, -f6")
        .output;
}

TEST(Remux, PutsTheIndexFirstAndKeepsEveryPicture) {
    NEEDS_FFMPEG();
    const test::TemporaryFolder folder;
    const fs::path from = folder.path() / "late.mp4", to = folder.path() / "early.mp4";
    make_clip(from);
    ASSERT_FALSE(probe_file(from)->moov_first);
    const std::string before = test::content_of(from);
    ASSERT_TRUE(remux_to_mp4(from, to, {}));
    const auto facts = probe_file(to);
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->moov_first);
    EXPECT_FALSE(facts->fragmented);
    EXPECT_TRUE(facts->video->constant_frame_rate);
    EXPECT_EQ(facts->video->frames, 25);
    EXPECT_EQ(decoded(to), decoded(from));
    EXPECT_EQ(test::content_of(from), before) << "the original is only read";
}

TEST(Remux, TimesThatTheContainerRoundedBecomeExact) {
    NEEDS_FFMPEG();
    const test::TemporaryFolder folder;
    const fs::path from = folder.path() / "a.mkv", to = folder.path() / "a.mp4";
    make_clip(from, "", "30000/1001");
    const auto rounded = probe_file(from);
    ASSERT_TRUE(rounded && rounded->video->constant_frame_rate);
    RemuxOptions options;
    options.constant_rate = rounded->video->frame_rate;
    ASSERT_TRUE(remux_to_mp4(from, to, options));
    const auto facts = probe_file(to);
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->iso_mp4);
    EXPECT_TRUE(facts->video->constant_frame_rate);
    EXPECT_EQ(facts->video->frame_rate, (Rational{30'000, 1001}));
    EXPECT_EQ(decoded(to), decoded(from));
}

TEST(Remux, FragmentsTransportStreamsAndTurnedPicturesComeOutRight) {
    NEEDS_FFMPEG();
    const test::TemporaryFolder folder;
    const fs::path flat = folder.path() / "flat.mp4";
    make_clip(flat);
    const auto copy = [&](const std::string& options, const std::string& name) {
        const fs::path file = folder.path() / name;
        EXPECT_EQ(
            test::run("ffmpeg -v error -i '" + flat.string() + "' -c copy " + options + " '" + file.string() + "'")
                .exit_code,
            0);
        return file;
    };
    const fs::path sources[] = {copy("-movflags frag_keyframe+empty_moov", "fragments.mp4"), copy("", "stream.ts"),
                                copy("", "turned.mov")};
    test::turn_picture(folder.path() / "turned.mov", 180);
    for (const fs::path& from : sources) {
        const fs::path to = fs::path(from).replace_extension(".fixed.mp4");
        const auto before = probe_file(from);
        ASSERT_TRUE(before);
        RemuxOptions options;
        if (!before->container.starts_with("mov")) options.constant_rate = before->video->frame_rate;
        const Status copied = remux_to_mp4(from, to, options);
        ASSERT_TRUE(copied) << from << in_english(copied.error().message);
        const auto after = probe_file(to);
        ASSERT_TRUE(after);
        EXPECT_TRUE(after->moov_first && after->iso_mp4 && !after->fragmented) << from;
        EXPECT_EQ(after->video->orientation, before->video->orientation) << from;
        EXPECT_TRUE(after->video->constant_frame_rate) << from;
        EXPECT_EQ(decoded(to), decoded(from)) << from;
    }
    EXPECT_EQ(probe_file(folder.path() / "turned.fixed.mp4")->video->orientation.rotation_degrees, 180);
}

TEST(Remux, MarksColoursWithoutTouchingPixels) {
    NEEDS_FFMPEG();
    const test::TemporaryFolder folder;
    const fs::path from = folder.path() / "plain.mp4", to = folder.path() / "marked.mp4";
    make_clip(from);
    ASSERT_EQ(probe_file(from)->video->color_space, "");
    RemuxOptions options;
    options.tag_bt709 = true;
    ASSERT_TRUE(remux_to_mp4(from, to, options));
    const auto facts = probe_file(to);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->video->color_space, "bt709");
    EXPECT_EQ(facts->video->color_range, "tv");
    EXPECT_EQ(decoded(to), decoded(from));
}

TEST(Remux, NothingIsReplacedAndNothingIsLeftBehind) {
    NEEDS_FFMPEG();
    const test::TemporaryFolder folder;
    const fs::path from = folder.path() / "a.mp4", to = folder.path() / "there.mp4";
    make_clip(from);
    ASSERT_EQ(test::run("echo mine > '" + to.string() + "'").exit_code, 0);
    const Status refused = remux_to_mp4(from, to, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(test::content_of(to), "mine\n");
    EXPECT_FALSE(remux_to_mp4(from, from, {})) << "onto itself";
    EXPECT_FALSE(remux_to_mp4(from, folder.path() / "no such folder" / "b.mp4", {}));
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(folder.path())) files += entry.is_regular_file();
    EXPECT_EQ(files, 2u) << "no temporary file";
}

}  // namespace
}  // namespace changji
