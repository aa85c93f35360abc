#include "ui/session.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "ui/rescue.hpp"
#include "ui/running_take.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds meter_interval = 200ms;
/// Sound reaches us before the picture it belongs to: so much of it is kept for the start of a take.
constexpr Nanoseconds sound_kept = 1s;
/// How long the end of a take waits for the sound of its last frame.
constexpr auto sound_grace = 500ms;
constexpr auto disk_look_interval = 2s;
constexpr double disk_minutes_low = 5.0;

/// What the meters see or hear next: one of both.
struct MeterItem {
    VideoFrame picture;
    SoundBlock sound;
};

Rational rate_for(const SessionOptions& options, Rational granted) {
    if (options.rate) return *options.rate;
    Rational nearest{25, 1};
    double distance = 1e9;
    for (const std::string& text : options.preset.file.frame_rates) {
        Rational allowed{25, 1};
        if (std::sscanf(text.c_str(), "%d/%d", &allowed.num, &allowed.den) < 1 || !allowed.is_positive()) continue;
        const double off = granted.is_positive() ? std::abs(allowed.value() - granted.value()) : distance - 1;
        if (off < distance) nearest = allowed, distance = off;
    }
    return nearest;
}

class LiveSession final : public Session {
public:
    LiveSession(SessionOptions options, Sources sources, std::unique_ptr<MeterBank> bank)
        : options_(std::move(options)),
          sources_(std::move(sources)),
          bank_(std::move(bank)),
          framing_(options_.crop),
          camera_(sources_.video->granted()),
          held_(camera_.liveness == Liveness::Held),
          rate_(rate_for(options_, camera_.rate)),
          to_framing_(8, held_ ? WhenFull::Wait : WhenFull::Refuse),
          to_meters_(512, held_ ? WhenFull::Wait : WhenFull::DropOldest),
          demo_(camera_.demo) {}

    ~LiveSession() override {
        if (sources_.video) sources_.video->stop();
        if (sources_.audio) sources_.audio->stop();
        stop_take();
        to_framing_.close();
        if (framing_thread_.joinable()) framing_thread_.join();
        if (finish_thread_.joinable()) finish_thread_.join();
        to_meters_.close();
        if (meter_thread_.joinable()) meter_thread_.join();
    }

    Status run() {
        if (options_.begin_take == BeginTake::WithFirstFrame) {
            if (auto begun = start_take(); !begun) return begun;
        }
        framing_thread_ = std::thread([this] { frame_pictures(); });
        meter_thread_ = std::thread([this] { run_meters(); });
        if (sources_.audio) {
            auto started = sources_.audio->start([this](SoundBlock block) { on_sound(std::move(block)); },
                                                 [this](Error error) { on_sound_lost(std::move(error)); });
            if (!started) return started;
        }
        return sources_.video->start([this](VideoFrame frame) { to_framing_.push(std::move(frame)); },
                                     [this](Error error) { on_camera_lost(std::move(error)); });
    }

    Status start_take() override {
        std::unique_lock guard(mutex_);
        if (stage_ == Stage::Recording) return {};
        if (stage_ == Stage::Finishing) {
            return Error{ErrorKind::DeviceBusy, say("The last take is still being finished: wait a moment.")};
        }
        if (stage_ == Stage::Lost) {
            return Error{ErrorKind::DeviceLost, say("There is no picture: connect the camera again, then restart.")};
        }
        guard.unlock();
        TakeOrder order;
        order.takes_folder = options_.project.takes_folder();
        order.rate = rate_;
        order.limit = limit();
        order.encoder = options_.encoder;
        order.encoder_chosen = options_.encoder_chosen_by_user ? "user" : "default";
        order.sound = sources_.audio ? SoundTrack::Stereo : SoundTrack::None;
        order.when_full = held_ ? WhenFull::Wait : WhenFull::Refuse;
        auto begun = RunningTake::begin(order);
        if (!begun) return begun.error();
        if (finish_thread_.joinable()) finish_thread_.join();
        guard.lock();
        for (const SoundBlock& block : recent_sound_) (*begun)->write(block);
        take_ = picture_take_ = *std::move(begun);
        frames_lost_at_start_ = to_framing_.lost();
        next_meter_at_.reset();
        stage_ = Stage::Recording;
        return {};
    }

