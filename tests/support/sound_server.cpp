#include "tests/support/sound_server.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/prctl.h>
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
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // also when the test itself crashes
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
    return server->restart() ? std::move(server) : nullptr;
}

bool SoundServer::restart() {
    kill();
    const std::string folder = folder_.path().string();
    server_ = spawn({"pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "--system=false", "--use-pid-file=no",
                     "--disallow-exit", "--realtime=no", "--high-priority=yes", "-n", "-F", folder + "/rules.pa"},
                    {{"HOME", folder}, {"XDG_RUNTIME_DIR", folder}});
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (fs::exists(folder + "/socket") &&
            run("PULSE_SERVER=" + address() + " timeout 2 pactl info").exit_code == 0) {
            return true;
        }
        std::this_thread::sleep_for(50ms);
    }
    return false;
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

std::string SoundServer::ask(const std::string& pactl_words) const {
    return run("PULSE_SERVER=" + address() + " LC_ALL=C timeout 5 pactl " + pactl_words).output;
}

void SoundServer::add_microphone(const std::string& name) {
    const fs::path fifo = folder_.path() / (name + ".fifo");
    microphones_.erase(name);
    fs::remove(fifo);  // of a server that was killed: the next one would refuse it
    ask("load-module module-pipe-source source_name=" + name + " file='" + fifo.string() +
        "' format=s16le rate=48000 channels=2 source_properties=device.description=" + name);
    microphones_[name] = std::make_unique<PipeMicrophone>(fifo);
}

void SoundServer::feed(const std::string& name, const Hears& hears) { microphones_.at(name)->hear(hears); }

void SoundServer::feed_beeps(const std::string& name, double period_s, double skew_ppm) {
    Hears beeps{.what = Hears::What::Beeps};
    beeps.period_s = period_s;
    beeps.skew_ppm = skew_ppm;
    feed(name, beeps);
}
void SoundServer::feed_tone(const std::string& name, double frequency_hz, double peak) {
    Hears tone{.what = Hears::What::Tone};
    tone.frequency_hz = frequency_hz;
    tone.peak = peak;
    feed(name, tone);
}
void SoundServer::feed_silence(const std::string& name) { feed(name, {.what = Hears::What::Silence}); }
void SoundServer::feed_digital_zero(const std::string& name) { feed(name, {.what = Hears::What::DigitalZero}); }
void SoundServer::feed_nothing(const std::string& name) { feed(name, {.what = Hears::What::Nothing}); }

void SoundServer::unload(const std::string& name) {
    microphones_.erase(name);
    std::istringstream modules(ask("list short modules"));
    for (std::string line; std::getline(modules, line);) {
        if ((line + " ").find("_name=" + name + " ") != std::string::npos)
            ask("unload-module " + line.substr(0, line.find('\t')));
    }
}

std::vector<std::string> SoundServer::recording_numbers() const {
    std::vector<std::string> numbers;
    std::istringstream streams(ask("list short source-outputs"));
    for (std::string line; std::getline(streams, line);) {
        // Others are the server's own, between its modules.
        if (line.find("protocol-native") != std::string::npos) numbers.push_back(line.substr(0, line.find('\t')));
    }
    return numbers;
}

void SoundServer::move_recordings_to(const std::string& name) {
    for (const std::string& number : recording_numbers()) ask("move-source-output " + number + " " + name);
}

std::size_t SoundServer::recordings() const { return recording_numbers().size(); }

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
