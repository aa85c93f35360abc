#include "analysis/meter_feed.hpp"

#include <algorithm>
#include <utility>

namespace changji {
namespace {

/// How many sample pairs of a block that begins at `from` were captured before `end`.
std::size_t frames_before(CaptureTime from, CaptureTime end, std::size_t most) {
    if (end <= from) return 0;
    const Nanoseconds span = end - from;
    if (span >= sound_duration(static_cast<std::int64_t>(most))) return most;
    const auto whole = static_cast<std::size_t>(ticks_within(span, Rational{sound_rate_hz, 1}));
    return std::min(most, sound_duration(static_cast<std::int64_t>(whole)) < span ? whole + 1 : whole);
}

CaptureTime end_of(const SoundBlock& block) {
    return block.captured_at + sound_duration(static_cast<std::int64_t>(block.frames()));
}

}  // namespace

bool MeterFeed::see(const VideoFrame& frame) {
    if (std::exchange(begins_, false)) {
        bank_.begin_take(Part::Picture);
        marks_.push_back({frame.captured_at, std::nullopt});
    }
    newest_picture_ = frame.captured_at;
    const bool in_full = bank_.see(frame);
    if (in_full) marks_.push_back({frame.captured_at, bank_.read(Part::Picture)});
    advance();
    return in_full;
}

void MeterFeed::hear(const SoundBlock& block) {
    if (block.frames() == 0) return;
    sound_.push_back(block);
    advance();
    // Nobody looks: the sound goes on by itself.
    hear_until(end_of(block) - patience);
}

void MeterFeed::mark(CaptureTime at) {
    if (std::exchange(begins_, false)) marks_.push_back({at, std::nullopt});
    newest_picture_ = at;
    marks_.push_back({at, Readings{}});
    advance();
}

void MeterFeed::advance() {
    while (!marks_.empty()) {
        const Mark& next = marks_.front();
        hear_until(next.at);
        const bool late = newest_picture_ - next.at > patience;
        if (heard_until_ < next.at && !late) return;
        reach(next);
        marks_.pop_front();
    }
    hear_until(newest_picture_);
}

void MeterFeed::hear_until(CaptureTime end) {
    while (!sound_.empty()) {
        const SoundBlock& block = sound_.front();
        const std::size_t until = frames_before(block.captured_at, end, block.frames());
        if (until > frames_heard_) {
            const auto samples =
                block.interleaved().subspan(frames_heard_ * sound_channels, (until - frames_heard_) * sound_channels);
            bank_.hear(samples, block.captured_at + sound_duration(static_cast<std::int64_t>(frames_heard_)));
            frames_heard_ = until;
        }
        if (frames_heard_ < block.frames()) {
            // Samples beyond `end` are there, so all before it has been heard.
            heard_until_ = std::max(heard_until_, end);
            return;
        }
        heard_until_ = std::max(heard_until_, end_of(block));
        frames_heard_ = 0;
        sound_.pop_front();
    }
}

void MeterFeed::reach(const Mark& mark) {
    if (!mark.picture) return bank_.begin_take(Part::Sound);
    MeterRow row{mark.at, *mark.picture};
    row.readings.merge(bank_.read(Part::Sound));
    keep(row);
}

void MeterFeed::keep(const MeterRow& row) {
    if (newest_row_) rows_.push_back(*newest_row_);
    newest_row_ = row;
}

std::vector<MeterEvent> MeterFeed::end_take(CaptureTime at) {
    for (; !marks_.empty(); marks_.pop_front()) {
        hear_until(marks_.front().at);
        reach(marks_.front());
    }
    hear_until(at);
    if (newest_row_) {
        newest_row_->readings.merge(bank_.read());
        rows_.push_back(*std::exchange(newest_row_, std::nullopt));
    }
    auto events = bank_.events();
    bank_.end_take(Part::Picture);
    bank_.end_take(Part::Sound);
    return events;
}

}  // namespace changji
