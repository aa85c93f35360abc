#include "presets/preset.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace changji {
namespace {

/// A preset with nothing but what is required; each test breaks it in one place.
const std::string smallest = R"(format = 1
id = "school-2023"
title = "某校访谈"
source = "a test"

[[clause]]
id = "a"
text = "short"
decided_by = "measured"
scope = "take"

[duration]
clause = "a"
max = "10:00"
warnings = ["1:00", "2:00"]

[file]
clause = "a"
container = "mp4"
video_codec = "h264"
width_px = 1920
height_px = 1080
display_aspect_ratio = "16:9"
sample_aspect_ratio = "1:1"
scan = "progressive"
pixel_format = "yuv420p"
color_range = "tv"
color_space = "bt709"
frame_rates = ["25/1"]
audio_codec = "aac"
sample_rate_hz = 48000
channels = 2
source = "a test"
)";

const std::string meter = R"([[meter]]
measure = "light.contrast"
clause = "a"
pass_max = 1
severity = "fails"
provisional = true
)";

std::string with(const std::string& old_text, const std::string& new_text) {
    std::string changed = smallest;
    const std::size_t at = changed.find(old_text);
    if (at == std::string::npos) ADD_FAILURE() << "the test's own text has no " << old_text;
    return changed.replace(at, old_text.size(), new_text);
}

int line_of(const std::string& toml, const std::string& text) {
    const auto at = static_cast<std::ptrdiff_t>(toml.find(text));
    return 1 + static_cast<int>(std::count(toml.begin(), toml.begin() + at, '\n'));
}

std::vector<PresetFault> faults_of(const std::string& toml) {
    const PresetOutcome outcome = parse_preset(toml, "school.toml");
    if (std::holds_alternative<Preset>(outcome)) return {};
    return std::get<1>(outcome);
}

void expect_fault(const std::string& toml, FaultKind kind, int line, const std::string& key,
                  const std::string& detail) {
    const auto faults = faults_of(toml);
    ASSERT_EQ(faults.size(), 1u) << key;
    EXPECT_EQ(faults[0].kind, kind) << key;
    EXPECT_EQ(faults[0].file, "school.toml");
    EXPECT_EQ(faults[0].line, line) << key;
    EXPECT_EQ(faults[0].key, key);
    EXPECT_EQ(faults[0].detail, detail) << key;
}

TEST(PresetFaults, SmallestPresetHasNone) {
    const PresetOutcome outcome = parse_preset(smallest, "school.toml");
    ASSERT_TRUE(std::holds_alternative<Preset>(outcome)) << std::get<1>(outcome).front().key;
    const Preset& preset = std::get<Preset>(outcome);
    EXPECT_EQ(preset.title_en, "某校访谈");  // stands in where no English title is given
    EXPECT_EQ(preset.packaging_clause, "");
    EXPECT_EQ(preset.camera.power_line_hz, 0);
    EXPECT_FALSE(preset.camera.lock_automatic);
    EXPECT_FALSE(preset.opening || preset.topics || preset.place || preset.guest || preset.manuscript || preset.photos);
    using namespace std::chrono_literals;
    EXPECT_EQ(preset.duration.warnings, (std::vector<std::chrono::milliseconds>{2min, 1min}));  // descending
}

const std::string delivery = R"([delivery]
folder_name = "{school}"
video_name = "video"
message_name = "message"
manuscript_name = "paper-{guest}"
photo_name = "photo{number}"
)";

TEST(PresetFaults, NamesOfADeliveryKeepToTheFieldsThatAreFilled) {
    EXPECT_TRUE(faults_of(smallest + delivery).empty());
    const auto refused = [](const std::string& old_text, const std::string& new_text, const std::string& key,
                            const std::string& allowed) {
        std::string toml = smallest + delivery;
        toml.replace(toml.find(old_text), old_text.size(), new_text);
        expect_fault(toml, FaultKind::BadValue, line_of(toml, new_text), key, allowed);
    };
    const std::string form = R"("{school}-{guest}-{office}-{number}")";
    refused("\"{school}\"", "\"{scool}\"", "delivery.folder_name", form);
    refused("\"{school}\"", "\"../{school}\"", "delivery.folder_name", form);
    refused("\"{school}\"", "\"{school\"", "delivery.folder_name", form);
    refused("photo{number}", "photo", "delivery.photo_name", "{number}");
}

