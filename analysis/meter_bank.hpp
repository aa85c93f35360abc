#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "analysis/measures.hpp"
#include "analysis/subject/face_box.hpp"
#include "analysis/subject/subject_mask.hpp"
#include "capture/types/message.hpp"
#include "capture/types/result.hpp"
#include "capture/types/sound_block.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// Levels of one channel over the last 100 ms, for the sound bars.
struct ChannelLevel {
    double rms_dbfs = -120.0;
    double peak_dbfs = -120.0;
};

/// Pictures and sound reach the meters at different moments; each part begins and ends its take at its own.
enum class Part { Picture, Sound };

/// All meters behind one door. Pure: the same frames and samples give the same readings, however fast they come.
/// One thread at a time.
class MeterBank {
public:
    virtual ~MeterBank() = default;
    /// Every frame as Framing makes it, in order. About five a second of capture time are measured in full: then it is
    /// true, and the picture's readings are new. The others are only watched for flicker, black and frozen pictures.
    virtual bool see(const VideoFrame& frame) = 0;
    /// Every sample pair, in order; `captured_at` is when the first of them was heard.
    virtual void hear(std::span<const float> interleaved, CaptureTime captured_at) = 0;
    void hear(const SoundBlock& block) { hear(block.interleaved(), block.captured_at); }

    /// The latest of every measure of one part. Picture measures are absent until a frame was seen, sound measures
    /// until there is enough sound for each.
    [[nodiscard]] virtual Readings read(Part part) const = 0;
    [[nodiscard]] Readings read() const {
        Readings both = read(Part::Picture);
        both.merge(read(Part::Sound));
        return both;
    }
    /// What happened since the take began, or of late while none runs; some hundred a kind at most.
    [[nodiscard]] virtual std::vector<MeterEvent> events() const = 0;
    [[nodiscard]] virtual const std::vector<FaceBox>& faces() const = 0;
    /// What of the picture the faces' people cover, and the background meter leaves out.
    [[nodiscard]] virtual SubjectMask subject() const { return mask_subjects(faces()); }
    [[nodiscard]] virtual std::array<ChannelLevel, sound_channels> levels() const = 0;

    /// The next frame or sample is the take's first: it is measured in full, and measures that hold for a whole take
    /// (loudness, true peak, noise, counts) begin anew.
    virtual void begin_take(Part part) = 0;
    /// Until the next take they look back 10 to 20 s only, so that the crew sees what it changes; as before the
    /// first take.
    virtual void end_take(Part part) = 0;
};

/// What the meters have to know of the place and the crew's wishes.
struct MeterOptions {
    int power_line_hz = 50;                ///< lamps flicker at twice as much; hum is a multiple of it
    std::filesystem::path person_model{};  ///< the user's own segmentation network; empty: a template
};

/// Io when the face cascades (Debian's opencv-data) are missing or the model can't be read, InvalidConfig when the
/// model doesn't fit (analysis/subject/person_segmentation.hpp says what does).
[[nodiscard]] Result<std::unique_ptr<MeterBank>> open_meter_bank(const MeterOptions& options = {});

}  // namespace changji
