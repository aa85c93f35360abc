#pragma once

#include "capture/av/av.hpp"
#include "capture/recording/byte_sink.hpp"
#include "capture/types/result.hpp"

#include <cstdint>
#include <memory>

namespace changji {

/// Muxes one picture and at most one sound stream into an MP4 whose fragments are half a second long:
/// whatever stops the program, all but the last fragment plays. One thread (the writer's); syncs to disk
/// twice a second.
class FragmentWriter {
public:
    /// `video` and `audio` (may be null) are opened encoders, needed only during the call.
    [[nodiscard]] static Result<std::unique_ptr<FragmentWriter>> open(std::unique_ptr<ByteSink> sink,
                                                                      const AVCodecContext& video,
                                                                      const AVCodecContext* audio);
    virtual ~FragmentWriter() = default;
    /// Packets of either stream, each stream in order, times in its encoder's time base. After an error of
    /// the sink nothing is written any more and every call returns that error.
    virtual Status write_video(av::PacketPtr packet) = 0;
    virtual Status write_audio(av::PacketPtr packet) = 0;
    /// Writes what is held back, closes the last fragment, syncs. Called once, last.
    virtual Status finish() = 0;
    [[nodiscard]] virtual std::int64_t bytes_written() const = 0;  ///< from any thread
};

}  // namespace changji
