#pragma once

#include "capture/types/video_frame.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace changji::test {

/// How the ffmpeg program decodes a clip.
struct Decoding {
    double fps = 0.0;  ///< 0: the clip's own (it must be constant)
    int most_frames = 1 << 20;
    std::string before_framing;  ///< filters on the clip as it is: "drawbox=..."
    std::string after_framing;   ///< filters on what is handed out: detectors, which print to the returned text
};

/// Every frame as Framing would give it (1920×1080, limited-range BT.709, enlarged and cropped to fill), one at a
/// time, with captured_at = number / rate from 0. Returns what ffmpeg printed. Aborts the test process when that fails.
std::string decode_clip(const std::filesystem::path& clip, const Decoding& decoding,
                        const std::function<void(const VideoFrame&)>& see);

[[nodiscard]] std::vector<VideoFrame> frames_of(const std::filesystem::path& clip, double fps_or_0_native, int most);

/// Encodes an ffmpeg filter graph's output ("testsrc2=...") with libx264 as limited-range yuv420p.
void encode_clip(const std::string& lavfi_graph, const std::filesystem::path& to, int crf = 20);

}  // namespace changji::test
