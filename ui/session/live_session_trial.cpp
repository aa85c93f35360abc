#include "ui/session/live_session.hpp"

namespace changji {
namespace {

/// On a busy machine the meters come late. Nothing waits for a trial, so it can wait for them.
constexpr std::chrono::seconds log_patience{20};

}  // namespace

Status LiveSession::start_trial() {
    {
        std::lock_guard guard(mutex_);
        if (stage_ == Stage::Recording || stage_ == Stage::Finishing) {
            return Error{ErrorKind::DeviceBusy,
                         say("A take is being recorded or finished: a test recording has to wait.")};
        }
        if (stage_ == Stage::Lost || camera_loss_) {
            return Error{ErrorKind::DeviceLost,
                         say("There is no picture to test: connect the camera, or choose another in the set-up.")};
        }
        if (held_) {
            return Error{ErrorKind::UnsupportedFormat,
                         say("A file that waits can't be tested: choose a camera in the set-up.")};
        }
        if (trial_) return {};
    }
    dismiss_trial();
    TakeOrder order = order_for(trial_folder(options_.project.folder));
    order.limit = trial_length;
    clear_trials(order.takes_folder);
    auto begun = RunningTake::begin(order);
    if (!begun) return begun.error();
    if (CameraControls* controls = sources_.video->controls(); controls && options_.preset.camera.lock_automatic) {
        controls->lock_automatic();
    }
    std::lock_guard guard(mutex_);
    for (const SoundBlock& block : recent_sound_) (*begun)->write(block);
    trial_ = picture_trial_ = *std::move(begun);
    frames_lost_at_start_ = to_framing_.lost();
    return {};
}

void LiveSession::dismiss_trial() {
    std::shared_ptr<RunningTake> broken_off;
    std::jthread judging;
    {
        std::lock_guard guard(mutex_);
        if (picture_trial_) broken_off = std::exchange(trial_, nullptr);
        picture_trial_.reset();
        judging = std::move(trial_thread_);
    }
    if (judging.joinable()) {
        judging.request_stop();
        judging.join();
    }
    if (broken_off) {
        to_meters_.push({.ended = broken_off});
        if (CameraControls* controls = sources_.video->controls()) controls->release_automatic();
        broken_off->abandon();
    }
    std::lock_guard guard(mutex_);
    trial_.reset();
    trial_result_.reset();
}

/// With the lock held.
void LiveSession::end_trial() {
    if (!picture_trial_) return;
    picture_trial_->add_frames_lost(static_cast<std::int64_t>(to_framing_.lost() - frames_lost_at_start_));
    picture_trial_.reset();
    trial_thread_ = std::jthread([this](const std::stop_token& stopping) { judge_trial(stopping); });
}

void LiveSession::judge_trial(const std::stop_token& stopping) {
    std::shared_ptr<RunningTake> trial;
    {
        std::lock_guard guard(mutex_);
        trial = trial_;
    }
    settle(*trial, stopping);
    to_meters_.push({.ended = trial});
    if (!log_is_complete(*trial, log_patience, stopping)) trial->close_log({});
    if (CameraControls* controls = sources_.video->controls()) controls->release_automatic();
    if (stopping.stop_requested()) return trial->abandon();
    Preset judged_by;
    RunningTake::Circumstances circumstances = circumstances_of(judged_by);
    const TakeReport report = trial->finish_trial(circumstances);
    TrialResult result = trial_result(report, judged_by);
    if (!report.sha256.empty()) {
        result.video = keep_trial(trial_folder(options_.project.folder) / report.file);
    }
    std::lock_guard guard(mutex_);
    trial_.reset();
    trial_result_ = std::move(result);
}

}  // namespace changji
