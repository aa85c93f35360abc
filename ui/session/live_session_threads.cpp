#include <algorithm>

#include "ui/project/stored_report.hpp"
#include "ui/session/live_session.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

/// Pictures that may wait for the meters of a live source; more are left out, so that memory stays small.
constexpr int most_pictures_to_meters = 12;
/// Sound reaches us before the picture it belongs to: so much of it is kept for the start of a take.
constexpr Nanoseconds sound_kept = 1s;
/// How long the end of a take waits for the sound of its last frame.
constexpr auto sound_grace = 500ms;
/// ... and its report for the meters, which have to read what is held back for them.
constexpr auto log_grace = 3s, held_log_grace = 60s;
constexpr auto watch_interval = 100ms;
constexpr int looks_between_controls = 10;  // asking a camera takes it a moment
constexpr int looks_between_disk = 20;

}  // namespace

void LiveSession::on_picture(VideoFrame frame) {
    {
        std::lock_guard guard(mutex_);
        camera_loss_.reset();
    }
    to_framing_.push(std::move(frame));
}

void LiveSession::on_camera_lost(Error error) {
    const bool may_return = error.kind == ErrorKind::DeviceLost;
    if (error.kind != ErrorKind::EndOfStream) {
        std::lock_guard guard(mutex_);
        if (running()) running()->note_camera_lost(std::chrono::steady_clock::now());
        camera_loss_ = std::move(error);
        camera_away_since_ = std::chrono::steady_clock::now();
    }
    if (!may_return) to_framing_.close();
}

void LiveSession::on_sound(const SoundBlock& heard) {
    SoundBlock block = sound_->take(heard);
    {
        std::lock_guard guard(mutex_);
        microphone_loss_.reset();
        recent_sound_.push_back(block);
        while (block.captured_at - recent_sound_.front().captured_at > sound_kept) recent_sound_.pop_front();
        if (running() && !held_) running()->write(block);
    }
    // A held source may have to wait inside write(): never with the lock.
    if (const auto take = held_ ? sound_take() : nullptr) take->write(block);
    to_meters_.push({.sound = std::move(block)});
}

void LiveSession::on_sound_lost(Error error) {
    std::lock_guard guard(mutex_);
    const bool may_return = error.kind == ErrorKind::DeviceLost;
    sound_ended_ = sound_ended_ || !may_return;
    if (error.kind == ErrorKind::EndOfStream) return;
    if (running()) running()->note_microphone_lost(std::chrono::steady_clock::now());
    microphone_loss_ = std::move(error);
}

void LiveSession::frame_pictures() {
    while (auto source = to_framing_.pop()) {
        const auto take = picture_take();
        move_framing();
        auto framed = framing_.frame(*source);
        if (!framed) {
            std::lock_guard guard(mutex_);
            trouble_ = framed.error();
            continue;
        }
        if (take) take->write(*framed);
        show_frame(*framed, take);
        if (!take && !held_ && !options_.encoder_chosen_by_user && !early_preflight_) picker_.offer(*framed);
        if (take && (take->state().full_length || take->fault())) end(take);
    }
    std::lock_guard guard(mutex_);
    end_take();
    end_trial();
    if (stage_ != Stage::Finishing) stage_ = Stage::Lost;
    source_ended_ = true;
}

void LiveSession::move_framing() {
    std::lock_guard guard(mutex_);
    if (new_crop_) framing_.move_crop(*std::exchange(new_crop_, std::nullopt));
}

std::shared_ptr<RunningTake> LiveSession::picture_take() const {
    std::lock_guard guard(mutex_);
    return picture_take_ ? picture_take_ : picture_trial_;
}

/// By itself: what runs now may already be another.
void LiveSession::end(const std::shared_ptr<RunningTake>& recording) {
    std::lock_guard guard(mutex_);
    if (recording == picture_take_) end_take();
    if (recording == picture_trial_) end_trial();
}

std::shared_ptr<RunningTake> LiveSession::sound_take() const {
    std::lock_guard guard(mutex_);
    return take_;
}

