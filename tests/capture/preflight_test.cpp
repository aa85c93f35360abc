#include "capture/preflight.hpp"

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "capture/framing.hpp"

namespace changji {
namespace {

constexpr Rational rate_25{25, 1}, rate_50{50, 1}, rate_60{60, 1};

const EncoderChoice faster{"libx264", "faster"}, veryfast{"libx264", "veryfast"}, superfast{"libx264", "superfast"},
    ultrafast{"libx264", "ultrafast"}, nvenc{"h264_nvenc", ""}, qsv{"h264_qsv", ""}, vaapi{"h264_vaapi", ""};

EncoderTrial ran(const EncoderChoice& encoder, double frames_per_s) { return {encoder, frames_per_s, {}}; }
EncoderTrial failed(const EncoderChoice& encoder) { return {encoder, 0.0, say("It does not work here.")}; }

/// The pre-flight of a machine whose encoders have these speeds; the others don't work.
struct Machine {
    std::map<std::string, double> frames_per_s;
    std::vector<std::string> order{};  ///< of the trials, by preset or name

    Preflight preflight(Rational rate) {
        std::vector<EncoderTrial> trials;
        while (const auto next = next_trial(trials, rate)) {
            const std::string& key = next->speed.empty() ? next->name : next->speed;
            order.push_back(key);
            const auto known = frames_per_s.find(key);
            trials.push_back(known == frames_per_s.end() ? failed(*next) : ran(*next, known->second));
            if (trials.size() > 20) break;
        }
        return judge_trials(std::move(trials), rate);
    }
};

TEST(Preflight, AFastMachineGetsTheSlowestPresetAndNothingElseIsTried) {
    Machine machine{{{"faster", 80.0}, {"veryfast", 110.0}}};
    const Preflight found = machine.preflight(rate_25);
    EXPECT_EQ(found.encoder, faster);
    EXPECT_EQ(found.rate, rate_25);
    EXPECT_DOUBLE_EQ(found.headroom, 3.2);
    EXPECT_EQ(machine.order, (std::vector<std::string>{"veryfast", "faster"}));
}

TEST(Preflight, TwiceTheRateIsEnoughAndLessIsNot) {
    EXPECT_EQ(Machine({{{"faster", 50.0}, {"veryfast", 60.0}}}).preflight(rate_25).encoder, faster);
    EXPECT_EQ(Machine({{{"faster", 49.9}, {"veryfast", 60.0}}}).preflight(rate_25).encoder, veryfast);
    EXPECT_EQ(Machine({{{"veryfast", 49.9}, {"superfast", 50.0}}}).preflight(rate_25).encoder, superfast);
}

TEST(Preflight, TheSameMachineTakesAFasterPresetAtTwiceTheRate) {
    const std::map<std::string, double> speeds{{"faster", 55}, {"veryfast", 75}, {"superfast", 110}};
    EXPECT_EQ(Machine({speeds}).preflight(rate_25).encoder, faster);
    EXPECT_EQ(Machine({speeds}).preflight(rate_50).encoder, superfast);
}

TEST(Preflight, TheGraphicsChipHelpsOnlyAProcessorThatIsTooSlow) {
    EXPECT_EQ(Machine({{{"veryfast", 30}, {"superfast", 51}, {"h264_nvenc", 400}}}).preflight(rate_25).encoder,
              superfast);
    Machine slow{{{"veryfast", 20}, {"superfast", 35}, {"h264_vaapi", 90}, {"ultrafast", 60}}};
    const Preflight found = slow.preflight(rate_25);
    EXPECT_EQ(found.encoder, vaapi);
    EXPECT_EQ(slow.order, (std::vector<std::string>{"veryfast", "superfast", "h264_nvenc", "h264_qsv", "h264_vaapi"}));
    EXPECT_NE(in_english(found.note).find("h264_vaapi"), std::string::npos);
}

TEST(Preflight, AGraphicsChipThatIsTooSlowIsPassedOver) {
    EXPECT_EQ(Machine({{{"superfast", 35}, {"h264_qsv", 40}, {"h264_vaapi", 60}}}).preflight(rate_25).encoder, vaapi);
}

TEST(Preflight, WithoutAGraphicsChipASlowMachineUsesTheQuickestPreset) {
    Machine slow{{{"veryfast", 20}, {"superfast", 35}, {"ultrafast", 60}}};
    const Preflight found = slow.preflight(rate_25);
    EXPECT_EQ(found.encoder, ultrafast);
    EXPECT_EQ(slow.order.back(), "ultrafast");
    ASSERT_EQ(found.trials.size(), 6U);
    EXPECT_FALSE(found.trials[4].problem.empty());  // VA-API, passed over with its reason
}

TEST(Preflight, LittleRoomIsWarnedOf) {
    const Preflight roomy = Machine({{{"ultrafast", 60}}}).preflight(rate_25);
    const Preflight tight = Machine({{{"ultrafast", 40}}}).preflight(rate_25);
    EXPECT_EQ(tight.encoder, ultrafast);
    EXPECT_EQ(tight.rate, rate_25);
    EXPECT_NE(tight.note.id, roomy.note.id);
    EXPECT_NE(in_english(tight.note).find("only 1.6 times"), std::string::npos) << in_english(tight.note);
}

TEST(Preflight, SixtyBecomesThirtyAndFiftyTwentyFiveWhenNothingIsFastEnough) {
    const std::map<std::string, double> speeds{{"veryfast", 30}, {"superfast", 55}, {"ultrafast", 60}};
    const Preflight fifty = Machine({speeds}).preflight(rate_50);
    EXPECT_EQ(fifty.rate, rate_25);
    EXPECT_EQ(fifty.rate.num, 25);
    EXPECT_EQ(fifty.encoder, superfast);
    EXPECT_NE(in_english(fifty.note).find("too slow for 50"), std::string::npos);
    const Preflight sixty = Machine({speeds}).preflight(rate_60);
    EXPECT_EQ(sixty.rate, (Rational{30, 1}));
    EXPECT_EQ(sixty.encoder, ultrafast);
    const Preflight ntsc = Machine({speeds}).preflight({60000, 1001});
    EXPECT_EQ(ntsc.rate, (Rational{30000, 1001}));
}

TEST(Preflight, ARateOfAFilmIsNeverHalved) {
    const Preflight hopeless = Machine({{{"veryfast", 9}, {"superfast", 12}, {"ultrafast", 20}}}).preflight(rate_25);
    EXPECT_EQ(hopeless.rate, rate_25);
    EXPECT_EQ(hopeless.encoder, ultrafast);
    EXPECT_NE(in_english(hopeless.note).find("frames may be lost"), std::string::npos);
}

TEST(Preflight, WithoutX264TheGraphicsChipEncodes) {
    EXPECT_EQ(Machine({{{"h264_qsv", 90}}}).preflight(rate_25).encoder, qsv);
    EXPECT_EQ(Machine({{{"h264_nvenc", 30}}}).preflight(rate_25).encoder, nvenc);
}

TEST(Preflight, ShortOfTimeItTrustsTheUsualPreset) {
    const Preflight nothing_known = judge_trials({}, rate_25);
    EXPECT_EQ(nothing_known.encoder, superfast);
    EXPECT_EQ(nothing_known.headroom, 0.0);
    EXPECT_FALSE(nothing_known.note.empty());
    EXPECT_EQ(judge_trials({ran(veryfast, 80)}, rate_25).encoder, veryfast);
    EXPECT_EQ(judge_trials({ran(veryfast, 30)}, rate_25).encoder, superfast);
    EXPECT_EQ(judge_trials({ran(veryfast, 20), ran(superfast, 30)}, rate_25).encoder, ultrafast);
}

TEST(Preflight, NeedsAPicture) {
    const auto found = run_preflight({}, rate_25);
    ASSERT_FALSE(found.has_value());
    EXPECT_EQ(found.error().kind, ErrorKind::InvalidConfig);
}

TEST(Preflight, ChoosesHereWhatItMeasuredHere) {
    const std::vector<VideoFrame> pictures = preflight_pictures();
    ASSERT_GE(pictures.size(), 4U);
    EXPECT_EQ(pictures.front().width_px, take_width_px);
    EXPECT_EQ(pictures.front().height_px, take_height_px);
    const auto found = run_preflight(pictures, rate_25);
    ASSERT_TRUE(found.has_value());
    ASSERT_FALSE(found->trials.empty());
    EXPECT_EQ(found->trials.front().encoder, veryfast);
    EXPECT_GT(found->trials.front().frames_per_s, 0.0);
    EXPECT_EQ(found->encoder, judge_trials(found->trials, rate_25).encoder);
    EXPECT_GT(found->headroom, 0.0);
    EXPECT_FALSE(found->note.empty());
    for (const EncoderTrial& trial : found->trials) EXPECT_EQ(trial.frames_per_s > 0.0, trial.problem.empty());
}

TEST(Preflight, AnEncoderThatDoesNotExistSaysSo) {
    const std::vector<VideoFrame> pictures = preflight_pictures();
    const EncoderTrial trial = try_encoder({"h264_abacus", ""}, pictures, rate_25, std::chrono::milliseconds(50));
    EXPECT_EQ(trial.frames_per_s, 0.0);
    EXPECT_NE(in_english(trial.problem).find("h264_abacus"), std::string::npos);
}

TEST(Preflight, StopsWhenTold) {
    const std::vector<VideoFrame> pictures = preflight_pictures();
    std::stop_source stopped;
    stopped.request_stop();
    const auto found = run_preflight(pictures, rate_25, stopped.get_token(), std::chrono::hours(1));
    ASSERT_TRUE(found.has_value());
    EXPECT_TRUE(found->trials.empty());
    EXPECT_EQ(found->encoder, EncoderChoice{});

    std::stop_source later;
    std::jthread impatient([&later] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        later.request_stop();
    });
    ASSERT_TRUE(run_preflight(pictures, rate_25, later.get_token(), std::chrono::hours(1)).has_value());
}

}  // namespace
}  // namespace changji
