#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "capture/types/queue.hpp"
#include "ui/project/reference.hpp"
#include "ui/session/alerts.hpp"
#include "ui/session/encoder_picker.hpp"
#include "ui/session/running_take.hpp"
#include "ui/session/session.hpp"
#include "ui/session/sound_path.hpp"

namespace changji {

/// What the meters see, hear or are told next: a picture, a block of sound, or the end of a take.
struct MeterItem {
    VideoFrame picture = {};
    SoundBlock sound = {};
    std::shared_ptr<RunningTake> take = {};   ///< that the picture belongs to; none: nothing is recorded
    std::shared_ptr<void> waiting = {};       ///< counts a picture while it waits
    std::shared_ptr<RunningTake> ended = {};  ///< nothing more of that take will come
};

/// The Session behind open_session(). Its parts: live_session.cpp what the crew asks for, live_session_threads.cpp what
/// the threads do, live_session_snapshot.cpp what the screen is told, live_session_trial.cpp a test recording.
///
/// Threads: the sources' two, `framing` (frames → take, preview), `meter`, `finish` (one a take), `trial` and `watch`
/// (time that passes though nothing comes, the disk, the camera's controls). They share what `mutex_` guards.
class LiveSession final : public Session {
public:
    LiveSession(SessionOptions options, Sources sources, std::unique_ptr<SoundPath> sound,
                std::unique_ptr<MeterBank> bank, Rational rate);
    ~LiveSession() override;
    /// Starts the threads and the sources; called once.
    Status run();

    Status start_take(Consent consent) override;
    [[nodiscard]] Status may_start(Consent consent) const override;
    void stop_take() override;
    [[nodiscard]] std::optional<TakeReport> last_report() const override;
    Status start_trial() override;
    void dismiss_trial() override;
    [[nodiscard]] SessionSnapshot snapshot() const override;
    [[nodiscard]] std::optional<VideoFrame> take_preview() override { return preview_.take(); }
    [[nodiscard]] const Preset& preset() const override { return options_.preset; }
    void mark(MarkKind kind, int topic) override;
    Status sign_off(const std::vector<std::string>& clauses) override;
    void look_at_takes() override { takes_changed_ = true; }
    Status change_slate(const Slate& slate) override;
    Status change_script(const std::string& text) override;
    void prompt(const PrompterCommand& command) override;
    Status change_preset(Preset preset) override;
    void adjust_demo(const DemoSettings& settings) override;
    Status set_control(const ControlWish& wish) override;
    Status shape_sound(const SoundShape& shape) override { return sound_->reshape(shape); }
    Status store_reference() override;
    [[nodiscard]] Result<VideoFrame> reference_picture() const override;
    void watch_sound(bool wanted) override { sound_watched_ = wanted; }
    void move_crop(std::optional<CropRect> crop) override;
    void report_preview_rate(double frames_per_s) override;
    [[nodiscard]] double pressure() const override;

private:
    void set_up_camera();
    [[nodiscard]] TakeOrder order_for(const std::filesystem::path& takes_folder) const;
    void choose_encoder(TakeOrder& order) const;
    [[nodiscard]] Nanoseconds limit() const;
    [[nodiscard]] std::optional<Preflight> preflight() const;

    // Threads. Those of the sources:
    void on_picture(VideoFrame frame);
    void on_camera_lost(Error error);
    void on_sound(const SoundBlock& heard);
    void on_sound_lost(Error error);
    // ... of the session:
    void frame_pictures();
    void move_framing();
    void show_frame(const VideoFrame& frame, const std::shared_ptr<RunningTake>& take);
    void run_meters();
    void publish_levels();
    void draw_sound(const SoundBlock& block);
    void publish_readings();
    void keep_watch(const std::stop_token& stopping);
    void look_at_disk();
    void read_takes_again();
    void note_script(RunningTake& take);
    void finish_take();
    [[nodiscard]] Status rewrite(TakeReport& report, const Preset& preset, const Slate& slate) const;
    void publish(TakeReport report, const Preset& judged_by, const std::vector<std::string>& signed_off);
    void judge_trial(const std::stop_token& stopping);
    void end(const std::shared_ptr<RunningTake>& recording);
    /// After the guest, the preset or the text changed. Without the lock: it may wait for a synthesiser.
    void renew_script();

