#include "analysis/following/line_check.hpp"

#include "analysis/following/alignment.hpp"
#include "analysis/following/spoken_reference.hpp"
#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace changji {
namespace {

constexpr std::size_t shuffles = 40;
constexpr double heard_score = -5.0, not_heard_score = -3.0, part_score = -1.5;
constexpr std::size_t least_part = 6;    // characters
constexpr std::size_t part_margin = 25;  // frames of speech
constexpr double half_window_s = 0.0125;
constexpr double pause_s = 0.3;
constexpr std::size_t end_frames = 15;

using Rows = std::vector<std::size_t>;
/// The rows of each character.
using Characters = std::vector<Rows>;

Characters characters_of(const SpokenReference& reference) {
    Characters characters;
    double last = -1.0;
    for (std::size_t row = 0; row < reference.size(); ++row) {
        const double character = std::floor(double{reference.characters()[row]});
        if (character > last) {
            characters.emplace_back();
            last = character;
        }
        characters.back().push_back(row);
    }
    return characters;
}

Rows in_order(std::span<const Rows> characters) {
    Rows rows;
    for (const Rows& character : characters) rows.insert(rows.end(), character.begin(), character.end());
    return rows;
}

/// Another order, in which at most an eighth of the characters follow the one that they should follow.
Rows shuffled(std::span<const Rows> characters, std::mt19937& random) {
    std::vector<std::size_t> order(characters.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto still_followed = [&] {
        std::size_t count = 0;
        for (std::size_t i = 0; i + 1 < order.size(); ++i) count += order[i] + 1 == order[i + 1] ? 1 : 0;
        return count;
    };
    do {
        // Not std::shuffle: every machine has to find the same score.
        for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);
    } while (still_followed() > order.size() / 8);
    Rows rows;
    for (const std::size_t i : order) rows.insert(rows.end(), characters[i].begin(), characters[i].end());
    return rows;
}

struct Fit {
    Alignment alignment;
    double score = 0.0;
    bool best_of_all = false;
};

/// How much better the characters fit in their order than in others.
Fit fit(const DistanceTable& table, std::span<const Rows> characters, std::size_t from, std::size_t to) {
    Fit found;
    found.alignment = align(table, in_order(characters), from, to);
    if (found.alignment.cost == Alignment::impossible) return found;
    std::mt19937 random(2022);
    double sum = 0.0, squares = 0.0;
    float best = Alignment::impossible;
    for (std::size_t i = 0; i < shuffles; ++i) {
        const float cost = align(table, shuffled(characters, random), from, to).cost;
        if (cost == Alignment::impossible) return found;
        sum += cost;
        squares += double{cost} * cost;
        best = std::min(best, cost);
    }
    const double mean = sum / shuffles;
    const double deviation = std::sqrt(std::max(squares / shuffles - mean * mean, 1e-9));
    found.score = (double{found.alignment.cost} - mean) / deviation;
    found.best_of_all = found.alignment.cost < best;
    return found;
}

/// Every part of at least six characters, cut between phrases, fits by itself where the whole line does.
bool parts_agree(const DistanceTable& table, const Characters& characters, std::span<const SpokenPhrase> line,
                 const Alignment& whole) {
    const std::size_t from = whole.from_column - std::min(whole.from_column, part_margin);
    const std::size_t to = std::min(whole.to_column + part_margin, table.columns());
    std::size_t begin = 0, end = 0;
    for (const SpokenPhrase& phrase : line) {
        end = std::min(end + phrase.onsets_s.size(), characters.size());
        if (end - begin < least_part) continue;
        if (fit(table, std::span(characters).subspan(begin, end - begin), from, to).score > part_score) return false;
        begin = end;
    }
    return true;
}

/// Where the line really begins and ends: what fits by chance on the other side of a pause doesn't belong to it.
void leave_out_ends_beyond_a_pause(std::span<const double> times_s, std::size_t& from, std::size_t& to) {
    const std::size_t near = std::min(end_frames, (to - from) / 4);
    const auto pause_after = [&](std::size_t frame) { return times_s[frame + 1] - times_s[frame] > pause_s; };
    for (std::size_t frame = from + near; frame-- > from;) {
        if (!pause_after(frame)) continue;
        from = frame + 1;
        break;
    }
    for (std::size_t frame = to - near; frame < to; ++frame) {
        if (!pause_after(frame)) continue;
        to = frame;
        break;
    }
}

}  // namespace

LineCheck check_line(std::span<const SpokenPhrase> line, std::span<const float> interleaved) {
    LineCheck check;
    check.listened_s = static_cast<double>(interleaved.size()) / sound_channels / sound_rate_hz;
    const auto reference = SpokenReference::of(line);
    if (!reference) return check;
    SpeechFramer framer;
    const std::vector<SpeechFrame> frames = framer.hear(interleaved);
    std::vector<Cepstra> all, spoken;
    for (const SpeechFrame& frame : frames) {
        all.push_back(frame.cepstra);
        if (frame.speaking) spoken.push_back(frame.cepstra);
    }
    // The whole minute is there: its own scale fits the first words as well as the last.
    const std::vector<SpeechFeature> features = features_of(all, scale_of(spoken));
    std::vector<SpeechFeature> speech;
    std::vector<double> times_s;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (!frames[i].speaking) continue;
        speech.push_back(features[i]);
        times_s.push_back(SpeechFramer::middle_s + static_cast<double>(i) * SpeechFramer::frame_s);
    }
    DistanceTable table(reference->size(), speech.size());
    for (std::size_t row = 0; row < reference->size(); ++row) {
        auto distances = table.row(row);
        for (std::size_t i = 0; i < speech.size(); ++i) distances[i] = distance(reference->features()[row], speech[i]);
    }
    const Characters characters = characters_of(*reference);
    const Fit whole = fit(table, characters, 0, speech.size());
    if (whole.alignment.cost == Alignment::impossible) return check;
    check.score = whole.score;
    std::size_t from = whole.alignment.from_column, to = whole.alignment.to_column;
    leave_out_ends_beyond_a_pause(times_s, from, to);
    check.from_s = std::max(0.0, times_s[from] - half_window_s);
    check.to_s = times_s[to] + half_window_s;
    if (whole.score > not_heard_score) return check;
    const bool sure =
        whole.score <= heard_score && whole.best_of_all && parts_agree(table, characters, line, whole.alignment);
    check.heard = sure ? LineHeard::Heard : LineHeard::CantTell;
    return check;
}

}  // namespace changji
