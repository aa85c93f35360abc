#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// Small pictures of a take at even distances, to find a place by: each is the key frame at or before its time, so up
/// to a second early. Made on a thread of its own that gives way to everything else; the middle first, then the middles
/// of the halves, so that a few tell most.
class ScrubPictures {
public:
    /// `count` pictures (1 to 1000), `height_px` high (even, 16 to 360), as wide as the take's shape asks. Io, Corrupt,
    /// UnsupportedFormat.
    [[nodiscard]] static Result<std::unique_ptr<ScrubPictures>> open(const std::filesystem::path& file, int count,
                                                                     int height_px);
    virtual ~ScrubPictures() = default;  ///< stops; the thread has ended when it returns

    [[nodiscard]] virtual int count() const = 0;
    /// The time that picture `index` stands for: the middle of its part of the take.
    [[nodiscard]] virtual Nanoseconds time_of(int index) const = 0;
    /// I420, `captured_at` the time of the key frame; nothing while it isn't made, or where the take is damaged.
    [[nodiscard]] virtual std::optional<VideoFrame> at(int index) const = 0;
    [[nodiscard]] virtual bool done() const = 0;
};

}  // namespace changji
