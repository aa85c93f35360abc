// The talent's screens: which are open where, and what they show.

#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/window/drawing/gliding_place.hpp"
#include "ui/window/prompter/talent_page.hpp"
#include "ui/window/prompter/talent_windows.hpp"

namespace changji {
namespace {

const ConnectedDisplay laptop{"eDP-1", 0, 0, 1920, 1080, 60, true};
const ConnectedDisplay monitor{"HDMI-1", 1920, 0, 1920, 1080, 60, false};
const ConnectedDisplay projector{"DP-2", 3840, 0, 3840, 2160, 50, false};

TalentSettings on(const std::string& display) {
    TalentSettings settings;
    settings.display = display;
    settings.open = true;
    return settings;
}

TEST(TalentPlan, OpensWhatIsWantedWhereItIsConnected) {
    const auto plan = plan_talents({on("HDMI-1"), on("DP-9"), on("DP-2")}, {laptop, monitor, projector});
    ASSERT_EQ(plan.size(), 2U) << "several at once, and none for a display that is away";
    EXPECT_EQ(plan[0].display, monitor);
    EXPECT_EQ(plan[1].display, projector);
}

TEST(TalentPlan, AnUnpluggedDisplayComesBackByItsNameWhereverItStandsThen) {
    const std::vector<TalentSettings> wanted{on("HDMI-1")};
    EXPECT_TRUE(plan_talents(wanted, {laptop}).empty());
    ConnectedDisplay moved = monitor;
    moved.x_px = -1920;
    const auto plan = plan_talents(wanted, {moved, laptop});
    ASSERT_EQ(plan.size(), 1U);
    EXPECT_EQ(plan[0].display.x_px, -1920);
}

TEST(TalentPlan, TwoDisplaysOfOneNameAreToldApart) {
    std::vector<ConnectedDisplay> displays{monitor, monitor, laptop, monitor};
    name_apart(displays);
    EXPECT_EQ(displays[0].name, "HDMI-1");
    EXPECT_EQ(displays[1].name, "HDMI-1 #2");
    EXPECT_EQ(displays[2].name, "eDP-1");
    EXPECT_EQ(displays[3].name, "HDMI-1 #3");
}

TEST(TalentPlan, OneKeyOpensOnTheOtherDisplayAndClosesAgain) {
    auto settings = toggled_talents({}, {laptop, monitor});
    ASSERT_EQ(settings.size(), 1U);
    EXPECT_EQ(settings[0].display, "HDMI-1");
    EXPECT_TRUE(settings[0].open);
    EXPECT_GE(line_em_of(settings[0], 1920), 12.0F);
    EXPECT_LE(line_em_of(settings[0], 1920), 14.0F);
    settings[0].mirror_across = true;
    settings = toggled_talents(settings, {laptop, monitor});
    ASSERT_EQ(settings.size(), 1U);
    EXPECT_FALSE(settings[0].open);
    settings = toggled_talents(settings, {laptop, projector, monitor});
    ASSERT_EQ(settings.size(), 1U) << "where it was last, not on the first";
    EXPECT_TRUE(settings[0].open);
    EXPECT_TRUE(settings[0].mirror_across);
    EXPECT_EQ(toggled_talents({}, {laptop})[0].display, "eDP-1") << "a window, where there is no other";
    EXPECT_TRUE(toggled_talents({}, {}).empty());
}

class Talent : public testing::Test {
protected:
    void SetUp() override {
        auto font = ReadingFont::open();
        if (!font) GTEST_SKIP() << "NOT TESTED: no font for Chinese";
        font_ = *std::move(font);
        std::string text;
        for (int i = 0; i < 40; ++i)
            text += "问：第" + std::to_string(i) + "个问题是什么？\n我们的回答是这样的，有Latin和数字2022年。\n";
        script_ = std::make_shared<const Script>("战疫情、促就业，欢迎收看。", text);
    }
    /// The layers of a picture.
    [[nodiscard]] std::vector<PageLayer> draw(const TalentSettings& settings, const TalentFacts& facts, float width,
                                              float height) {
        layout_ = ReadingLayout(script_, *font_, line_em_of(settings, width));
        sheets_ = std::make_unique<TalentSheets>(font_, settings, width, height);
        return draw_talent_page(*sheets_, layout_, settings, facts, width, height);
    }

