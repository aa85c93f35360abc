#pragma once

#include "capture/takes.hpp"
#include "tests/support/media.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace changji::test {

/// Fragments as the recorder writes them, of two filter graphs for picture and sound; empty when ffmpeg refuses.
inline std::string make_fragments(const std::string& picture, const std::string& sound, const std::string& sound_bits) {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "part.mp4").string();
    const auto made =
        run("ffmpeg -v error -f lavfi -i " + picture + " -f lavfi -i " + sound +
            " -ac 2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 25 -bf 0 -video_track_timescale 12800"
            " -c:a aac -b:a " +
            sound_bits +
            " -movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration 500000"
            " -f mp4 " +
            file);
    return made.exit_code == 0 ? content_of(file) : "";
}

/// A take of which only fragments are there.
class PartFile : public testing::Test {
protected:
    void write_part(const std::string& bytes) {
        std::ofstream(files_.part, std::ios::binary | std::ios::trunc) << bytes;
    }
    TemporaryFolder folder_;
    TakeFiles files_ = take_files(folder_.path(), 1);
};

}  // namespace changji::test
