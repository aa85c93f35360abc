#include "tests/support/sound_server.hpp"

#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace changji::test {
namespace fs = std::filesystem;
using namespace std::chrono_literals;
namespace {

pid_t spawn(std::vector<std::string> words, const std::vector<std::pair<std::string, std::string>>& environment) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int fd : {0, 1, 2}) ::dup2(nowhere, fd);
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

void end(pid_t& process) {
    if (process <= 0) return;
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    process = -1;
}

}  // namespace

std::string SoundServer::address() const { return "unix:" + (folder_.path() / "socket").string(); }

std::unique_ptr<SoundServer> SoundServer::start() {
    if (!have_program("pulseaudio") || !have_program("pactl")) return nullptr;
    std::unique_ptr<SoundServer> server(new SoundServer);
    const std::string folder = server->folder_.path().string();
    // norewinds: else a null sink's clock runs ahead of what was played. The remapped source is no monitor.
    std::ofstream(folder + "/rules.pa")
        << "load-module module-null-sink sink_name=mic norewinds=1 rate=48000 channels=2\n"
        << "load-module module-remap-source source_name=desk master=mic.monitor "
        << "source_properties=device.description=\"Desk\\ Microphone\"\n"
        << "set-default-source desk\n"
        << "load-module module-native-protocol-unix auth-anonymous=1 socket=" << folder << "/socket\n";
    server->server_ =
        spawn({"pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "--system=false", "--use-pid-file=no",
               "--disallow-exit", "--realtime=no", "--high-priority=no", "-n", "-F", folder + "/rules.pa"},
              {{"HOME", folder}, {"XDG_RUNTIME_DIR", folder}});
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (fs::exists(folder + "/socket") &&
            run("PULSE_SERVER=" + server->address() + " timeout 2 pactl info").exit_code == 0) {
            return server;
        }
        std::this_thread::sleep_for(50ms);
    }
    return nullptr;
}

SoundServer::~SoundServer() {
    end(player_);
    end(server_);
}

void SoundServer::play(const std::string& sound_file) {
    end(player_);
    player_ = spawn({"paplay", "--device=mic", sound_file}, {{"PULSE_SERVER", address()}});
}

void SoundServer::command(const std::string& pactl_words) const {
    (void)run("PULSE_SERVER=" + address() + " timeout 5 pactl " + pactl_words);
}

void SoundServer::sleep() { ::kill(server_, SIGSTOP); }
void SoundServer::wake() { ::kill(server_, SIGCONT); }
void SoundServer::kill() { end(server_); }

Environment::Environment(const std::string& name, const std::string& value) : name_(name) {
    const char* const before = std::getenv(name.c_str());
    was_set_ = before != nullptr;
    if (before) before_ = before;
    ::setenv(name.c_str(), value.c_str(), 1);
}

Environment::~Environment() {
    if (was_set_) {
        ::setenv(name_.c_str(), before_.c_str(), 1);
    } else {
        ::unsetenv(name_.c_str());
    }
}

void write_tone(const std::string& file, double frequency_hz, double peak, double seconds) {
    constexpr std::uint32_t rate_hz = 48'000;
    const auto frames = static_cast<std::uint32_t>(seconds * rate_hz);
    const std::uint32_t bytes = frames * 4;
    std::ofstream stream(file, std::ios::binary);
    const auto put = [&stream](auto number) { stream.write(reinterpret_cast<const char*>(&number), sizeof number); };
    stream << "RIFF";
    put(bytes + 36);
    stream << "WAVEfmt ";
    put(std::uint32_t{16});
    put(std::uint16_t{1});
    put(std::uint16_t{2});
    put(rate_hz);
    put(rate_hz * 4);
    put(std::uint16_t{4});
    put(std::uint16_t{16});
    stream << "data";
    put(bytes);
    for (std::uint32_t frame = 0; frame < frames; ++frame) {
        const double phase = 2 * std::numbers::pi * frequency_hz * frame / rate_hz;
        const auto sample = static_cast<std::int16_t>(std::lround(32767 * peak * std::sin(phase)));
        put(sample);
        put(sample);
    }
}

}  // namespace changji::test
