#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/meter_bank.hpp"
#include "analysis/sound/sound_scope.hpp"
#include "analysis/verdict.hpp"
#include "capture/camera_controls.hpp"
#include "capture/framing.hpp"
#include "capture/recorder.hpp"
#include "capture/source.hpp"
#include "presets/preset.hpp"
#include "ui/project/project.hpp"
#include "ui/project/report.hpp"
#include "ui/prompter/prompter.hpp"
#include "ui/session/trial.hpp"

namespace changji {

enum class Stage {
    Watching,  ///< sources run, meters move, nothing is written
    Recording,
    Finishing,  ///< the take is being made into its deliverable; sources still run
    Lost,       ///< the source has come to its end; recording is not possible
};

/// A take as the list shows it.
struct TakeRow {
    int number = 0;
    std::optional<VerdictStatus> verdict;  ///< none: not finished yet, or its report is missing
    double duration_s = 0.0;
    std::string started_at;  ///< "10:32"
    Message problem;         ///< why there is no verdict; may be empty
};

/// What people signed off, and for which take: the running one, else the last one made, else the first to come.
struct SignOffs {
    int take = 0;
    bool made = false;  ///< the take is over: its report is written again with every change
    std::vector<std::string> clauses;
};

/// Everything the screen shows, at one moment. A plain value: panels read it and never ask for more.
struct SessionSnapshot {
    Stage stage = Stage::Watching;
    int take_number = 1;          ///< of the take being recorded, else of the next one
    double elapsed_s = 0.0;       ///< of the running take
    double limit_s = 0.0;         ///< the preset's; 0: none
    double next_warning_s = 0.0;  ///< remaining time below which the timer turns urgent
    double disk_minutes = 0.0;    ///< left at the capped bitrate; negative: unknown
    std::array<LiveMeter, 3> meters;
    Readings readings;
    std::vector<FaceBox> faces;
    SubjectMask subject;                        ///< what they and their shoulders cover, as the meters have it
    std::optional<SoundPicture> sound_picture;  ///< while watch_sound() is on and sound comes
    std::array<ChannelLevel, sound_channels> levels;
    bool has_sound = false;
    SoundShape sound_shape;
    Losses losses;  ///< of the running or last take
    FramingFacts framing;
    VideoSettings camera;
    std::vector<ControlState> controls;  ///< of the camera, as of the last second; empty: it has none
    double camera_away_s = 0.0;          ///< how long the camera has delivered nothing; 0: it delivers
    std::string microphone;              ///< for a person; empty: none
    EncoderChoice encoder;               ///< of the running or the next take
    Message encoder_note;                ///< what the pre-flight chose and why; empty until it is over
    std::optional<DemoSettings> demo;    ///< present while the picture is the demo scene
    Message note;                        ///< what `auto` chose and why; may be empty
    std::vector<Message> alerts;         ///< what the crew must know now; empty while all is well
    std::vector<TakeRow> takes;          ///< newest first
    std::optional<VerdictStatus> last_verdict;
    std::optional<Error> loss;  ///< why there is no picture or sound now; none while both come
    Slate slate;
    SignOffs sign_offs;
    std::vector<Mark> marks;               ///< of the running take
    std::optional<Trial> trial;            ///< running, being judged, or judged and not yet dismissed
    std::shared_ptr<const Script> script;  ///< the opening line and the crew's text; none: a session without prompter
    PrompterState prompter;
    bool has_reference = false;    ///< the meters also say how far they are from it
    bool preview_reduced = false;  ///< preview gives way: the machine is too slow for both
};

enum class BeginTake {
    WhenAsked,
    WithFirstFrame,  ///< the take starts with the source's very first frame: files, which can't be asked to wait
};

struct SessionOptions {
    Preset preset;
    Project project;
    BeginTake begin_take = BeginTake::WhenAsked;
    SourceSpec camera;
    SourceSpec microphone;
    std::optional<Rational> rate;  ///< none: by the source and the preset
    EncoderChoice encoder;
    bool encoder_chosen_by_user = false;
    std::optional<CropRect> crop;
    std::optional<Nanoseconds> duration;  ///< shorter than the preset's limit
    std::filesystem::path person_model;   ///< the user's own segmentation network; empty: a template
};

/// What the crew knows and wants nevertheless.
enum class Consent { NotGiven, WithoutSound };

/// Joins the rooms: sources → framing → recorder, meters and preview; owns the threads between them.
/// Used by one thread (the window's, or the command's); the sources' threads end inside.
class Session {
public:
    virtual ~Session() = default;  ///< finishes a running take first

