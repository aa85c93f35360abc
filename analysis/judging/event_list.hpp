#pragma once

#include "analysis/picture/frame_range.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace changji {

/// What happened and when, in order of time. Holds the first 500 events; the count goes on.
class EventList {
public:
    static constexpr std::size_t most_kept = 500;

    /// In order of their beginnings. One that begins at most `join_within` frames after the last one's end prolongs it.
    void add(FrameRange event, std::int64_t join_within = 0);
    /// What came later, as if every event had been added here.
    void append(const EventList& later, std::int64_t join_within = 0);

    [[nodiscard]] std::int64_t count() const { return count_; }
    [[nodiscard]] const std::vector<FrameRange>& kept() const& { return kept_; }
    [[nodiscard]] std::vector<FrameRange> kept() && { return std::move(kept_); }
    friend bool operator==(const EventList&, const EventList&) = default;

private:
    std::vector<FrameRange> kept_;
    FrameRange last_;
    std::int64_t count_ = 0;
};

}  // namespace changji
