#include "capture/recorder.hpp"

#include "capture/framing.hpp"
#include "capture/recording/encoders.hpp"
#include "capture/recording/fragment_writer.hpp"
#include "capture/recording/frame_pacer.hpp"
#include "capture/recording/interruptions.hpp"
#include "capture/recording/open.hpp"
#include "capture/recording/sound_clock.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <mutex>
#include <thread>

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t max_waiting_frames = 30;  // 3.1 MB each
constexpr std::size_t max_waiting_sounds = 4096;
constexpr std::size_t max_waiting_packets = 3200;  // 30 s and more: a disk may stop for so long
constexpr Nanoseconds sound_before_picture_kept = 10s;
constexpr Nanoseconds hold_behind = 1s;  // a frame that was captured may still be on its way
constexpr Nanoseconds late_sound_awaited = 500ms;

/// What the picture encoder is given: the last frame so many times more, then `frame` unless it has no
/// pixels.
struct PacedPicture {
    std::int64_t repeats = 0;
    VideoFrame frame;
};

/// What the sound's thread is given: sound, or (a block without samples) how far the picture has come.
struct SoundItem {
    SoundBlock block;
    CaptureTime picture;
};

enum class Track { Picture, Sound };
struct EncodedPacket {
    Track track = Track::Picture;
    av::PacketPtr packet;
    CaptureTime encoded_at;
};

std::int64_t sound_frames_in(std::int64_t ticks, Rational rate) {
    const std::int64_t numerator = ticks * sound_rate_hz * rate.den;
    return (numerator + rate.num / 2) / rate.num;
}

/// Sources' threads pace frames and queue; one thread encodes pictures, one sound, one muxes and writes.
/// `picture_mutex_` is taken before `sound_mutex_`; no thread of the recorder's own takes either.
class TakeRecorder final : public Recorder {
public:
    TakeRecorder(const RecorderSettings& settings, PictureEncoder picture, std::optional<SoundEncoder> sound,
                 std::unique_ptr<FragmentWriter> writer)
        : settings_(settings),
          pacer_(settings.rate, settings.max_frames),
          pictures_(std::min(static_cast<std::size_t>(std::ceil(settings.rate.value())), max_waiting_frames),
                    settings.when_full),
          sounds_(max_waiting_sounds, settings.when_full),
          packets_(max_waiting_packets, WhenFull::Wait),
          picture_encoder_(std::move(picture)),
          sound_encoder_(std::move(sound)),
          writer_(std::move(writer)) {
        writer_thread_ = std::thread([this] { write_packets(); });
        picture_thread_ = std::thread([this] { encode_pictures(); });
        if (sound_encoder_) sound_thread_ = std::thread([this] { encode_sound(); });
    }

    ~TakeRecorder() override { static_cast<void>(finish()); }

    void write(const VideoFrame& frame) override {
        std::lock_guard lock(picture_mutex_);
        if (finishing_ || failed_) return;
        newest_picture_ = std::max(newest_picture_, frame.captured_at);
        if (pacer_.full()) return;
        if (frame.width_px != take_width_px || frame.height_px != take_height_px || frame.format != PixelFormat::I420) {
            fail({ErrorKind::UnsupportedFormat,
                  say("A picture of {0}x{1} can't join a take of 1920x1080. Stop, then choose the camera "
                      "again.",
                      std::to_string(frame.width_px), std::to_string(frame.height_px))});
            return;
        }
        ++captured_;
        camera_.returned(frame.captured_at);
        if (no_room()) {
            pacer_.lose(frame.captured_at);
            ++lost_;
            ++dropped_;
            return;
        }
        const Placement placement = pacer_.place(frame.captured_at);
        if (captured_ == 1) start_sound(frame.captured_at);
        if (!placement.taken) ++dropped_;
        if (placement.taken || placement.repeats > 0) {
            queue_picture({placement.repeats, placement.taken ? frame : VideoFrame{}});
        }
        tell_sound(frame.captured_at);
    }

    void write(const SoundBlock& block) override {
        if (!sound_encoder_ || failed_ || block.frames() == 0) return;
        const CaptureTime end = block.captured_at + sound_duration(static_cast<std::int64_t>(block.frames()));
        std::lock_guard lock(sound_mutex_);
        if (sound_closed_) return;
        microphone_.returned(block.captured_at);
        newest_sound_ = std::max(newest_sound_.load(), end);
        if (start_) {
            sounds_.push({block, {}});
            return;
        }
        before_picture_.push_back(block);
        while (end - before_picture_.front().captured_at > sound_before_picture_kept) before_picture_.pop_front();
    }

