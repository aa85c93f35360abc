#include "ui/session/running_take.hpp"

#include <spdlog/spdlog.h>
#include <algorithm>
#include <sstream>

#include "capture/probe.hpp"
#include "capture/take_lock.hpp"
#include "ui/check/evidence_files.hpp"
#include "ui/project/sign_off.hpp"
#include "ui/project/stored_report.hpp"
#include "ui/session/opening_check.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

Status check_room(const TakeOrder& order) {
    std::error_code failure;
    fs::create_directories(order.takes_folder, failure);
    if (failure) {
        return Error{ErrorKind::Io, say("The folder {0} can't be made ({1}): choose a folder you may write to.",
                                        order.takes_folder.string(), failure.message())};
    }
    const auto room = disk_room(order.takes_folder, RecorderSettings{}.max_bitrate_kbps);
    if (!room) return room.error();
    const double needed_minutes = to_seconds(order.limit) / 60.0;
    if (room->minutes_left >= needed_minutes) return {};
    const auto megabytes = [](double bytes) { return std::to_string(static_cast<std::int64_t>(bytes / 1e6)); };
    const double bytes_a_minute = static_cast<double>(room->free_bytes) / std::max(room->minutes_left, 1e-3);
    return Error{ErrorKind::DiskFull,
                 say("The disk of {0} has {1} MB free, a take of this length may need {2} MB: free some space, choose "
                     "another folder or record a shorter take.",
                     order.takes_folder.string(), megabytes(static_cast<double>(room->free_bytes)),
                     megabytes(bytes_a_minute * needed_minutes))};
}

std::string tenths(double seconds) {
    std::ostringstream text;
    text.precision(1);
    text << std::fixed << seconds;
    return text.str();
}

enum class ListenFor { OpeningLine, Nothing };

/// Makes the deliverable, looks at it, listens to it and judges it. The lock is the finished file's; none when it could
/// not be made.
std::optional<TakeLock> judge_finished(TakeReport& report, const Preset& preset, Evidence& evidence,
                                       const TakeFiles& files, ListenFor wanted) {
    report.preset = preset.id;
    evidence.own_take = true;
    evidence.crew = crew_evidence(report);
    auto finished = finish_take(files);
    if (finished) {
        report.file = finished->video.filename().string();
        report.sha256 = finished->sha256;
        report.duration_s = finished->duration_s;
        if (finished->damaged_s > 0.0) {
            evidence.rescued = say("The end of this take was damaged, as a power cut does it: {0} s were left out.",
                                   tenths(finished->damaged_s));
        }
        if (auto facts = probe_file(finished->video)) {
            report.media = *facts;
            evidence.file = *std::move(facts);
        }
    } else {
        report.file = (fs::exists(files.part) ? files.part : files.video).filename().string();
        report.problem = finished.error().message;
    }
    if (finished && wanted == ListenFor::OpeningLine && !evidence.no_microphone) {
        evidence.opening = listen_for_opening(preset, files.video);
    }
    if (evidence.log) {
        evidence.log->settle();
        report.measures = evidence.log->summarise();
    }
    report.verdict = judge(preset, evidence);
    if (report.sha256.empty()) report.verdict.status = VerdictStatus::Fail;
    if (!finished) return std::nullopt;
    return std::move(finished->lock);
}

}  // namespace

RunningTake::RunningTake(TakeOrder order, TakeFiles files, std::unique_ptr<Recorder> recorder)
    : order_(std::move(order)),
      files_(std::move(files)),
      recorder_(std::move(recorder)),
      started_at_(wall_time()),
      meters_(files_.meters, std::ios::binary) {
    meters_ << csv_header() << '\n' << std::flush;
}

