#pragma once

#include "tests/support/media.hpp"
#include "tests/support/pipe_microphone.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace changji::test {

/// A PulseAudio server of the test's own, with a folder of its own, that knows nothing of the machine's: what
/// is played into its sink `mic` is heard by its default source, the microphone "Desk Microphone" (`desk`),
/// and by `mic.monitor`. Clients find it through PULSE_SERVER=address(). Killed at the end.
///
/// Microphones may be added that the test feeds with exact timing: their samples are written when they are due on
/// CLOCK_MONOTONIC, and the server, which has no clock of its own for them, passes them on at once. Measured on a busy
/// machine of two cores: a beep reaches a recording client 0.1 to 2 ms after it was due, mostly 0.2 ms.
class SoundServer {
public:
    /// Waits until it answers; null when the program pulseaudio is not installed.
    [[nodiscard]] static std::unique_ptr<SoundServer> start();
    ~SoundServer();
    SoundServer(const SoundServer&) = delete;
    SoundServer& operator=(const SoundServer&) = delete;

    void play(const std::string& sound_file);  ///< into `mic`, in the background
    void command(const std::string& pactl_words) const;
    void sleep();  ///< SIGSTOP: it holds its connections and answers nobody
    void wake();
    void kill();  ///< SIGKILL
    /// A new server at the same address, after kill(): it has `desk` and `mic` again, and no other microphone.
    [[nodiscard]] bool restart();

    /// A microphone "NAME" (source `name`) that hears a quiet room. Again after unload(): it is plugged in again.
    void add_microphone(const std::string& name);
    void feed(const std::string& name, const Hears& hears);
    /// With a camera's flash of the same period (fake_camera.hpp): light and sound at the same moments.
    void feed_beeps(const std::string& name, double period_s, double skew_ppm = 0.0);
    void feed_tone(const std::string& name, double frequency_hz, double peak);
    void feed_silence(const std::string& name);       ///< a quiet room
    void feed_digital_zero(const std::string& name);  ///< muted
    void feed_nothing(const std::string& name);       ///< no samples at all
    void unload(const std::string& name);             ///< pulled out; also `desk` and `mic`
    /// What a person does in the mixer, or the server by itself: every recording goes on from another source.
    void move_recordings_to(const std::string& name);
    [[nodiscard]] std::size_t recordings() const;  ///< streams that record now

    [[nodiscard]] std::string address() const;  ///< for PULSE_SERVER

private:
    SoundServer() = default;
    std::string ask(const std::string& pactl_words) const;
    [[nodiscard]] std::vector<std::string> recording_numbers() const;
    TemporaryFolder folder_;
    pid_t server_ = -1;
    pid_t player_ = -1;
    std::map<std::string, std::unique_ptr<PipeMicrophone>> microphones_;
};

/// Sets a variable of the environment for a while.
class Environment {
public:
    Environment(const std::string& name, const std::string& value);
    ~Environment();
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    std::string name_;
    std::string before_;
    bool was_set_;
};

/// A WAV file: 48 kHz, 16 bits, the same sine in both channels.
void write_tone(const std::string& file, double frequency_hz, double peak, double seconds);

}  // namespace changji::test

/// `CHANGJI_NEEDS_SOUND_SERVER(server);` declares `server`, or skips loudly.
#define CHANGJI_NEEDS_SOUND_SERVER(server)                   \
    const auto server = changji::test::SoundServer::start(); \
    if (!server) GTEST_SKIP() << "NOT TESTED: the program pulseaudio is not installed or does not start"
