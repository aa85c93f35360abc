#include <algorithm>
#include <array>
#include <cstdio>
#include <ranges>
#include <string>

#include "capture/preflight.hpp"

namespace changji {
namespace {

constexpr double comfortable = 2.0;
constexpr double bare = 1.25;
constexpr Rational slowest_to_halve{48, 1};

const std::array<EncoderChoice, 3> by_processor = {
    {{"libx264", "faster"}, {"libx264", "veryfast"}, {"libx264", "superfast"}}};
const std::array<EncoderChoice, 3> by_graphics_chip = {{{"h264_nvenc", ""}, {"h264_qsv", ""}, {"h264_vaapi", ""}}};
const EncoderChoice quickest = {"libx264", "ultrafast"};
const EncoderChoice middle = {"libx264", "veryfast"};
const EncoderChoice usual = {};

const EncoderTrial* trial_of(std::span<const EncoderTrial> trials, const EncoderChoice& encoder) {
    const auto found = std::ranges::find(trials, encoder, &EncoderTrial::encoder);
    return found == trials.end() ? nullptr : &*found;
}

double headroom_of(const EncoderTrial* trial, Rational rate) {
    return trial && rate.is_positive() ? trial->frames_per_s / rate.value() : 0.0;
}

bool is_enough(std::span<const EncoderTrial> trials, const EncoderChoice& encoder, Rational rate) {
    return headroom_of(trial_of(trials, encoder), rate) >= comfortable;
}

std::string name_of(const EncoderChoice& encoder) {
    return encoder.speed.empty() ? encoder.name : encoder.name + " " + encoder.speed;
}

std::string times_text(double headroom) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.1f", headroom);
    return text.data();
}

std::string rate_text(Rational rate) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.4g", rate.value());
    return text.data();
}

Preflight choice(const EncoderChoice& encoder, double headroom, Rational rate) {
    Preflight chosen;
    chosen.encoder = encoder;
    chosen.rate = rate;
    chosen.headroom = headroom;
    return chosen;
}

Preflight untried(const EncoderChoice& encoder, Rational rate) {
    Preflight chosen = choice(encoder, 0.0, rate);
    chosen.note = say("There was no time to measure this machine: the take uses the encoder {0}.", name_of(encoder));
    return chosen;
}

std::optional<Preflight> with_room(std::span<const EncoderTrial> trials, Rational rate) {
    for (const EncoderChoice& encoder : by_processor) {
        if (!is_enough(trials, encoder, rate)) continue;
        Preflight chosen = choice(encoder, headroom_of(trial_of(trials, encoder), rate), rate);
        chosen.note = say("Encoder {0}: {1} times as fast as {2} frames a second need.", name_of(encoder),
                          times_text(chosen.headroom), rate_text(rate));
        return chosen;
    }
    if (!trial_of(trials, usual)) return untried(usual, rate);
    for (const EncoderChoice& encoder : by_graphics_chip) {
        if (!is_enough(trials, encoder, rate)) continue;
        Preflight chosen = choice(encoder, headroom_of(trial_of(trials, encoder), rate), rate);
        chosen.note = say(
            "The processor is busy, so the graphics chip encodes with {0}: {1} times as fast as {2} frames a second "
            "need.",
            name_of(encoder), times_text(chosen.headroom), rate_text(rate));
        return chosen;
    }
    return std::nullopt;
}

std::optional<Preflight> with_little_room(std::span<const EncoderTrial> trials, Rational rate) {
    if (auto chosen = with_room(trials, rate)) return chosen;
    const EncoderTrial* const trial = trial_of(trials, quickest);
    if (!trial) return untried(quickest, rate);
    const double headroom = headroom_of(trial, rate);
    if (headroom < bare) return std::nullopt;
    Preflight chosen = choice(quickest, headroom, rate);
    chosen.note = headroom >= comfortable
                      ? say("This machine is slow: the take uses the encoder {0}, {1} times as fast as {2} frames a "
                            "second need. Files grow a little larger.",
                            name_of(quickest), times_text(headroom), rate_text(rate))
                      : say("This machine is slow: even {0} is only {1} times as fast as {2} frames a second need. "
                            "Close other programs and connect the power supply.",
                            name_of(quickest), times_text(headroom), rate_text(rate));
    return chosen;
}

Preflight fastest(std::span<const EncoderTrial> trials, Rational rate) {
    const auto best = std::ranges::max_element(trials, {}, &EncoderTrial::frames_per_s);
    Preflight chosen = choice(best->encoder, headroom_of(&*best, rate), rate);
    chosen.note =
        say("This machine is too slow: {0}, its fastest encoder, reaches {1} times the speed that {2} frames a second "
            "need, so frames may be lost. Close other programs, connect the power supply, or use another machine.",
            name_of(best->encoder), times_text(chosen.headroom), rate_text(rate));
    return chosen;
}

Preflight judged(std::span<const EncoderTrial> trials, Rational rate) {
    if (auto chosen = with_little_room(trials, rate)) return *chosen;
    if (rate >= slowest_to_halve) {
        const Rational half = rate.num % 2 == 0 ? Rational{rate.num / 2, rate.den} : Rational{rate.num, rate.den * 2};
        if (auto chosen = with_little_room(trials, half)) {
            chosen->note = say(
                "This machine is too slow for {0} frames a second: the take has {1}, with the encoder {2}. Close other "
                "programs and connect the power supply if {0} are needed.",
                rate_text(rate), rate_text(half), name_of(chosen->encoder));
            return *chosen;
        }
        return fastest(trials, half);
    }
    return fastest(trials, rate);
}

}  // namespace

Preflight judge_trials(std::vector<EncoderTrial> trials, Rational rate) {
    Preflight chosen = judged(trials, rate);
    chosen.trials = std::move(trials);
    return chosen;
}

std::optional<EncoderChoice> next_trial(std::span<const EncoderTrial> trials, Rational rate) {
    const auto is_new = [&](const EncoderChoice& encoder) { return !trial_of(trials, encoder); };
    if (is_new(middle)) return middle;
    if (is_enough(trials, middle, rate)) {
        const EncoderChoice& slower = by_processor.front();
        return is_new(slower) ? std::optional(slower) : std::nullopt;
    }
    if (is_new(usual)) return usual;
    if (is_enough(trials, usual, rate)) return std::nullopt;
    for (const EncoderChoice& encoder : by_graphics_chip) {
        if (is_new(encoder)) return encoder;
        if (is_enough(trials, encoder, rate)) return std::nullopt;
    }
    return is_new(quickest) ? std::optional(quickest) : std::nullopt;
}

}  // namespace changji
