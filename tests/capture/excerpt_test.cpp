#include "capture/excerpt.hpp"

#include "capture/framing.hpp"
#include "capture/source.hpp"
#include "capture/types/queue.hpp"
#include "capture/types/sound_block.hpp"
#include "tests/support/made_clips.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

Nanoseconds seconds(double s) { return Nanoseconds{std::llround(s * 1e9)}; }

std::unique_ptr<Excerpts> open(const fs::path& file) {
    auto opened = open_excerpts(file);
    EXPECT_TRUE(opened) << (opened ? "" : in_english(opened.error().message));
    return opened ? std::move(*opened) : nullptr;
}

int luma_at(const VideoFrame& frame, int x, int y) {
    return frame.planes[0].data[y * frame.planes[0].stride_bytes + x];
}

/// The number that counted_pictures() painted into a picture.
int number_of(const VideoFrame& frame) { return static_cast<int>(std::lround((luma_at(frame, 960, 540) - 16) / 2.0)); }

/// Picture n has the luma code 16 + 2n; n < 100.
std::string counted_pictures(const std::string& rate) {
    return "-f lavfi -i \"nullsrc=s=320x180:r=" + rate +
           ":d=4,geq=lum='16+2*mod(N,100)':cb=128:cr=128,format=yuv420p\"";
}

using ExcerptFrames = test::MadeClips;
using ExcerptSound = test::MadeClips;

/// A little after the beginning and a little before the end of every third picture, forth and then back.
void expect_counted(Excerpts& excerpts, Rational rate, Nanoseconds start, int pictures) {
    std::vector<int> order;
    for (int n = 0; n < pictures; n += 3) order.push_back(n);
    for (int n = pictures - 1; n > 0; n -= 17) order.push_back(n);
    for (const int n : order) {
        for (const Nanoseconds at : {tick_time(n, rate) + 1ms, tick_time(n + 1, rate) - 1ms}) {
            const auto frame = excerpts.frame_at(start + at);
            ASSERT_TRUE(frame) << n << ": " << in_english(frame.error().message);
            EXPECT_EQ(number_of(*frame), n) << to_seconds(at);
            EXPECT_NEAR(to_seconds(frame->captured_at.time_since_epoch()), to_seconds(start + tick_time(n, rate)),
                        1e-3);
        }
    }
}

TEST_F(ExcerptFrames, AreExactAtTwentyFiveASecondWithBFramesAndLongGroups) {
    const auto excerpts =
        open(make("b.mp4", counted_pictures("25") + " -c:v libx264 -preset medium -bf 3 -g 60 -qp 4"));
    ASSERT_TRUE(excerpts);
    expect_counted(*excerpts, {25, 1}, 0ns, 100);
}

TEST_F(ExcerptFrames, AreExactAt2997ASecond) {
    const auto excerpts =
        open(make("ntsc.mp4", counted_pictures("30000/1001") + " -frames:v 100 -c:v libx264 -bf 2 -g 15 -qp 4"));
    ASSERT_TRUE(excerpts);
    expect_counted(*excerpts, {30000, 1001}, 0ns, 100);
}

TEST_F(ExcerptFrames, AreExactInFragmentsMatroskaAndTransportStreams) {
    const std::string coded = counted_pictures("25") + " -c:v libx264 -bf 2 -g 25 -qp 4 ";
    for (const auto& [name, options] :
         {std::pair<std::string, std::string>{"f.mp4", "-movflags +frag_keyframe+empty_moov"},
          {"m.mkv", ""},
          {"t.ts", ""},
          {"a.avi", "-bf 0"}}) {
        SCOPED_TRACE(name);
        const auto excerpts = open(make(name, coded + options));
        ASSERT_TRUE(excerpts);
        expect_counted(*excerpts, {25, 1}, 0ns, 100);
    }
}

