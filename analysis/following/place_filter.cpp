#include "analysis/following/place_filter.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr double slowest = 0.5, fastest = 2.0, tempo_spread = 0.3;
constexpr float tempo_change = 0.03F;
constexpr float stall = 0.04F, skip = 0.04F;
constexpr std::size_t skip_frames = 3;
constexpr float sharpness = 0.8F;
constexpr int pause_frames = 11;
constexpr double punctuation_width = 1.2;  // characters
constexpr float away_from_punctuation = 0.08F;
constexpr double reach_characters = 70.0, recentre_characters = 15.0;
constexpr float jump_share = 0.02F, skip_ahead_weight = 0.5F;
constexpr double farthest_back = 50.0, farthest_ahead = 30.0, least_jump = 1.5;
constexpr double quiet_room_db = 20.0;
constexpr double neighbourhood = 10.0;  // characters
constexpr float hardly_anything = 0.05F;
constexpr int frames_to_leave = 40;
constexpr double likeness_memory = 75.0;  // frames of speech
/// Shares of what the place at hand explains of what the best matching place would, if there were no script.
constexpr double unlike = 0.10, alike = 0.24;

}  // namespace

PlaceFilter::PlaceFilter(std::shared_ptr<const SpokenReference> reference) : reference_(std::move(reference)) {
    float sum = 0.0F;
    for (std::size_t k = 0; k < tempi; ++k) {
        tempo_.push_back(slowest * std::pow(fastest / slowest, static_cast<double>(k) / (tempi - 1)));
        const double away = std::log(tempo_.back()) / tempo_spread;
        prior_.push_back(static_cast<float>(std::exp(-0.5 * away * away)));
        sum += prior_.back();
    }
    for (float& share : prior_) share /= sum;
    // Only the punctuation on either side of a frame can be near it.
    const auto& characters = reference_->characters();
    std::vector<double> marks;
    for (const std::size_t start : reference_->phrase_starts()) marks.push_back(std::round(characters[start]));
    marks.push_back(static_cast<double>(reference_->character_count()));
    for (const float character : characters) {
        const auto after = std::ranges::lower_bound(marks, double{character});
        double away = after == marks.end() ? 1e9 : *after - double{character};
        if (after != marks.begin() && after - 1 != marks.begin())
            away = std::min(away, double{character} - *(after - 1));
        away /= punctuation_width;
        pull_.push_back(std::max(away_from_punctuation, static_cast<float>(std::exp(-0.5 * away * away))));
    }
    move_to(0.0);
}

void PlaceFilter::move_to(double character) {
    place_ = std::clamp(character, 0.0, static_cast<double>(reference_->character_count()));
    width_ = 0;
    look_around(place_);
    std::ranges::fill(mass_, 0.0F);
    const std::size_t at = reference_->frame_of(place_) - from_;
    for (std::size_t k = 0; k < tempi; ++k) row(k)[at] = prior_[k];
    elsewhere_ = 0;
    silent_ = 0;
    has_spoken_ = false;
    closer_ = closest_ = 0.0;
}

/// Takes the mass of the frames that stay in view along.
void PlaceFilter::look_around(double character) {
    const std::size_t from = reference_->frame_of(character - reach_characters);
    const std::size_t width = reference_->frame_of(character + reach_characters) + 1 - from;
    std::vector<float> kept(tempi * width);
    const std::size_t first = std::max(from, from_), last = std::min(from + width, from_ + width_);
    for (std::size_t k = 0; k < tempi && first < last; ++k) {
        std::copy(row(k) + (first - from_), row(k) + (last - from_),
                  kept.begin() + static_cast<std::ptrdiff_t>(k * width + first - from));
    }
    mass_ = std::move(kept);
    moved_.assign(mass_.size(), 0.0F);
    distance_.assign(width, 0.0F);
    share_.assign(width, 0.0F);
    from_ = from;
    width_ = width;
}

void PlaceFilter::hear(const LiveFeatures::Frame& frame) {
    if (frame.speaking) {
        silent_ = 0;
        has_spoken_ = true;
        advance();
        weigh(frame.feature);
    } else if (++silent_ == pause_frames && has_spoken_) {
        draw_to_punctuation();
        if (frame.speech_to_noise_db >= quiet_room_db) suppose_jumps();
    }
    normalise();
    tell_place(frame.speaking);
    const double middle = reference_->characters()[from_ + width_ / 2];
    const bool at_an_end = from_ == 0 && place_ < middle;
    if (std::abs(place_ - middle) > recentre_characters && !at_an_end) look_around(place_);
}

