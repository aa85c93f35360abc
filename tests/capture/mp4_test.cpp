#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/index.hpp"
#include "tests/support/media.hpp"

namespace changji::mp4 {
namespace {

std::string u32(std::uint32_t value) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xFF);
    return text;
}
std::string u64(std::uint64_t value) {
    return u32(static_cast<std::uint32_t>(value >> 32)) + u32(static_cast<std::uint32_t>(value));
}
std::string box(const std::string& type, const std::string& content) {
    return u32(static_cast<std::uint32_t>(content.size() + 8)) + type + content;
}
std::string wide_box(const std::string& type, const std::string& content) {
    return u32(1) + type + u64(content.size() + 16) + content;
}

class Mp4Bytes : public testing::Test {
protected:
    ByteFile file(const std::string& content) {
        const auto path = folder_.path() / "bytes.mp4";
        std::ofstream(path, std::ios::binary) << content;
        return *open_byte_file(path);
    }
    test::TemporaryFolder folder_;
};

/// A track of `durations` = pairs of count and ticks, 1000 ticks a second, with the given edit list lines.
std::string trak(const std::string& handler, const std::string& stts_rows, std::uint32_t rows,
                 const std::string& edits = "", std::uint32_t edit_rows = 0) {
    const std::string tkhd = box("tkhd", u32(0) + u32(0) + u32(0) + u32(1) + std::string(64, '\0'));
    const std::string edts = edits.empty() ? "" : box("edts", box("elst", u32(0) + u32(edit_rows) + edits));
    const std::string mdhd = box("mdhd", u32(0) + u32(0) + u32(0) + u32(1000) + u32(0) + u32(0));
    const std::string hdlr = box("hdlr", u32(0) + u32(0) + handler + std::string(13, '\0'));
    const std::string stbl = box("stbl", box("stts", u32(0) + u32(rows) + stts_rows));
    return box("trak", tkhd + edts + box("mdia", mdhd + hdlr + box("minf", stbl)));
}
std::string moov(const std::string& inside) {
    return box("moov", box("mvhd", u32(0) + u32(0) + u32(0) + u32(1000) + std::string(84, '\0')) + inside);
}

TEST_F(Mp4Bytes, TopBoxesFollowEachOther) {
    const auto boxes = top_boxes(file(box("ftyp", "isom") + box("free", "") + box("mdat", "12345")));
    ASSERT_EQ(boxes.size(), 3U);
    EXPECT_EQ(boxes[1].type, four_cc("free"));
    EXPECT_EQ(boxes[2].offset, 20);
    EXPECT_EQ(boxes[2].end(), 33);
    EXPECT_FALSE(boxes[2].cut_short);
}

TEST_F(Mp4Bytes, SizeOneMeansThat64BitsFollow) {
    const auto boxes = top_boxes(file(wide_box("mdat", "abc") + box("moov", "")));
    ASSERT_EQ(boxes.size(), 2U);
    EXPECT_EQ(boxes[0].header_bytes, 16);
    EXPECT_EQ(boxes[0].end(), 19);
}

TEST_F(Mp4Bytes, SizeZeroReachesToTheEnd) {
    const auto boxes = top_boxes(file(box("ftyp", "isom") + u32(0) + "mdat" + "0123456789"));
    ASSERT_EQ(boxes.size(), 2U);
    EXPECT_TRUE(boxes[1].open_ended);
    EXPECT_EQ(boxes[1].size_bytes, 18);
}

TEST_F(Mp4Bytes, BoxLongerThanTheFileIsCutShort) {
    const auto boxes = top_boxes(file(u32(1000) + "mdat" + "0123"));
    ASSERT_EQ(boxes.size(), 1U);
    EXPECT_TRUE(boxes[0].cut_short);
    EXPECT_EQ(boxes[0].end(), 12);
}

