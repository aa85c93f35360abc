#include "tests/support/fake_camera.hpp"

#include <fstream>

namespace changji::test {
namespace fs = std::filesystem;

fs::path FakeCameras::file(int number) const { return folder_.path() / ("video" + std::to_string(number)); }

void FakeCameras::plug_in(int number, const std::string& description) { std::ofstream(file(number)) << description; }

void FakeCameras::add(int number, const std::string& line) {
    std::ofstream(file(number), std::ios::app) << line << "\n";
}

void FakeCameras::forbid(int number) { fs::permissions(file(number), fs::perms::none); }

std::string FakeCameras::environment() const {
    return "CHANGJI_FAKE_CAMERAS='" + folder_.path().string() +
           "' ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD='" CHANGJI_BINARY_DIR "/lib/libchangji_fake_camera.so' ";
}

std::string FakeCameras::mjpeg_frames(int width_px, int height_px) {
    const std::string size = std::to_string(width_px) + "x" + std::to_string(height_px);
    const std::string path = (folder_.path() / (size + ".mjpg")).string();
    (void)run("ffmpeg -loglevel error -f lavfi -i testsrc2=size=" + size +
              ":rate=5:duration=2 -pix_fmt yuvj422p -c:v mjpeg -q:v 5 -f mjpeg '" + path + "'");
    return path;
}

std::string FakeCameras::yuyv_frames(int width_px, int height_px, unsigned char luma) {
    const std::string path = (folder_.path() / (std::to_string(width_px) + ".yuyv")).string();
    std::string picture;
    picture.reserve(static_cast<std::size_t>(width_px) * height_px * 2);
    for (int pixel = 0; pixel < width_px * height_px; ++pixel) {
        picture += static_cast<char>(luma);
        picture += '\x80';
    }
    std::ofstream(path, std::ios::binary) << picture;
    return path;
}

}  // namespace changji::test
