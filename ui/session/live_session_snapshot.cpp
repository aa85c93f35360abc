#include "ui/session/live_session.hpp"

namespace changji {
SoundState LiveSession::sound_state() const {
    if (options_.microphone.kind == SourceKind::None) return SoundState::Unwanted;
    if (!sources_.audio) return SoundState::Missing;
    if (microphone_loss_) return SoundState::Away;
    return sound_->dead() ? SoundState::Dead : SoundState::Alive;
}

std::vector<Message> LiveSession::alerts_now() const {
    Situation now;
    now.camera_loss = camera_loss_;
    now.microphone_loss = microphone_loss_;
    now.trouble = trouble_;
    now.source_ended = source_ended_;
    now.sound = sound_state();
    if (sources_.audio) now.microphone_problem = sources_.audio->granted().problem;
    now.framing = framing_facts_;
    if (const auto trouble = picture_trouble(judged_by_, readings_); trouble && !camera_loss_) {
        now.picture_trouble = trouble->advice;
    }
    now.preflight = preflight();
    if (take_) {
        now.recording = take_->state();
        now.fault = take_->fault();
    }
    now.disk_minutes = disk_minutes_;
    return alerts_for(now);
}

SessionSnapshot LiveSession::snapshot() const {
    std::lock_guard guard(mutex_);
    SessionSnapshot now;
    now.stage = stage_;
    now.limit_s = to_seconds(limit());
    now.take_number = takes_.empty() ? 1 : takes_.back().number + 1;
    now.losses = last_losses_;
    if (take_) {
        now.take_number = take_->number();
        now.elapsed_s = take_->elapsed_s();
        now.losses = take_->state().losses;
        now.marks = take_->marks();
    }
    if (trial_ || trial_result_) now.trial = Trial{trial_ ? trial_->elapsed_s() : 0.0, trial_result_};
    if (!options_.preset.duration.warnings.empty()) {
        now.next_warning_s = to_seconds(options_.preset.duration.warnings.front());
    }
    now.disk_minutes = disk_minutes_;
    now.meters = live_meters(judged_by_, readings_, reference_ ? reference_->readings : Readings{});
    now.has_reference = reference_.has_value();
    now.readings = readings_;
    now.faces = faces_;
    now.subject = subject_;
    now.sound_picture = sound_picture_;
    now.levels = levels_;
    now.has_sound = sources_.audio != nullptr;
    now.sound_shape = sound_->shape();
    now.framing = framing_facts_;
    now.camera = sources_.video->granted();
    now.controls = controls_;
    if (camera_loss_) {
        now.camera_away_s =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - camera_away_since_).count();
    }
    now.encoder = options_.encoder;
    if (const auto found = preflight(); found && !options_.encoder_chosen_by_user) {
        now.encoder = found->encoder;
        now.encoder_note = found->note;
    }
    if (sources_.audio) now.microphone = sources_.audio->granted().name;
    now.demo = demo_;
    now.note = sources_.note;
    now.alerts = alerts_now();
    for (auto row = takes_.rbegin(); row != takes_.rend(); ++row) {
        const std::string clock = row->started_at.size() >= 16 ? row->started_at.substr(11, 5) : std::string();
        now.takes.push_back({row->number, row->verdict, row->duration_s, clock, row->problem});
    }
    if (report_) now.last_verdict = report_->verdict.status;
    now.slate = options_.project.slate;
    now.sign_offs = signs_last_take() ? SignOffs{report_->take, true, report_->slate.confirmed_clauses}
                                      : SignOffs{now.take_number, false, now.slate.confirmed_clauses};
    now.script = prompter_.script();
    now.prompter = prompter_.at(std::chrono::steady_clock::now());
    now.preview_reduced = preview_rate_ < 5.0;
    now.loss = camera_loss_ ? camera_loss_ : microphone_loss_ ? microphone_loss_ : trouble_;
    return now;
}

double LiveSession::pressure() const {
    std::lock_guard guard(mutex_);
    const double framing = static_cast<double>(to_framing_.size()) / static_cast<double>(to_framing_.capacity());
    if (!take_) return framing;
    const RecorderState state = take_->state();
    const double recording =
        state.capacity > 0 ? static_cast<double>(state.waiting) / static_cast<double>(state.capacity) : 0.0;
    return std::max(framing, recording);
}

}  // namespace changji
