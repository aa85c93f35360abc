#include "ui/check/delivery_files.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "analysis/photos/photo_metadata.hpp"
#include "capture/still.hpp"
#include "capture/verified_copy.hpp"
#include "tests/presets/shipped_preset.hpp"
#include "tests/support/program.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

FindingStatus status(const CheckedFile& checked, const char* check) {
    for (const Finding& finding : checked.verdict.findings) {
        if (finding.check == check) return finding.status;
    }
    ADD_FAILURE() << "no finding " << check << (checked.error ? ": " + in_english(checked.error->message) : "");
    return FindingStatus::Unmeasured;
}

bool has(const CheckedFile& checked, const char* check) {
    return std::any_of(checked.verdict.findings.begin(), checked.verdict.findings.end(),
                       [&](const Finding& one) { return one.check == check; });
}

/// A picture made by ffmpeg; `metadata` are exiv2's options.
class Photo : public testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        CHANGJI_NEEDS_PROGRAM("exiv2");
    }
    fs::path make(const std::string& name, const std::string& filter = "testsrc2=size=640x480",
                  const std::string& metadata = {}) {
        const fs::path file = folder_.path() / name;
        EXPECT_EQ(
            test::run("ffmpeg -v error -y -f lavfi -i '" + filter + "' -frames:v 1 -q:v 2 '" + file.string() + "'")
                .exit_code,
            0);
        if (!metadata.empty()) {
            EXPECT_EQ(test::run("exiv2 " + metadata + " '" + file.string() + "'").exit_code, 0);
        }
        return file;
    }
    CheckedFile check(const fs::path& file) { return PhotoChecker().check(file, test::shipped_preset()); }
    test::TemporaryFolder folder_;
};

const char* const place =
    "-M'set Exif.GPSInfo.GPSLatitude 28/1 10/1 48/1' -M'set Exif.GPSInfo.GPSLatitudeRef N' -M'set "
    "Exif.GPSInfo.GPSLongitude 112/1 56/1 24/1' "
    "-M'set Exif.GPSInfo.GPSLongitudeRef E'";

TEST_F(Photo, TooFewPixelsAndBytesFailAsTwoFacts) {
    const CheckedFile checked = check(make("small.jpg"));
    EXPECT_EQ(status(checked, "photo.pixels"), FindingStatus::Fail);
    EXPECT_EQ(status(checked, "photo.bytes"), FindingStatus::Fail);
    EXPECT_EQ(checked.verdict.status, VerdictStatus::Fail);
}

TEST_F(Photo, OneReadingOfFourMIsEnoughButTheOtherIsTold) {
    const CheckedFile checked = check(make("large.jpg", "color=gray:size=2500x2000"));
    EXPECT_EQ(status(checked, "photo.pixels"), FindingStatus::Pass);
    EXPECT_EQ(status(checked, "photo.bytes"), FindingStatus::Warn);
}

TEST_F(Photo, TheOrientationTagTurnsThePicture) {
    // Upright 480x640 with its upper half white, stored lying as a camera does it (tag 6: turn right).
    const fs::path file = make("lying.jpg", "color=black:size=640x480,drawbox=w=320:color=white:t=fill",
                               "-M'set Exif.Image.Orientation 6'");
    const CheckedFile checked = check(file);
    EXPECT_EQ(status(checked, "photo.orientation"), FindingStatus::Pass);
    const auto metadata = read_photo_metadata(test::content_of(file));
    ASSERT_TRUE(metadata);
    EXPECT_EQ(metadata->orientation, (Orientation{90, false}));
    const auto still = read_still(file);
    ASSERT_TRUE(still);
    const auto upright = upright_picture(*still, metadata->orientation, 1280);
    ASSERT_TRUE(upright);
    EXPECT_EQ(upright->width_px, 480);
    EXPECT_EQ(upright->height_px, 640);
    EXPECT_GT(upright->planes[0].data[100 * upright->planes[0].stride_bytes + 200], 200);
    EXPECT_LT(upright->planes[0].data[500 * upright->planes[0].stride_bytes + 200], 40);
}

