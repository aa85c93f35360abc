#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "capture/mp4/byte_file.hpp"
#include "capture/types/time.hpp"

namespace changji::mp4 {

/// One line of an edit list (ISO/IEC 14496-12, 8.6.6).
struct Edit {
    std::int64_t duration = 0;    ///< in ticks of the movie; 0 in a fragmented file: to the end
    std::int64_t media_time = 0;  ///< in ticks of the track; −1: an empty edit
};

/// What the sample tables and the fragments say of one track. Times in ticks of its own clock unless said otherwise.
struct Track {
    std::uint32_t id = 0;
    std::uint32_t handler = 0;    ///< four_cc("vide"), four_cc("soun"), ...
    std::uint32_t timescale = 0;  ///< ticks a second
    std::int64_t samples = 0;
    std::int64_t bytes = 0;
    std::int64_t length = 0;         ///< sum of all sample durations
    std::int64_t sample_length = 0;  ///< of the first sample
    int breaks = 0;                  ///< fragments that start elsewhere than the one before ended
    bool one_length = true;          ///< every sample lasts as long as the first, and no gap lies between fragments
    std::int64_t first_decoded = 0;  ///< decode time of the first sample
    std::int64_t first_shown = 0;    ///< earliest presentation time before edit lists
    std::vector<Edit> edits;
    Nanoseconds start{0};     ///< of the presentation, edit list applied
    Nanoseconds duration{0};  ///< of the presentation, edit list applied
};

/// A whole fragment: its moof is well formed and its media data lies wholly in the file.
struct Fragment {
    std::int64_t begin = 0;  ///< of the moof
    std::int64_t end = 0;    ///< of the media data
    bool exact = false;      ///< its samples come to the size of its media data
    bool follows = false;    ///< every track goes on where it had ended, pictures as long as those before
    std::int64_t samples = 0;
    /// Where its first picture and its first sound are decoded, on the presentation's timeline; where it has none,
    /// where the next one would be.
    Nanoseconds picture_from{0};
    Nanoseconds sound_from{0};
};

struct Index {
    std::string major_brand;
    std::vector<std::string> compatible_brands;
    bool has_moov = false;
    bool moov_first = false;  ///< before the first media data
    bool fragmented = false;
    std::vector<Track> tracks;              ///< in the file's order
    std::vector<Fragment> whole_fragments;  ///< those without a broken one before them
    [[nodiscard]] std::int64_t whole_fragments_end() const {
        return whole_fragments.empty() ? 0 : whole_fragments.back().end;
    }
};

/// Reads boxes and tables, no media, of a file or of its first `end` bytes. What is malformed is left out; it never
/// fails. Memory is bounded by the size of the index in the file (at most 512 MB).
[[nodiscard]] Index read_index(const ByteFile& file, std::int64_t end = INT64_MAX);

/// An ISO base media file by its brands; QuickTime is none.
[[nodiscard]] bool is_iso_mp4(const Index& index);

}  // namespace changji::mp4
