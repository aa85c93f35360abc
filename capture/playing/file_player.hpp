#pragma once

// The thread that decodes and the clock that says what is due. Internal to capture/.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

#include "capture/playing/clip_decoder.hpp"
#include "capture/playing/sound_ring.hpp"

namespace changji {

class FilePlayer final : public Player {
public:
    explicit FilePlayer(std::filesystem::path file);
    ~FilePlayer() override;
    /// Waits until the file is open; an error otherwise, and then nothing else may be called.
    [[nodiscard]] Status opened() { return opening_.get_future().get(); }

    [[nodiscard]] const ClipFacts& facts() const override { return facts_; }
    void seek(std::int64_t frame) override;
    void step(int frames, CaptureTime now) override;
    void play(double rate, CaptureTime now) override;
    void pause(CaptureTime now) override;
    void loop(std::optional<PictureRange> range, CaptureTime now) override;
    [[nodiscard]] Nanoseconds position(CaptureTime now) const override;
    [[nodiscard]] std::int64_t frame_number(CaptureTime now) const override;
    [[nodiscard]] bool is_playing() const override;
    [[nodiscard]] std::optional<VideoFrame> picture(CaptureTime now) override;
    [[nodiscard]] std::optional<VideoFrame> near_picture() override;
    void pull_sound(bool pulled, CaptureTime now) override;
    HeardSound pull(std::span<float> interleaved, CaptureTime heard_at) override;
    [[nodiscard]] Message problem() const override;
    [[nodiscard]] FileChange file_change() const override { return change_; }

private:
    // With the lock held.
    [[nodiscard]] PictureRange range() const { return loop_.value_or(PictureRange{0, facts_.frames}); }
    [[nodiscard]] bool sounds(double rate) const;
    [[nodiscard]] Nanoseconds place(CaptureTime now) const;
    [[nodiscard]] std::int64_t number_at(Nanoseconds at) const;
    void ask(Nanoseconds at, bool playing, double rate);
    void ask_frame(std::int64_t frame, bool playing, double rate);
    void start_clock(CaptureTime now);
    void turn_at_the_end(CaptureTime now);
    [[nodiscard]] bool wants_picture() const;
    [[nodiscard]] bool wants_sound() const;

    // The decoding thread's.
    void run();
    void decode(ClipDecoder& decoder);
    void fetch_picture(ClipDecoder& decoder, std::uint64_t wish, std::int64_t due);
    void fetch_sound(ClipDecoder& decoder, const Wish& wish);

    const std::filesystem::path file_;
    ClipFacts facts_;  ///< never changes once it is open
    std::promise<Status> opening_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Wish wish_;
    std::optional<PictureRange> loop_;
    std::deque<VideoFrame> pictures_;
    std::optional<VideoFrame> near_;  ///< decoded on the way to the one that is wanted
    bool pictures_over_ = false, sounds_over_ = false;
    bool sound_pulled_ = false;
    std::optional<CaptureTime> runs_since_;   ///< by the steady clock, when it stood at base_
    std::optional<CaptureTime> ready_since_;  ///< the first picture is there, its sound may still come
    Nanoseconds base_{0};
    std::int64_t due_ = 0;                ///< the picture asked for last
    std::optional<std::uint64_t> shown_;  ///< number of the picture given last, of this wish
    Message problem_;
    bool stopping_ = false;

    std::atomic<FileChange> change_{FileChange::None};
    std::atomic<std::uint64_t> wanted_{1};  ///< wish_.number, for the sound's thread
    SoundRing ring_;
    AnchorBox anchor_;
    std::thread thread_;
};

}  // namespace changji
