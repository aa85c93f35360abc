#include "tests/support/flash_and_beep.hpp"

#include "capture/types/sound_block.hpp"
#include "tests/support/media.hpp"
#include "tests/support/program.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <sstream>

namespace changji::test {
namespace {

double start_s(const std::filesystem::path& file, const std::string& kind) {
    for (const auto& stream : ffprobe(file)["streams"]) {
        if (stream.value("codec_type", "") == kind) return std::stod(stream.value("start_time", "0"));
    }
    return 0;
}

}  // namespace

std::vector<double> flash_times_s(const std::filesystem::path& file, double from_s, double to_s) {
    constexpr double white_luma = 150;
    const std::string part = "-ss " + std::to_string(from_s) + " -t " + std::to_string(to_s - from_s);
    std::istringstream lines(run("ffmpeg -v error -copyts " + part + " -i " + in_quotes(file) +
                                 " -map 0:v:0 -vf 'scale=32:18:flags=area,format=yuv420p,signalstats,"
                                 "metadata=print:key=lavfi.signalstats.YAVG:file=-' -f null -")
                                 .output);
    std::vector<double> times_s;
    bool white = false;
    double time_s = 0;
    for (std::string line; std::getline(lines, line);) {
        if (const auto at = line.find("pts_time:"); at != std::string::npos) time_s = std::stod(line.substr(at + 9));
        if (const auto at = line.find("YAVG="); at != std::string::npos) {
            const bool now_white = std::stod(line.substr(at + 5)) > white_luma;
            if (now_white && !white) times_s.push_back(time_s);
            white = now_white;
        }
    }
    return times_s;
}

std::vector<double> beep_times_s(const std::filesystem::path& file) {
    const std::string raw =
        run("ffmpeg -v error -i " + in_quotes(file) + " -map 0:a:0 -ac 1 -ar 48000 -f f32le -").output;
    std::vector<float> samples(raw.size() / sizeof(float));
    std::memcpy(samples.data(), raw.data(), samples.size() * sizeof(float));
    float loudest = 0;
    for (const float sample : samples) loudest = std::max(loudest, std::fabs(sample));
    const double first_s = start_s(file, "audio");
    constexpr std::size_t quiet_before = 4800;  // 0.1 s
    std::vector<double> times_s;
    std::size_t last_loud = 0;
    bool any = false;
    for (std::size_t at = 0; at < samples.size(); ++at) {
        if (std::fabs(samples[at]) < loudest / 4) continue;
        if (!any || at - last_loud > quiet_before) times_s.push_back(first_s + static_cast<double>(at) / sound_rate_hz);
        any = true;
        last_loud = at;
    }
    return times_s;
}

std::vector<FlashAndBeep> flashes_and_beeps(const std::filesystem::path& file, double from_s, double to_s) {
    constexpr double farthest_s = 0.4;
    const auto beeps_s = beep_times_s(file);
    std::vector<FlashAndBeep> pairs;
    for (const double flash_s : flash_times_s(file, from_s, to_s)) {
        const auto near = std::min_element(beeps_s.begin(), beeps_s.end(), [flash_s](double one, double other) {
            return std::fabs(one - flash_s) < std::fabs(other - flash_s);
        });
        if (near != beeps_s.end() && std::fabs(*near - flash_s) < farthest_s) pairs.push_back({flash_s, *near});
    }
    return pairs;
}

std::string summary(const std::vector<FlashAndBeep>& pairs) {
    if (pairs.empty()) return "no pairs";
    const auto [least, most] = std::minmax_element(pairs.begin(), pairs.end(), [](const auto& one, const auto& other) {
        return one.sound_late_ms() < other.sound_late_ms();
    });
    char text[80];
    std::snprintf(text, sizeof text, "%.1f to %.1f ms late (%zu pairs)", least->sound_late_ms(), most->sound_late_ms(),
                  pairs.size());
    return text;
}

}  // namespace changji::test
