#pragma once

// Sound from the thread that decodes it to the one that hears it. Internal to capture/.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

#include "capture/playback.hpp"

namespace changji {

/// Where playing is: at `at_ns` of the take at `heard_ns` of the steady clock, for the wish of that number.
struct SoundAnchor {
    std::uint64_t wish = 0;
    std::int64_t at_ns = 0;
    std::int64_t heard_ns = 0;
};

/// The newest anchor, from one writer to any number of readers, without a lock.
class AnchorBox {
public:
    void put(const SoundAnchor& anchor);
    [[nodiscard]] SoundAnchor get() const;

private:
    std::atomic<std::uint32_t> version_{0};  ///< odd while it is written
    std::atomic<std::uint64_t> wish_{0};
    std::atomic<std::int64_t> at_ns_{0}, heard_ns_{0};
};

/// One thread writes, one reads; neither waits. Each piece belongs to a wish; pieces of older wishes are passed over.
class SoundRing {
public:
    static constexpr std::size_t slots = 128, slot_frames = 1024;

    SoundRing() : slots_(std::make_unique<std::array<Slot, slots>>()) {}

    /// The writer's: what follows is of another wish than what lies there.
    void begin() { begun_at_frames_ = written_frames_; }
    /// The writer's: how many sample pairs of the newest wish lie there unread.
    [[nodiscard]] std::int64_t waiting_frames() const {
        return written_frames_ - std::max(read_frames_.load(), begun_at_frames_);
    }
    [[nodiscard]] std::size_t room_slots() const { return slots - (head_ - tail_.load(std::memory_order_acquire)); }
    /// The writer's: `interleaved` begins at `from` of the take, which passes `rate` times as fast as the samples. What
    /// finds no room is left out.
    void write(std::uint64_t wish, Nanoseconds from, double rate, std::span<const float> interleaved);

    /// The reader's: fills from the pieces of `wish`, then with silence.
    HeardSound read(std::uint64_t wish, std::span<float> interleaved);

private:
    struct Slot {
        std::uint64_t wish = 0;
        Nanoseconds from{0};
        double rate = 1.0;
        std::size_t frames = 0;
        std::array<float, slot_frames * sound_channels> samples;
    };
    std::unique_ptr<std::array<Slot, slots>> slots_;
    std::size_t head_ = 0;  ///< the writer's
    std::int64_t written_frames_ = 0, begun_at_frames_ = 0;
    std::atomic<std::size_t> filled_{0};  ///< head_ as the reader may see it
    std::atomic<std::size_t> tail_{0};
    std::atomic<std::int64_t> read_frames_{0};
    std::size_t read_of_slot_ = 0;  ///< the reader's, in sample pairs
};

}  // namespace changji