TEST_F(ExcerptFrames, AreExactFarBehindTheirKeyFrame) {
    // Key frames at 0 and 15 s: one lies further back than a break in a stream's clock, one begins that far in.
    const auto excerpts = open(make("sparse.mp4",
                                    "-f lavfi -i \"nullsrc=s=320x180:r=5:d=20,geq=lum='16+2*N':cb=128:"
                                    "cr=128,format=yuv420p\" -c:v libx264 -g 75 -sc_threshold 0 -qp 4"));
    ASSERT_TRUE(excerpts);
    for (const double at : {19.1, 14.9, 15.1, 0.1, 12.3}) {
        const auto frame = excerpts->frame_at(seconds(at));
        ASSERT_TRUE(frame);
        EXPECT_EQ(number_of(*frame), static_cast<int>(at * 5)) << at;
        EXPECT_NEAR(to_seconds(frame->captured_at.time_since_epoch()), std::floor(at * 5) / 5, 1e-3);
    }
}

TEST_F(ExcerptFrames, CountFromTheSoundWhereThePictureBeginsLater) {
    const auto excerpts =
        open(make("late.mp4", "-f lavfi -i sine=r=48000:d=4.83 -itsoffset 0.84 " + counted_pictures("25") +
                                  " -map 1:v -map 0:a -c:v libx264 -bf 2 -g 50 -qp 4 -c:a aac"));
    ASSERT_TRUE(excerpts);
    expect_counted(*excerpts, {25, 1}, 840ms, 100);
    const auto before = excerpts->frame_at(200ms);
    ASSERT_TRUE(before);
    EXPECT_EQ(number_of(*before), 0) << "the first picture stands in";
}

TEST_F(ExcerptFrames, FollowAnEditListThatCutsTheBeginning) {
    // Copied from 1.5 s on: the file holds the pictures from the key frame at 1.2 s, an edit list hides 0.3 s.
    const auto whole = make("whole.mp4", counted_pictures("25") + " -c:v libx264 -bf 2 -g 30 -qp 4");
    const auto excerpts = open(make("cut.mp4", "-ss 1.5 -i '" + whole.string() + "' -c copy"));
    ASSERT_TRUE(excerpts);
    for (const double at : {0.02, 1.62, 0.42, 2.46}) {
        const auto frame = excerpts->frame_at(seconds(at));
        ASSERT_TRUE(frame);
        EXPECT_NEAR(number_of(*frame), 37.5 + std::floor(at * 25), 0.5) << at;
    }
}

TEST_F(ExcerptFrames, LastPictureStaysUntilTheFileEndsAndNoLonger) {
    const auto excerpts =
        open(make("end.mp4", counted_pictures("25") + " -f lavfi -i sine=r=48000:d=6 -c:v libx264 -qp 4"));
    ASSERT_TRUE(excerpts);
    for (const auto at : {3970ms, 4500ms, 5900ms}) {
        const auto frame = excerpts->frame_at(at);
        ASSERT_TRUE(frame) << at.count();
        EXPECT_EQ(number_of(*frame), 99);
    }
    for (const auto at : {6100ms, 3'600'000ms}) {
        const auto behind = excerpts->frame_at(at);
        ASSERT_FALSE(behind) << at.count();
        EXPECT_EQ(behind.error().kind, ErrorKind::EndOfStream);
    }
    EXPECT_TRUE(excerpts->frame_at(1s)) << "going back is possible after the end";
}

TEST_F(ExcerptFrames, PhotoIsThereAtAnyTime) {
    const auto excerpts = open(make("photo.png", "-f lavfi -i color=gray:s=1920x1080 -frames:v 1"));
    ASSERT_TRUE(excerpts);
    const auto frame = excerpts->frame_at(15min);
    ASSERT_TRUE(frame);
    EXPECT_NEAR(luma_at(*frame, 5, 5), 126, 1);
}

TEST_F(ExcerptFrames, SoundFileHoldsNone) {
    const auto excerpts = open(make("only.wav", "-f lavfi -i sine=r=48000:d=1"));
    ASSERT_TRUE(excerpts);
    const auto frame = excerpts->frame_at(0ns);
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().kind, ErrorKind::UnsupportedFormat);
}

/// What the media source gave, all of it, through Framing.
struct Played {
    std::vector<std::pair<Nanoseconds, std::uint64_t>> pictures;  ///< time and hash
    std::vector<float> sound;
    Nanoseconds sound_begins{0};
};