void LiveSession::show_frame(const VideoFrame& frame, const std::shared_ptr<RunningTake>& take) {
    preview_.put(frame);
    newest_picture_.put(frame);
    {
        std::lock_guard guard(mutex_);
        framing_facts_ = framing_.facts();
    }
    if (!held_ && pictures_to_meters_ >= most_pictures_to_meters) return;
    ++pictures_to_meters_;
    std::shared_ptr<void> waiting(nullptr, [this](void*) { --pictures_to_meters_; });
    to_meters_.push({.picture = frame, .take = take, .waiting = std::move(waiting)});
}

void LiveSession::run_meters() {
    MeterFeed feed(*bank_);
    std::shared_ptr<RunningTake> metered;
    const auto log_rows = [&] {
        for (const MeterRow& row : feed.take_rows()) {
            if (metered) metered->log(row);
        }
    };
    while (const auto item = to_meters_.pop()) {
        if (item->sound.samples) {
            feed.hear(item->sound);
            prompter_.hear(item->sound, std::chrono::steady_clock::now());
            publish_levels();
            draw_sound(item->sound);
        } else if (item->ended && item->ended != metered) {
            item->ended->close_log({});  // the meters saw nothing of it
        } else if (item->ended) {
            const auto events = feed.end_take(item->ended->end());
            log_rows();
            item->ended->close_log(events);
            metered.reset();
        } else {
            if (item->take && item->take != metered && !item->take->wait_for_log(0ms)) {
                metered = item->take;
                feed.begin_take();
            }
            if (feed.see(item->picture)) publish_readings();
        }
        log_rows();
    }
}

void LiveSession::publish_levels() {
    std::lock_guard guard(mutex_);
    levels_ = bank_->levels();
}

void LiveSession::draw_sound(const SoundBlock& block) {
    if (!sound_watched_) {
        std::lock_guard guard(mutex_);
        if (sound_picture_) sound_scope_.restart();
        sound_picture_.reset();
    } else if (sound_scope_.hear(block.interleaved())) {
        std::lock_guard guard(mutex_);
        sound_picture_ = sound_scope_.picture();
    }
}

void LiveSession::publish_readings() {
    const Readings readings = bank_->read();
    const SubjectMask subject = bank_->subject();
    std::lock_guard guard(mutex_);
    readings_ = readings;
    faces_ = bank_->faces();
    subject_ = subject;
}

void LiveSession::keep_watch(const std::stop_token& stopping) {
    CameraControls* const camera = sources_.video->controls();
    for (int looks = 0; !stopping.stop_requested(); ++looks) {
        if (const auto take = held_ ? nullptr : picture_take()) {
            take->pass_time(std::chrono::steady_clock::now());
            if (take->state().full_length) end(take);
        }
        if (const auto take = sound_take()) {
            note_script(*take);
            take->save_marks();
        }
        if (camera && looks % looks_between_controls == 0) {
            auto states = camera->list();
            std::lock_guard guard(mutex_);
            controls_ = std::move(states);
        }
        if (looks % looks_between_disk == 0) look_at_disk();
        if (takes_changed_) read_takes_again();
        std::this_thread::sleep_for(watch_interval);
    }
}

/// Which question of the script is read when: each is marked once the prompter comes to it.
void LiveSession::note_script(RunningTake& take) {
    const PrompterState state = prompter_.at(std::chrono::steady_clock::now());
    const auto script = prompter_.script();
    if (take.number() != prompted_take_) script_mark_.reset();
    prompted_take_ = take.number();
    if (!state.running) return;
    std::optional<std::size_t> mark;
    for (const ScriptMark& each : script->marks()) {
        if (static_cast<double>(each.character) > state.character) break;
        mark = each.character;
    }
    if (mark && mark != script_mark_) take.mark(MarkKind::Script, 0, static_cast<int>(state.character));
    script_mark_ = mark;
}

void LiveSession::look_at_disk() {
    const auto room = disk_room(options_.project.folder, RecorderSettings{}.max_bitrate_kbps);
    std::lock_guard guard(mutex_);
    disk_minutes_ = room ? room->minutes_left : -1.0;
}