TEST(PresetFaults, AMailLimitNamesItsSource) {
    const std::string toml = smallest + delivery + "mail_limit_mb = 50\n";
    expect_fault(toml, FaultKind::MissingKey, line_of(toml, "[delivery]"), "delivery.mail_source", "");
}

TEST(PresetFaults, AManuscriptRecognisesATopicOnce) {
    const std::string toml = smallest +
                             "[manuscript]\nlength_clause = \"a\"\nmax_characters = 3000\ncontact_clause = \"a\"\n"
                             "[[manuscript.mention]]\ntopic = 1\nwords = [\"x\"]\n"
                             "[[manuscript.mention]]\ntopic =  1\nwords = [\"y\"]\n";
    expect_fault(toml, FaultKind::Duplicate, line_of(toml, "topic =  1"), "manuscript.mention[2].topic", "1");
}

TEST(PresetFaults, MisspeltKeyNamesTheOneThatWasMeant) {
    const std::string toml = with("channels = 2", "channels = 2\nwidht_px = 3");
    expect_fault(toml, FaultKind::UnknownKey, line_of(toml, "widht_px"), "file.widht_px", "width_px");
}

TEST(PresetFaults, KeyUnlikeAnyOtherNamesNone) {
    expect_fault("colour_of_the_sky = 1\n" + smallest, FaultKind::UnknownKey, 1, "colour_of_the_sky", "");
}

TEST(PresetFaults, UnknownTableIsAnUnknownKey) {
    const std::string toml = smallest + "[openning]\nclause = \"a\"\n";
    expect_fault(toml, FaultKind::UnknownKey, line_of(toml, "[openning]"), "openning", "opening");
}

TEST(PresetFaults, MissingKeyPointsAtItsTable) {
    const std::string toml = with("height_px = 1080\n", "");
    expect_fault(toml, FaultKind::MissingKey, line_of(toml, "[file]"), "file.height_px", "");
}

TEST(PresetFaults, MissingTable) {
    expect_fault(smallest.substr(0, smallest.find("[file]")), FaultKind::MissingKey, 1, "file", "");
}

TEST(PresetFaults, WrongTypes) {
    const auto wrong = [](const std::string& old_line, const std::string& new_line, const std::string& key,
                          const std::string& expected) {
        const std::string toml = with(old_line, new_line);
        expect_fault(toml, FaultKind::WrongType, line_of(toml, new_line), key, expected);
    };
    wrong("width_px = 1920", "width_px = \"1920\"", "file.width_px", "integer");
    wrong("width_px = 1920", "width_px = 1920.0", "file.width_px", "integer");
    wrong("video_codec = \"h264\"", "video_codec = 264", "file.video_codec", "string");
    wrong("max = \"10:00\"", "max = 10", "duration.max", "string");
    wrong("frame_rates = [\"25/1\"]", "frame_rates = 25", "file.frame_rates", "array of strings");
    wrong("frame_rates = [\"25/1\"]", "frame_rates = [\"25/1\", 30]", "file.frame_rates", "array of strings");
    wrong("format = 1\n", "topics = 3\nformat = 1\n", "topics", "table");
    wrong("format = 1\n", "meter = [1]\nformat = 1\n", "meter", "array of tables");
}

TEST(PresetFaults, WrongTypesOfDatesNumbersAndFlags) {
    std::string toml = smallest + "[[deadline]]\nclause = \"a\"\nname = \"n\"\ndate = \"15 April\"\n";
    expect_fault(toml, FaultKind::WrongType, line_of(toml, "date ="), "deadline[1].date", "date (2022-04-15)");
    toml = smallest + meter + "pass_min = \"low\"\n";
    expect_fault(toml, FaultKind::WrongType, line_of(toml, "pass_min"), "meter[1].pass_min", "number");
    toml = smallest + "[topics]\nclause = \"a\"\n[[topics.topic]]\nnumber = 1\ntext = \"t\"\nrequired = \"yes\"\n";
    expect_fault(toml, FaultKind::WrongType, line_of(toml, "required"), "topics.topic[1].required", "true | false");
    toml = smallest + "[topics]\nclause = \"a\"\n[[topics.topic]]\nnumber = 1\ntext = \"t\"\ntitle = 4\n";
    expect_fault(toml, FaultKind::WrongType, line_of(toml, "title = 4"), "topics.topic[1].title", "string");
}

