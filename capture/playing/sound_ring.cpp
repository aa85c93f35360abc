#include "capture/playing/sound_ring.hpp"

#include <algorithm>

namespace changji {
namespace {

Nanoseconds passed(std::size_t frames, double rate) {
    const auto span = sound_duration(static_cast<std::int64_t>(frames));
    return Nanoseconds{static_cast<std::int64_t>(static_cast<double>(span.count()) * rate)};
}

}  // namespace

void AnchorBox::put(const SoundAnchor& anchor) {
    const std::uint32_t version = version_.load(std::memory_order_relaxed);
    version_.store(version + 1);
    wish_.store(anchor.wish);
    at_ns_.store(anchor.at_ns);
    heard_ns_.store(anchor.heard_ns);
    version_.store(version + 2);
}

SoundAnchor AnchorBox::get() const {
    for (;;) {
        const std::uint32_t before = version_.load();
        const SoundAnchor anchor{wish_.load(), at_ns_.load(), heard_ns_.load()};
        if (before % 2 == 0 && version_.load() == before) return anchor;
    }
}

void SoundRing::write(std::uint64_t wish, Nanoseconds from, double rate, std::span<const float> interleaved) {
    std::size_t done = 0;
    while (done < interleaved.size() && room_slots() > 0) {
        Slot& slot = (*slots_)[head_ % slots];
        const std::size_t count = std::min(interleaved.size() - done, slot.samples.size());
        std::copy_n(interleaved.begin() + static_cast<std::ptrdiff_t>(done), count, slot.samples.begin());
        slot.wish = wish;
        slot.from = from + passed(done / sound_channels, rate);
        slot.rate = rate;
        slot.frames = count / sound_channels;
        written_frames_ += static_cast<std::int64_t>(slot.frames);
        done += count;
        filled_.store(++head_, std::memory_order_release);
    }
}

HeardSound SoundRing::read(std::uint64_t wish, std::span<float> interleaved) {
    HeardSound heard;
    const std::size_t wanted = interleaved.size() / sound_channels;
    std::size_t tail = tail_.load(std::memory_order_relaxed);
    while (heard.frames < wanted && tail != filled_.load(std::memory_order_acquire)) {
        const Slot& slot = (*slots_)[tail % slots];
        std::size_t count = slot.frames - read_of_slot_;
        if (slot.wish == wish) {
            count = std::min(count, wanted - heard.frames);
            std::copy_n(slot.samples.begin() + static_cast<std::ptrdiff_t>(read_of_slot_ * sound_channels),
                        count * sound_channels,
                        interleaved.begin() + static_cast<std::ptrdiff_t>(heard.frames * sound_channels));
            const Nanoseconds from = slot.from + passed(read_of_slot_, slot.rate);
            if (heard.frames == 0) heard.from = from;
            heard.to = from + passed(count, slot.rate);
            heard.frames += count;
        }
        read_of_slot_ += count;
        read_frames_.fetch_add(static_cast<std::int64_t>(count));
        if (read_of_slot_ < slot.frames) break;
        read_of_slot_ = 0;
        tail_.store(++tail, std::memory_order_release);
    }
    std::fill(interleaved.begin() + static_cast<std::ptrdiff_t>(heard.frames * sound_channels), interleaved.end(),
              0.0F);
    return heard;
}

}  // namespace changji
