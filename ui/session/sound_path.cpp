#include "ui/session/sound_path.hpp"

namespace changji {

Result<std::unique_ptr<SoundPath>> SoundPath::open(const SoundShape& shape, Nanoseconds offset) {
    auto shaper = SoundShaper::open(shape);
    if (!shaper) return shaper.error();
    return std::unique_ptr<SoundPath>(new SoundPath(shape, *std::move(shaper), offset));
}

SoundPath::SoundPath(const SoundShape& shape, SoundShaper shaper, Nanoseconds offset)
    : offset_(offset), shape_(shape), shaper_(std::move(shaper)) {}

SoundBlock SoundPath::take(const SoundBlock& block) {
    std::lock_guard guard(mutex_);
    watch_.hear(block);  // before it is shaped: gain makes no dead microphone live
    SoundBlock shaped = shaper_.shape(block);
    shaped.captured_at -= offset_;
    return shaped;
}

Status SoundPath::reshape(const SoundShape& shape) {
    std::lock_guard guard(mutex_);
    if (Status reshaped = shaper_.reshape(shape); !reshaped) return reshaped;
    shape_ = shape;
    return {};
}

SoundShape SoundPath::shape() const {
    std::lock_guard guard(mutex_);
    return shape_;
}

bool SoundPath::dead() const {
    std::lock_guard guard(mutex_);
    return watch_.dead();
}

}  // namespace changji
