#include "ui/window/review/sound_tap.hpp"

#include <algorithm>

namespace changji {

void SoundTap::write(std::span<const float> samples) {
    const std::size_t at = written_.load(std::memory_order_relaxed);
    if (at - read_.load(std::memory_order_acquire) + samples.size() > room) return;
    for (std::size_t i = 0; i < samples.size(); ++i) (*samples_)[(at + i) % room] = samples[i];
    written_.store(at + samples.size(), std::memory_order_release);
}

std::size_t SoundTap::read(std::span<float> into) {
    const std::size_t at = read_.load(std::memory_order_relaxed);
    const std::size_t count = std::min(written_.load(std::memory_order_acquire) - at, into.size());
    for (std::size_t i = 0; i < count; ++i) into[i] = (*samples_)[(at + i) % room];
    read_.store(at + count, std::memory_order_release);
    return count;
}

}  // namespace changji