/// Not between a take's end and its report, which reads them itself.
void LiveSession::read_takes_again() {
    int last = 0;
    {
        std::lock_guard guard(mutex_);
        if (stage_ != Stage::Watching && stage_ != Stage::Lost) return;
        takes_changed_ = false;
        if (report_) last = report_->take;
    }
    auto takes = summarise_takes(options_.project.takes_folder());
    const StoredReport stored = read_report(take_files(options_.project.takes_folder(), last).report);
    std::lock_guard guard(mutex_);
    if (stage_ != Stage::Watching && stage_ != Stage::Lost) return;
    takes_ = std::move(takes);
    if (!report_ || report_->take != last) return;
    if (stored.state == ReportState::Missing) {
        report_.reset();  // deleted: nobody may write it again
    } else if (stored.state == ReportState::Whole) {
        report_->marks = stored.report.marks;
        report_->verdict = stored.report.verdict;
        report_->slate.confirmed_clauses = stored.report.slate.confirmed_clauses;
    }
}

void LiveSession::settle(const RunningTake& take, const std::stop_token& stopping) const {
    const auto deadline = std::chrono::steady_clock::now() + sound_grace;
    while (!take.sound_is_complete() && !sound_ended() && !stopping.stop_requested() &&
           std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(5ms);
    }
}

bool LiveSession::log_is_complete(RunningTake& take, std::chrono::seconds patience, const std::stop_token& stopping) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!stopping.stop_requested() && std::chrono::steady_clock::now() < deadline) {
        if (take.wait_for_log(50ms)) return true;
    }
    return false;
}

RunningTake::Circumstances LiveSession::circumstances_of(Preset& judged_by) const {
    RunningTake::Circumstances circumstances;
    circumstances.preset = &judged_by;
    circumstances.person_model = options_.person_model;
    std::lock_guard guard(mutex_);
    judged_by = judged_by_;
    if (reference_) circumstances.reference = reference_->readings;
    circumstances.slate = options_.project.slate;
    circumstances.enlarged = framing_facts_.enlarged;
    circumstances.enlarged_from =
        std::to_string(framing_facts_.crop.width_px) + "x" + std::to_string(framing_facts_.crop.height_px);
    return circumstances;
}

void LiveSession::finish_take() {
    const auto take = sound_take();
    settle(*take, {});
    to_meters_.push({.ended = take});
    if (!log_is_complete(*take, held_ ? held_log_grace : log_grace, {})) take->close_log({});
    {
        std::lock_guard guard(mutex_);
        take_.reset();
    }
    Preset judged_by;
    const RunningTake::Circumstances circumstances = circumstances_of(judged_by);
    if (CameraControls* controls = sources_.video->controls()) controls->release_automatic();
    TakeReport report = take->finish(circumstances);
    publish(std::move(report), judged_by, circumstances.slate.confirmed_clauses);
}

/// What was signed off while the take was being finished reaches its report now.
void LiveSession::publish(TakeReport report, const Preset& judged_by, const std::vector<std::string>& signed_off) {
    std::vector<std::string> known = signed_off;
    for (;;) {
        auto takes = summarise_takes(options_.project.takes_folder());
        std::unique_lock guard(mutex_);
        Slate& slate = options_.project.slate;
        if (slate.confirmed_clauses != known && !report.file.empty()) {
            const Slate now = slate;
            known = slate.confirmed_clauses;
            guard.unlock();
            const Status written = rewrite(report, judged_by, now);
            guard.lock();
            if (!written) trouble_ = written.error();
            continue;
        }
        // What was signed off was signed off for this take: the next one has its own opening line to hear.
        if (!slate.confirmed_clauses.empty()) {
            slate.confirmed_clauses.clear();
            if (auto saved = save_project(options_.project); !saved) trouble_ = saved.error();
        }
        last_losses_ = report.losses.value_or(Losses{});
        report_ = std::move(report);
        report_preset_ = judged_by;
        takes_ = std::move(takes);
        stage_ = source_ended_ ? Stage::Lost : Stage::Watching;
        return;
    }
}

bool LiveSession::sound_ended() const {
    std::lock_guard guard(mutex_);
    return sound_ended_;
}

}  // namespace changji
