#include "presets/preset.hpp"
#include "tests/presets/shipped_preset.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace changji {
namespace {
using namespace std::chrono_literals;

std::set<std::string> clause_ids(const Preset& preset, ClauseScope scope) {
    std::set<std::string> ids;
    for (const Clause& clause : preset.clauses) {
        if (clause.scope == scope) ids.insert(clause.id);
    }
    return ids;
}

TEST(ShippedPresets, InterviewNamesEveryClauseOfTheNotice) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    EXPECT_EQ(clause_ids(preset, ClauseScope::Take),
              (std::set<std::string>{"二.2", "三", "四.2-a", "四.3-a", "四.3-b", "四.3-c", "四.3-d", "四.4", "四.5-a",
                                     "四.5-b", "四.6"}));
    EXPECT_EQ(clause_ids(preset, ClauseScope::Delivery),
              (std::set<std::string>{"四.2-c", "四.7", "四.8", "五-1", "五-2"}));
}

TEST(ShippedPresets, MessageNamesItsClausesAndAsksNoOpeningLineOrTopics) {
    const Preset preset = test::shipped_preset("hunan-2022-message");
    EXPECT_EQ(clause_ids(preset, ClauseScope::Take),
              (std::set<std::string>{"二.2", "四.2-b", "四.3-a", "四.3-b", "四.3-c", "四.3-d", "四.4", "四.6"}));
    EXPECT_FALSE(preset.opening);
    EXPECT_FALSE(preset.topics);
    EXPECT_FALSE(preset.manuscript);
    EXPECT_EQ(preset.opening_line_for("某某"), "");
    EXPECT_EQ(preset.duration.max, 1min);
    EXPECT_EQ(preset.duration.clause, "四.2-b");
    ASSERT_TRUE(preset.place);
    EXPECT_EQ(preset.place->suggestions, (std::vector<std::string>{"学校标志性建筑物", "校门"}));
}

TEST(ShippedPresets, ClausesQuoteTheNoticeVerbatim) {
    const Preset interview = test::shipped_preset("hunan-2022-interview");
    EXPECT_EQ(interview.find_clause("四.4")->text,
              "时长 15 分钟以内，作品制式为高清，MP4 格式，画质达到 1080P，画面比率为 16:9");
    EXPECT_EQ(interview.find_clause("四.6")->text, "视频材料无需加任何包装，由湖南教育电视台统一加包装");
    EXPECT_EQ(interview.find_clause("四.3-d")->text, "无杂音干扰");
    EXPECT_EQ(interview.find_clause("四.6")->decided_by, DecidedBy::Construction);
    EXPECT_EQ(interview.find_clause("四.9"), nullptr);
}

TEST(ShippedPresets, InterviewLastsFifteenMinutesAndWarnsTwice) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    EXPECT_EQ(preset.duration.max, 15min);
    EXPECT_EQ(preset.duration.warnings, (std::vector<std::chrono::milliseconds>{2min, 30s}));
}

TEST(ShippedPresets, FileIsHdMp4At25First) {
    const FileDemand file = test::shipped_preset("hunan-2022-interview").file;
    EXPECT_EQ(file.clause, "四.4");
    EXPECT_EQ(file.container, "mp4");
    EXPECT_EQ(file.width_px, 1920);
    EXPECT_EQ(file.height_px, 1080);
    EXPECT_EQ(file.display_aspect_ratio, "16:9");
    EXPECT_EQ(file.frame_rates.front(), "25/1");
}

TEST(ShippedPresets, CameraIsSetForChinasLampsAndHeldStill) {
    for (const std::string id : {"hunan-2022-interview", "hunan-2022-message"}) {
        const CameraDemand camera = test::shipped_preset(id).camera;
        EXPECT_EQ(camera.power_line_hz, 50) << id;
        EXPECT_TRUE(camera.lock_automatic) << id;
    }
}

TEST(ShippedPresets, OpeningLineIsTheMandatedOne) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    EXPECT_EQ(preset.opening_line_for("某某大学校长某某某"),
              "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是某某大学校长某某某。");
}

TEST(ShippedPresets, OpeningLineShowsDotsWhileTheGuestIsUnknown) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    const std::string with_dots = "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是……。";
    EXPECT_EQ(preset.opening_line_for(""), with_dots);
    EXPECT_EQ(preset.opening_line_for(" \t\u3000 "), with_dots);
}

TEST(ShippedPresets, TopicsOneTwoAndNineAreRequired) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    ASSERT_TRUE(preset.topics);
    std::vector<int> numbers, required;
    for (const Topic& topic : preset.topics->topics) {
        numbers.push_back(topic.number);
        if (topic.required) required.push_back(topic.number);
    }
    EXPECT_EQ(numbers, (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
    EXPECT_EQ(required, (std::vector<int>{1, 2, 9}));
    EXPECT_EQ(preset.topics->topics[4].title, "帮扶困难毕业生") << "in few words for the screen";
    EXPECT_EQ(preset.topics->topics[4].text, "精细精准帮扶困难毕业生群体") << "and as the notice has it";
}

TEST(ShippedPresets, DatesAreThoseOfTheNotice) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    ASSERT_EQ(preset.deadlines.size(), 2u);
    EXPECT_EQ(preset.deadlines[0].date, std::chrono::year(2022) / 4 / 15);
    EXPECT_EQ(preset.deadlines[1].date, std::chrono::year(2022) / 4 / 20);
}

