#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "capture/av/av.hpp"
#include "capture/mp4/byte_file.hpp"

namespace changji::mp4 {

/// A stretch of a file, in bytes.
struct Extent {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    [[nodiscard]] std::int64_t bytes() const { return end - begin; }
};

/// How much is read of a file when it is opened.
enum class Look {
    Whole,   ///< every fragment's index, and packets of each stream until all is known of it
    First,   ///< the first fragment's index and such packets; what follows can be read in order, but not sought
    Header,  ///< the first fragment's index: for a file of which all is known already
};

/// A file opened for demuxing. Reads this one file only, whatever is written in it, and only up to a given end.
class MediaInput {
public:
    [[nodiscard]] AVFormatContext* context() const { return context_.get(); }
    /// The next packet; false at the end, or on an error (see `error`).
    [[nodiscard]] bool read(AVPacket& packet);
    [[nodiscard]] int error() const { return error_; }  ///< AVERROR code of what ended reading too soon, else 0

private:
    friend Result<MediaInput> open_media(const ByteFile&, std::vector<Extent>, const std::filesystem::path&, Look);
    struct Cut;
    struct FreeIo {
        void operator()(AVIOContext* io) const {
            av_freep(&io->buffer);
            avio_context_free(&io);
        }
    };
    std::shared_ptr<Cut> cut_;
    std::unique_ptr<AVIOContext, FreeIo> io_;
    av::InputPtr context_;  // closed before its I/O
    int error_ = 0;
};

/// Opens the first `end` bytes of a file and finds its streams. `name` is for messages. UnsupportedFormat when it is
/// of no kind a crew would hand in as a clip; Corrupt when it is, but can't be read.
[[nodiscard]] Result<MediaInput> open_media(const ByteFile& file, std::int64_t end, const std::filesystem::path& name);

/// The same of some stretches of it, as if they lay one after another and were all there is.
[[nodiscard]] Result<MediaInput> open_media(const ByteFile& file, std::vector<Extent> stretches,
                                            const std::filesystem::path& name, Look look = Look::Whole);

}  // namespace changji::mp4
