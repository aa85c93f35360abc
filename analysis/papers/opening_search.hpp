#pragma once

#include <string>
#include <string_view>

namespace changji {

enum class OpeningMatch {
    Absent,
    OtherWords,  ///< something like it, with at most a quarter of its characters changed
    OtherMarks,  ///< word for word, but with other punctuation
    Verbatim,    ///< spaces and line ends apart
};

struct OpeningFound {
    OpeningMatch match = OpeningMatch::Absent;
    std::string written;  ///< the passage as it stands there, without spaces; empty when absent
    std::string guest;    ///< what stands where the guest belongs; empty when there is nothing, or only dots
};

/// Looks for the opening line (`line` holds {guest}) in a manuscript. Pure.
[[nodiscard]] OpeningFound find_opening(std::string_view utf8, std::string_view line);

}  // namespace changji
