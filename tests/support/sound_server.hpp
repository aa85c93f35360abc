#pragma once

#include "tests/support/media.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <sys/types.h>

namespace changji::test {

/// A PulseAudio server of the test's own, with a folder of its own, that knows nothing of the machine's: what
/// is played into its sink `mic` is heard by its default source, the microphone "Desk Microphone" (`desk`),
/// and by `mic.monitor`. Clients find it through PULSE_SERVER=address(). Killed at the end.
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
    void kill();                                ///< SIGKILL
    [[nodiscard]] std::string address() const;  ///< for PULSE_SERVER

private:
    SoundServer() = default;
    TemporaryFolder folder_;
    pid_t server_ = -1;
    pid_t player_ = -1;
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
