#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "capture/playback.hpp"
#include "capture/types/message.hpp"
#include "capture/types/stretch.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// How a take is played at one moment.
struct TakePlayerState {
    enum class Stage {
        Closed,   ///< no take
        Opening,  ///< asked for, nothing to be seen yet
        Open,     ///< plays or stands
        Failed,   ///< can't be played: `message` says why
    };
    Stage stage = Stage::Closed;
    std::filesystem::path file;  ///< what is played: the finished file as soon as fragments have become one
    ClipFacts facts;             ///< of size, rate, length; of Open alone
    double position_s = 0.0;     ///< from the take's start, as reports and findings count
    double length_s = 0.0;
    std::int64_t frame = 0;  ///< number of the picture that belongs to `position_s`
    double speed = 1.0;      ///< 0.5 to 2, also 4, or −1, −2, −4 backwards; kept while it stands
    bool playing = false;
    bool audible = false;         ///< sound comes with it at this speed, and there is a device to hear it with
    std::optional<Stretch> loop;  ///< what is repeated, in seconds
    Message message;              ///< what isn't as it should be with the file; empty while all is well
};

/// The three keys of an editing desk.
enum class Shuttle {
    Back,   ///< J: backwards, each time twice as fast, up to 4
    Stand,  ///< K
    On,     ///< L: forwards at 1, 2, 4
};

/// Plays a take in the window: its pictures for the preview's texture, its sound through SDL, in step to a picture. A
/// take is opened, read and decoded on threads that give way to a recording; no call waits for them. Fragments play at
/// once, and when they are finished behind it, the finished file takes their place where it stands. Main thread only.
class TakePlayer {
public:
    enum class Part {
        Leading,    ///< with sound, and small pictures to scrub by
        Following,  ///< mute, beside a leading one
    };
    explicit TakePlayer(Part part = Part::Leading);
    ~TakePlayer();
    TakePlayer(const TakePlayer&) = delete;
    TakePlayer& operator=(const TakePlayer&) = delete;

    /// A finished take or the fragments of one. Stands at its first picture. What was open before is closed.
    void open(const std::filesystem::path& file);
    void close();

    // While a take is being opened, seek, loop and toggle are kept for it.
    void toggle();  ///< plays or stands; from the end it plays from the start
    void shuttle(Shuttle key);
    void step(int pictures);               ///< stands, and goes so many on, or back when negative
    void seek(double at_s);                ///< goes on playing if it was; of many in a row only the newest is fetched
    void seek_frame(std::int64_t number);  ///< the same by a picture's number
    void set_speed(double speed);          ///< as in TakePlayerState; the pitch is kept from 0.5 to 2, else it is mute
    /// Plays it over and over from its start, at least a second of it; nothing: on from where it is.
    void loop(std::optional<Stretch> stretch);

    /// Sample pairs that went to the loudspeaker since the last call, the oldest of at most 0.7 s first; how many
    /// samples of `into` were filled.
    [[nodiscard]] std::size_t heard(std::span<float> into);

    [[nodiscard]] TakePlayerState state() const;
    /// Once a drawn frame: a picture that is to be shown from now on, or nothing while the last one stays. One that
    /// takes long to decode is preceded by one from up to a second before it. 1920×1080 I420, limited-range BT.709, as
    /// PreviewRenderer and ScopeDesk want it; `captured_at` is its time in the take.
    [[nodiscard]] std::optional<VideoFrame> picture();
    /// How long until picture() is to be called again; nothing while it stands and its picture has been given.
    [[nodiscard]] std::optional<double> next_picture_in_s() const;

    /// A small picture (I420, 90 px high) from about that time, up to a second early or, while few are made yet,
    /// further off: for a PreviewRenderer of its own. Nothing before the first one is made.
    [[nodiscard]] std::optional<VideoFrame> scrub_picture(double at_s) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace changji