std::uint64_t hash_of(const VideoFrame& frame) {
    std::uint64_t hash = 1469598103934665603U;
    for (int plane = 0; plane < 3; ++plane) {
        const Plane& from = frame.planes[static_cast<std::size_t>(plane)];
        const auto width = static_cast<std::size_t>(plane == 0 ? frame.width_px : frame.width_px / 2);
        const int height = plane == 0 ? frame.height_px : frame.height_px / 2;
        for (int y = 0; y < height; ++y) {
            const auto* const line = reinterpret_cast<const char*>(from.data + std::ptrdiff_t{y} * from.stride_bytes);
            hash = (hash ^ std::hash<std::string_view>()({line, width})) * 1099511628211U;
        }
    }
    return hash;
}

Played play(const fs::path& file) {
    const auto camera = parse_camera_spec(file.string());
    SourceSpec spec = *camera;
    spec.pace = Pace::Free;
    SourceSpec microphone;
    microphone.kind = SourceKind::WithCamera;
    auto sources = open_sources(spec, microphone);
    EXPECT_TRUE(sources);
    Played played;
    if (!sources) return played;
    Framing framing;
    BoundedQueue<int> ended(2, WhenFull::Wait);
    const bool has_sound = sources->audio != nullptr;
    EXPECT_TRUE(sources->video->start(
        [&](const VideoFrame& frame) {
            const auto framed = framing.frame(frame);
            EXPECT_TRUE(framed);
            if (framed) played.pictures.emplace_back(frame.captured_at.time_since_epoch(), hash_of(*framed));
        },
        [&](const Error&) { ended.push(0); }));
    if (has_sound) {
        EXPECT_TRUE(sources->audio->start(
            [&](const SoundBlock& block) {
                if (played.sound.empty()) played.sound_begins = block.captured_at.time_since_epoch();
                const auto samples = block.interleaved();
                played.sound.insert(played.sound.end(), samples.begin(), samples.end());
            },
            [&](const Error&) { ended.push(1); }));
    }
    for (int tracks = has_sound ? 2 : 1; tracks > 0; --tracks) static_cast<void>(ended.pop());
    // A source's times lie on this machine's clock; the earlier track begins at zero.
    if (!played.pictures.empty()) {
        const Nanoseconds zero =
            has_sound ? std::min(played.pictures.front().first, played.sound_begins) : played.pictures.front().first;
        for (auto& [at, hash] : played.pictures) at -= zero;
        played.sound_begins -= zero;
    }
    return played;
}

class ExcerptsOfRealClips : public ::testing::TestWithParam<const char*> {};

TEST_P(ExcerptsOfRealClips, AreWhatTheMediaSourcePlays) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    const fs::path file = test::media_folder() / GetParam();
    const Played played = play(file);
    const auto excerpts = open(file);
    ASSERT_TRUE(excerpts);
    ASSERT_GT(played.pictures.size(), 5U);
    const std::size_t count = played.pictures.size();
    for (const std::size_t index : {count / 2, count / 2 + 1, std::size_t{0}, count - 2, count / 3, count / 7}) {
        const Nanoseconds middle = (played.pictures[index].first + played.pictures[index + 1].first) / 2;
        const auto frame = excerpts->frame_at(middle);
        ASSERT_TRUE(frame) << index << ": " << in_english(frame.error().message);
        EXPECT_EQ(frame->width_px, take_width_px);
        EXPECT_NEAR(to_seconds(frame->captured_at.time_since_epoch()), to_seconds(played.pictures[index].first), 1e-3);
        EXPECT_EQ(hash_of(*frame), played.pictures[index].second) << index;
    }
}
INSTANTIATE_TEST_SUITE_P(Clips, ExcerptsOfRealClips,
                         ::testing::Values("v01_face_laptop_backlit_1080x720.mp4",
                                           "v02_selfie_headphones_hevc_rot90.mp4",
                                           "v05_interviews_street_office_320x180.mp4",
                                           "v06_woman_signing_office_640x480.mkv", "v08_man_headpose_plain_480x270.gif",
                                           "v12_outdoor_city_640x360.mp4", "c01_bed_dog_dim_rot270_720p.mp4",
                                           "c03_face_rotate_and_reflect.mp4", "c04_face_fragmented.mp4",
                                           "c11_room_clutter_rot180_vfr_720p.mp4"));

