#include "ui/session/live_session.hpp"

#include <algorithm>

#include "analysis/reference.hpp"
#include "ui/project/sign_off.hpp"
#include "ui/project/stored_report.hpp"
#include "ui/prompter/script_file.hpp"

namespace changji {
namespace {

constexpr std::size_t live_meter_items = 512;
constexpr std::size_t held_meter_items = 48;  // a third of them pictures of 3 MB

}  // namespace

LiveSession::LiveSession(SessionOptions options, Sources sources, std::unique_ptr<SoundPath> sound,
                         std::unique_ptr<MeterBank> bank, Rational rate)
    : options_(std::move(options)),
      sources_(std::move(sources)),
      sound_(std::move(sound)),
      bank_(std::move(bank)),
      framing_(options_.crop),
      held_(sources_.video->granted().liveness == Liveness::Held),
      rate_(rate),
      picker_(rate_),
      to_framing_(8, held_ ? WhenFull::Wait : WhenFull::Refuse),
      to_meters_(held_ ? held_meter_items : live_meter_items, held_ ? WhenFull::Wait : WhenFull::DropOldest),
      demo_(sources_.video->granted().demo),
      takes_(summarise_takes(options_.project.takes_folder())) {
    if (auto stored = load_reference(options_.project.folder)) {
        reference_ = *std::move(stored);
    } else {
        trouble_ = stored.error();
    }
    judge_by(options_.preset);
}

LiveSession::~LiveSession() {
    picker_.stop();
    watch_thread_ = {};
    if (sources_.video) sources_.video->stop();
    if (sources_.audio) sources_.audio->stop();
    dismiss_trial();
    stop_take();
    to_framing_.close();
    if (framing_thread_.joinable()) framing_thread_.join();
    if (finish_thread_.joinable()) finish_thread_.join();
    to_meters_.close();
    if (meter_thread_.joinable()) meter_thread_.join();
}

Status LiveSession::run() {
    renew_script();
    set_up_camera();
    if (options_.begin_take == BeginTake::WithFirstFrame) {
        // No picture has come yet, and the take waits for none.
        if (!held_ && !options_.encoder_chosen_by_user) {
            if (auto found = run_preflight(preflight_pictures(), rate_)) early_preflight_ = *std::move(found);
        }
        if (auto begun = start_take(Consent::WithoutSound); !begun) return begun;
    }
    framing_thread_ = std::thread([this] { frame_pictures(); });
    meter_thread_ = std::thread([this] { run_meters(); });
    look_at_disk();
    watch_thread_ = std::jthread([this](const std::stop_token& stopping) { keep_watch(stopping); });
    if (sources_.audio) {
        auto started = sources_.audio->start([this](const SoundBlock& block) { on_sound(block); },
                                             [this](Error error) { on_sound_lost(std::move(error)); });
        if (!started) return started;
    }
    return sources_.video->start([this](VideoFrame frame) { on_picture(std::move(frame)); },
                                 [this](Error error) { on_camera_lost(std::move(error)); });
}

/// Against the flicker of lamps, unless the crew wants otherwise. A camera without such a control needs none.
void LiveSession::set_up_camera() {
    CameraControls* const controls = sources_.video->controls();
    const int power_line_hz = options_.preset.camera.power_line_hz;
    const auto chosen = [](const ControlWish& wish) { return wish.id == ControlId::PowerLine; };
    if (!controls || power_line_hz == 0 || std::ranges::any_of(options_.camera.controls, chosen)) return;
    static_cast<void>(controls->set({ControlId::PowerLine, power_line_hz}));
}

/// With the lock held.
Status LiveSession::refusal(Consent consent) const {
    if (stage_ == Stage::Finishing) {
        return Error{ErrorKind::DeviceBusy, say("The last take is still being finished: wait a moment.")};
    }
    if (stage_ == Stage::Lost) {
        return Error{ErrorKind::DeviceLost, say("There is no picture: connect the camera again, then restart.")};
    }
    if (camera_loss_) return *camera_loss_;
    const Message silent = consent == Consent::WithoutSound ? Message() : no_sound_warning(sound_state());
    if (!silent.empty()) return Error{ErrorKind::NeedsConsent, silent};
    return {};
}

Status LiveSession::may_start(Consent consent) const {
    std::lock_guard guard(mutex_);
    return refusal(consent);
}

Status LiveSession::start_take(Consent consent) {
    std::unique_lock guard(mutex_);
    if (stage_ == Stage::Recording) return {};
    if (auto refused = refusal(consent); !refused) return refused;
    guard.unlock();
    dismiss_trial();
    picker_.stop();
    auto begun = RunningTake::begin(order_for(options_.project.takes_folder()));
    if (!begun) return begun.error();
    if (CameraControls* controls = sources_.video->controls(); controls && options_.preset.camera.lock_automatic) {
        controls->lock_automatic();
    }
    if (finish_thread_.joinable()) finish_thread_.join();
    guard.lock();
    for (const SoundBlock& block : recent_sound_) (*begun)->write(block);
    take_ = picture_take_ = *std::move(begun);
    frames_lost_at_start_ = to_framing_.lost();
    stage_ = Stage::Recording;
    return {};
}

TakeOrder LiveSession::order_for(const std::filesystem::path& takes_folder) const {
    TakeOrder order;
    order.takes_folder = takes_folder;
    order.rate = rate_;
    order.limit = limit();
    choose_encoder(order);
    order.sound = sources_.audio ? SoundTrack::Stereo : SoundTrack::None;
    order.when_full = held_ ? WhenFull::Wait : WhenFull::Refuse;
    return order;
}

void LiveSession::choose_encoder(TakeOrder& order) const {
    order.encoder = options_.encoder;
    order.encoder_chosen = options_.encoder_chosen_by_user ? "user" : "default";
    const auto found = preflight();
    if (!found || options_.encoder_chosen_by_user) return;
    order.encoder = found->encoder;
    order.encoder_chosen = "preflight";
    if (!options_.rate) order.rate = found->rate;
}

std::optional<Preflight> LiveSession::preflight() const {
    return early_preflight_ ? early_preflight_ : picker_.result();
}

Nanoseconds LiveSession::limit() const {
    const Nanoseconds demanded = options_.preset.duration.max;
    return options_.duration ? std::min(demanded, *options_.duration) : demanded;
}

void LiveSession::stop_take() {
    std::lock_guard guard(mutex_);
    end_take();
}

/// With the lock held.
void LiveSession::end_take() {
    if (stage_ != Stage::Recording) return;
    stage_ = Stage::Finishing;
    take_->add_frames_lost(static_cast<std::int64_t>(to_framing_.lost() - frames_lost_at_start_));
    picture_take_.reset();
    finish_thread_ = std::thread([this] { finish_take(); });
}

std::optional<TakeReport> LiveSession::last_report() const {
    std::lock_guard guard(mutex_);
    return report_;
}

void LiveSession::mark(MarkKind kind, int topic) {
    const int character = static_cast<int>(prompter_.at(std::chrono::steady_clock::now()).character);
    std::lock_guard guard(mutex_);
    if (stage_ == Stage::Recording) take_->mark(kind, topic, character);
}

/// With the lock held.
bool LiveSession::signs_last_take() const {
    return report_ && !report_->file.empty() && stage_ != Stage::Recording && stage_ != Stage::Finishing;
}

Status LiveSession::sign_off(const std::vector<std::string>& clauses) {
    std::unique_lock guard(mutex_);
    Slate slate = options_.project.slate;
    slate.confirmed_clauses = clauses;
    if (!signs_last_take()) {
        options_.project.slate = slate;
        return save_project(options_.project);
    }
    // Nobody but this thread begins or ends a take now; the disk is not waited for with the lock.
    TakeReport report = *report_;
    guard.unlock();
    if (auto written = rewrite(report, report_preset_, slate); !written) return written;
    auto takes = summarise_takes(options_.project.takes_folder());
    guard.lock();
    report_ = std::move(report);
    takes_ = std::move(takes);
    return {};
}

Status LiveSession::rewrite(TakeReport& report, const Preset& preset, const Slate& slate) const {
    const std::filesystem::path file = take_files(options_.project.takes_folder(), report.take).report;
    if (const StoredReport stored = read_report(file); stored.state == ReportState::Whole) {
        report.marks = stored.report.marks;  // they may have been changed since
    }
    report = signed_off(std::move(report), preset, slate);
    return write_file_atomically(file, with_remarks_of(file, take_report_json(report)));
}

Status LiveSession::change_slate(const Slate& slate) {
    Status saved;
    {
        std::lock_guard guard(mutex_);
        options_.project.slate = slate;
        saved = save_project(options_.project);
    }
    renew_script();
    return saved;
}

void LiveSession::renew_script() {
    std::string opening, text;
    {
        std::lock_guard guard(mutex_);
        if (options_.preset.opening) {
            opening = options_.preset.opening_line_for(options_.project.slate.spoken_guest());
        }
        text = options_.project.script;
    }
    if (opening == prompted_opening_ && text == prompted_text_) return;
    prompter_.change_script(std::make_shared<const Script>(opening, text), std::chrono::steady_clock::now());
    prompted_opening_ = opening;
    prompted_text_ = text;
}

Status LiveSession::change_script(const std::string& text) {
    Status saved;
    {
        std::lock_guard guard(mutex_);
        options_.project.script = text;
        saved = save_project(options_.project);
    }
    renew_script();
    if (!saved) return saved;
    if (auto kept = keep_script_version(options_.project.folder, text); !kept) return kept.error();
    return {};
}

void LiveSession::prompt(const PrompterCommand& command) { prompter_.obey(command, std::chrono::steady_clock::now()); }

Status LiveSession::change_preset(Preset preset) {
    std::unique_lock guard(mutex_);
    if (stage_ == Stage::Recording || stage_ == Stage::Finishing) {
        return Error{ErrorKind::DeviceBusy, say("The preset can't be changed while a take is recorded or finished.")};
    }
    options_.project.preset = preset.id;
    options_.preset = std::move(preset);
    judge_by(options_.preset);
    auto saved = save_project(options_.project);
    guard.unlock();
    renew_script();
    return saved;
}

void LiveSession::adjust_demo(const DemoSettings& settings) {
    std::lock_guard guard(mutex_);
    demo_ = settings;
    changji::adjust_demo(*sources_.video, sources_.audio.get(), settings);
}

Status LiveSession::set_control(const ControlWish& wish) {
    if (CameraControls* controls = sources_.video->controls()) return controls->set(wish);
    return Error{ErrorKind::UnsupportedFormat, say("This picture source has nothing to adjust.")};
}

/// With the lock held.
void LiveSession::judge_by(const Preset& preset) {
    judged_by_ = reference_ ? with_reference(preset, reference_->readings) : preset;
}

Status LiveSession::store_reference() {
    Reference now{"", wall_time(), {}};
    std::unique_lock guard(mutex_);
    now.readings = reference_of(readings_);
    guard.unlock();
    const auto picture = newest_picture_.peek();
    if (now.readings == Readings{} || !picture) {
        return Error{ErrorKind::InvalidConfig,
                     say("The meters read nothing yet: wait for the picture, then store the reference.")};
    }
    // Writing takes a moment: never with the lock that the recording's threads need.
    if (auto saved = save_reference(options_.project.folder, now, *picture); !saved) return saved;
    guard.lock();
    reference_ = now;
    judge_by(options_.preset);
    return {};
}

Result<VideoFrame> LiveSession::reference_picture() const { return load_reference_picture(options_.project.folder); }

void LiveSession::move_crop(std::optional<CropRect> crop) {
    std::lock_guard guard(mutex_);
    new_crop_ = crop;
}

void LiveSession::report_preview_rate(double frames_per_s) {
    std::lock_guard guard(mutex_);
    preview_rate_ = frames_per_s;
}

}  // namespace changji
