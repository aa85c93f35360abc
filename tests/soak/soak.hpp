#pragma once

// What the long tests share. Durations and counts come from the environment, so that they can be tried in short.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/fake_camera.hpp"
#include "tests/support/program.hpp"
#include "tests/support/sound_server.hpp"

namespace changji::test {

/// The number in a variable of the environment, or what holds without it.
[[nodiscard]] inline double from_environment(const char* name, double otherwise) {
    const char* const text = std::getenv(name);
    return text ? std::strtod(text, nullptr) : otherwise;
}

/// One line of what was found, for whoever reads the log of the night.
inline void tell(const std::string& line) {
    std::printf("soak: %s\n", line.c_str());
    std::fflush(stdout);
}

/// 1080p25 Motion JPEG with a flash, and a lavalier that beeps with it.
class SoakDevices {
public:
    SoakDevices(double flash_period_s, double skew_ppm) : sound_(SoundServer::start()) {
        cameras_.plug_in(42, "name Studio Cam\nflash " + std::to_string(flash_period_s) + "\nmode mjpeg 1920x1080 25 " +
                                 cameras_.flash_frames(1920, 1080) + "\n");
        if (!sound_) return;
        sound_->add_microphone("lavalier");
        sound_->feed_beeps("lavalier", flash_period_s, skew_ppm);
    }
    [[nodiscard]] bool complete() const { return sound_ != nullptr; }
    [[nodiscard]] FakeCameras& cameras() { return cameras_; }

    /// `changji record` from both, with `more` options.
    [[nodiscard]] std::string record(const std::filesystem::path& project, const std::string& more) const {
        return cameras_.environment() + changji_command(
                                            "record --camera /dev/video42 --microphone pulse:lavalier --json "
                                            "--project '" +
                                                project.string() + "' " + more,
                                            sound_->address());
    }

private:
    FakeCameras cameras_;
    std::unique_ptr<SoundServer> sound_;
};

}  // namespace changji::test
