#include "capture/sound_shaper.hpp"

#include "capture/peak_limiter.hpp"

#include <cmath>
#include <utility>
#include <vector>

namespace changji {
namespace {

/// What goes where: routing and gain in one.
struct Matrix {
    float left_to_left = 1.0F, right_to_left = 0.0F;
    float left_to_right = 0.0F, right_to_right = 1.0F;

    friend bool operator==(const Matrix&, const Matrix&) = default;
};

Matrix matrix_of(const SoundShape& shape) {
    const auto gain = static_cast<float>(std::pow(10.0, shape.gain_db / 20.0));
    const float half = gain / 2.0F;
    switch (shape.route) {
        case ChannelRoute::Left: return {gain, 0.0F, gain, 0.0F};
        case ChannelRoute::Right: return {0.0F, gain, 0.0F, gain};
        case ChannelRoute::Mix: return {half, half, half, half};
        default: return {gain, 0.0F, 0.0F, gain};
    }
}

/// `share` of the way from one to the other.
Matrix between(const Matrix& from, const Matrix& to, float share) {
    return {std::lerp(from.left_to_left, to.left_to_left, share),
            std::lerp(from.right_to_left, to.right_to_left, share),
            std::lerp(from.left_to_right, to.left_to_right, share),
            std::lerp(from.right_to_right, to.right_to_right, share)};
}

Status check(const SoundShape& shape) {
    if (shape.gain_db >= -max_gain_db && shape.gain_db <= max_gain_db) return {};
    return Error{ErrorKind::InvalidConfig, say("A microphone's gain goes from -24 to 24 dB: choose one between.")};
}

}  // namespace

struct SoundShaper::State {
    Matrix before;  ///< of the last block
    Matrix now;
    Limiter limiter = Limiter::Off;
    PeakLimiter peaks;

    [[nodiscard]] bool changes_nothing() const {
        return before == Matrix() && now == Matrix() && limiter == Limiter::Off && !peaks.is_limiting();
    }
};

SoundShaper::SoundShaper(std::unique_ptr<State> state) : state_(std::move(state)) {}
SoundShaper::~SoundShaper() = default;
SoundShaper::SoundShaper(SoundShaper&&) noexcept = default;
SoundShaper& SoundShaper::operator=(SoundShaper&&) noexcept = default;

Result<SoundShaper> SoundShaper::open(const SoundShape& shape) {
    if (const Status fits = check(shape); !fits) return fits.error();
    auto state = std::make_unique<State>();
    state->before = state->now = matrix_of(shape);
    state->limiter = shape.limiter;
    return SoundShaper(std::move(state));
}

Status SoundShaper::reshape(const SoundShape& shape) {
    if (Status fits = check(shape); !fits) return fits;
    state_->now = matrix_of(shape);
    state_->limiter = shape.limiter;
    return {};
}

SoundBlock SoundShaper::shape(const SoundBlock& block) {
    State& state = *state_;
    if (block.frames() == 0 || state.changes_nothing()) return block;
    auto samples = std::make_shared<std::vector<float>>(*block.samples);
    const bool fades = state.before != state.now;
    Matrix matrix = state.now;
    for (std::size_t frame = 0; frame < block.frames(); ++frame) {
        if (fades) {
            matrix =
                between(state.before, state.now, static_cast<float>(frame + 1) / static_cast<float>(block.frames()));
        }
        float& left = (*samples)[frame * sound_channels];
        float& right = (*samples)[frame * sound_channels + 1];
        const float was_left = left;
        left = matrix.left_to_left * was_left + matrix.right_to_left * right;
        right = matrix.left_to_right * was_left + matrix.right_to_right * right;
    }
    state.before = state.now;
    if (state.limiter == Limiter::On) {
        state.peaks.run(*samples);
    } else if (state.peaks.is_limiting()) {
        state.peaks.leave(*samples);
    }
    return {std::move(samples), block.first_frame, block.captured_at};
}

}  // namespace changji
