#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "analysis/meter_bank.hpp"

namespace changji {

/// One row of the meters: what they read at that moment, the sound up to it included.
struct MeterRow {
    CaptureTime at;
    Readings readings;
};

/// Feeds pictures and sound to the meters in the order in which they happened, whichever comes first, and makes a row
/// of every picture that was measured in full: the sound is cut at that picture's moment, to the sample. So a row
/// depends on what was captured alone, not on threads or on how the sound came in blocks, and a file measured
/// afterwards reads as it did live.
///
/// Sound waits for the picture of its moment, and a row for its sound, `patience` at most; then the meters go on with
/// what there is. One thread at a time.
class MeterFeed {
public:
    static constexpr Nanoseconds patience = std::chrono::milliseconds(500);

    /// `bank` outlives the feed.
    explicit MeterFeed(MeterBank& bank) : bank_(bank) {}

    /// True when the picture was measured in full.
    bool see(const VideoFrame& frame);
    void hear(const SoundBlock& block);
    /// A row at that moment without a picture, for files that have none.
    void mark(CaptureTime at);

    /// The next picture is the first of a take.
    void begin_take() { begins_ = true; }
    /// The take ended at that moment: sound up to it is heard, rows that wait are completed with what there is, and the
    /// last one says what holds for the whole take. Returns what happened in it.
    std::vector<MeterEvent> end_take(CaptureTime at);
    /// Rows that were completed since they were last asked for. The newest is held back until the next or the end.
    [[nodiscard]] std::vector<MeterRow> take_rows() { return std::exchange(rows_, {}); }

private:
    /// Something to be done when the sound has been heard up to a moment.
    struct Mark {
        CaptureTime at;
        std::optional<Readings> picture;  ///< of a row; none: the take's sound begins here
    };

    void advance();
    void hear_until(CaptureTime end);
    void reach(const Mark& mark);
    void keep(const MeterRow& row);

    MeterBank& bank_;
    std::deque<Mark> marks_;
    std::deque<SoundBlock> sound_;
    std::size_t frames_heard_ = 0;  ///< of the first block in sound_
    CaptureTime heard_until_ = CaptureTime::min();
    CaptureTime newest_picture_ = CaptureTime::min();
    bool begins_ = false;
    std::optional<MeterRow> newest_row_;
    std::vector<MeterRow> rows_;
};

}  // namespace changji
