#include "analysis/sound/room_spectrum.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr std::int64_t enough_frames = 10;  // 0.2 s
constexpr double least_middle_power = 1e-10;
constexpr double most_db = 60.0;

double ratio_db(double part, double middle) {
    return std::clamp(10.0 * std::log10(std::max(part / middle, 1e-12)), -most_db, most_db);
}

}  // namespace

void RoomSpectrum::Energies::merge(const Energies& other) {
    low += other.low;
    middle += other.middle;
    high += other.high;
    frames += other.frames;
}

void RoomSpectrum::hear(const GatedFrame& frame) {
    Energies heard;
    heard.frames = 1;
    double above_middle = 0.0;
    for (const float sample : frame.mono) {
        const double moving = without_constant_.filter(sample);
        const double low = low_.filter(moving);
        const double above_low = above_low_.filter(moving);
        const double high = high_.filter(above_low);
        const double audible = audible_.filter(high);
        heard.low += low * low;
        heard.middle += above_low * above_low;
        above_middle += high * high;
        heard.high += audible * audible;
    }
    // Low-pass and high-pass share out the power, so the middle needs no filter of its own.
    heard.middle = std::max(heard.middle - above_middle, 0.0);
    without_constant_.settle();
    for (SteepFilter* filter : {&low_, &above_low_, &high_}) filter->settle();
    audible_.settle();
    if (frame.first_frame < counts_from_) return;
    if (frame.away_from_voice) energies_.current().merge(heard);
    energies_.advance(VoiceGate::frame_s);
}

RoomSpectrumReading RoomSpectrum::read() const {
    const Energies energies = energies_.combined();
    const double samples = static_cast<double>(energies.frames) * GatedFrame::length;
    if (energies.frames < enough_frames || energies.middle / samples < least_middle_power) return {};
    return {ratio_db(energies.low, energies.middle), ratio_db(energies.high, energies.middle)};
}

void RoomSpectrum::begin_take(std::int64_t from_frame) {
    counts_from_ = from_frame;
    energies_.begin_take();
}

void RoomSpectrum::end_take(std::int64_t from_frame) {
    counts_from_ = from_frame;
    energies_.end_take();
}

}  // namespace changji