    void stop_take() override {
        std::lock_guard guard(mutex_);
        end_take();
    }

    std::optional<TakeReport> last_report() const override {
        std::lock_guard guard(mutex_);
        return report_;
    }

    SessionSnapshot snapshot() const override;

    std::optional<VideoFrame> take_preview() override { return preview_.take(); }
    const Preset& preset() const override { return options_.preset; }

    Status change_slate(const Slate& slate) override {
        std::lock_guard guard(mutex_);
        options_.project.slate = slate;
        return save_project(options_.project);
    }
    Status change_preset(Preset preset) override {
        std::lock_guard guard(mutex_);
        if (stage_ == Stage::Recording || stage_ == Stage::Finishing) {
            return Error{ErrorKind::DeviceBusy,
                         say("The preset can't be changed while a take is recorded or finished.")};
        }
        options_.project.preset = preset.id;
        options_.preset = std::move(preset);
        return save_project(options_.project);
    }
    void adjust_demo(const DemoSettings& settings) override {
        std::lock_guard guard(mutex_);
        demo_ = settings;
        changji::adjust_demo(*sources_.video, sources_.audio.get(), settings);
    }
    void move_crop(std::optional<CropRect> crop) override {
        std::lock_guard guard(mutex_);
        new_crop_ = crop;
    }
    void report_preview_rate(double frames_per_s) override {
        std::lock_guard guard(mutex_);
        preview_rate_ = frames_per_s;
    }
    double pressure() const override {
        std::lock_guard guard(mutex_);
        const double framing = static_cast<double>(to_framing_.size()) / static_cast<double>(to_framing_.capacity());
        if (!take_) return framing;
        const RecorderState state = take_->state();
        const double recording =
            state.capacity > 0 ? static_cast<double>(state.waiting) / static_cast<double>(state.capacity) : 0.0;
        return std::max(framing, recording);
    }

private:
    [[nodiscard]] Nanoseconds limit() const {
        const Nanoseconds demanded = options_.preset.duration.max;
        return options_.duration ? std::min(demanded, *options_.duration) : demanded;
    }

    // ---- the sources' threads
    void on_sound(SoundBlock block) {
        {
            std::lock_guard guard(mutex_);
            recent_sound_.push_back(block);
            while (block.captured_at - recent_sound_.front().captured_at > sound_kept) recent_sound_.pop_front();
            if (take_ && !held_) take_->write(block);
        }
        // A held source may have to wait inside write(): never with the lock.
        if (const auto take = held_ ? sound_take() : nullptr) take->write(block);
        to_meters_.push({.picture = {}, .sound = std::move(block)});
    }
    void on_sound_lost(Error error) {
        std::lock_guard guard(mutex_);
        sound_ended_ = true;
        if (error.kind == ErrorKind::EndOfStream) return;
        if (take_) take_->note_microphone_lost();
        loss_ = std::move(error);
    }
    void on_camera_lost(Error error) {
        {
            std::lock_guard guard(mutex_);
            if (error.kind != ErrorKind::EndOfStream) {
                if (take_) take_->note_camera_lost();
                loss_ = std::move(error);
            }
        }
        to_framing_.close();
    }

    // ---- the framing thread
    void frame_pictures() {
        while (auto source = to_framing_.pop()) {
            const auto take = prepare_frame();
            auto framed = framing_.frame(*source);
            if (!framed) {
                std::lock_guard guard(mutex_);
                loss_ = framed.error();
                continue;
            }
            if (take) take->write(*framed);
            show_frame(*framed);
            if (take && (take->state().full_length || take->fault())) stop_take();
        }
        std::lock_guard guard(mutex_);
        end_take();
        if (stage_ != Stage::Finishing) stage_ = Stage::Lost;
        camera_gone_ = true;
    }