TEST(Excerpts, OfBrokenFilesAreErrorsOrPicturesButNeverACrash) {
    for (const char* const name : {"c05_face_missing_stsd.mp4", "c06_face_mdat_too_long.mp4",
                                   "c07_face_moov_unreachable.mp4", "c08_corrupt_nal.mp4"}) {
        CHANGJI_NEEDS_MEDIA(name);
        SCOPED_TRACE(name);
        const auto excerpts = open_excerpts(test::media_folder() / name);
        if (!excerpts) {
            EXPECT_FALSE(excerpts.error().message.empty());
            continue;
        }
        for (const auto at : {0ms, 900ms, 400ms, 4990ms, 60'000ms}) {
            const auto frame = (*excerpts)->frame_at(at);
            EXPECT_TRUE(frame || !frame.error().message.empty()) << at.count();
            const auto sound = (*excerpts)->sound_between(at, at + 3s);
            EXPECT_TRUE(sound || !sound.error().message.empty()) << at.count();
        }
    }
}

TEST(Excerpts, OfAFileWhoseIndexIsOutOfReachAreRefused) {
    CHANGJI_NEEDS_MEDIA("c07_face_moov_unreachable.mp4");
    const auto excerpts = open_excerpts(test::media_folder() / "c07_face_moov_unreachable.mp4");
    ASSERT_FALSE(excerpts);
    EXPECT_EQ(excerpts.error().kind, ErrorKind::Corrupt);
}

TEST(Excerpts, OfHdrVideoAreRefused) {
    CHANGJI_NEEDS_MEDIA("c02_iphone_hlg_hevc10_editlist_rot90.mp4");
    const auto excerpts = open_excerpts(test::media_folder() / "c02_iphone_hlg_hevc10_editlist_rot90.mp4");
    ASSERT_FALSE(excerpts);
    EXPECT_EQ(excerpts.error().kind, ErrorKind::UnsupportedFormat);
    EXPECT_NE(in_english(excerpts.error().message).find("HDR"), std::string::npos);
}

TEST(Excerpts, OfNothingAreErrors) {
    const auto missing = open_excerpts("/nowhere/at/all.mp4");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::Io);
    const test::TemporaryFolder folder;
    EXPECT_FALSE(open_excerpts(folder.path()));
    const auto address = open_excerpts("http://127.0.0.1:1/film.mp4");
    ASSERT_FALSE(address);
    EXPECT_NE(in_english(address.error().message).find("no file"), std::string::npos) << "paths only";
}

/// Sample n of the left channel is (n mod 32,768) / 32,768; the right one is silent.
constexpr const char* ramp = "-f lavfi -i \"aevalsrc='mod(n\\,32768)/32768|0':s=48000:d=5\"";