TEST(PresetFaults, BadValues) {
    const auto bad = [](const std::string& old_line, const std::string& new_line, const std::string& key,
                        const std::string& allowed) {
        const std::string toml = with(old_line, new_line);
        expect_fault(toml, FaultKind::BadValue, line_of(toml, new_line), key, allowed);
    };
    bad("format = 1", "format = 2", "format", "1");
    bad("id = \"school-2023\"", "id = \"  \"", "id", "not empty");
    bad("width_px = 1920", "width_px = -1920", "file.width_px", "1..16384");
    bad("width_px = 1920", "width_px = 99999999999", "file.width_px", "1..16384");
    bad("scope = \"take\"", "scope = \"takes\"", "clause[1].scope", "take | delivery");
    bad("\"16:9\"", "\"16/9\"", "file.display_aspect_ratio", "\"16:9\"");
    bad("[\"25/1\"]", "[\"25\"]", "file.frame_rates", "\"25/1\"");
    bad("[\"25/1\"]", "[\"25/0\"]", "file.frame_rates", "\"25/1\"");
    bad("[\"25/1\"]", "[]", "file.frame_rates", "not empty");
    bad("[\"1:00\", \"2:00\"]", "[\"10:00\"]", "duration.warnings", "< max");
}

TEST(PresetFaults, PowerLineIsOneOfTheWorldsTwoOrLeftAlone) {
    const std::string table = smallest + "[camera]\n";
    for (const std::string written : {"55", "-50", "99999999999"}) {
        const std::string toml = table + "power_line_hz = " + written + "\n";
        expect_fault(toml, FaultKind::BadValue, line_of(toml, "power_line_hz"), "camera.power_line_hz", "0 | 50 | 60");
    }
    for (const std::string written : {"0", "50", "60"}) {
        EXPECT_TRUE(faults_of(table + "power_line_hz = " + written + "\n").empty()) << written;
    }
}

TEST(PresetFaults, CameraTableIsCheckedLikeAnyOther) {
    const std::string table = smallest + "[camera]\n";
    expect_fault(table + "lock_automatic = true\n", FaultKind::MissingKey, line_of(table, "[camera]"),
                 "camera.power_line_hz", "");
    const std::string worded = table + "power_line_hz = \"50\"\n";
    expect_fault(worded, FaultKind::WrongType, line_of(worded, "power_line_hz"), "camera.power_line_hz", "integer");
    const std::string counted = table + "power_line_hz = 50\nlock_automatic = 1\n";
    expect_fault(counted, FaultKind::WrongType, line_of(counted, "lock_automatic"), "camera.lock_automatic",
                 "true | false");
    const std::string misspelt = table + "power_line_hz = 50\nlock_automatc = true\n";
    expect_fault(misspelt, FaultKind::UnknownKey, line_of(misspelt, "lock_automatc"), "camera.lock_automatc",
                 "lock_automatic");
}

TEST(PresetFaults, TimesThatNobodyCanReadAreRefused) {
    for (const std::string time :
         {"15 min", "15", "0:00", "1:5", "1:60", "-1:00", "1:00:00:00", "1:", ":30", "1:00 "}) {
        const std::string toml = with("\"10:00\"", '"' + time + '"');
        expect_fault(toml, FaultKind::BadValue, line_of(toml, "max ="), "duration.max", "\"15:00\"");
    }
    const PresetOutcome long_take = parse_preset(with("\"10:00\"", "\"1:30:05\""), "school.toml");
    ASSERT_TRUE(std::holds_alternative<Preset>(long_take));
    EXPECT_EQ(std::get<Preset>(long_take).duration.max, std::chrono::seconds(5405));
}

TEST(PresetFaults, OpeningLineNeedsAPlaceForTheGuest) {
    const std::string toml = smallest + "[opening]\nclause = \"a\"\nline = \"welcome\"\nunknown_guest = \"...\"\n";
    expect_fault(toml, FaultKind::BadValue, line_of(toml, "line ="), "opening.line", "{guest}");
}