    std::shared_ptr<RunningTake> prepare_frame() {
        std::lock_guard guard(mutex_);
        if (new_crop_) framing_.move_crop(*std::exchange(new_crop_, std::nullopt));
        return picture_take_;
    }
    std::shared_ptr<RunningTake> sound_take() const {
        std::lock_guard guard(mutex_);
        return take_;
    }

    void show_frame(const VideoFrame& frame) {
        preview_.put(frame);
        bool metered = false;
        {
            std::lock_guard guard(mutex_);
            framing_facts_ = framing_.facts();
            metered = !next_meter_at_ || frame.captured_at >= *next_meter_at_;
            if (metered) {
                const bool in_step = next_meter_at_ && frame.captured_at < *next_meter_at_ + meter_interval;
                next_meter_at_ = (in_step ? *next_meter_at_ : frame.captured_at) + meter_interval;
            }
        }
        if (metered) to_meters_.push({.picture = frame, .sound = {}});
    }

    // ---- the meters' thread
    void run_meters() {
        std::shared_ptr<RunningTake> metered_take;
        while (auto item = to_meters_.pop()) {
            const auto take = sound_take();
            if (take != metered_take) take ? bank_->begin_take() : bank_->end_take();
            metered_take = take;
            if (item->sound.samples) {
                bank_->hear(item->sound);
                std::lock_guard guard(mutex_);
                levels_ = bank_->levels();
                continue;
            }
            bank_->see(item->picture);
            const Readings readings = bank_->read();
            if (take) take->log(item->picture.captured_at, readings);
            std::lock_guard guard(mutex_);
            readings_ = readings;
            faces_ = bank_->faces();
        }
    }

    // ---- the end of a take; with the lock held
    void end_take() {
        if (stage_ != Stage::Recording) return;
        stage_ = Stage::Finishing;
        take_->add_frames_lost(static_cast<std::int64_t>(to_framing_.lost() - frames_lost_at_start_));
        picture_take_.reset();
        finish_thread_ = std::thread([this] { finish_take(); });
    }

    void finish_take() {
        const auto take = sound_take();
        const auto deadline = std::chrono::steady_clock::now() + sound_grace;
        while (!take->sound_is_complete() && !sound_ended() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(5ms);
        }
        // Held sources come faster than the meters look: their last rows belong to the take too.
        while (held_ && to_meters_.size() > 0) std::this_thread::sleep_for(5ms);
        RunningTake::Circumstances circumstances;
        circumstances.preset = &options_.preset;
        {
            std::lock_guard guard(mutex_);
            take_.reset();
            circumstances.slate = options_.project.slate;
            circumstances.enlarged = framing_facts_.enlarged;
            circumstances.enlarged_from =
                std::to_string(framing_facts_.crop.width_px) + "x" + std::to_string(framing_facts_.crop.height_px);
        }
        TakeReport report = take->finish(circumstances);
        std::lock_guard guard(mutex_);
        // What was signed off was signed off for this take: the next one has its own opening line to hear.
        if (!options_.project.slate.confirmed_clauses.empty()) {
            options_.project.slate.confirmed_clauses.clear();
            if (auto saved = save_project(options_.project); !saved && !loss_) loss_ = saved.error();
        }
        last_losses_ = report.losses.value_or(Losses{});
        report_ = std::move(report);
        takes_ = summarise_takes(options_.project.takes_folder());
        stage_ = camera_gone_ ? Stage::Lost : Stage::Watching;
    }
    bool sound_ended() const {
        std::lock_guard guard(mutex_);
        return sound_ended_;
    }

    std::vector<Message> alerts_now() const;
    double disk_minutes() const;

    SessionOptions options_;
    Sources sources_;
    std::unique_ptr<MeterBank> bank_;  ///< the meters' thread alone
    Framing framing_;                  ///< the framing thread alone
    const VideoSettings camera_;
    const bool held_;
    const Rational rate_;
    BoundedQueue<VideoFrame> to_framing_;
    BoundedQueue<MeterItem> to_meters_;
    LatestValue<VideoFrame> preview_;
    std::thread framing_thread_, meter_thread_, finish_thread_;

