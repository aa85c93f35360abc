#pragma once

// Opening and demuxing of files, URLs and filter graphs. Internal to capture/.

#include "capture/av/av.hpp"
#include "capture/source_spec.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace changji {

/// What a reader tells its inputs, and hears from them, while they wait for the network.
struct MediaWatch {
    std::atomic<bool> give_up = false;  ///< any thread: whatever waits returns soon
    std::function<void()> on_wait;      ///< called every 100 ms or so of waiting; set before the reading begins
};

/// A file, URL or `lavfi:` graph with at most one picture stream and one sound stream in use.
class MediaInput {
public:
    enum class Track { Picture, Sound };
    enum class Tracks { Picture, Sound, Both };

    /// Io, Corrupt, UnsupportedFormat or InvalidConfig with the source's name. A local file is never allowed
    /// to open another file or address, an address never a local file.
    [[nodiscard]] static Result<std::unique_ptr<MediaInput>> open(const SourceSpec& spec, Tracks wanted,
                                                                  MediaWatch& watch);
    ~MediaInput();

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] bool is_still() const;  ///< one photo
    /// An address that sends at its own time and has no end, played at its own pace.
    [[nodiscard]] bool is_live() const { return live_; }
    /// Null when it isn't wanted, there is none, or none that can be decoded. A cover picture is no picture
    /// stream.
    [[nodiscard]] AVStream* stream(Track track) const { return lanes_[index(track)].stream; }
    [[nodiscard]] AVFormatContext* context() const { return context_.get(); }
    /// A decoder for the track's stream, which must exist.
    [[nodiscard]] Result<av::CodecPtr> open_decoder(Track track) const;
    /// Whether damage that is passed over is told at the end.
    [[nodiscard]] bool tells_damage() const { return damage_ == Damage::Tell; }
    /// What a track ends with that had damage, where it is to be told.
    [[nodiscard]] Error damage_error() const;
    /// Where the earliest of the wanted tracks begins.
    [[nodiscard]] Nanoseconds start() const { return start_; }
    /// When the last of the file's tracks ends, counted from start(), as far as the file says.
    [[nodiscard]] std::optional<Nanoseconds> length() const;
    /// Packets of this track are not read any more.
    void leave_out(Track track);

    /// The packets that follow come from the last key frame of the track at or before `at`, counted from start(); it
    /// may be one behind it where the file's index is poor. Readers opened before are of no use any more. False when
    /// this input can't: open it anew.
    [[nodiscard]] bool seek(Track track, Nanoseconds at);
    /// Reading begins anywhere, not with the first packets: decoders wait for a key frame, clocks for a time stamp.
    [[nodiscard]] bool joins_midway() const { return live_ || sought_; }
    [[nodiscard]] bool was_sought() const { return sought_; }

    enum class Next {
        Packet,
        NotYet,  ///< the other track's packets pile up: deliver them first. Live: nothing was read yet.
        End,
        Failed,  ///< see failure()
    };
    /// The track's next packet in `packet`. Waits for the network, but not once it is to give up; a live input's
    /// packets come by read() alone.
    [[nodiscard]] Next next(Track track, AVPacket& packet);
    [[nodiscard]] const Error& failure() const { return failure_; }

    /// Live inputs: waits for one packet and keeps it for next(). Packet, End, or Failed, also after 2 s of silence.
    [[nodiscard]] Next read();
    /// The packet read last doesn't continue the clock of those before it.
    [[nodiscard]] bool clock_leaped() const { return leaped_; }
    /// Time counts from the packet read last: after a silence or a leap of the sender's clock.
    void count_from_here();

private:
    struct Lane {
        AVStream* stream = nullptr;
        std::deque<av::PacketPtr> packets;
        std::optional<Nanoseconds> last;  ///< time stamp of the packet read last
    };
    MediaInput(const SourceSpec& spec, MediaWatch& watch);
    [[nodiscard]] Status open_context(const SourceSpec& spec);
    [[nodiscard]] Status open_file(const std::string& path);
    [[nodiscard]] Status open_address(const std::string& url);
    [[nodiscard]] bool looks_live(const std::string& scheme) const;
    [[nodiscard]] Next read_packet(std::chrono::seconds wait);
    void note_time(Lane& lane, const AVPacket& packet);
    [[nodiscard]] Status open_graph(const std::string& graph);
    [[nodiscard]] AVFormatContext* make_context();
    [[nodiscard]] Status choose_streams(Tracks wanted);
    [[nodiscard]] AVStream* best_stream(AVMediaType type) const;
    void allow(std::chrono::seconds wait);
    [[nodiscard]] Error read_error(int code) const;
    [[nodiscard]] static bool piles_up(const Lane& lane);
    [[nodiscard]] static int keep_waiting(void* self);
    [[nodiscard]] static std::size_t index(Track track) { return static_cast<std::size_t>(track); }

    struct CloseFile {
        void operator()(AVIOContext* file) const { avio_close(file); }
    };
    std::string name_;
    SourceKind kind_;
    Pace pace_;
    Damage damage_;
    int decoder_threads_;
    MediaWatch& watch_;
    bool is_address_ = false;
    bool live_ = false;
    bool leaped_ = false;
    bool sought_ = false;
    std::atomic<std::int64_t> deadline_ns_ = 0;
    std::unique_ptr<AVIOContext, CloseFile> file_;  ///< outlives the context that reads from it
    av::InputPtr context_;
    std::array<Lane, 2> lanes_;
    Nanoseconds start_{0};
    std::optional<Nanoseconds> last_time_;  ///< of the packet read last, whichever track's
    bool at_end_ = false;
    bool failed_ = false;
    Error failure_;
};

/// A stream's time stamp on the clock of the whole input; nothing for a missing one.
[[nodiscard]] std::optional<Nanoseconds> stream_time(std::int64_t timestamp, AVRational time_base);

/// How the whole stream is to be turned.
[[nodiscard]] Orientation stream_orientation(const AVStream& stream);

}  // namespace changji