    void note_camera_lost(CaptureTime now) override {
        std::lock_guard lock(picture_mutex_);
        camera_.lost(newest_picture_, now);
    }
    void note_microphone_lost(CaptureTime now) override {
        std::lock_guard lock(sound_mutex_);
        microphone_.lost(newest_sound_, now);
    }
    void pass_time(CaptureTime now) override {
        if (!camera_.away()) return;
        const CaptureTime until = now - hold_behind;
        std::lock_guard lock(picture_mutex_);
        if (finishing_ || failed_ || captured_ == 0 || !camera_.away() || no_room()) return;
        if (const std::int64_t repeats = pacer_.hold_until(until); repeats > 0) queue_picture({repeats, {}});
        held_until_ = std::max(held_until_, until);
        tell_sound(until);
    }

    RecorderState state() const override {
        RecorderState now;
        now.frames = ticks_;
        now.losses.frames_captured = captured_;
        now.losses.frames_repeated = repeated_;
        now.losses.frames_dropped = dropped_;
        now.losses.frames_lost = lost_;
        now.losses.audio_gap_ms = sound_gap_ms_;
        now.losses.camera_lost = camera_.count();
        now.losses.microphone_lost = microphone_.count();
        now.losses.audio_drift_ppm = drift_ppm_;
        note_gaps(now.losses);
        now.bytes_written = bytes_written_;
        now.waiting = pictures_.size();
        now.capacity = pictures_.capacity();
        now.full_length = full_length();
        const CaptureTime at_disk = at_disk_;
        if (at_disk != CaptureTime{}) now.disk_behind_s = to_seconds(CaptureTime::clock::now() - at_disk);
        return now;
    }

    std::optional<Error> fault() const override {
        std::lock_guard lock(fault_mutex_);
        return fault_;
    }

    Status finish() override {
        std::lock_guard once(finish_mutex_);
        if (writer_thread_.joinable()) {
            close_picture();
            picture_thread_.join();
            close_sound();
            if (sound_thread_.joinable()) sound_thread_.join();
            packets_.close();
            writer_thread_.join();
        }
        const std::optional<Error> wrong = fault();
        return wrong ? Status(*wrong) : Status();
    }

private:
    bool no_room() const { return settings_.when_full == WhenFull::Refuse && pictures_.size() >= pictures_.capacity(); }

    void queue_picture(PacedPicture picture) {
        repeated_ += picture.repeats;
        ticks_ = pacer_.ticks();
        pictures_.push(std::move(picture));
    }

    void start_sound(CaptureTime start) {
        std::lock_guard lock(sound_mutex_);
        start_ = start;
        for (const SoundBlock& block : before_picture_) sounds_.push({block, {}});
        before_picture_.clear();
    }

    // A held source may deliver its picture long before its sound: only live sound can be late.
    void tell_sound(CaptureTime picture) {
        if (sound_encoder_ && settings_.when_full == WhenFull::Refuse) sounds_.push({{}, picture});
    }

    void note_gaps(Losses& losses) const {
        std::lock_guard lock(sound_mutex_);
        if (!start_) return;
        const CaptureTime end = *start_ + tick_time(ticks_, settings_.rate);
        losses.camera_gaps = camera_.stretches(*start_, end);
        losses.microphone_gaps = microphone_.stretches(*start_, end);
    }

    // True only once late sound had its chance, so that the take's last word is not cut off.
    bool full_length() const {
        if (settings_.max_frames == 0 || ticks_ < settings_.max_frames) return false;
        if (!sound_encoder_) return true;
        std::lock_guard lock(picture_mutex_);
        const CaptureTime end = *start_ + tick_time(settings_.max_frames, settings_.rate);
        return newest_sound_.load() >= end || std::max(newest_picture_, held_until_) >= end + late_sound_awaited;
    }

    void close_picture() {
        std::lock_guard lock(picture_mutex_);
        finishing_ = true;
        // Frames lost at the very end, and a camera that never came back.
        const CaptureTime end =
            camera_.away() ? std::max({newest_picture_, held_until_, newest_sound_.load()}) : newest_picture_;
        tail_repeats_ = pacer_.hold_until(end);
        repeated_ += tail_repeats_;
        ticks_ = pacer_.ticks();
        pictures_.close();
    }

    void close_sound() {
        std::lock_guard lock(sound_mutex_);
        sound_closed_ = true;
        sounds_.close();
    }

    void encode_pictures() {
        const OnPacket on_packet = queue_to(Track::Picture);
        VideoFrame shown;
        std::int64_t tick = 0;
        const auto encode = [&](std::int64_t times) {
            for (; times > 0 && !failed_; --times) check(picture_encoder_.encode(shown, tick++, on_packet));
        };
        while (std::optional<PacedPicture> next = pictures_.pop()) {
            encode(next->repeats);
            if (!next->frame.owner) continue;
            shown = std::move(next->frame);
            encode(1);
        }
        encode(tail_repeats_);
        if (!failed_) check(picture_encoder_.flush(on_packet));
    }

