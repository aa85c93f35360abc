#include "tests/support/fake_camera.hpp"

#include "tests/support/fake_camera_controls.hpp"

#include <fstream>
#include <iomanip>
#include <sstream>

namespace changji::test {
namespace fs = std::filesystem;
namespace {

/// What the kernel shows of a camera in /sys: only what tells one from another.
void write_sysfs(const fs::path& folder, int number, const std::string& description) {
    const std::string node = "video" + std::to_string(number);
    std::string name = "Fake Camera", bus = "usb-fake-" + node, serial;
    std::istringstream lines(description);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("name ")) name = line.substr(5);
        if (line.starts_with("bus ")) bus = line.substr(4);
        if (line.starts_with("serial ")) serial = line.substr(7);
    }
    const fs::path sys = folder / "sys", device = sys / "devices" / "usb1" / bus, face = device / (bus + ":1.0");
    const fs::path shown = face / "video4linux" / node;
    fs::create_directories(shown);
    fs::create_directories(sys / "class" / "video4linux");
    fs::create_directories(sys / "dev" / "char");
    const std::string number_text = "81:" + std::to_string(number);
    std::ofstream(shown / "name") << name << "\n";
    std::ofstream(shown / "index") << "0\n";
    std::ofstream(shown / "dev") << number_text << "\n";
    std::ofstream(shown / "uevent") << "MAJOR=81\nMINOR=" << number << "\nDEVNAME=" << node << "\n";
    std::ofstream(device / "product") << name << "\n";
    if (!serial.empty()) std::ofstream(device / "serial") << serial << "\n";
    fs::create_directory_symlink(face, shown / "device");
    fs::create_directory_symlink(shown, sys / "class" / "video4linux" / node);
    fs::create_directory_symlink(shown, sys / "dev" / "char" / number_text);
}

std::string ffmpeg_frames(const fs::path& file, const std::string& graph) {
    if (!fs::exists(file)) {
        (void)run("ffmpeg -loglevel error -f lavfi -i '" + graph + "' -pix_fmt yuvj422p -c:v mjpeg -q:v 5 -f mjpeg '" +
                  file.string() + "'");
    }
    return file.string();
}

}  // namespace

fs::path FakeCameras::file(int number) const { return folder_.path() / ("video" + std::to_string(number)); }

void FakeCameras::plug_in(int number, const std::string& description) {
    unplug(number);
    write_sysfs(folder_.path(), number, description);
    // It appears whole, in one moment.
    const fs::path prepared = folder_.path() / ("plugging_in_" + std::to_string(number));
    std::ofstream(prepared) << description << (description.ends_with('\n') ? "" : "\n");
    fs::rename(prepared, file(number));
}

void FakeCameras::unplug(int number) {
    const fs::path node = file(number), sys = folder_.path() / "sys";
    fs::remove(node);
    for (const char* const note : {".controls", ".first_stream", ".format"}) fs::remove(node.string() + note);
    const fs::path shown = sys / "class" / "video4linux" / node.filename();
    if (fs::exists(shown / "device")) fs::remove_all(fs::canonical(shown / "device").parent_path());
    fs::remove(shown);
    fs::remove(sys / "dev" / "char" / ("81:" + std::to_string(number)));
}

void FakeCameras::add(int number, const std::string& line) {
    std::ostringstream text;
    text << line;
    if (line.starts_with("at ")) text << " @" << std::fixed << std::setprecision(6) << monotonic_s();
    std::ofstream(file(number), std::ios::app) << text.str() << "\n";
}

void FakeCameras::forbid(int number) { fs::permissions(file(number), fs::perms::none); }

std::optional<int> FakeCameras::control(int number, const std::string& name) const {
    const FakeCameraPlug plug(file(number));
    return FakeCameraControls(plug, parse(file(number))).stored(name);
}

void FakeCameras::set_control(int number, const std::string& name, int value) {
    const FakeCameraPlug plug(file(number));
    FakeCameraControls(plug, parse(file(number))).store(name, value);
}

std::string FakeCameras::environment() const {
    return "CHANGJI_FAKE_CAMERAS='" + folder_.path().string() + "' ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD='" +
           preloaded_fakes() + "' ";
}

std::string FakeCameras::mjpeg_frames(int width_px, int height_px) {
    const std::string size = std::to_string(width_px) + "x" + std::to_string(height_px);
    return ffmpeg_frames(folder_.path() / (size + ".mjpg"), "testsrc2=size=" + size + ":rate=5:duration=2");
}

std::string FakeCameras::flash_frames(int width_px, int height_px) {
    const std::string size = std::to_string(width_px) + "x" + std::to_string(height_px);
    return ffmpeg_frames(folder_.path() / (size + "-flash.mjpg"),
                         "color=white:size=" + size + ":rate=25:duration=0.04[white];testsrc2=size=" + size +
                             ":rate=25:duration=2,lutyuv=y=val/4+16[dark];[white][dark]concat");
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

std::string preloaded_fakes() {
    return CHANGJI_BINARY_DIR "/lib/libchangji_fake_camera.so:" CHANGJI_BINARY_DIR "/lib/libchangji_fake_disk.so";
}

}  // namespace changji::test