Result<std::shared_ptr<RunningTake>> RunningTake::begin(const TakeOrder& order) {
    if (auto room = check_room(order); !room) return room.error();
    auto files = reserve_take(order.takes_folder);
    if (!files) return files.error();
    const auto give_up = [&](const Error& error) {
        std::error_code ignored;
        fs::remove(files->part, ignored);
        return error;
    };
    RecorderSettings settings;
    settings.part_file = files->part;
    settings.rate = order.rate;
    settings.max_frames = order.limit.count() > 0 ? ticks_within(order.limit, order.rate) : 0;
    settings.encoder = order.encoder;
    settings.sound = order.sound;
    settings.when_full = order.when_full;
    TakeOrder taken = order;
    auto recorder = open_recorder(settings);
    if (!recorder && order.encoder_chosen == "preflight" && recorder.error().kind == ErrorKind::UnsupportedFormat) {
        // A graphics chip that worked a moment ago and doesn't now must not cost the take.
        spdlog::warn("{}", in_english(recorder.error().message));
        settings.encoder = taken.encoder = EncoderChoice{};
        taken.encoder_chosen = "default";
        recorder = open_recorder(settings);
    }
    if (!recorder) return give_up(recorder.error());
    return std::shared_ptr<RunningTake>(new RunningTake(std::move(taken), *std::move(files), *std::move(recorder)));
}

void RunningTake::write(const VideoFrame& frame) {
    {
        std::lock_guard guard(mutex_);
        if (!first_frame_at_) first_frame_at_ = frame.captured_at;
        last_frame_at_ = frame.captured_at;
    }
    recorder_->write(frame);
}

void RunningTake::write(const SoundBlock& block) {
    {
        std::lock_guard guard(mutex_);
        sound_until_ = block.captured_at + sound_duration(static_cast<std::int64_t>(block.frames()));
    }
    recorder_->write(block);
}

void RunningTake::log(const MeterRow& row) {
    std::optional<CaptureTime> first_frame_at;
    CaptureTime last_frame_at;
    {
        std::lock_guard guard(mutex_);
        first_frame_at = first_frame_at_;
        last_frame_at = last_frame_at_;
    }
    if (!first_frame_at || row.at < *first_frame_at || row.at > last_frame_at) return;
    std::lock_guard guard(log_mutex_);
    if (!meters_.is_open()) return;
    log_.add(to_seconds(row.at - *first_frame_at), row.readings);
    meters_ << csv_row(log_.rows().back()) << '\n' << std::flush;
}

void RunningTake::close_log(const std::vector<MeterEvent>& events) {
    CaptureTime first, last;
    {
        std::lock_guard guard(mutex_);
        first = first_frame_at_.value_or(CaptureTime::max());
        last = last_frame_at_ + tick_time(1, order_.rate);
    }
    std::lock_guard guard(log_mutex_);
    log_.set_events(within(events, first, last));
    log_closed_ = true;
    log_closes_.notify_all();
}

bool RunningTake::wait_for_log(std::chrono::milliseconds longest) {
    std::unique_lock lock(log_mutex_);
    return log_closes_.wait_for(lock, longest, [this] { return log_closed_; });
}

CaptureTime RunningTake::end() const {
    std::lock_guard guard(mutex_);
    return last_frame_at_ + tick_time(1, order_.rate);
}

RecorderState RunningTake::state() const {
    RecorderState state = recorder_->state();
    const std::int64_t before = frames_lost_before_;
    state.losses.frames_captured += before;
    state.losses.frames_dropped += before;
    state.losses.frames_lost += before;
    return state;
}

double RunningTake::elapsed_s() const { return to_seconds(tick_time(recorder_->state().frames, order_.rate)); }

bool RunningTake::sound_is_complete() const {
    std::lock_guard guard(mutex_);
    return order_.sound == SoundTrack::None || !first_frame_at_ ||
           sound_until_ >= last_frame_at_ + tick_time(1, order_.rate);
}

void RunningTake::mark(MarkKind kind, int topic, int character) {
    const Mark mark{elapsed_s(), kind, topic, character};
    std::lock_guard guard(marks_mutex_);
    marks_.add(mark);
    unsaved_marks_ += journal_line(mark);
}

std::vector<Mark> RunningTake::marks() const {
    std::lock_guard guard(marks_mutex_);
    return marks_.all();
}