    void encode_sound() {
        const OnPacket on_packet = queue_to(Track::Sound);
        std::optional<SoundClock> clock;
        // Sound never gets ahead of the picture, so that it can end with it to the sample.
        const auto encode = [&] {
            drift_ppm_ = clock->drift_ppm();
            sound_gap_ms_ = clock->gap_ms();
            const std::vector<float> ready = clock->pull(sound_frames_in(ticks_, settings_.rate));
            if (!failed_) check(sound_encoder_->encode(ready, on_packet));
        };
        while (std::optional<SoundItem> item = sounds_.pop()) {
            if (!clock) clock.emplace(*start_);
            if (item->block.samples) {
                clock->take(item->block);
            } else {
                clock->fill_behind(item->picture);
            }
            encode();
        }
        if (ticks_ == 0) return;
        if (!clock) clock.emplace(*start_);
        clock->end_at(sound_frames_in(ticks_, settings_.rate));
        encode();
        if (!failed_) check(sound_encoder_->flush(on_packet));
    }

    OnPacket queue_to(Track track) {
        return [this, track](av::PacketPtr packet) {
            packets_.push({track, std::move(packet), CaptureTime::clock::now()});
        };
    }

    // After a fault packets are still taken, so that nobody waits for ever.
    void write_packets() {
        while (std::optional<EncodedPacket> next = packets_.pop()) {
            if (failed_) continue;
            at_disk_ = next->encoded_at;
            check(next->track == Track::Picture ? writer_->write_video(std::move(next->packet))
                                                : writer_->write_audio(std::move(next->packet)));
            bytes_written_ = writer_->bytes_written();
            at_disk_ = CaptureTime{};
        }
        if (!failed_) check(writer_->finish());
        bytes_written_ = writer_->bytes_written();
        writer_.reset();
    }

    void check(const Status& status) {
        if (!status) fail(status.error());
    }

    void fail(const Error& error) {
        std::lock_guard lock(fault_mutex_);
        if (!fault_) fault_ = error;
        failed_ = true;
    }

    const RecorderSettings settings_;

    mutable std::mutex picture_mutex_;
    FramePacer pacer_;
    CaptureTime newest_picture_{};  ///< also of frames that were not taken
    CaptureTime held_until_{};      ///< while the camera was away
    bool finishing_ = false;
    std::int64_t tail_repeats_ = 0;  ///< written before the queue closes, read after

    mutable std::mutex sound_mutex_;
    std::optional<CaptureTime> start_;  ///< of the picture; written before the first push to `sounds_`
    std::deque<SoundBlock> before_picture_;
    bool sound_closed_ = false;

    std::atomic<CaptureTime> newest_sound_{};
    std::atomic<std::int64_t> ticks_ = 0, captured_ = 0, repeated_ = 0, dropped_ = 0, lost_ = 0, sound_gap_ms_ = 0;
    Interruptions camera_, microphone_;
    std::atomic<double> drift_ppm_ = 0.0;
    std::atomic<std::int64_t> bytes_written_ = 0;
    std::atomic<CaptureTime> at_disk_{};  ///< when the packet that is being written was encoded; zero: none is
    std::atomic<bool> failed_ = false;

    mutable std::mutex fault_mutex_;
    std::optional<Error> fault_;

    BoundedQueue<PacedPicture> pictures_;
    BoundedQueue<SoundItem> sounds_;
    BoundedQueue<EncodedPacket> packets_;
    PictureEncoder picture_encoder_;
    std::optional<SoundEncoder> sound_encoder_;
    std::unique_ptr<FragmentWriter> writer_;

    std::mutex finish_mutex_;
    std::thread writer_thread_, picture_thread_, sound_thread_;
};

}  // namespace

Result<std::unique_ptr<Recorder>> open_recorder(const RecorderSettings& settings, std::unique_ptr<ByteSink> sink) {
    if (!settings.rate.is_positive() || settings.max_bitrate_kbps <= 0) {
        return Error{ErrorKind::InvalidConfig,
                     say("A take needs a frame rate and a bit rate above zero. Correct the preset or the options.")};
    }
    av::quiet_log();
    Result<PictureEncoder> picture = PictureEncoder::open(settings.encoder, settings.rate, settings.max_bitrate_kbps);
    if (!picture) return picture.error();
    std::optional<SoundEncoder> sound;
    if (settings.sound == SoundTrack::Stereo) {
        Result<SoundEncoder> opened = SoundEncoder::open();
        if (!opened) return opened.error();
        sound = *std::move(opened);
    }
    Result<std::unique_ptr<FragmentWriter>> writer =
        FragmentWriter::open(std::move(sink), picture->context(), sound ? &sound->context() : nullptr);
    if (!writer) return writer.error();
    return std::unique_ptr<Recorder>(
        std::make_unique<TakeRecorder>(settings, *std::move(picture), std::move(sound), *std::move(writer)));
}

Result<std::unique_ptr<Recorder>> open_recorder(const RecorderSettings& settings) {
    Result<std::unique_ptr<ByteSink>> sink = open_file_sink(settings.part_file);
    if (!sink) return sink.error();
    return open_recorder(settings, *std::move(sink));
}

}  // namespace changji