    mutable std::mutex mutex_;  ///< guards what follows
    Stage stage_ = Stage::Watching;
    std::shared_ptr<RunningTake> take_;          ///< takes sound until its end is complete
    std::shared_ptr<RunningTake> picture_take_;  ///< the same, until its last frame
    std::deque<SoundBlock> recent_sound_;
    std::uint64_t frames_lost_at_start_ = 0;
    std::optional<CaptureTime> next_meter_at_;
    std::optional<std::optional<CropRect>> new_crop_;
    std::optional<DemoSettings> demo_;
    FramingFacts framing_facts_;
    Readings readings_;
    std::vector<FaceBox> faces_;
    std::array<ChannelLevel, sound_channels> levels_{};
    bool camera_gone_ = false;
    bool sound_ended_ = false;
    std::optional<Error> loss_;
    Losses last_losses_;
    std::optional<TakeReport> report_;
    double preview_rate_ = 25.0;
    std::vector<TakeSummary> takes_ = summarise_takes(options_.project.takes_folder());
    mutable double disk_minutes_ = -1.0;
    mutable std::chrono::steady_clock::time_point disk_looked_at_{};
};

double LiveSession::disk_minutes() const {
    const auto now = std::chrono::steady_clock::now();
    if (disk_looked_at_ == std::chrono::steady_clock::time_point{} || now - disk_looked_at_ > disk_look_interval) {
        disk_looked_at_ = now;
        std::filesystem::path folder = options_.project.folder;
        while (!folder.empty() && !std::filesystem::exists(folder) && folder != folder.parent_path()) {
            folder = folder.parent_path();
        }
        const auto room = disk_room(folder.empty() ? "." : folder, RecorderSettings{}.max_bitrate_kbps);
        disk_minutes_ = room ? room->minutes_left : -1.0;
    }
    return disk_minutes_;
}

std::vector<Message> LiveSession::alerts_now() const {
    std::vector<Message> alerts;
    if (loss_) alerts.push_back(loss_->message);
    if (camera_gone_ && !loss_) alerts.push_back(say("The source has come to its end."));
    if (!sources_.audio) alerts.push_back(say("No microphone: the take will have no sound and fail the sound clause."));
    if (framing_facts_.enlarged) {
        alerts.push_back(
            say("The camera gives only {0} by {1} pixels: the take is enlarged and fails the 1080p clause. Choose "
                "another camera or format.",
                std::to_string(framing_facts_.crop.width_px), std::to_string(framing_facts_.crop.height_px)));
    }
    if (take_) {
        if (const auto fault = take_->fault()) alerts.push_back(fault->message);
        const Losses losses = take_->state().losses;
        if (losses.frames_lost > 0) {
            alerts.push_back(say("{0} frames lost: the machine is too slow. Close other programs.",
                                 std::to_string(losses.frames_lost)));
        }
    }
    const double minutes = disk_minutes();
    if (minutes >= 0.0 && minutes < disk_minutes_low) {
        alerts.push_back(say("The disk is nearly full: free some space before the next take."));
    }
    return alerts;
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
    }
    if (!options_.preset.duration.warnings.empty()) {
        now.next_warning_s = to_seconds(options_.preset.duration.warnings.front());
    }
    now.disk_minutes = disk_minutes();
    now.meters = live_meters(options_.preset, readings_);
    now.readings = readings_;
    now.faces = faces_;
    now.levels = levels_;
    now.has_sound = sources_.audio != nullptr;
    now.framing = framing_facts_;
    now.camera = camera_;
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
    now.preview_reduced = preview_rate_ < 5.0;
    now.loss = loss_;
    return now;
}

}  // namespace

Result<std::unique_ptr<Session>> open_session(SessionOptions options) {
    auto sources = open_sources(options.camera, options.microphone);
    if (!sources) return sources.error();
    auto bank = open_meter_bank();
    if (!bank) return bank.error();
    auto session = std::make_unique<LiveSession>(std::move(options), *std::move(sources), *std::move(bank));
    if (auto running = session->run(); !running) return running.error();
    return std::unique_ptr<Session>(std::move(session));
}

}  // namespace changji