TEST_F(Photo, AllEightOrientationsAreRead) {
    const Orientation expected[] = {{0, false},  {0, true},   {180, false}, {180, true},
                                    {270, true}, {90, false}, {90, true},   {270, false}};
    for (int tag = 1; tag <= 8; ++tag) {
        const auto read = read_photo_metadata(test::content_of(
            make("turned.jpg", "color=gray:size=64x64", "-M'set Exif.Image.Orientation " + std::to_string(tag) + "'")));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->orientation, expected[tag - 1]) << tag;
    }
}

TEST_F(Photo, APlaceIsToldAndCanBeTakenOut) {
    const fs::path file = make("place.jpg", "testsrc2=size=640x480", place);
    EXPECT_EQ(status(check(file), "photo.location"), FindingStatus::Warn);
    const std::string bytes = test::content_of(file);
    const auto metadata = read_photo_metadata(bytes);
    ASSERT_TRUE(metadata);
    EXPECT_EQ(metadata->location, "28.180°N 112.940°E");
    const auto without = without_location(bytes);
    ASSERT_TRUE(without);
    const auto after = read_photo_metadata(*without);
    ASSERT_TRUE(after);
    EXPECT_FALSE(after->has_location);
    // The compressed picture, from its first quantisation table on, is the same to the byte.
    EXPECT_EQ(bytes.substr(bytes.find("\xFF\xDB")), without->substr(without->find("\xFF\xDB")));
}

TEST_F(Photo, EditorsLeaveTracesCamerasDoNot) {
    const auto editing = [&](const std::string& metadata) {
        return status(check(make("edited.jpg", "nullsrc=size=640x480,geq=lum=random(1)*255:cb=128:cr=128", metadata)),
                      "photo.editing");
    };
    EXPECT_EQ(editing("-M'set Exif.Image.Software Adobe Photoshop CC 2017'"), FindingStatus::Warn);
    EXPECT_EQ(editing("-M'set Exif.Image.Software 美图秀秀'"), FindingStatus::Warn);
    EXPECT_EQ(editing("-M'set Xmp.crs.Exposure2012 +0.50'"), FindingStatus::Warn);
    EXPECT_EQ(editing("-M'set Exif.Image.Make Canon' -M'set Exif.Image.Model Canon EOS R5' -M'set Exif.Image.Software "
                      "Firmware 1.8.1'"),
              FindingStatus::Pass);
    EXPECT_EQ(editing(""), FindingStatus::Confirm);
}

TEST_F(Photo, WhatIsNoPhotoIsToldWithTheRemedy) {
    const auto refusal = [&](const std::string& content) {
        const fs::path file = folder_.path() / "x.jpg";
        std::ofstream(file, std::ios::binary) << content;
        const CheckedFile checked = check(file);
        return checked.error ? in_english(checked.error->message) : std::string();
    };
    EXPECT_NE(refusal("no photo at all, only words").find("no photo"), std::string::npos);
    EXPECT_NE(refusal(std::string("\0\0\0\x18"
                                  "ftypheic\0\0\0\0",
                                  16))
                  .find("HEIC"),
              std::string::npos);
    EXPECT_NE(refusal(""), "");
    const std::string whole = test::content_of(make("whole.jpg"));
    for (std::size_t cut = 2; cut < whole.size(); cut += whole.size() / 9) (void)refusal(whole.substr(0, cut));
    for (std::size_t at = 2; at < 700; at += 11) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0xFF);
        (void)refusal(changed);
    }
}

TEST_F(Photo, APictureOfMorePixelsThanAnyCameraGivesIsNotDecoded) {
    std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0", 29);  // 60000 x 60000
    png += std::string("\0\0\0\0\0\0\0\x10IDAT", 12) + std::string(64, 'x');
    const fs::path file = folder_.path() / "huge.png";
    std::ofstream(file, std::ios::binary) << png;
    const CheckedFile checked = check(file);
    ASSERT_TRUE(checked.error);
}

