#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <vector>

#include "capture/excerpt.hpp"
#include "tests/support/made_clips.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

using ExcerptFiles = test::MadeClips;

RgbPicture test_picture() {
    RgbPicture picture{64, 36, std::vector<std::uint8_t>(std::size_t{64} * 36 * 3)};
    for (std::size_t i = 0; i < picture.rgb.size(); ++i) picture.rgb[i] = static_cast<std::uint8_t>(i * 37 + i / 191);
    return picture;
}

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_F(ExcerptFiles, PngReadBackHasTheSamePixels) {
    const RgbPicture picture = test_picture();
    const fs::path file = folder_.path() / "still.png";
    ASSERT_TRUE(write_png(file, picture));
    EXPECT_EQ(files_in(folder_.path()), 1U);
    const auto read = test::run("ffmpeg -v error -i '" + file.string() + "' -f rawvideo -pix_fmt rgb24 -");
    ASSERT_EQ(read.output.size(), picture.rgb.size());
    EXPECT_EQ(std::memcmp(read.output.data(), picture.rgb.data(), picture.rgb.size()), 0);
    ASSERT_TRUE(write_png(folder_.path() / "again.png", picture));
    EXPECT_EQ(test::content_of(file), test::content_of(folder_.path() / "again.png"));
}

TEST_F(ExcerptFiles, WavReadBackHasTheSameSamples) {
    const std::vector<float> sound{0.0F, 0.5F, -0.5F, 1.0F, -1.0F, 2.0F, -2.0F, 1.0F / 32'768, -3.0F / 32'768, 0.25F};
    const std::vector<std::int16_t> expected{0, 16'384, -16'384, 32'767, -32'768, 32'767, -32'768, 1, -3, 8'192};
    const fs::path file = folder_.path() / "bite.wav";
    ASSERT_TRUE(write_wav(file, sound));
    EXPECT_EQ(files_in(folder_.path()), 1U);
    const auto read = test::run("ffmpeg -v error -i '" + file.string() + "' -f s16le -");
    ASSERT_EQ(read.output.size(), expected.size() * 2);
    EXPECT_EQ(std::memcmp(read.output.data(), expected.data(), read.output.size()), 0);
    const auto stream = test::ffprobe(file)["streams"][0];
    EXPECT_EQ(stream["sample_rate"], "48000");
    EXPECT_EQ(stream["channels"], 2);
    EXPECT_EQ(stream["codec_name"], "pcm_s16le");
    EXPECT_EQ(test::content_of(file).size(), 44U + read.output.size());
}

TEST_F(ExcerptFiles, FullDiskLeavesNothingBehind) {
    const pid_t child = ::fork();  // a file size limit holds for a whole process
    if (child == 0) {
        const rlimit limit{100, 100};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
        const Status png = write_png(folder_.path() / "still.png", test_picture());
        const Status wav = write_wav(folder_.path() / "bite.wav", std::vector<float>(2000));
        ::_exit(!png && !wav && png.error().kind == ErrorKind::DiskFull && wav.error().kind == ErrorKind::DiskFull ? 0
                                                                                                                   : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(files_in(folder_.path()), 0U);
}

TEST_F(ExcerptFiles, FolderThatIsNotThereIsAnIoError) {
    for (const Status& written : {write_png(folder_.path() / "no" / "still.png", test_picture()),
                                  write_wav(folder_.path() / "no" / "bite.wav", std::vector<float>(20))}) {
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().kind, ErrorKind::Io);
    }
}

}  // namespace
}  // namespace changji
