#pragma once

// What camera_probe prints of a camera, taken apart.

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "capture/types/result.hpp"

namespace changji::test {

inline const std::string camera_probe = CHANGJI_BINARY_DIR "/bin/camera_probe";

struct SeenFrame {
    std::uint64_t sequence = 0;
    std::int64_t captured_ns = 0;
    std::string rest;  ///< size and tags
};

struct SeenCamera {
    std::vector<SeenFrame> frames;
    std::vector<std::string> losses;  ///< "KIND SENTENCE"
    std::string note, granted, granted_last, error, kept, all;

    [[nodiscard]] std::uint64_t lost_in_sequence() const {
        return frames.empty() ? 0 : frames.back().sequence - frames.front().sequence + 1 - frames.size();
    }
    /// Where the longest time passed between two pictures: the later of them. Needs two.
    [[nodiscard]] std::size_t after_longest_gap() const {
        std::size_t found = 1;
        for (std::size_t i = 1; i < frames.size(); ++i) {
            if (gap_ns(i) > gap_ns(found)) found = i;
        }
        return found;
    }
    [[nodiscard]] std::int64_t gap_ns(std::size_t later) const {
        return frames[later].captured_ns - frames[later - 1].captured_ns;
    }
};

inline SeenCamera seen_camera(const std::string& output, const std::string& errors) {
    SeenCamera seen;
    seen.all = output + errors;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first, rest;
        words >> first;
        if (first == "frame") {
            SeenFrame frame;
            words >> frame.sequence >> frame.captured_ns;
            std::getline(words >> std::ws, frame.rest);
            seen.frames.push_back(frame);
            continue;
        }
        std::getline(words >> std::ws, rest);
        if (first == "note") seen.note = rest;
        if (first == "granted") seen.granted = rest;
        if (first == "granted_last") seen.granted_last = rest;
        if (first == "lost") seen.losses.push_back(rest);
        if (first == "error") seen.error = rest;
        if (first == "kept") seen.kept = rest;
    }
    return seen;
}

/// As the probe prints it.
inline std::string kind_text(ErrorKind error) { return std::to_string(static_cast<int>(error)) + " "; }

}  // namespace changji::test
