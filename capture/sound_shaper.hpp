#pragma once

#include <memory>

#include "capture/types/result.hpp"
#include "capture/types/sound_block.hpp"

namespace changji {

/// Which of a stereo input's channels are recorded.
enum class ChannelRoute {
    Both,   ///< left and right as they come
    Left,   ///< the left one to both sides
    Right,  ///< the right one to both sides
    Mix,    ///< half of each to both sides: two lavaliers on one stereo input
};
enum class Limiter { Off, On };

inline constexpr double max_gain_db = 24.0;

/// What is done to the microphone's sound before it is recorded and metered.
struct SoundShape {
    ChannelRoute route = ChannelRoute::Both;
    double gain_db = 0.0;            ///< −max_gain_db to max_gain_db
    Limiter limiter = Limiter::Off;  ///< On: peaks stay below −1 dBFS

    friend bool operator==(const SoundShape&, const SoundShape&) = default;
};

/// Shapes sound block by block; numbers, times and lengths of the blocks stay: what a block brings is in the block
/// that comes out. The default shape hands blocks on untouched (the same samples, not a copy). One thread.
class SoundShaper {
public:
    /// InvalidConfig for a gain outside its range.
    [[nodiscard]] static Result<SoundShaper> open(const SoundShape& shape);
    ~SoundShaper();
    SoundShaper(SoundShaper&&) noexcept;
    SoundShaper& operator=(SoundShaper&&) noexcept;

    /// From the next block on; within that one the old shape fades into the new, so that nothing clicks. InvalidConfig
    /// leaves the shape as it is.
    Status reshape(const SoundShape& shape);
    [[nodiscard]] SoundBlock shape(const SoundBlock& block);

private:
    struct State;
    explicit SoundShaper(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace changji