TEST_F(Mp4Bytes, Huge64BitSizeDoesNotOverflow) {
    const auto boxes = top_boxes(file(u32(1) + "mdat" + u64(0xFFFF'FFFF'FFFF'FFFF) + "0123"));
    ASSERT_EQ(boxes.size(), 1U);
    EXPECT_TRUE(boxes[0].cut_short);
}

TEST_F(Mp4Bytes, BoxSmallerThanItsHeaderEndsTheWalk) {
    EXPECT_EQ(top_boxes(file(box("ftyp", "isom") + u32(7) + "free" + box("moov", ""))).size(), 1U);
    EXPECT_EQ(top_boxes(file(box("ftyp", "isom") + u32(1) + "free" + u64(15) + box("moov", ""))).size(), 1U);
}

TEST_F(Mp4Bytes, ZerosAfterAPowerCutEndTheWalk) {
    EXPECT_EQ(top_boxes(file(box("ftyp", "isom") + std::string(4096, '\0'))).size(), 1U);
}

TEST_F(Mp4Bytes, EmptyFileAndHalfAHeaderHaveNoBoxes) {
    EXPECT_TRUE(top_boxes(file("")).empty());
    EXPECT_TRUE(top_boxes(file("\0\0\0")).empty());
}

TEST(Mp4InnerBoxes, OverrunningBoxIsLeftOutAndTold) {
    const std::string bytes = box("mfhd", "1234") + u32(100) + "traf" + "short";
    const InnerBoxes found = boxes_in({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    EXPECT_EQ(found.boxes.size(), 1U);
    EXPECT_FALSE(found.whole);
}

TEST_F(Mp4Bytes, OneDurationInSeveralRunsIsOneLength) {
    const Index index =
        read_index(file(box("ftyp", "isom") + moov(trak("vide", u32(10) + u32(40) + u32(15) + u32(40), 2))));
    ASSERT_EQ(index.tracks.size(), 1U);
    EXPECT_TRUE(index.tracks[0].one_length);
    EXPECT_EQ(index.tracks[0].samples, 25);
    EXPECT_EQ(index.tracks[0].duration, std::chrono::seconds(1));
}

TEST_F(Mp4Bytes, OneLongerSampleAtTheEndIsNotOneLength) {
    const Index index = read_index(file(moov(trak("vide", u32(10) + u32(40) + u32(1) + u32(41), 2))));
    ASSERT_EQ(index.tracks.size(), 1U);
    EXPECT_FALSE(index.tracks[0].one_length);
}

TEST_F(Mp4Bytes, EmptyEditDelaysTheTrackAndMediaTimeTrimsIt) {
    const std::string edits = u32(500) + u32(0xFFFF'FFFF) + u32(0x1'0000) + u32(900) + u32(100) + u32(0x1'0000);
    const Index index = read_index(file(moov(trak("soun", u32(10) + u32(100), 1, edits, 2))));
    ASSERT_EQ(index.tracks.size(), 1U);
    EXPECT_EQ(index.tracks[0].start, std::chrono::milliseconds(500));
    EXPECT_EQ(index.tracks[0].duration, std::chrono::milliseconds(900));
}

TEST_F(Mp4Bytes, TableThatPromisesMoreRowsThanItHoldsIsReadAsFarAsItGoes) {
    const Index index = read_index(file(moov(trak("vide", u32(10) + u32(40), 0xFFFF'FFFF))));
    ASSERT_EQ(index.tracks.size(), 1U);
    EXPECT_EQ(index.tracks[0].samples, 10);
}

TEST_F(Mp4Bytes, BoxesNestedAThousandDeepDoNoHarm) {
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep = box("moov", box("trak", deep));
    EXPECT_EQ(read_index(file(deep)).tracks.size(), 1U);
}

TEST_F(Mp4Bytes, BrandTellsIsoFromQuickTime) {
    EXPECT_TRUE(is_iso_mp4(read_index(file(box("ftyp", "isom" + u32(512) + "isomiso2avc1mp41")))));
    EXPECT_TRUE(is_iso_mp4(read_index(file(box("ftyp", "mp42" + u32(0))))));
    EXPECT_FALSE(is_iso_mp4(read_index(file(box("ftyp", "qt  " + u32(512) + "qt  isom")))));
    EXPECT_FALSE(is_iso_mp4(read_index(file(box("moov", "")))));
}

TEST_F(Mp4Bytes, IndexBehindTheMediaIsNotFirst) {
    EXPECT_TRUE(read_index(file(moov("") + box("mdat", "x"))).moov_first);
    EXPECT_FALSE(read_index(file(box("mdat", "x") + moov(""))).moov_first);
}

}  // namespace
}  // namespace changji::mp4
