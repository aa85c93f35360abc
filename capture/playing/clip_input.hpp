#pragma once

// One track of a take's file, read from anywhere. Internal to capture/.

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "capture/av/av.hpp"
#include "capture/mp4/byte_file.hpp"
#include "capture/mp4/index.hpp"
#include "capture/mp4/media_input.hpp"

namespace changji {

enum class ClipTrack { Picture, Sound };

/// What the two tracks of one file share. A file that still grows is taken as long as it was when it was opened.
struct ClipFile {
    std::filesystem::path name;
    mp4::ByteFile bytes;
    mp4::Index index;      ///< empty for a file that is no ISO media file
    Nanoseconds start{0};  ///< of the first picture: time counts from here, as reports do

    /// Io, UnsupportedFormat or Corrupt.
    [[nodiscard]] static Result<std::shared_ptr<const ClipFile>> open(const std::filesystem::path& path);
    /// To be read in order from the start.
    [[nodiscard]] Result<mp4::MediaInput> open_media() const;
    [[nodiscard]] bool in_fragments() const { return index.fragmented && !index.whole_fragments.empty(); }
};

/// The packets of one track. In a finished file FFmpeg seeks by its index; fragments have none, so they are opened anew
/// from the one before the wanted time, as if what lies between had never been.
class ClipInput {
public:
    /// UnsupportedFormat where the file has no such track; Corrupt or Io.
    [[nodiscard]] static Result<ClipInput> open(std::shared_ptr<const ClipFile> file, ClipTrack track);

    /// The packets that follow begin at or before `at`, with a key frame: mostly the last one before it, now and then
    /// an earlier or, by the time pictures are held back for reordering, a later one. False where it can't be sought.
    [[nodiscard]] bool start_before(Nanoseconds at);
    /// The track's next packet; false at its end, or where it can't be read any more.
    [[nodiscard]] bool read(AVPacket& packet);
    [[nodiscard]] const AVStream& stream() const { return *input_->context()->streams[stream_]; }
    /// A decoder for it; the caller sets threads and what may be skipped before it is opened.
    [[nodiscard]] Result<av::CodecPtr> make_decoder() const;
    [[nodiscard]] Error cannot_decode(int code) const;
    /// From the file's start to the end of the track, as far as the file says.
    [[nodiscard]] Nanoseconds length() const;
    /// A time stamp of the track as time of the file.
    [[nodiscard]] Nanoseconds time_of(std::int64_t stamp) const;

private:
    ClipInput(std::shared_ptr<const ClipFile> file, ClipTrack track, mp4::MediaInput input)
        : file_(std::move(file)), track_(track), input_(std::move(input)) {}
    [[nodiscard]] bool choose_stream();
    [[nodiscard]] bool open_fragments(Nanoseconds at);
    [[nodiscard]] bool begins_with_key(std::size_t fragment);

    std::shared_ptr<const ClipFile> file_;
    ClipTrack track_;
    std::optional<mp4::MediaInput> input_;  ///< always there
    int stream_ = 0;
    std::vector<av::PacketPtr> read_ahead_;  ///< at most one
};

}  // namespace changji
