#pragma once

#include <array>
#include <memory>
#include <vector>

#include "analysis/measures.hpp"
#include "capture/types/message.hpp"
#include "capture/types/result.hpp"
#include "capture/types/sound_block.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// A face in the picture, in fractions of its width and height (0..1, origin top left).
struct FaceBox {
    double x = 0.0;
    double y = 0.0;
    double width = 0.0;
    double height = 0.0;
};

/// Levels of one channel over the last 100 ms, for the sound bars.
struct ChannelLevel {
    double rms_dbfs = -120.0;
    double peak_dbfs = -120.0;
};

/// All meters behind one door. Pure: the same frames and blocks give the same readings, however fast they come.
/// One thread at a time.
class MeterBank {
public:
    virtual ~MeterBank() = default;
    /// One frame as Framing makes it, about five a second. Searches faces on every second frame and holds a
    /// face for 2 s of capture time.
    virtual void see(const VideoFrame& frame) = 0;
    /// Every block of sound, in order.
    virtual void hear(const SoundBlock& block) = 0;
    /// The latest of every measure. Picture measures are absent until a frame was seen, sound measures until
    /// there is enough sound for each.
    [[nodiscard]] virtual Readings read() const = 0;
    [[nodiscard]] virtual const std::vector<FaceBox>& faces() const = 0;
    [[nodiscard]] virtual std::array<ChannelLevel, sound_channels> levels() const = 0;
    /// Measures that hold for a whole take (integrated loudness, true peak, noise, clipping) begin anew.
    virtual void begin_take() = 0;
    /// Until the next take they look back 10 to 20 s only, so that the crew sees what it changes; as before the
    /// first take.
    virtual void end_take() = 0;
};

/// Io when the face cascade (`haarcascade_frontalface_alt2.xml`, Debian's opencv-data) is missing.
[[nodiscard]] Result<std::unique_ptr<MeterBank>> open_meter_bank();

}  // namespace changji