    /// Waits for the sound of its last frame; not for long.
    void settle(const RunningTake& take, const std::stop_token& stopping) const;
    /// Waits until the meters have read all of it; false when that takes too long.
    [[nodiscard]] static bool log_is_complete(RunningTake& take, std::chrono::seconds patience,
                                              const std::stop_token& stopping);
    /// As they are now; `judged_by` outlives them.
    [[nodiscard]] RunningTake::Circumstances circumstances_of(Preset& judged_by) const;
    /// What is recorded now, take or trial.
    [[nodiscard]] std::shared_ptr<RunningTake> picture_take() const;
    [[nodiscard]] std::shared_ptr<RunningTake> sound_take() const;
    [[nodiscard]] bool sound_ended() const;

    // With the lock held.
    void end_take();
    [[nodiscard]] Status refusal(Consent consent) const;
    [[nodiscard]] bool signs_last_take() const;
    void end_trial();
    [[nodiscard]] const std::shared_ptr<RunningTake>& running() const { return take_ ? take_ : trial_; }
    void judge_by(const Preset& preset);
    [[nodiscard]] SoundState sound_state() const;
    [[nodiscard]] std::vector<Message> alerts_now() const;

    SessionOptions options_;
    Sources sources_;
    std::unique_ptr<SoundPath> sound_;
    std::unique_ptr<MeterBank> bank_;  ///< the meters' thread alone
    Framing framing_;                  ///< the framing thread alone
    const bool held_;
    const Rational rate_;
    EncoderPicker picker_;
    std::optional<Preflight> early_preflight_;  ///< of a take that waits for no picture; written before the threads
    std::atomic<int> pictures_to_meters_ = 0;   ///< that wait in to_meters_
    BoundedQueue<VideoFrame> to_framing_;
    BoundedQueue<MeterItem> to_meters_;
    LatestValue<VideoFrame> preview_;
    LatestValue<VideoFrame> newest_picture_;  ///< as the preview, but it stays
    SoundScope sound_scope_;                  ///< the meters' thread alone
    std::atomic<bool> sound_watched_ = false;
    std::atomic<bool> takes_changed_ = false;
    Prompter prompter_;
    std::string prompted_opening_, prompted_text_;  ///< the window's thread alone
    std::optional<std::size_t> script_mark_;        ///< that was noted last; the watch thread alone
    int prompted_take_ = 0;                         ///< and for which take
    std::thread framing_thread_, meter_thread_, finish_thread_;
    std::jthread watch_thread_, trial_thread_;

    mutable std::mutex mutex_;  ///< guards what follows
    Stage stage_ = Stage::Watching;
    std::shared_ptr<RunningTake> take_;                   ///< takes sound until its end is complete
    std::shared_ptr<RunningTake> picture_take_;           ///< the same, until its last frame
    std::shared_ptr<RunningTake> trial_, picture_trial_;  ///< the same of a test recording; never beside a take
    std::optional<TrialResult> trial_result_;
    std::deque<SoundBlock> recent_sound_;
    std::uint64_t frames_lost_at_start_ = 0;
    std::optional<std::optional<CropRect>> new_crop_;
    std::optional<DemoSettings> demo_;
    FramingFacts framing_facts_;
    Readings readings_;
    std::optional<Reference> reference_;
    Preset judged_by_;  ///< the preset, as the crew's reference moves it
    std::vector<FaceBox> faces_;
    SubjectMask subject_;
    std::optional<SoundPicture> sound_picture_;
    std::array<ChannelLevel, sound_channels> levels_{};
    std::vector<ControlState> controls_;
    bool source_ended_ = false;
    bool sound_ended_ = false;
    std::optional<Error> camera_loss_, microphone_loss_;  ///< none while they deliver
    std::optional<Error> trouble_;                        ///< anything else, since the session began
    std::chrono::steady_clock::time_point camera_away_since_{};
    Losses last_losses_;
    std::optional<TakeReport> report_;
    Preset report_preset_;  ///< that it was judged by
    double preview_rate_ = 25.0;
    std::vector<TakeSummary> takes_;
    double disk_minutes_ = -1.0;
};

}  // namespace changji
