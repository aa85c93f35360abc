#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "analysis/meter_feed.hpp"
#include "analysis/take_log.hpp"
#include "analysis/verdict.hpp"
#include "capture/recorder.hpp"
#include "capture/takes.hpp"
#include "presets/preset.hpp"
#include "ui/project/marks.hpp"
#include "ui/project/project.hpp"
#include "ui/project/report.hpp"

namespace changji {

struct TakeOrder {
    std::filesystem::path takes_folder;
    Rational rate{25, 1};
    Nanoseconds limit{0};
    EncoderChoice encoder;
    std::string encoder_chosen;
    SoundTrack sound = SoundTrack::Stereo;
    WhenFull when_full = WhenFull::Refuse;
};

/// One take from its first frame to its report. Frames come from the framing thread, sound from the
/// microphone's, readings from the meters'; finish() is called once, when all of them have let go.
class RunningTake {
public:
    /// Reserves the next number and opens the recorder and the meters file. DiskFull when there is no room for
    /// a take of that length, Io when the folder can't be written; nothing is left behind then.
    [[nodiscard]] static Result<std::shared_ptr<RunningTake>> begin(const TakeOrder& order);

    void write(const VideoFrame& frame);
    void write(const SoundBlock& block);
    /// A row of the meters file, if it lies inside the take.
    void log(const MeterRow& row);
    /// The meters have said all of this take; what happened in it is given last.
    void close_log(const std::vector<MeterEvent>& events);
    /// Waits until close_log() was called; false when that takes longer.
    [[nodiscard]] bool wait_for_log(std::chrono::milliseconds longest);
    /// The end of the last frame.
    [[nodiscard]] CaptureTime end() const;
    void note_camera_lost(CaptureTime now) { recorder_->note_camera_lost(now); }
    void note_microphone_lost(CaptureTime now) { recorder_->note_microphone_lost(now); }
    void pass_time(CaptureTime now) { recorder_->pass_time(now); }
    /// Frames that were lost before they reached the take, because the machine was too slow.
    void add_frames_lost(std::int64_t frames) { frames_lost_before_ += frames; }

    /// The present moment is marked; see Mark. Any thread; waits for no disk.
    void mark(MarkKind kind, int topic, int character);
    [[nodiscard]] std::vector<Mark> marks() const;
    /// Appends what was marked since the last call to the journal beside the take, which survives a crash.
    void save_marks();

    [[nodiscard]] int number() const { return files_.number; }
    [[nodiscard]] RecorderState state() const;
    [[nodiscard]] std::optional<Error> fault() const { return recorder_->fault(); }
    [[nodiscard]] double elapsed_s() const;
    /// Sound has arrived up to the end of the last frame.
    [[nodiscard]] bool sound_is_complete() const;

    /// What is known of the crew's and the source's side when the take ends.
    struct Circumstances {
        const Preset* preset = nullptr;
        Slate slate;
        bool enlarged = false;
        std::string enlarged_from;
        Readings reference;                  ///< the crew's own; empty: none
        std::filesystem::path person_model;  ///< as the meters had it
    };
    /// Closes the file, makes the deliverable, judges it and writes the report. The report is returned also when
    /// something failed: `problem` says what, and where the fragments lie.
    [[nodiscard]] TakeReport finish(const Circumstances& circumstances);
    /// The same in place of finish() for a trial: nothing but the deliverable is left, and no pictures are made of it.
    [[nodiscard]] TakeReport finish_trial(const Circumstances& circumstances);
    /// In place of finish(): nothing is left of it.
    void abandon();

private:
    void close_journal();
    /// What the recording knows of itself once it is closed; none when there is not a single frame.
    [[nodiscard]] std::optional<Evidence> take_stock(TakeReport& report, const Status& closed,
                                                     const Circumstances& circumstances);
    void discard() const;  ///< the files of a take without a single frame
    RunningTake(TakeOrder order, TakeFiles files, std::unique_ptr<Recorder> recorder);

    const TakeOrder order_;
    const TakeFiles files_;
    std::unique_ptr<Recorder> recorder_;
    const std::string started_at_;
    std::atomic<std::int64_t> frames_lost_before_{0};

    mutable std::mutex mutex_;  ///< guards what follows; held by nobody who waits for the disk
    std::optional<CaptureTime> first_frame_at_;
    CaptureTime last_frame_at_;
    CaptureTime sound_until_;

    mutable std::mutex marks_mutex_;  ///< guards what follows; never held while the disk works
    TakeMarks marks_;
    std::string unsaved_marks_;

    std::mutex journal_mutex_;  ///< held while the journal is written; guards what follows
    bool journal_closed_ = false;

    std::mutex log_mutex_;  ///< guards what follows
    std::condition_variable log_closes_;
    bool log_closed_ = false;
    std::ofstream meters_;
    TakeLog log_;
};

/// Judges a finished file and fills the report: used for a take that just ended and for a rescued one.
void complete_report(TakeReport& report, const Preset& preset, Evidence evidence, const TakeFiles& files,
                     const std::filesystem::path& person_model = {});

}  // namespace changji