TEST(PresetFaults, MeterLimitsMustMakeSense) {
    std::string toml = smallest + meter + "severity_ = 1\n";
    expect_fault(toml, FaultKind::UnknownKey, line_of(toml, "severity_"), "meter[1].severity_", "severity");
    toml = smallest + meter + "warn_max = 0.5\n";
    expect_fault(toml, FaultKind::BadValue, line_of(toml, "measure ="), "meter[1].measure",
                 "warn_min ≤ pass_min ≤ pass_max ≤ warn_max");
    toml = smallest + meter + "warn_min = 0.5\n";
    expect_fault(toml, FaultKind::MissingKey, line_of(toml, "[[meter]]"), "meter[1].pass_min", "");
    toml = smallest + meter + "pass_min = nan\n";
    expect_fault(toml, FaultKind::BadValue, line_of(toml, "pass_min"), "meter[1].pass_min", "finite");

    std::string changed = meter;
    toml = smallest + changed.replace(changed.find("true"), 4, "false");
    expect_fault(toml, FaultKind::MissingKey, line_of(toml, "[[meter]]"), "meter[1].source", "");
    changed = meter;
    toml = smallest + changed.replace(changed.find("fails"), 5, "matters");
    expect_fault(toml, FaultKind::BadValue, line_of(toml, "\"matters\""), "meter[1].severity", "fails | advises");
    changed = meter;
    toml = smallest + changed.replace(changed.find("light.contrast"), 14, "contrast");
    expect_fault(toml, FaultKind::BadValue, line_of(toml, "\"contrast\""), "meter[1].measure", "\"light.contrast\"");
}

TEST(PresetFaults, ClauseThatNobodyDefined) {
    const std::string toml = with("[duration]\nclause = \"a\"", "[duration]\nclause = \"b\"");
    expect_fault(toml, FaultKind::UnknownClause, line_of(toml, "clause = \"b\""), "duration.clause", "b");
}

TEST(PresetFaults, RepeatedClauseTopicMeasureAndConfirmation) {
    const std::string clause = "[[clause]]\nid = \"a\"\ntext = \"again\"\ndecided_by = \"entered\"\nscope = \"take\"\n";
    std::string toml = smallest + clause;
    expect_fault(toml, FaultKind::Duplicate, line_of(toml, "text = \"again\"") - 1, "clause[2].id", "a");
    toml = smallest + meter + meter;
    expect_fault(toml, FaultKind::Duplicate, line_of(toml, meter + meter) + 7, "meter[2].measure", "light.contrast");
    const std::string topic = "[[topics.topic]]\nnumber = 4\ntext = \"t\"\n";
    toml = smallest + "[topics]\nclause = \"a\"\n" + topic + topic;
    expect_fault(toml, FaultKind::Duplicate, line_of(toml, topic + topic) + 4, "topics.topic[2].number", "4");
    const std::string confirmation = "[[confirmation]]\nclause = \"a\"\nquestion = \"?\"\n";
    toml = smallest + confirmation + confirmation;
    expect_fault(toml, FaultKind::Duplicate, line_of(toml, confirmation + confirmation) + 4, "confirmation[2].clause",
                 "a");
}

TEST(PresetFaults, AllFaultsOfAFileAreReportedInItsOrder) {
    std::string toml = with("width_px = 1920", "width_px = 0");
    toml.replace(toml.find("title = "), 8, "titel = ");
    toml.replace(toml.find("\"10:00\""), 7, "\"soon\"");
    toml += "[guest]\nclause = \"z\"\noffices = [\"校长\"]\n";
    std::vector<std::pair<FaultKind, std::string>> found;
    int last_line = 0;
    for (const PresetFault& fault : faults_of(toml)) {
        found.emplace_back(fault.kind, fault.key);
        EXPECT_GE(fault.line, last_line) << fault.key;
        last_line = fault.line;
    }
    const std::vector<std::pair<FaultKind, std::string>> expected{
        {FaultKind::MissingKey, "title"},           {FaultKind::UnknownKey, "titel"},
        {FaultKind::BadValue, "duration.max"},      {FaultKind::BadValue, "file.width_px"},
        {FaultKind::UnknownClause, "guest.clause"},
    };
    EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace changji
