#pragma once

#include "analysis/following/spoken_reference.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace changji {

/// Where in the script a voice is: a distribution over place and tempo. While the reader speaks, it moves on by its
/// tempo and is weighed by how alike voice and reference sound; in a pause it is drawn to punctuation, and, in a quiet
/// room, to the beginnings of phrases nearby, in case the reader begins one again or leaves one out. The place that
/// is told leaves its neighbourhood only after .8 s of speech in which hardly anything speaks for it.
///
/// Looks 70 characters back and ahead, so it costs the same however long the script is. Pure; one thread.
class PlaceFilter {
public:
    explicit PlaceFilter(std::shared_ptr<const SpokenReference> reference);

    /// The reader is here now, whatever was heard.
    void move_to(double character);
    void hear(const LiveFeatures::Frame& frame);

    /// How many characters are spoken, with fractions.
    [[nodiscard]] double character() const { return place_; }
    /// 0: what is heard is not the script; 1: it is.
    [[nodiscard]] double confidence() const;

private:
    static constexpr std::size_t tempi = 11;

    [[nodiscard]] float* row(std::size_t tempo) { return mass_.data() + tempo * width_; }
    void look_around(double character);
    void advance();
    void weigh(const SpeechFeature& heard);
    void draw_to_punctuation();
    void suppose_jumps();
    void normalise();
    void tell_place(bool speaking);
    [[nodiscard]] double median_of(const std::vector<float>& weights) const;

    std::shared_ptr<const SpokenReference> reference_;
    std::vector<double> tempo_;            ///< reference frames a frame
    std::vector<float> prior_;             ///< of each tempo
    std::vector<float> pull_;              ///< of each reference frame, in a pause
    std::size_t from_ = 0, width_ = 0;     ///< the reference frames looked at
    std::vector<float> mass_, moved_;      ///< tempi rows of width_
    std::vector<float> distance_, share_;  ///< of each frame looked at
    double place_ = 0.0;
    int elsewhere_ = 0;  ///< frames of speech in which hardly anything spoke for the place
    int silent_ = 0;
    bool has_spoken_ = false;
    double closer_ = 0.0, closest_ = 0.0;  ///< by how much place and best match are nearer than usual
};

}  // namespace changji