void RunningTake::save_marks() {
    std::lock_guard writing(journal_mutex_);
    if (journal_closed_) return;
    std::string lines;
    {
        std::lock_guard guard(marks_mutex_);
        lines.swap(unsaved_marks_);
    }
    if (lines.empty()) return;
    std::ofstream journal(files_.marks, std::ios::binary | std::ios::app);
    journal << lines << std::flush;
    if (!journal) spdlog::warn("the marks can't be written to {} before the take ends", files_.marks.string());
}

void RunningTake::close_journal() {
    save_marks();
    std::lock_guard writing(journal_mutex_);
    journal_closed_ = true;
}

void RunningTake::discard() const {
    std::error_code ignored;
    fs::remove(files_.part, ignored);
    fs::remove(files_.meters, ignored);
    fs::remove(files_.marks, ignored);
}

std::optional<Evidence> RunningTake::take_stock(TakeReport& report, const Status& closed,
                                                const Circumstances& circumstances) {
    report.take = files_.number;
    report.started_at = started_at_;
    report.slate = circumstances.slate;
    report.reference = circumstances.reference;
    report.encoder = order_.encoder;
    report.encoder_chosen = order_.encoder_chosen;
    close_journal();
    report.marks = marks();
    report.losses = state().losses;

    Evidence evidence;
    {
        std::lock_guard guard(log_mutex_);
        meters_.close();
        evidence.log = std::move(log_);
    }
    if (recorder_->state().frames == 0) {
        discard();
        report.problem = closed
                             ? say("No picture came from the source: no take was made. Check the camera or the file.")
                             : closed.error().message;
        return std::nullopt;
    }
    if (!closed) evidence.rescued = report.problem = closed.error().message;
    evidence.losses = report.losses;
    evidence.enlarged = circumstances.enlarged;
    evidence.enlarged_from = circumstances.enlarged_from;
    evidence.no_microphone = order_.sound == SoundTrack::None;
    return evidence;
}

TakeReport RunningTake::finish(const Circumstances& circumstances) {
    TakeReport report;
    const Status closed = recorder_->finish();
    const auto lock = TakeLock::acquire(files_.part);  // the recorder held it until now
    if (auto evidence = take_stock(report, closed, circumstances)) {
        complete_report(report, *circumstances.preset, *std::move(evidence), files_, circumstances.person_model);
    }
    return report;
}

TakeReport RunningTake::finish_trial(const Circumstances& circumstances) {
    TakeReport report;
    const Status closed = recorder_->finish();
    if (auto evidence = take_stock(report, closed, circumstances)) {
        static_cast<void>(judge_finished(report, *circumstances.preset, *evidence, files_, ListenFor::Nothing));
    }
    std::error_code ignored;
    fs::remove(files_.meters, ignored);
    return report;
}

void RunningTake::abandon() {
    static_cast<void>(recorder_->finish());
    discard();
}

void complete_report(TakeReport& report, const Preset& preset, Evidence evidence, const TakeFiles& files,
                     const fs::path& person_model) {
    const auto lock = judge_finished(report, preset, evidence, files,
                                     ListenFor::OpeningLine);  // stays locked until the report is there
    const auto write_report = [&] {
        auto written = write_file_atomically(files.report, with_remarks_of(files.report, take_report_json(report)));
        if (written) return true;
        spdlog::error("{}", in_english(written.error().message));
        if (report.problem.empty()) report.problem = written.error().message;
        return false;
    };
    const bool kept = write_report();
    if (report.sha256.empty()) return;
    std::error_code ignored;
    if (kept) fs::remove(files.marks, ignored);
    if (!evidence.log) return;
    // The report is there already: whatever becomes of its pictures, it is kept.
    fs::path folder = files.report;
    folder.replace_extension(".evidence");
    if (auto saved = save_evidence(files.video, *evidence.log, preset, folder, report.verdict.findings, person_model);
        !saved) {
        spdlog::warn("{}", in_english(saved.error().message));
    }
    if (std::ranges::any_of(report.verdict.findings, [](const Finding& f) { return f.worst_s.has_value(); })) {
        write_report();
    }
}

}  // namespace changji
