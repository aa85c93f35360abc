#include "capture/recording/fragment_writer.hpp"

#include "capture/recording/encoders.hpp"
#include "tests/capture/recorder_support.hpp"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace test;

struct Disk {
    std::vector<std::uint8_t> bytes;
    int syncs = 0;
};

class MemorySink final : public ByteSink {
public:
    explicit MemorySink(Disk& disk) : disk_(disk) {}
    Status write(std::span<const std::uint8_t> bytes) override {
        disk_.bytes.insert(disk_.bytes.end(), bytes.begin(), bytes.end());
        return {};
    }
    Status sync() override {
        ++disk_.syncs;
        return {};
    }

private:
    Disk& disk_;
};

struct Box {
    std::string type;
    std::size_t begin = 0;
    std::size_t size = 0;
};

/// The boxes at the file's top level; the last may be cut off.
std::vector<Box> boxes_of(const std::vector<std::uint8_t>& bytes) {
    std::vector<Box> boxes;
    for (std::size_t at = 0; at + 8 <= bytes.size();) {
        std::size_t size = 0;
        for (int index = 0; index < 4; ++index) size = size << 8 | bytes[at + index];
        if (size < 8) break;
        boxes.push_back({std::string(bytes.begin() + at + 4, bytes.begin() + at + 8), at, size});
        at += size;
    }
    return boxes;
}

TEST(FragmentWriter, WritesAnIsoFileOfHalfSecondFragments) {
    Disk disk;
    Result<PictureEncoder> picture = PictureEncoder::open({"libx264", "ultrafast"}, rate_25, 12'000);
    Result<SoundEncoder> sound = SoundEncoder::open();
    ASSERT_TRUE(picture.has_value() && sound.has_value());
    auto opened = FragmentWriter::open(std::make_unique<MemorySink>(disk), picture->context(), &sound->context());
    ASSERT_TRUE(opened.has_value());
    FragmentWriter& writer = **opened;
    const OnPacket to_video = [&](av::PacketPtr packet) {
        EXPECT_TRUE(writer.write_video(std::move(packet)).has_value());
    };
    const OnPacket to_audio = [&](av::PacketPtr packet) {
        EXPECT_TRUE(writer.write_audio(std::move(packet)).has_value());
    };

    constexpr int frames = 75;
    const std::vector<float> silence(1920 * sound_channels, 0.0F);
    for (int index = 0; index < frames; ++index) {
        ASSERT_TRUE(picture->encode(moving_picture(index, take_start), index, to_video).has_value());
        ASSERT_TRUE(sound->encode(silence, to_audio).has_value());
    }
    ASSERT_TRUE(picture->flush(to_video).has_value());
    ASSERT_TRUE(sound->flush(to_audio).has_value());
    ASSERT_TRUE(writer.finish().has_value());

    const std::vector<Box> boxes = boxes_of(disk.bytes);
    ASSERT_GE(boxes.size(), 4U);
    EXPECT_EQ(boxes[0].type, "ftyp");
    EXPECT_EQ(std::string(disk.bytes.begin() + 8, disk.bytes.begin() + 11), "iso") << "not a QuickTime brand";
    EXPECT_EQ(boxes[1].type, "moov");
    std::map<std::string, int> count;
    for (const Box& box : boxes) ++count[box.type];
    EXPECT_EQ(count["moof"], count["mdat"]);
    EXPECT_GE(count["moof"], 6) << "three seconds in halves";
    EXPECT_LE(count["moof"], 9);
    EXPECT_EQ(boxes.back().begin + boxes.back().size, disk.bytes.size());
    EXPECT_EQ(writer.bytes_written(), static_cast<std::int64_t>(disk.bytes.size()));
    EXPECT_GE(disk.syncs, 1);
}

}  // namespace
}  // namespace changji