TEST(ShippedPresets, PapersAndPhotosAreCounted) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    EXPECT_EQ(preset.manuscript->max_characters, 3000);
    EXPECT_EQ(preset.photos->min_count, 3);
    EXPECT_EQ(preset.photos->max_count, 5);
    EXPECT_EQ(preset.photos->min_bytes, 4'000'000);
    EXPECT_EQ(preset.photos->min_pixels, 4'000'000);
    ASSERT_TRUE(preset.delivery);
    EXPECT_EQ(preset.delivery->message_preset, "hunan-2022-message");
}

TEST(ShippedPresets, EveryRequiredTopicCanBeRecognisedInAManuscript) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    for (const Topic& topic : preset.topics->topics) {
        const auto& mentions = preset.manuscript->mentions;
        const bool has_words = std::any_of(mentions.begin(), mentions.end(),
                                           [&](const TopicMention& mention) { return mention.topic == topic.number; });
        EXPECT_TRUE(has_words || !topic.required) << topic.number;
    }
}

TEST(ShippedPresets, EveryJudgedMeasureHasItsClauseAndItsSourceOrSaysProvisional) {
    const std::set<std::string> light{
        "light.face_luma_percent", "light.key_fill_ratio",       "light.backlight_stops",      "light.clipped_percent",
        "light.crushed_percent",   "light.face_clipped_percent", "light.face_crushed_percent", "light.contrast",
        "light.colour_cast",       "light.flicker_percent"};
    const std::set<std::string> sound{"sound.loudness_lufs",
                                      "sound.true_peak_dbtp",
                                      "sound.noise_floor_dbfs",
                                      "sound.speech_to_noise_db",
                                      "sound.clipped_runs_per_s",
                                      "sound.dead_channel",
                                      "sound.hum_dbfs",
                                      "sound.rumble_db",
                                      "sound.sudden_noises",
                                      "sound.dropouts",
                                      "sound.phase"};
    const std::map<std::string, std::string> others{
        {"background.clutter", "四.3-b"},      {"background.bars", "四.6"},
        {"background.overlay", "四.6"},        {"picture.noise_codes", "四.4"},
        {"picture.sharpness", "四.4"},         {"picture.focus", "四.4"},
        {"picture.black_s", "四.4"},           {"picture.frozen_s", "四.4"},
        {"framing.headroom_percent", "四.4"},  {"framing.eye_line_percent", "四.4"},
        {"framing.side_room_percent", "四.4"}, {"sound.silent_s", "四.4"}};
    for (const std::string id : {"hunan-2022-interview", "hunan-2022-message"}) {
        const Preset preset = test::shipped_preset(id);
        EXPECT_EQ(preset.meters.size(), light.size() + sound.size() + others.size()) << id;
        for (const std::string& measure : light) {
            ASSERT_NE(preset.find_meter(measure), nullptr) << id << ' ' << measure;
            EXPECT_EQ(preset.find_meter(measure)->clause, "四.3-c") << measure;
        }
        for (const std::string& measure : sound) {
            ASSERT_NE(preset.find_meter(measure), nullptr) << id << ' ' << measure;
            EXPECT_EQ(preset.find_meter(measure)->clause, "四.3-d") << measure;
        }
        for (const auto& [measure, clause] : others) {
            ASSERT_NE(preset.find_meter(measure), nullptr) << id << ' ' << measure;
            EXPECT_EQ(preset.find_meter(measure)->clause, clause) << measure;
        }
        for (const MeterLimit& limit : preset.meters) {
            EXPECT_TRUE(limit.provisional || !limit.source.empty()) << limit.measure;
        }
    }
}

TEST(ShippedPresets, MeterLimitsKeepTheirBounds) {
    const Preset preset = test::shipped_preset("hunan-2022-interview");
    const MeterLimit* face = preset.find_meter("light.face_luma_percent");
    EXPECT_EQ(face->pass_min, 45.0);
    EXPECT_EQ(face->pass_max, 72.0);
    EXPECT_EQ(face->warn_min, 35.0);
    EXPECT_EQ(face->warn_max, 80.0);
    const MeterLimit* snr = preset.find_meter("sound.speech_to_noise_db");
    EXPECT_EQ(snr->warn_min, 15.0);
    EXPECT_EQ(snr->pass_max, std::nullopt);
    EXPECT_EQ(preset.find_meter("sound.loudness_lufs")->severity, Severity::Advises);
    EXPECT_EQ(preset.find_meter("sound.true_peak_dbtp")->severity, Severity::Fails);
    EXPECT_EQ(preset.find_meter("sound.nothing"), nullptr);
}

}  // namespace
}  // namespace changji
