#include "analysis/sync/sync_meter.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace changji {
namespace {

using namespace std::chrono_literals;
using Events = std::vector<SyncEvent>;

constexpr double search_ms = 1000.0;
constexpr double own_jitter_ms = 20.0;  ///< of claps, beside what the picture's interval adds
constexpr double as_loud = 0.25;        ///< in power
constexpr double as_strong = 0.6;
constexpr Nanoseconds around = 500ms;

/// A picture event and a sound that might belong together.
struct Pair {
    std::size_t seen;
    std::size_t heard;
    double offset_ms;
};

std::vector<Pair> pairs_of(const Events& seen, const Events& heard) {
    std::vector<Pair> pairs;
    for (std::size_t s = 0; s < seen.size(); ++s) {
        for (std::size_t h = 0; h < heard.size(); ++h) {
            const double offset_ms = to_seconds(heard[h].at - seen[s].at) * 1000.0;
            if (std::abs(offset_ms) <= search_ms) pairs.push_back({s, h, offset_ms});
        }
    }
    std::ranges::sort(pairs, {}, &Pair::offset_ms);
    return pairs;
}

/// Of `within`, each event at most once: the pairs nearest to their middle first.
std::vector<Pair> distinct(std::vector<Pair> within) {
    const double middle_ms = within[within.size() / 2].offset_ms;
    std::ranges::sort(within, {}, [middle_ms](const Pair& pair) { return std::abs(pair.offset_ms - middle_ms); });
    std::set<std::size_t> seen, heard;
    std::vector<Pair> chosen;
    for (const Pair& pair : within) {
        if (seen.contains(pair.seen) || heard.contains(pair.heard)) continue;
        seen.insert(pair.seen);
        heard.insert(pair.heard);
        chosen.push_back(pair);
    }
    std::ranges::sort(chosen, {}, &Pair::seen);
    return chosen;
}

double mean_ms(const std::vector<Pair>& pairs) {
    double sum = 0.0;
    for (const Pair& pair : pairs) sum += pair.offset_ms;
    return sum / static_cast<double>(pairs.size());
}

double range_ms(const std::vector<Pair>& pairs) {
    const auto [least, most] = std::ranges::minmax(pairs, {}, &Pair::offset_ms);
    return most.offset_ms - least.offset_ms;
}

/// The most pairs that agree within `window_ms`; of as many the smaller and closer.
std::vector<Pair> agreeing(const std::vector<Pair>& pairs, double window_ms) {
    std::vector<Pair> best;
    const auto badness = [](const std::vector<Pair>& some) { return std::abs(mean_ms(some)) + 2.0 * range_ms(some); };
    for (auto first = pairs.begin(); first != pairs.end(); ++first) {
        const auto last =
            std::ranges::upper_bound(first, pairs.end(), first->offset_ms + window_ms, {}, &Pair::offset_ms);
        std::vector<Pair> chosen = distinct({first, last});
        if (chosen.size() < best.size()) continue;
        if (chosen.size() > best.size() || badness(chosen) < badness(best)) best = std::move(chosen);
    }
    return best;
}

/// Events between the first and the last of `used`, and a little around, that are as strong as those, but not among
/// them.
std::size_t left_over(const Events& events, const std::vector<std::size_t>& used, double part) {
    std::vector<double> strengths;
    strengths.reserve(used.size());
    for (const std::size_t index : used) strengths.push_back(events[index].strength);
    std::ranges::sort(strengths);
    const double least = part * strengths[strengths.size() / 2];
    const auto [first, last] = std::ranges::minmax(used);
    std::size_t count = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const bool between = events[i].at >= events[first].at - around && events[i].at <= events[last].at + around;
        if (between && events[i].strength >= least && !std::ranges::count(used, i)) ++count;
    }
    return count;
}

bool is_chance(const std::vector<Pair>& claps, const Events& seen, const Events& heard) {
    std::vector<std::size_t> used_seen, used_heard;
    for (const Pair& clap : claps) {
        used_seen.push_back(clap.seen);
        used_heard.push_back(clap.heard);
    }
    return left_over(seen, used_seen, as_strong) >= claps.size() ||
           left_over(heard, used_heard, as_loud) >= claps.size();
}

Message advice(const SyncReading& reading) {
    constexpr int least = SyncMeter::least_claps;
    if (reading.heard < least) {
        return say(
            "Too few claps were heard ({0}): clap louder or closer to the microphone, 3 to 5 times, a second "
            "apart, and check that it is the right microphone.",
            std::to_string(reading.heard));
    }
    if (reading.seen < least) {
        return say(
            "Too few claps were seen ({0}): clap with both hands in view and in good light, 3 to 5 times, a "
            "second apart; bring the hands together fast and leave them closed for a moment.",
            std::to_string(reading.seen));
    }
    return say(
        "What was heard and what was seen don't fit together: clap again, hands in view, 3 to 5 times, a second "
        "apart; leave the hands closed for a moment. Nothing else may move or be loud.");
}

}  // namespace

SyncReading SyncMeter::read() const {
    const Events heard = ear_.onsets();
    const double window_ms = own_jitter_ms + to_seconds(eye_.frame_interval()) * 1000.0;
    Events seen = eye_.contacts();
    std::vector<Pair> best = agreeing(pairs_of(seen, heard), window_ms);
    Events flashes = eye_.flashes();
    if (auto with_light = agreeing(pairs_of(flashes, heard), window_ms); with_light.size() >= best.size()) {
        if (!with_light.empty() || flashes.size() > seen.size()) {
            best = std::move(with_light);
            seen = std::move(flashes);
        }
    }
    SyncReading reading;
    reading.heard = static_cast<int>(heard.size());
    reading.seen = static_cast<int>(seen.size());
    for (const Pair& clap : best) reading.claps.push_back({seen[clap.seen].at, heard[clap.heard].at});
    if (best.size() >= least_claps && !is_chance(best, seen, heard)) {
        reading.offset_ms = mean_ms(best);
        reading.spread_ms = range_ms(best) / 2.0;
    } else {
        reading.problem = advice(reading);
    }
    return reading;
}

}  // namespace changji