    std::shared_ptr<const ReadingFont> font_;
    std::shared_ptr<const Script> script_;
    ReadingLayout layout_;
    std::unique_ptr<TalentSheets> sheets_;
};

TEST_F(Talent, EveryScreenHasTheSameCharacterAtItsReadingLine) {
    struct Screen {
        int size_px, width_percent, line_percent;
        float width, height;
    };
    for (const double character : {0.0, 7.4, 100.0, 433.3, 1e6}) {
        const double place = std::min(character, static_cast<double>(script_->characters()));
        for (const Screen& screen : {Screen{40, 80, 35, 1280, 720}, Screen{96, 60, 50, 1920, 1080},
                                     Screen{300, 100, 20, 3840, 2160}, Screen{300, 100, 35, 800, 480}}) {
            TalentSettings settings = on("X");
            settings.size_px = screen.size_px;
            settings.width_percent = screen.width_percent;
            settings.reading_line_percent = screen.line_percent;
            const ReadingLayout layout(script_, *font_, line_em_of(settings, screen.width));
            const ReadingPlace where = reading_place_of(settings, screen.width, screen.height);
            PageLayer layer;
            GlyphSheet sheet(font_, settings.size_px, 400);
            draw_reading(layer, sheet, layout, where, place, page_inks(false));
            // What is brightest and reaches over the reading line belongs to the character's own line or the next one.
            const ReadingLine& line = layout.lines()[layout.line_of(place)];
            const float top = where.line_y_px - where.em_px / 2 + (line.top_em - layout.top_at(place)) * where.em_px;
            const auto drawn = std::ranges::count_if(layer.quads, [&](const PageQuad& quad) {
                return std::abs(quad.area.y + GlyphSheet::margin_em() * where.em_px - top) < 0.5F;
            });
            EXPECT_GT(drawn, 0) << "its line is on the screen";
            EXPECT_LE(top, where.line_y_px) << screen.size_px;
            EXPECT_GE(top + 2.2F * ReadingLayout::line_em * where.em_px, where.line_y_px) << screen.size_px;
        }
    }
}

TEST_F(Talent, OnlyWhatIsSeenIsDrawn) {
    const auto layers = draw(on("X"), {}, 1920, 1080);
    ASSERT_FALSE(layers.empty());
    for (const PageQuad& quad : layers[0].quads) {
        EXPECT_LT(quad.area.y, 1080.0F);
        EXPECT_GT(quad.area.bottom(), -200.0F);
    }
    EXPECT_LT(layers[0].quads.size(), 400U) << "of " << script_->characters() << " characters";
}

TEST_F(Talent, TheClocksAndTheCountdownComeAndGo) {
    TalentSettings settings = on("X");
    TalentFacts facts;
    const auto quads = [&] {
        std::size_t count = 0;
        for (const PageLayer& layer : draw(settings, facts, 1920, 1080)) count += layer.quads.size();
        return count;
    };
    const std::size_t calm = quads();
    facts.recording = true;
    facts.limit_s = 900;
    facts.elapsed_s = 61;
    EXPECT_GT(quads(), calm);
    settings.clocks = false;
    const std::size_t bare = quads();
    EXPECT_LT(bare, calm);
    facts.countdown = 3;
    EXPECT_EQ(quads(), bare + 3) << "a plate, a line and the number";
}

TEST_F(Talent, LightAndDarkBothHaveContrast) {
    for (const bool light : {false, true}) {
        const PageInks inks = page_inks(light);
        const auto luma = [](std::uint32_t ink) {
            return 0.2126 * (ink & 0xFFU) + 0.7152 * (ink >> 8 & 0xFFU) + 0.0722 * (ink >> 16 & 0xFFU);
        };
        EXPECT_GT(std::abs(luma(inks.text) - luma(inks.ground)), 230.0);
        EXPECT_GT(std::abs(luma(inks.aside) - luma(inks.ground)), 100.0);
        EXPECT_GT(std::abs(luma(inks.said) - luma(inks.ground)), 90.0);
    }
}

TEST(GlidingPlace, FollowsWithoutAJerkAndArrives) {
    GlidingPlace place;
    EXPECT_EQ(place.follow(10.0, false, 0.0), 10.0) << "the first place is shown at once";
    double before = place.follow(10.0, true, 0.1);
    for (int frame = 1; frame <= 300; ++frame) {
        const double now_s = 0.1 + frame / 60.0;
        const double meant = 10.0 + std::floor(frame / 15.0);  // jumps by a character four times a second
        const double shown = place.follow(meant, true, now_s);
        EXPECT_GE(shown, before);
        EXPECT_LT(shown - before, 0.2) << "in steps an eye doesn't see";
        EXPECT_LT(meant - shown, 1.9) << "and close behind";
        before = shown;
    }
}

TEST(GlidingPlace, APersonsMoveIsThereInAFifthOfASecond) {
    GlidingPlace place;
    place.follow(10.0, false, 0.0);
    for (int frame = 1; frame <= 12; ++frame) place.follow(30.0, false, frame / 60.0);
    EXPECT_NEAR(place.shown(), 30.0, 1.5);
    EXPECT_EQ(place.follow(500.0, false, 0.22), 500.0) << "a topic far away, at once";
    for (int frame = 0; frame < 120; ++frame) place.follow(500.0, false, 0.3 + frame / 60.0);
    EXPECT_FALSE(place.moves(500.0));
}

}  // namespace
}  // namespace changji