    /// Begins a take with the next frame. Io or DiskFull when it can't be written; NeedsConsent when the microphone
    /// is missing or dead though nobody asked for a take without sound: the message says so, asking again with
    /// consent records. Nothing is lost then.
    virtual Status start_take(Consent consent = Consent::NotGiven) = 0;
    /// What start_take() would refuse now, before it touches the disk: for who counts down first.
    [[nodiscard]] virtual Status may_start(Consent consent) const = 0;
    /// Ends the take; it is finished, judged and reported on a thread of its own (Stage::Finishing).
    virtual void stop_take() = 0;
    /// The report of the last take, once it is finished.
    [[nodiscard]] virtual std::optional<TakeReport> last_report() const = 0;

    /// Records a few seconds into PROJECT/trial, without a number, and judges them: SessionSnapshot::trial. Errors as
    /// start_take(); DeviceBusy while a take is recorded or finished. A take that begins dismisses it.
    virtual Status start_trial() = 0;
    /// Breaks a running trial off, forgets what it showed. Its film stays until the next.
    virtual void dismiss_trial() = 0;

    [[nodiscard]] virtual SessionSnapshot snapshot() const = 0;
    /// The newest frame as it is recorded, once. The window draws over its own copy, never into it.
    [[nodiscard]] virtual std::optional<VideoFrame> take_preview() = 0;
    [[nodiscard]] virtual const Preset& preset() const = 0;

    /// Marks the present moment of the running take; nothing happens while none runs. Waits for no disk.
    virtual void mark(MarkKind kind, int topic) = 0;
    /// For the take that snapshot().sign_offs names. A finished take's report is judged and written again; while it is
    /// being finished, that waits for its report. Io when it can't be written: then nothing changes.
    virtual Status sign_off(const std::vector<std::string>& clauses) = 0;

    /// Somebody changed reports or files of the project's takes: they are read again, a moment later.
    virtual void look_at_takes() = 0;

    /// Saved with the project at once.
    virtual Status change_slate(const Slate& slate) = 0;
    /// The crew's text: saved with the project at once, every version kept. The opening line is put before it.
    virtual Status change_script(const std::string& text) = 0;
    virtual void prompt(const PrompterCommand& command) = 0;
    /// Saved with the project; DeviceBusy while a take is recorded or finished.
    virtual Status change_preset(Preset preset) = 0;
    virtual void adjust_demo(const DemoSettings& settings) = 0;
    /// Errors as CameraControls; UnsupportedFormat when the source has no controls.
    virtual Status set_control(const ControlWish& wish) = 0;
    /// InvalidConfig for a gain outside its range; then nothing changes.
    virtual Status shape_sound(const SoundShape& shape) = 0;
    /// What the meters read now is how it should look and sound; saved with the project, and the picture with it.
    /// InvalidConfig while there is nothing to store yet.
    virtual Status store_reference() = 0;
    /// The picture that was stored with it. InvalidConfig, with what to do, while there is none.
    [[nodiscard]] virtual Result<VideoFrame> reference_picture() const = 0;
    /// Whether the snapshot's `sound_picture` is made: it costs a little, and few look at it.
    virtual void watch_sound(bool wanted) = 0;
    virtual void move_crop(std::optional<CropRect> crop) = 0;
    /// The window says how many frames a second it draws, so that the status can tell when it gave way.
    virtual void report_preview_rate(double frames_per_s) = 0;
    /// How full the recorder's queue is, 0..1: above 0.25 the preview gives way.
    [[nodiscard]] virtual double pressure() const = 0;
};

[[nodiscard]] Result<std::unique_ptr<Session>> open_session(SessionOptions options);

}  // namespace changji
