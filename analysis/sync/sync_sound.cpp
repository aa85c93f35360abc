#include <algorithm>
#include <cmath>

#include "analysis/sync/sync_events.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr int window_frames = sound_rate_hz / 1000;
constexpr std::size_t background_windows = 100;
constexpr std::size_t gap_windows = 3;  ///< between background and onset: a clap may begin softly
constexpr std::size_t peak_windows = 20;
constexpr std::size_t attack_windows = 6;
constexpr std::size_t course_windows = 60;
constexpr std::size_t rest_windows = 120;  ///< the room's echo is no second clap
constexpr std::size_t kept_windows = 60'000;

constexpr double least_rise = 40.0;    ///< in power: 16 dB
constexpr double least_energy = 1e-6;  ///< −60 dBFS
constexpr double least_attack = 1.0 / 3.0;
constexpr double onset_part = 0.1;

}  // namespace

void ClapEar::hear(const SoundBlock& block) {
    if (block.first_frame != next_frame_) open_frames_ = 0;  // an interruption: its window is not whole
    next_frame_ = block.first_frame + static_cast<std::int64_t>(block.frames());
    const auto samples = block.interleaved();
    for (std::size_t frame = 0; frame < block.frames(); ++frame) {
        const float left = samples[2 * frame], right = samples[2 * frame + 1];
        const double rise_left = left - left_, rise_right = right - right_;
        left_ = left, right_ = right;
        if (open_frames_ == 0) open_ = {block.captured_at + sound_duration(static_cast<std::int64_t>(frame)), 0.0};
        open_.energy += std::max(rise_left * rise_left, rise_right * rise_right) / window_frames;
        if (++open_frames_ < window_frames) continue;
        windows_.push_back(open_);
        open_frames_ = 0;
    }
    if (windows_.size() > 2 * kept_windows) windows_.erase(windows_.begin(), windows_.end() - kept_windows);
}

std::vector<SyncEvent> ClapEar::onsets() const {
    std::vector<SyncEvent> found;
    if (windows_.size() < background_windows + gap_windows + course_windows) return found;
    std::vector<double> until(windows_.size() + 1, 0.0);  // energy of all windows before
    for (std::size_t i = 0; i < windows_.size(); ++i) until[i + 1] = until[i] + windows_[i].energy;
    const auto energy = [&until](std::size_t from, std::size_t count) { return until[from + count] - until[from]; };

    for (std::size_t at = background_windows + gap_windows; at + course_windows <= windows_.size(); ++at) {
        const std::size_t from = at - background_windows - gap_windows;
        const double background = energy(from, background_windows) / static_cast<double>(background_windows);
        const double now = windows_[at].energy;
        if (now < least_energy || now < least_rise * background) continue;
        if (windows_[at].at - windows_[from].at > 2ms * (at - from)) continue;  // an interruption lies between
        double most = 0.0;
        for (std::size_t i = at; i + attack_windows <= at + course_windows; ++i) {
            most = std::max(most, energy(i, attack_windows));
        }
        if (energy(at, attack_windows) < least_attack * most) continue;
        const auto louder = [](const Window& a, const Window& b) { return a.energy < b.energy; };
        const auto begin = windows_.begin() + static_cast<std::ptrdiff_t>(at);
        const auto peak = std::max_element(begin, begin + peak_windows, louder);
        const auto onset = std::find_if(begin - gap_windows, peak, [&peak](const Window& window) {
            return window.energy >= onset_part * peak->energy;
        });
        found.push_back({onset->at, peak->energy});
        at += rest_windows;
    }
    return found;
}

}  // namespace changji