TEST_F(ExcerptSound, IsCutToTheSample) {
    for (const auto& [name, codec] : {std::pair<std::string, std::string>{"r.wav", "-c:a pcm_s16le"},
                                      {"r.mov", "-c:a pcm_s16le"},
                                      {"r.flac", "-c:a flac"}}) {
        SCOPED_TRACE(name);
        const auto excerpts = open(make(name, std::string(ramp) + " " + codec));
        ASSERT_TRUE(excerpts);
        for (const std::int64_t first : {0, 1, 100'000, 47'999, 190'001}) {
            const auto sound = excerpts->sound_between(sound_duration(first), sound_duration(first + 10'000));
            ASSERT_TRUE(sound);
            ASSERT_EQ(sound->size(), 20'000U);
            for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{9'999}}) {
                const auto expected = static_cast<float>((first + static_cast<std::int64_t>(n)) % 32'768) / 32'768.0F;
                EXPECT_NEAR((*sound)[2 * n], expected, 0.6F / 32'768.0F) << first << " + " << n;
                EXPECT_NEAR((*sound)[2 * n + 1], 0.0F, 1e-6F);
            }
        }
    }
}

TEST_F(ExcerptSound, HoldsTheBeepWhereItIs) {
    // A beep from 3.2 s to 3.4 s, in AAC beside pictures.
    const auto excerpts = open(
        make("beep.mp4", counted_pictures("25") + " -f lavfi -i \"aevalsrc='between(t\\,3.2\\,3.4)*sin(2*PI*1000*t)/2':"
                                                  "s=48000:d=4\" -c:v libx264 -g 25 -c:a aac -b:a 192k"));
    ASSERT_TRUE(excerpts);
    const auto sound = excerpts->sound_between(3100ms, 3500ms);
    ASSERT_TRUE(sound);
    ASSERT_EQ(sound->size(), 2U * 19'200U);
    const auto level = [&](int from, int to) {
        double power = 0;
        for (int i = from; i < to; ++i)
            power += double{(*sound)[2U * static_cast<unsigned>(i)]} * (*sound)[2U * static_cast<unsigned>(i)];
        return std::sqrt(power / (to - from));
    };
    EXPECT_LT(level(0, 4700), 0.01);
    EXPECT_NEAR(level(4850, 14'350), 0.354, 0.01);
    EXPECT_LT(level(14'500, 19'200), 0.01);
}

TEST_F(ExcerptSound, ReadAfterSeekingIsWhatDecodingFromTheStartGives) {
    const auto file = make("speech.mp4", "-f lavfi -i \"anoisesrc=r=48000:d=20:c=pink:seed=3\" -c:a aac -b:a 128k");
    const auto excerpts = open(file);
    ASSERT_TRUE(excerpts);
    const auto whole = excerpts->sound_between(0s, 20s);
    ASSERT_TRUE(whole);
    ASSERT_GE(whole->size(), 2U * 48'000U * 19U);
    for (const std::int64_t second : {3, 11, 15}) {
        const auto part = excerpts->sound_between(std::chrono::seconds(second), std::chrono::seconds(second + 3));
        ASSERT_TRUE(part);
        ASSERT_EQ(part->size(), 2U * 144'000U);
        float worst = 0;
        for (std::size_t i = 0; i < part->size(); ++i) {
            worst = std::max(worst, std::abs((*part)[i] - (*whole)[i + static_cast<std::size_t>(second) * 96'000]));
        }
        EXPECT_LT(worst, 1e-4F) << second;
    }
}

TEST_F(ExcerptSound, IsShorterAtTheEndAndThenOver) {
    const auto excerpts = open(make("r.wav", std::string(ramp) + " -c:a pcm_s16le"));
    ASSERT_TRUE(excerpts);
    const auto tail = excerpts->sound_between(4s, 7s);
    ASSERT_TRUE(tail);
    EXPECT_EQ(tail->size(), 96'000U);
    const auto behind = excerpts->sound_between(5s, 7s);
    ASSERT_FALSE(behind);
    EXPECT_EQ(behind.error().kind, ErrorKind::EndOfStream);
}

TEST_F(ExcerptSound, PictureWithoutSoundHasNone) {
    const auto excerpts = open(make("mute.mp4", counted_pictures("25") + " -c:v libx264"));
    ASSERT_TRUE(excerpts);
    const auto sound = excerpts->sound_between(0s, 1s);
    ASSERT_FALSE(sound);
    EXPECT_EQ(sound.error().kind, ErrorKind::UnsupportedFormat);
}

TEST(ExcerptSoundOfARealClip, IsWhatTheMediaSourcePlays) {
    CHANGJI_NEEDS_MEDIA("v05_interviews_street_office_320x180.mp4");
    const fs::path file = test::media_folder() / "v05_interviews_street_office_320x180.mp4";  // 44.1 kHz
    const Played played = play(file);
    const auto excerpts = open(file);
    ASSERT_TRUE(excerpts);
    const auto part = excerpts->sound_between(20s, 23s);
    ASSERT_TRUE(part);
    ASSERT_EQ(part->size(), 2U * 144'000U);
    const auto from =
        static_cast<std::size_t>(2 * ticks_within(20s - played.sound_begins + sound_duration(1) / 2, {48'000, 1}));
    double power = 0, difference = 0;
    for (std::size_t i = 0; i < part->size(); ++i) {
        const double expected = played.sound[from + i];
        power += expected * expected;
        difference += ((*part)[i] - expected) * ((*part)[i] - expected);
    }
    // Resampled from another sample on, it may stand half a sample elsewhere: -20 dB for what lies at 1.5 kHz.
    EXPECT_LT(difference, power / 100);
}

}  // namespace
}  // namespace changji
