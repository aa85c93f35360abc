#include "analysis/sound/sudden_noises.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr std::int64_t tick_frames = VoiceActivity::frame_length;
constexpr std::int64_t join_frames = sound_rate_hz * 3 / 10;
constexpr std::int64_t enough_away = 10;  // 0.2 s
constexpr std::int64_t enough_blocks = 10;
constexpr double louder = 100.0;            // 20 dB
constexpr double least_knock_power = 1e-5;  // −50 dBFS
constexpr double least_rise = 31.6;         // 15 dB
constexpr double course_above_floor = 10.0;
constexpr double least_background = 1e-13;
constexpr double sings = 0.6;
constexpr double sings_on_average = 0.5;

}  // namespace

void SuddenNoises::Floor::merge(const Floor& other) {
    all.merge(other.all);
    away.merge(other.away);
}

void SuddenNoises::Found::merge(const Found& other) {
    events.append(other.events, join_frames);
    blocks += other.blocks;
}

const SuddenNoises::Tick& SuddenNoises::tick(std::int64_t index) const {
    return ring_[static_cast<std::size_t>(index) % ring_length];
}

void SuddenNoises::hear(const GatedFrame& frame) {
    if (frame.kind != VoiceKind::Unknown) {
        floor_.current().all.add(frame.power());
        if (frame.away_from_voice) floor_.current().away.add(frame.power());
        floor_.advance(VoiceGate::frame_s);
    }
    for (std::size_t half = 0; half < frame.half_power.size(); ++half) {
        Tick& newest = ring_[static_cast<std::size_t>(ticks_) % ring_length];
        periodicity_.hear(
            std::span(frame.mono).subspan(half * VoiceActivity::frame_length, VoiceActivity::frame_length));
        newest.power = frame.half_power[half];
        newest.kind = frame.kind;
        newest.periodicity = frame.kind == VoiceKind::Voice ? periodicity_.value() : 0.0;
        ++ticks_;
        const std::int64_t first = ticks_ - course - block;
        if (ticks_ % block == 0 && first >= before) judge(first);
    }
}

void SuddenNoises::judge(std::int64_t first_tick) {
    if (first_tick * tick_frames < counts_from_) return;
    if (tick(first_tick - before).kind == VoiceKind::Unknown) return;
    Found& found = found_.current();
    ++found.blocks;
    found_.advance(static_cast<double>(block * tick_frames) / sound_rate_hz);

    const auto mean_power = [this](std::int64_t from, std::int64_t count) {
        double sum = 0.0;
        for (std::int64_t i = from; i < from + count; ++i) sum += tick(i).power;
        return sum / static_cast<double>(count);
    };
    const double power = mean_power(first_tick, block);
    if (power < least_knock_power) return;
    const Floor heard = floor_.combined();
    const double floor_dbfs =
        heard.away.total() >= enough_away ? heard.away.percentile_dbfs(0.5) : heard.all.percentile_dbfs(0.1);
    const double floor = std::pow(10.0, floor_dbfs / 10.0);
    if (power < louder * floor) return;

    std::int64_t onset = first_tick;
    double steepest = 0.0;
    for (std::int64_t i = first_tick - 1; i < first_tick + block; ++i) {
        const double rise = tick(i).power / std::max(mean_power(i - 4, 3), least_background);
        if (rise > steepest) steepest = rise, onset = i;
    }
    if (steepest < least_rise) return;

    std::int64_t sung_before = 0, sung = 0, end = onset;
    double periodicity = 0.0;
    for (std::int64_t i = onset - 15; i < onset; ++i) sung_before += tick(i).periodicity > sings;
    const auto sunk = [&](std::int64_t from) {
        return tick(from).power < course_above_floor * floor && tick(from + 1).power < course_above_floor * floor &&
               tick(from + 2).power < course_above_floor * floor;
    };
    for (; end < onset + 40 && !sunk(end); ++end) {
        sung += tick(end).periodicity > sings;
        periodicity += tick(end).periodicity;
    }
    if (sung_before >= 2 || sung >= 3 || periodicity >= sings_on_average * static_cast<double>(end - onset)) return;
    found.events.add({onset * tick_frames, end * tick_frames}, join_frames);
}

std::optional<EventList> SuddenNoises::events() const {
    Found found = found_.combined();
    if (found.blocks < enough_blocks) return std::nullopt;
    return std::move(found.events);
}

void SuddenNoises::begin_take(std::int64_t from_frame) {
    counts_from_ = from_frame;
    found_.begin_take();
}

void SuddenNoises::end_take(std::int64_t from_frame) {
    counts_from_ = from_frame;
    found_.end_take();
}

}  // namespace changji