/// Each tempo moves its own row on, and passes a little to its neighbours.
void PlaceFilter::advance() {
    for (std::size_t k = 0; k < tempi; ++k) {
        float* const to = moved_.data() + k * width_;
        const float* const own = row(k);
        const float* const slower = k > 0 ? row(k - 1) : nullptr;
        const float* const faster = k + 1 < tempi ? row(k + 1) : nullptr;
        const float kept = 1.0F / (1.0F + 2.0F * tempo_change), passed = tempo_change * kept;
        for (std::size_t i = 0; i < width_; ++i) {
            to[i] = kept * own[i] + passed * ((slower ? slower[i] : 0.0F) + (faster ? faster[i] : 0.0F));
        }
    }
    for (std::size_t k = 0; k < tempi; ++k) {
        const float* const from = moved_.data() + k * width_;
        float* const to = row(k);
        const auto whole = static_cast<std::size_t>(tempo_[k]);
        const auto part = static_cast<float>(tempo_[k] - static_cast<double>(whole));
        const float goes = 1.0F - stall - skip;
        std::fill_n(to, width_, 0.0F);
        for (std::size_t i = 0; i < width_; ++i) to[i] += stall * from[i];
        const auto add = [&](std::size_t by, float share) {
            for (std::size_t i = by; i < width_; ++i) to[i] += share * from[i - by];
            for (std::size_t i = width_ - std::min(by, width_); i < width_; ++i) to[width_ - 1] += share * from[i];
        };
        add(whole, goes * (1.0F - part));
        add(whole + 1, goes * part);
        add(skip_frames, skip);
    }
}

void PlaceFilter::weigh(const SpeechFeature& heard) {
    double background = 0.0, here = 0.0, mass = 0.0;
    std::ranges::fill(share_, 0.0F);
    for (std::size_t k = 0; k < tempi; ++k) {
        for (std::size_t i = 0; i < width_; ++i) share_[i] += row(k)[i];
    }
    for (std::size_t i = 0; i < width_; ++i) {
        distance_[i] = distance(heard, reference_->features()[from_ + i]);
        background += distance_[i];
        here += share_[i] * distance_[i];
        mass += share_[i];
    }
    const float nearest = *std::ranges::min_element(distance_);
    if (mass > 0.0) {
        const double usual = background / static_cast<double>(width_);
        closer_ += (usual - here / mass - closer_) / likeness_memory;
        closest_ += (usual - double{nearest} - closest_) / likeness_memory;
    }
    for (float& value : distance_) value = std::exp(-sharpness * (value - nearest));
    for (std::size_t k = 0; k < tempi; ++k) {
        for (std::size_t i = 0; i < width_; ++i) row(k)[i] *= distance_[i];
    }
}

void PlaceFilter::draw_to_punctuation() {
    for (std::size_t k = 0; k < tempi; ++k) {
        for (std::size_t i = 0; i < width_; ++i) row(k)[i] *= pull_[from_ + i];
    }
}

void PlaceFilter::suppose_jumps() {
    normalise();
    std::vector<std::pair<std::size_t, float>> landings;
    float sum = 0.0F;
    for (const std::size_t start : reference_->phrase_starts()) {
        if (start < from_ || start >= from_ + width_) continue;
        const double away = double{reference_->characters()[start]} - place_;
        if (away < -farthest_back || away > farthest_ahead || std::abs(away) <= least_jump) continue;
        landings.emplace_back(start - from_, away < 0.0 ? 1.0F : skip_ahead_weight);
        sum += landings.back().second;
    }
    if (landings.empty()) return;
    for (std::size_t k = 0; k < tempi; ++k) {
        float of_tempo = 0.0F;
        for (std::size_t i = 0; i < width_; ++i) of_tempo += row(k)[i];
        for (std::size_t i = 0; i < width_; ++i) row(k)[i] *= 1.0F - jump_share;
        for (const auto& [at, weight] : landings) row(k)[at] += jump_share * of_tempo * weight / sum;
    }
}

void PlaceFilter::normalise() {
    float sum = 0.0F;
    for (const float value : mass_) sum += value;
    if (sum <= 0.0F) return move_to(place_);
    // What is this small never counts again, and denormal numbers are slow.
    for (float& value : mass_) value = value < 1e-20F * sum ? 0.0F : value / sum;
}

double PlaceFilter::median_of(const std::vector<float>& weights) const {
    double sum = 0.0;
    for (const float weight : weights) sum += weight;
    double below = 0.0;
    for (std::size_t i = 0; i < width_; ++i) {
        below += weights[i];
        if (below >= 0.5 * sum) return reference_->characters()[from_ + i];
    }
    return place_;
}

void PlaceFilter::tell_place(bool speaking) {
    std::ranges::fill(share_, 0.0F);
    for (std::size_t k = 0; k < tempi; ++k) {
        for (std::size_t i = 0; i < width_; ++i) share_[i] += row(k)[i];
    }
    std::vector<float> near = share_;
    float speaks_for_it = 0.0F;
    for (std::size_t i = 0; i < width_; ++i) {
        if (std::abs(double{reference_->characters()[from_ + i]} - place_) > neighbourhood) near[i] = 0.0F;
        speaks_for_it += near[i];
    }
    if (speaking) elsewhere_ = speaks_for_it < hardly_anything ? elsewhere_ + 1 : 0;
    if (elsewhere_ >= frames_to_leave) {
        place_ = median_of(share_);
        elsewhere_ = 0;
    } else if (speaks_for_it > 1e-6F) {
        place_ = median_of(near);
    }
}

double PlaceFilter::confidence() const {
    if (closest_ <= 0.0) return 0.0;
    return std::clamp((closer_ / closest_ - unlike) / (alike - unlike), 0.0, 1.0);
}

}  // namespace changji