TEST_F(Photo, TheSetIsCountedAndTheSamePhotoTwiceIsTold) {
    const fs::path one = make("1.jpg"), two = make("2.jpg", "testsrc=size=640x480");
    const auto set = [&](const std::vector<fs::path>& photos) {
        return check_photo_set(folder_.path(), photos, test::shipped_preset());
    };
    EXPECT_EQ(status(set({one, two}), "photo.count"), FindingStatus::Fail);
    EXPECT_EQ(status(set({one, two, one}), "photo.twice"), FindingStatus::Warn);
    const fs::path three = make("3.jpg", "mandelbrot=size=640x480");
    EXPECT_EQ(status(set({one, two, three}), "photo.count"), FindingStatus::Pass);
    EXPECT_FALSE(has(set({one, two, three}), "photo.twice"));
}

TEST(RealPhotos, ACloseUpIsNoFullLengthPhoto) {
    CHANGJI_NEEDS_MEDIA("p02_man_plain_wall_540x.jpg");
    const CheckedFile checked =
        PhotoChecker().check(test::media_folder() / "p02_man_plain_wall_540x.jpg", test::shipped_preset());
    EXPECT_EQ(status(checked, "photo.full_body"), FindingStatus::Fail);
    EXPECT_EQ(status(checked, "photo.editing"), FindingStatus::Warn) << "Picasa wrote it";
}

TEST(RealPhotos, ASharpOneIsToldFromItsEnlargement) {
    CHANGJI_NEEDS_MEDIA("p04_woman_street_bokeh.jpg");
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const test::TemporaryFolder folder;
    const fs::path source = test::media_folder() / "p04_woman_street_bokeh.jpg",
                   enlarged = folder.path() / "enlarged.jpg";
    ASSERT_EQ(test::run("ffmpeg -v error -i '" + source.string() + "' -vf scale=iw*2:ih*2:flags=bicubic -q:v 2 '" +
                        enlarged.string() + "'")
                  .exit_code,
              0);
    EXPECT_EQ(status(PhotoChecker().check(source, test::shipped_preset()), "photo.detail"), FindingStatus::Pass);
    EXPECT_EQ(status(PhotoChecker().check(enlarged, test::shipped_preset()), "photo.detail"), FindingStatus::Warn);
}

TEST(RealPhotos, ADarkFaceIsTold) {
    CHANGJI_NEEDS_MEDIA("p03_man_too_dark_2320x3088.jpg");
    const CheckedFile checked =
        PhotoChecker().check(test::media_folder() / "p03_man_too_dark_2320x3088.jpg", test::shipped_preset());
    EXPECT_NE(status(checked, "photo.exposure"), FindingStatus::Pass);
}

TEST(DeliveryFiles, TextsInFoldersAreManuscriptsOnlyWhenTheyAreChinese) {
    const test::TemporaryFolder folder;
    const auto belongs = [&](const char* name, const std::string& content) {
        std::ofstream(folder.path() / name) << content;
        return belongs_to_delivery(folder.path() / name, test::shipped_preset());
    };
    std::string chinese;
    for (int i = 0; i < 60; ++i) chinese += "字";
    EXPECT_TRUE(belongs("a.txt", chinese));
    EXPECT_FALSE(belongs("LICENSE.txt", "Permission is hereby granted"));
    EXPECT_FALSE(belongs("checklist.txt", chinese));
    EXPECT_TRUE(belongs("a.docx", "x"));
    EXPECT_FALSE(belongs("~$a.docx", "x"));
    EXPECT_FALSE(belongs("a.json", chinese));
}

TEST(VerifiedCopy, TheCopyIsTheSameAndNothingIsReplaced) {
    const test::TemporaryFolder folder;
    const fs::path from = folder.path() / "a", to = folder.path() / "b";
    std::ofstream(from) << "abc";
    const auto copied = copy_verified(from, to);
    ASSERT_TRUE(copied);
    EXPECT_EQ(copied->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2
    EXPECT_EQ(copied->size_bytes, 3);
    std::ofstream(from) << "other";
    EXPECT_FALSE(copy_verified(from, to));
    EXPECT_EQ(test::content_of(to), "abc");
    EXPECT_FALSE(copy_verified(folder.path(), folder.path() / "c"));
    EXPECT_FALSE(fs::exists(folder.path() / "c"));
}

}  // namespace
}  // namespace changji
