#include "analysis/sound/dropout_meter.hpp"

#include <algorithm>

namespace changji {
namespace {

constexpr std::int64_t near_frames = sound_rate_hz / 200;  // 5 ms
constexpr std::int64_t far_frames = sound_rate_hz / 10;
constexpr std::int64_t shortest_frames = sound_rate_hz / 200;
constexpr std::int64_t longest_frames = sound_rate_hz;
constexpr double least_power = 1e-7;  // −70 dBFS
constexpr double least_part = 0.1;    // 10 dB
constexpr std::int64_t ring_frames = far_frames + shortest_frames;

}  // namespace

void DropoutMeter::Found::merge(const Found& other) {
    dropouts.append(other.dropouts);
    frames += other.frames;
}

DropoutMeter::DropoutMeter() : powers_(ring_frames, 0.0f) {}

void DropoutMeter::hear(std::span<const float> interleaved) {
    const auto piece = [this](std::span<const float> heard) {
        for (std::size_t i = 0; i < heard.size(); i += sound_channels) {
            const float left = heard[i], right = heard[i + 1];
            if (left == 0.0f && right == 0.0f) {
                hear_zero();
            } else {
                hear_sound((left * left + right * right) / 2.0f);
            }
            ++frames_heard_;
        }
        found_.current().frames += static_cast<std::int64_t>(heard.size() / sound_channels);
    };
    slots_.cut(interleaved, piece, [this] { found_.advance(SoundSlots::slot_s); });
}

void DropoutMeter::hear_zero() {
    ++zeros_;
    if (zeros_ < shortest_frames) return add_power(0.0f);
    if (zeros_ == shortest_frames) open_hole();
}

void DropoutMeter::hear_sound(float power) {
    if (zeros_ >= shortest_frames) {
        hole_.to_frame = frames_heard_;
        waits_ = begins_abruptly_ && hole_.frames() <= longest_frames;
    }
    zeros_ = 0;
    add_power(power);
    if (waits_ && powers_heard_ >= hole_at_ + far_frames) judge_hole();
}

void DropoutMeter::add_power(float power) { powers_[static_cast<std::size_t>(powers_heard_++ % ring_frames)] = power; }

void DropoutMeter::open_hole() {
    powers_heard_ -= shortest_frames - 1;  // they were taken for sound until now
    const bool only_a_crackle = waits_ && powers_heard_ < hole_at_ + near_frames;
    if (only_a_crackle) {
        waits_ = false;  // one hole with the last one: keeps its beginning
        return;
    }
    if (waits_) judge_hole();
    hole_.from_frame = frames_heard_ + 1 - shortest_frames;
    hole_at_ = powers_heard_;
    begins_abruptly_ = is_abrupt(powers_heard_ - 1, -1, std::min(powers_heard_, far_frames));
}

void DropoutMeter::judge_hole() {
    waits_ = false;
    if (is_abrupt(hole_at_, 1, std::min(powers_heard_ - hole_at_, far_frames))) found_.current().dropouts.add(hole_);
}

bool DropoutMeter::is_abrupt(std::int64_t at, std::int64_t step, std::int64_t count) const {
    if (count < near_frames) return false;
    double near = 0.0, far = 0.0;
    for (std::int64_t i = 0; i < count; ++i) {
        far += powers_[static_cast<std::size_t>((at + i * step) % ring_frames)];
        if (i + 1 == near_frames) near = far;
    }
    near /= near_frames;
    far /= static_cast<double>(count);
    return near >= least_power && near >= least_part * far;
}

std::optional<EventList> DropoutMeter::dropouts() const {
    Found found = found_.combined();
    if (found.frames < sound_rate_hz) return std::nullopt;
    return std::move(found.dropouts);
}

void DropoutMeter::forget() {
    powers_heard_ = zeros_ = 0;
    waits_ = begins_abruptly_ = false;
}

void DropoutMeter::begin_take() {
    forget();
    found_.begin_take();
}

void DropoutMeter::end_take() {
    forget();
    found_.end_take();
}

}  // namespace changji
