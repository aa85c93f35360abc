#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/support/mediaconch.hpp"

namespace changji::test {

/// One fault of a file, how to make it, and what each judge says of it.
struct PairedFault {
    const char* name;
    const char* slot;              ///< two of one slot exclude each other
    const char* options;           ///< for ffmpeg; empty: the file's ending is the fault
    const char* filter;            ///< for its picture
    const char* ending;            ///< of the file
    std::set<std::string> checks;  ///< the first is the fault itself; the others follow from it
    const char* status;            ///< of the first
    const char* stream;            ///< "video", "audio", or "format": whom ffprobe is asked about,
    const char* key;               ///< for what,
    const char* says;              ///< and what it answers
    const char* mediainfo;         ///< empty: it can't tell
    const char* info_says;
    Conch conch;
    std::set<std::string> excludes{};  ///< other slots
};

/// Every fault that `check --quick` can find.
const std::vector<PairedFault>& paired_faults();

}  // namespace changji::test
