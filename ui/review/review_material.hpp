#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/meter_timeline.hpp"
#include "ui/file_stamp.hpp"
#include "ui/review/review.hpp"

namespace changji {

/// What there is to play of a take.
enum class Film {
    None,
    Fragments,  ///< it is being finished, or a crash left it: playable as far as it goes
    Finished,
};

/// One take as the review screen needs it, whatever state its files are in. Never changes after it is made.
struct ReviewMaterial {
    TakeFiles files;
    ReviewedTake take;
    MeterTimeline timeline{TakeLog{}};
    double duration_s = 0.0;  ///< of the report, else as far as the meters go
    Film film = Film::None;
    bool in_work = false;             ///< somebody is finishing it: its report is only to come
    std::filesystem::path film_file;  ///< empty for None
    FileMark film_mark;
    std::vector<std::size_t> order;  ///< of the findings: the worst first, then as the report has them
    std::vector<Message> problems;   ///< what is missing, damaged or not what the report speaks of
};
[[nodiscard]] ReviewMaterial load_material(const TakeFiles& files);

/// The first line of a review: whether the take can be sent in, and why not.
/// `to_come`: it is being finished.
[[nodiscard]] std::string headline_of(const StoredReport& stored, bool to_come);

/// Where a finding held, for jumping there; a finding with a worst moment only has that.
[[nodiscard]] std::vector<Stretch> places_of(const Finding& finding);

}  // namespace changji
