#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/following/line_check.hpp"
#include "analysis/measures.hpp"
#include "analysis/picture/field_meter.hpp"
#include "analysis/picture/tag_watch.hpp"
#include "analysis/take_log.hpp"
#include "capture/types/losses.hpp"
#include "capture/types/media_facts.hpp"
#include "capture/types/message.hpp"
#include "presets/preset.hpp"

namespace changji {

enum class FindingStatus { Pass, Confirm, Unmeasured, Warn, Fail };
enum class VerdictStatus { Pass, Warn, Fail };

/// As reports write them: "pass", "confirm", "unmeasured", "warn", "fail".
[[nodiscard]] std::string_view status_id(FindingStatus status);
[[nodiscard]] std::string_view status_id(VerdictStatus status);

/// One thing found about a take or file, resting on one clause of the preset.
struct Finding {
    std::string clause;
    std::string check;  ///< "video.size", or a measure's id
    FindingStatus status = FindingStatus::Unmeasured;
    std::string value;  ///< as shown: "1920x1080", "58.1 %"; empty when there is none
    std::string limit;
    std::vector<Stretch> spans;
    Message message;  ///< what was found, or why it could not be measured
    Message advice;   ///< what to do; empty when nothing is to be done
    /// Of a meter's finding that isn't a pass: the moment at which it stood worst, and what shows or sounds it.
    std::optional<double> worst_s;
    std::string still;  ///< PNG, relative to the report; empty: none
    std::string bite;   ///< WAV of 3 s, relative to the report; empty: none
};

struct Verdict {
    VerdictStatus status = VerdictStatus::Warn;
    std::vector<Finding> findings;              ///< every clause of scope Take has at least one
    std::vector<std::string> left_to_delivery;  ///< clauses of scope Delivery: not judged in a take
};

/// Worst of the findings: a Fail fails, a Warn, Confirm or Unmeasured warns, else pass.
[[nodiscard]] VerdictStatus worst_of(const std::vector<Finding>& findings);

/// What the crew entered and confirmed.
struct CrewEvidence {
    std::string guest;
    std::string office;
    std::string place;
    std::string host;
    std::vector<int> topics_covered;
    std::vector<std::string> confirmed_clauses;
};

/// What a file's own pictures say, whatever it says of itself.
struct PictureSigns {
    FieldCount fields;
    TagSigns tags;
};

/// What is known about one take or file. What is absent is Unmeasured in the verdict.
struct Evidence {
    std::optional<MediaFacts> file;
    std::optional<DecodeFacts> decoded;
    std::optional<Losses> losses;       ///< only of our own takes
    std::optional<TakeLog> log;         ///< only where the meters ran
    std::optional<CrewEvidence> crew;   ///< only of takes in a project
    std::optional<LineCheck> opening;   ///< only where somebody listened for the opening line
    bool own_take = false;              ///< recorded by this program: nothing was drawn into the picture
    bool enlarged = false;              ///< the picture was made larger than the source gave it
    std::string enlarged_from;          ///< "1280x720"
    bool no_microphone = false;         ///< there is no sound: none was recorded, or the file has none
    bool no_picture = false;            ///< the file holds sound alone
    std::optional<PictureSigns> signs;  ///< only where the pictures were looked at as they are stored
    Message not_metered;  ///< why neither meters ran nor the file was decoded; empty: nobody asked them to
    Message rescued;      ///< what a crash took away; empty otherwise
};

/// Holds the evidence against the preset, clause by clause. Pure.
[[nodiscard]] Verdict judge(const Preset& preset, const Evidence& evidence);
/// The same verdict after the crew entered or confirmed something more: only what a person decides is judged anew.
[[nodiscard]] Verdict with_crew(Verdict verdict, const Preset& preset, const CrewEvidence& crew);
/// Of each measure of a log the number that its limit is held against: the whole take's value, the median, or of the
/// channels their worst state.
[[nodiscard]] Readings judged_values(const TakeLog& log);

/// One measure against its limit. Also used live, every time the screen is drawn.
[[nodiscard]] FindingStatus status_of(double value, const MeterLimit& limit);
/// "45–72 %", "≤ 1 %": as shown beside a value.
[[nodiscard]] std::string limit_text(const MeterLimit& limit);
[[nodiscard]] std::string value_text(Measure measure, double value);

/// The three things the crew watches, and what only has to be told when it is wrong.
enum class Aspect { Light, Background, Sound, Picture };

/// One big meter on the screen: the worst measure of its aspect, now.
struct LiveMeter {
    Aspect aspect = Aspect::Light;
    FindingStatus status = FindingStatus::Unmeasured;
    std::optional<Measure> measure;  ///< the one that decides; none when nothing could be measured
    std::string value;
    std::string limit;
    double fraction = 0.0;  ///< 0..1 of the scale drawn under the word: 0 best, 1 worst
    Message advice;         ///< or why it could not be measured
    std::string distance;   ///< from the crew's own reference: "+3.2 %"; empty without one
};
[[nodiscard]] std::array<LiveMeter, 3> live_meters(const Preset& preset, const Readings& readings,
                                                   const Readings& reference = {});
/// Grain, focus, a black or frozen picture: the worst of them when one is outside its limit now.
[[nodiscard]] std::optional<LiveMeter> picture_trouble(const Preset& preset, const Readings& readings);

}  // namespace changji
