#pragma once

#include <memory>
#include <span>

namespace changji {

/// Whether somebody speaks, decided every 10 ms. The only class that knows WebRTC's audio processing 0.3
/// (other releases have another interface): its voice detector at the least eager setting must say yes, and
/// so must the speech probability of its noise suppressor. Feeds it a copy: it changes what it is given.
class VoiceActivity {
public:
    static constexpr int frame_length = 480;  ///< samples: 10 ms at 48 kHz

    VoiceActivity();
    ~VoiceActivity();
    VoiceActivity(VoiceActivity&&) noexcept;
    VoiceActivity& operator=(VoiceActivity&&) noexcept;

    /// One frame of `frame_length` mono samples, full scale ±1, in order.
    [[nodiscard]] bool hear(std::span<const float> mono);
    /// False for the first 1.5 s, while the detector still learns the room.
    [[nodiscard]] bool is_reliable() const;

private:
    class Detector;
    std::unique_ptr<Detector> detector_;
};

}  // namespace changji
