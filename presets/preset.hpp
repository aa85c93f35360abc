#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace changji {

/// Who says whether a clause is met.
enum class DecidedBy {
    Unspecified,
    Measured,      ///< the program measures it
    Confirmed,     ///< the crew confirms it
    Prompted,      ///< the prompter shows it; a person confirms that it was spoken
    Construction,  ///< the program can't do otherwise
    Entered,       ///< the crew enters it in the slate
};

/// What a clause is about: one take, or the delivery that is put together from takes, papers and photos.
enum class ClauseScope { Unspecified, Take, Delivery };

struct Clause {
    std::string id;    ///< "四.3-c"
    std::string text;  ///< verbatim
    DecidedBy decided_by = DecidedBy::Unspecified;
    ClauseScope scope = ClauseScope::Unspecified;
};

struct DurationDemand {
    std::string clause;
    std::chrono::milliseconds max{0};
    std::vector<std::chrono::milliseconds> warnings;  ///< remaining times at which the crew is warned, descending
};

/// What the finished file must be. Names follow FFmpeg's.
struct FileDemand {
    std::string clause;
    std::string container;  ///< "mp4"
    std::string video_codec;
    int width_px = 0;
    int height_px = 0;
    std::string display_aspect_ratio;  ///< "16:9"
    std::string sample_aspect_ratio;
    std::string scan;
    std::string pixel_format;
    std::string color_range;
    std::string color_space;
    std::vector<std::string> frame_rates;  ///< "25/1"; the first is preferred
    std::string audio_codec;
    int sample_rate_hz = 0;
    int channels = 0;
    std::string source;  ///< where the numbers that the clause doesn't state come from
};

/// How the camera is set while a take is recorded; says nothing about the file, so no clause goes with it.
struct CameraDemand {
    int power_line_hz = 0;        ///< 50 or 60: lamps flicker with the mains; 0: leave it to the camera
    bool lock_automatic = false;  ///< exposure, gain, white balance and focus hold still from first to last frame
};

struct OpeningLine {
    std::string clause;
    std::string line;           ///< with the field {guest}
    std::string unknown_guest;  ///< what stands there while the guest is not entered
};

struct Topic {
    int number = 0;
    std::string text;
    std::string title;  ///< the same in few words, for the screen; as `text` where the preset names none
    bool required = false;
};
struct TopicList {
    std::string clause;
    std::vector<Topic> topics;
};

struct PlaceDemand {
    std::string clause;
    std::vector<std::string> suggestions;
};
struct GuestDemand {
    std::string clause;
    std::vector<std::string> offices;
};

/// Something only a person can confirm, asked after the take.
struct Confirmation {
    std::string clause;
    std::string question;
};

struct Deadline {
    std::string clause;
    std::string name;
    std::chrono::year_month_day date;
};

/// Words by which a topic is recognised in a manuscript: one of them is enough.
struct TopicMention {
    int topic = 0;  ///< the topic's number
    std::vector<std::string> words;
};

/// Papers and photos that go with the video; judged when the delivery is put together.
struct ManuscriptDemand {
    std::string length_clause;
    int max_characters = 0;
    std::string contact_clause;
    std::vector<TopicMention> mentions;
};
struct PhotoDemand {
    std::string clause;
    int min_count = 0;
    int max_count = 0;
    std::string text;
    int min_bytes = 0;                 ///< 0: not demanded
    int min_pixels = 0;                ///< 0: not demanded
    std::vector<std::string> formats;  ///< "jpeg", "png", ...; empty: any
    bool full_body = false;
    bool light_clothes = false;
    bool untouched = false;  ///< no filter, no grading
};

/// How what is sent in is put together.
struct DeliveryDemand {
    std::string message_preset;  ///< id of the preset that the second clip is made by; empty: there is none
    int mail_limit_mb = 0;       ///< 10^6 bytes that a mail may carry; 0: not known
    std::string mail_source;
    /// Names without ending, with the fields {school}, {guest}, {office}, {number}.
    std::string folder_name, video_name, message_name, manuscript_name, photo_name;
};

enum class Severity {
    Fails,    ///< outside the warning range the take fails
    Advises,  ///< never worse than a warning
};

/// Limits of one measure. A missing bound doesn't limit.
struct MeterLimit {
    std::string measure;  ///< "light.face_luma_percent"
    std::string clause;
    std::optional<double> pass_min, pass_max;
    std::optional<double> warn_min, warn_max;
    std::optional<double> reference_min;  ///< how far down the crew's own reference may move pass_min
    Severity severity = Severity::Fails;
    bool provisional = false;  ///< no published source: the report never pretends that it is a standard
    std::string source;        ///< where the limits come from
};

/// One campaign's demands. Every string is data of the preset file; nothing of a campaign lives in code.
struct Preset {
    std::string id;
    std::string title;
    std::string title_en;
    std::string source;  ///< the notice it was made from
    std::vector<Clause> clauses;
    DurationDemand duration;
    FileDemand file;
    CameraDemand camera;
    std::string packaging_clause;  ///< nothing may be drawn into the picture; empty: not demanded
    std::optional<OpeningLine> opening;
    std::optional<TopicList> topics;
    std::optional<PlaceDemand> place;
    std::optional<GuestDemand> guest;
    std::vector<Confirmation> confirmations;
    std::vector<Deadline> deadlines;
    std::optional<ManuscriptDemand> manuscript;
    std::optional<PhotoDemand> photos;
    std::optional<DeliveryDemand> delivery;
    std::vector<MeterLimit> meters;

    [[nodiscard]] const Clause* find_clause(std::string_view clause_id) const;
    [[nodiscard]] const MeterLimit* find_meter(std::string_view measure_id) const;
    /// The opening line with the guest's name in place; `unknown_guest` while `guest` is empty or blank.
    [[nodiscard]] std::string opening_line_for(std::string_view guest) const;
};

enum class FaultKind {
    Unreadable,  ///< detail: the system's reason
    Syntax,      ///< detail: the parser's reason
    UnknownKey,  ///< detail: the nearest known key, or empty
    MissingKey,
    WrongType,      ///< detail: the type expected
    BadValue,       ///< detail: what is allowed
    UnknownClause,  ///< detail: the clause id that no [[clause]] defines
    Duplicate,      ///< detail: the repeated id
};

/// One fault in a preset file; ui/ puts it into words.
struct PresetFault {
    FaultKind kind = FaultKind::Syntax;
    std::string file;
    int line = 0;     ///< 1-based; 0 when the file could not be read at all
    std::string key;  ///< dotted, as in "file.width_px" or "meter[2].pass"
    std::string detail;
};

/// A preset, or every fault found in its file (never empty).
using PresetOutcome = std::variant<Preset, std::vector<PresetFault>>;

[[nodiscard]] PresetOutcome load_preset(const std::filesystem::path& file);
/// As load_preset, from memory; `file_name` is what faults name.
[[nodiscard]] PresetOutcome parse_preset(std::string_view toml, const std::string& file_name);

/// The folder of the presets that come with the program: $CHANGJI_PRESETS_DIR, else beside the executable
/// (../share/changji/presets), else the source tree it was built from.
[[nodiscard]] std::filesystem::path preset_folder();
/// Ids of the presets in `folder` (file names without .toml), sorted.
[[nodiscard]] std::vector<std::string> list_presets(const std::filesystem::path& folder);

}  // namespace changji
