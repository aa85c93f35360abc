#include "tests/analysis/clip_frames.hpp"

#include "tests/support/media.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace changji::test {
namespace fs = std::filesystem;
namespace {

constexpr int width = 1920, height = 1080;

[[noreturn]] void give_up(const std::string& what, const std::string& why) {
    std::fprintf(stderr, "%s: %s\n", what.c_str(), why.c_str());
    std::abort();
}

double own_rate(const fs::path& clip) {
    const auto result = run("ffprobe -v error -select_streams v:0 -show_entries stream=r_frame_rate -of csv=p=0 '" +
                            clip.string() + "'");
    int num = 0, den = 0;
    if (std::sscanf(result.output.c_str(), "%d/%d", &num, &den) != 2 || num <= 0 || den <= 0) {
        give_up("ffprobe found no frame rate of " + clip.string(), result.errors);
    }
    return static_cast<double>(num) / den;
}

bool read_plane(std::FILE* pipe, WritablePlane plane, int columns, int rows) {
    for (int row = 0; row < rows; ++row) {
        const auto wanted = static_cast<std::size_t>(columns);
        if (std::fread(plane.data + std::ptrdiff_t{row} * plane.stride_bytes, 1, wanted, pipe) != wanted) return false;
    }
    return true;
}

std::string with_comma(const std::string& filters) { return filters.empty() ? "" : filters + ","; }

}  // namespace

std::string decode_clip(const fs::path& clip, const Decoding& decoding,
                        const std::function<void(const VideoFrame&)>& see) {
    const double rate = decoding.fps > 0.0 ? decoding.fps : own_rate(clip);
    const TemporaryFolder folder;
    const fs::path printed = folder.path() / "printed";
    const std::string filters =
        "setpts=PTS-STARTPTS," + (decoding.fps > 0.0 ? "fps=" + std::to_string(decoding.fps) + "," : std::string()) +
        with_comma(decoding.before_framing) + "setpts=N/" + std::to_string(rate) + "/TB," +
        "scale=1920:1080:force_original_aspect_ratio=increase:out_color_matrix=bt709:out_range=limited,"
        "crop=1920:1080,format=yuv420p" +
        (decoding.after_framing.empty() ? "" : "," + decoding.after_framing);
    const std::string command = "ffmpeg -hide_banner -nostats -nostdin -i '" + clip.string() + "' -an -vf \"" +
                                filters + "\" -frames:v " + std::to_string(decoding.most_frames) +
                                " -fps_mode passthrough -f rawvideo - 2>'" + printed.string() + "'";
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    if (!pipe) give_up(command, "could not be started");
    std::int64_t number = 0;
    for (bool whole = true; whole; ++number) {
        VideoFrame frame = make_i420_frame(width, height, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
            whole = read_plane(pipe, y, width, height) && read_plane(pipe, cb, width / 2, height / 2) &&
                    read_plane(pipe, cr, width / 2, height / 2);
        });
        if (!whole) break;
        frame.sequence = static_cast<std::uint64_t>(number);
        frame.captured_at = CaptureTime(Nanoseconds(std::llround(static_cast<double>(number) * 1e9 / rate)));
        see(frame);
    }
    const int status = ::pclose(pipe);
    std::string text = content_of(printed);
    if (status != 0 || number == 0) give_up(command, text);
    return text;
}

std::vector<VideoFrame> frames_of(const fs::path& clip, double fps_or_0_native, int most) {
    std::vector<VideoFrame> frames;
    decode_clip(clip, {fps_or_0_native, most, "", ""}, [&](const VideoFrame& frame) { frames.push_back(frame); });
    return frames;
}

void encode_clip(const std::string& lavfi_graph, const fs::path& to, int crf) {
    const auto result = run("ffmpeg -v error -y -f lavfi -i \"" + lavfi_graph +
                            "\" -pix_fmt yuv420p -color_range tv -c:v libx264 -preset veryfast -crf " +
                            std::to_string(crf) + " '" + to.string() + "'");
    if (result.exit_code != 0) give_up("ffmpeg could not make " + lavfi_graph, result.errors);
}

}  // namespace changji::test
