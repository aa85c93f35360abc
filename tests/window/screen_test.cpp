#include <gtest/gtest.h>
#include <cmath>
#include <string>
#include <vector>

#include "screen_fixture.hpp"

namespace changji {
namespace {

using test::Screen;

TEST_F(Screen, DrawsEveryStageInBothLanguagesAtBothSizes) {
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        for (const auto& [width, height] : {std::pair(1920.0F, 1080.0F), std::pair(1280.0F, 720.0F)}) {
            set_size(width, height);
            for (const Stage stage : {Stage::Watching, Stage::Recording, Stage::Finishing, Stage::Lost}) {
                session_.now.stage = stage;
                session_.now.loss = Error{ErrorKind::DeviceLost, say("The camera is gone.")};
                EXPECT_FALSE(draw());
                EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, 2000);
            }
        }
    }
}

TEST_F(Screen, DrawsEveryAidInBothLanguages) {
    texture_ = reinterpret_cast<ImTextureID>(1);
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        for (const Tint tint : {Tint::FalseColour, Tint::Zebra, Tint::Peaking}) {
            for (const Guide guide :
                 {Guide::Thirds, Guide::SafeAreas, Guide::FourByThree, Guide::Upright, Guide::Grid}) {
                view_.monitoring = {};
                EXPECT_FALSE(draw());
                const int plain = ImGui::GetDrawData()->TotalVtxCount;
                view_.monitoring = {tint, guide, true, 4};
                EXPECT_FALSE(draw());
                EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, plain + 40) << "guide, legend and what is on";
            }
        }
    }
}

/// What each tool adds to the screen, without a graphics card: scales, words and lines.
TEST_F(Screen, DrawsEveryToolInBothLanguagesThemesAndZooms) {
    const auto vertices = [this] {
        EXPECT_FALSE(draw());
        return ImGui::GetDrawData()->TotalVtxCount;
    };
    session_.now.sound_picture = SoundPicture{};
    session_.now.sound_picture->correlation = 0.7;
    texture_ = reinterpret_cast<ImTextureID>(1);
    for (const auto& [language, zoom] : {std::pair(Language::Chinese, 100), std::pair(Language::English, 175)}) {
        use_language(language);
        view_.settings.zoom_percent = zoom;
        view_.monitoring = {};
        set_size(1920, 1080);
        const int plain = vertices();
        for (int aid = 0; aid <= static_cast<int>(Aid::Phase); ++aid) {
            if (static_cast<Aid>(aid) == Aid::Compare) continue;  // nothing without its picture
            view_.monitoring = toggled({}, static_cast<Aid>(aid));
            EXPECT_GT(vertices(), plain + 20) << "aid " << aid << " at " << zoom;
        }
    }
    use_theme(Theme::Light);
    view_.monitoring.scope = PictureScope::Vectorscope;
    vertices();
    use_theme(Theme::Dark);
}

TEST_F(Screen, AFaceSaysHowItSitsInThePicture) {
    texture_ = reinterpret_cast<ImTextureID>(1);
    view_.monitoring.headroom = true;
    // Boxes of a quarter of the height: the crown is 0.3 boxes above, the eyes 0.4 below their upper edge.
    for (const double top : {0.0, 0.17, 0.4}) {
        session_.now.faces = {FaceBox{0.42, top, 0.14, 0.25}};
        draw();
    }
    EXPECT_FALSE(draw());
}

TEST_F(Screen, TheToolPaletteIsUsedByKeyboardAndMouse) {
    perform(ToggleTools{}, session_, view_);
    draw();
    ImGuiIO& io = ImGui::GetIO();
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.KeyMap[ImGuiKey_DownArrow] = 1;
    io.KeyMap[ImGuiKey_Space] = 2;
    const auto press = [&](int key) {
        std::optional<Action> asked;
        for (const bool down : {true, false}) {
            io.KeysDown[key] = down;
            if (auto action = draw()) asked = std::move(action);
        }
        return asked;
    };
    std::optional<Action> asked;
    for (int i = 0; i < 2; ++i) static_cast<void>(press(1));
    for (int i = 0; i < 2 && !asked; ++i) asked = press(2);
    ASSERT_TRUE(asked) << "arrows choose, Enter uses";
    const auto* tool = std::get_if<ToggleAid>(&*asked);
    ASSERT_TRUE(tool);
    EXPECT_NE(tool->aid, Aid::FalseColour) << "the arrows moved away from the first";

    const auto by_mouse = click({1600 * layout().scale, 500 * layout().scale, 40, 10});
    ASSERT_TRUE(by_mouse);
    EXPECT_TRUE(std::holds_alternative<ToggleAid>(*by_mouse));
    const auto outside = click({20, 20, 40, 10});
    ASSERT_TRUE(outside);
    EXPECT_TRUE(std::holds_alternative<ToggleTools>(*outside));
}

TEST_F(Screen, AHeldPictureSaysSo) {
    texture_ = reinterpret_cast<ImTextureID>(1);
    for (const Stage stage : {Stage::Watching, Stage::Recording}) {
        session_.now.stage = stage;
        view_.monitoring.frozen = false;
        draw();
        const int plain = ImGui::GetDrawData()->TotalVtxCount;
        view_.monitoring.frozen = true;
        draw();
        EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, plain + 20);
    }
}

TEST_F(Screen, DrawsWithNothingKnownYet) {
    session_.now = SessionSnapshot{};
    session_.campaign = Preset{};
    EXPECT_FALSE(draw());
}

TEST_F(Screen, DrawsCountdownOutlineAndSheetInBothLanguagesAtEverySize) {
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        for (const auto& [width, height] : {std::pair(1920.0F, 1080.0F), std::pair(1280.0F, 720.0F)}) {
            for (const bool compact : {false, true}) {
                view_ = {};
                view_.settings.compact = compact;
                set_size(width, height);
                session_.now.stage = Stage::Watching;
                draw();
                const int plain = ImGui::GetDrawData()->TotalVtxCount;
                view_.countdown.begin(view_.now_s, 10);
                EXPECT_FALSE(draw());
                EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, plain + 100) << "number and ring";
                view_.countdown.cancel();
                session_.now.stage = Stage::Recording;
                view_.outline = true;
                view_.toast = {say("The countdown sounds"), view_.now_s + 10};
                view_.take_warnings = {say("It has become dark: switch the lamps on, or open the curtains.")};
                session_.now.marks = {{12.0, MarkKind::Topic, 1}, {14.0, MarkKind::Good, 0}};
                EXPECT_FALSE(draw());
                view_.overlay = Overlay::SignOffs;
                EXPECT_FALSE(draw());
            }
        }
    }
}

TEST_F(Screen, ClickingATopicTicksIt) {
    session_.now.stage = Stage::Recording;
    view_.outline = true;
    draw();
    const float px = layout().scale;
    const auto asked = click({layout().slate.x + 10 * px, layout().slate.bottom() - 60 * px, 200 * px, 40 * px});
    ASSERT_TRUE(asked);
    ASSERT_TRUE(std::holds_alternative<TickTopic>(*asked));
    EXPECT_EQ(std::get<TickTopic>(*asked).number, 7) << "the last row begins with 7";
}

TEST_F(Screen, AClickBesideTheSheetClosesIt) {
    view_.overlay = Overlay::SignOffs;
    draw();
    const auto asked = click({10, 10, 20, 20});
    ASSERT_TRUE(asked);
    EXPECT_TRUE(std::holds_alternative<ToggleSignOffs>(*asked));
}

TEST_F(Screen, ClickingRecordAsksToRecordAndOnlyWhenItCan) {
    draw();
    const auto asked = click(record_button());
    ASSERT_TRUE(asked);
    EXPECT_TRUE(std::holds_alternative<PressRecord>(*asked));
    session_.now.stage = Stage::Finishing;
    EXPECT_FALSE(click(record_button()));
}

TEST_F(Screen, StoppingNeedsTwoActs) {
    perform(PressRecord{}, session_, view_);
    ASSERT_EQ(session_.starts, 1);
    view_.now_s = 100;
    perform(PressRecord{}, session_, view_);
    EXPECT_EQ(session_.stops, 0);
    view_.now_s = 101;
    perform(PressRecord{}, session_, view_);
    EXPECT_EQ(session_.stops, 1);
}

TEST_F(Screen, EscapeDisarmsBeforeItTakesMessagesAway) {
    session_.now.stage = Stage::Recording;
    view_.messages = {say("A notice.")};
    perform(PressRecord{}, session_, view_);
    perform(Cancel{}, session_, view_);
    EXPECT_FALSE(view_.stop.armed(view_.now_s));
    EXPECT_EQ(view_.messages.size(), 1U);
    perform(Cancel{}, session_, view_);
    EXPECT_TRUE(view_.messages.empty());
}

TEST_F(Screen, ARefusedStartIsShown) {
    session_.start_outcome = Error{ErrorKind::DiskFull, say("The disk is full.")};
    perform(PressRecord{}, session_, view_);
    ASSERT_EQ(view_.messages.size(), 1U);
    EXPECT_EQ(view_.messages[0].id, "The disk is full.");
}

TEST_F(Screen, ATakeWithoutSoundNeedsASecondPressSoonAfterTheWarning) {
    session_.start_outcome = Error{ErrorKind::NeedsConsent, say("The microphone gives only silence.")};
    perform(PressRecord{}, session_, view_);
    EXPECT_EQ(session_.consented, Consent::NotGiven);
    ASSERT_EQ(view_.messages.size(), 1U) << "the crew reads why";
    view_.now_s += 3.0;
    perform(PressRecord{}, session_, view_);
    EXPECT_EQ(session_.consented, Consent::WithoutSound);

    perform(PressRecord{}, session_, view_);
    view_.now_s += 60.0;
    perform(PressRecord{}, session_, view_);
    EXPECT_EQ(session_.consented, Consent::NotGiven) << "a minute later nobody remembers the warning";
}

TEST_F(Screen, SpaceAndLettersBelongToTheFieldWhileTyping) {
    EXPECT_TRUE(action_for("Space", false, view_));
    EXPECT_FALSE(action_for("Space", true, view_));
    EXPECT_FALSE(action_for("L", true, view_));
    EXPECT_TRUE(action_for("F11", true, view_));
}

TEST_F(Screen, ArrowsMoveTheCropOnlyWhereThereIsOne) {
    session_.now.framing = {1440, 1080, centred_crop(1440, 1080), false, true};
    perform(MoveCrop{0, 1}, session_, view_);
    EXPECT_FALSE(session_.moved_crop) << "nothing is cropped";
    session_.now.framing.cropped = true;
    perform(*action_for("Ctrl+Down", false, view_), session_, view_);
    ASSERT_TRUE(session_.moved_crop);
    EXPECT_GT(session_.moved_crop->y_px, session_.now.framing.crop.y_px);
    EXPECT_EQ(session_.moved_crop->x_px, 0);
    EXPECT_EQ(session_.moved_crop->width_px, 1440);
}

TEST_F(Screen, EnterStopsOnlyAfterTheFirstAct) {
    EXPECT_FALSE(action_for("Return", false, view_));
    (void)view_.stop.press(view_.now_s);
    EXPECT_TRUE(action_for("Return", false, view_));
}

TEST_F(Screen, TypedGuestIsKeptWhenTheFieldIsLeft) {
    session_.now.slate.guest.clear();
    view_.focus_guest = true;
    for (int frame = 0; frame < 3; ++frame) draw();
    ASSERT_TRUE(ImGui::GetIO().WantTextInput);
    ImGui::GetIO().AddInputCharactersUTF8("李四");
    draw();
    const auto asked = click(layout().preview);
    ASSERT_TRUE(asked);
    const auto* change = std::get_if<ChangeSlate>(&*asked);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->slate.guest, "李四");
    EXPECT_EQ(change->slate.school, session_.now.slate.school);
}

TEST_F(Screen, ANewCharacterIsInTheAtlasWhenTheFrameIsShown) {
    draw();
    session_.now.slate.guest = "龘";
    draw();
    EXPECT_NE(fonts_->face(TextSize::Body)->FindGlyphNoFallback(0x9F98), nullptr);
}

TEST_F(Screen, DigitsHaveOneWidth) {
    draw();
    for (int size = 0; size < text_size_count; ++size) {
        const ImFont* const face = fonts_->face(static_cast<TextSize>(size));
        for (ImWchar digit = '1'; digit <= '9'; ++digit) {
            EXPECT_FLOAT_EQ(face->GetCharAdvance(digit), face->GetCharAdvance('0'));
        }
    }
}

TEST_F(Screen, DemoControlsAskForTheSceneOnlyWhileItIsShown) {
    const Area high{layout().preview.x, layout().preview.bottom() - 60 * layout().scale, layout().preview.width, 24};
    draw();
    EXPECT_FALSE(click(high));
    session_.now.demo = DemoSettings{1.0, Clutter::High, -70.0};
    draw();
    const auto asked = click(high);
    ASSERT_TRUE(asked);
    EXPECT_TRUE(std::holds_alternative<AdjustDemo>(*asked));
}

TEST(ScreenLayout, NothingOverlapsAndThePreviewIsSixteenToNineAtEverySizeAndZoom) {
    const std::array sizes{std::pair(1280.0F, 720.0F),  std::pair(1920.0F, 1080.0F), std::pair(1024.0F, 768.0F),
                           std::pair(2560.0F, 1080.0F), std::pair(1366.0F, 768.0F),  std::pair(3840.0F, 2160.0F)};
    for (const auto& [width, height] : sizes) {
        for (const float zoom : {1.0F, 1.25F, 1.5F, 1.75F, 2.0F, 2.25F, 2.5F}) {
            for (const bool compact : {false, true}) {
                const std::string where = std::to_string(width) + "x" + std::to_string(height) + " at " +
                                          std::to_string(zoom) + (compact ? " compact" : "");
                const ScreenLayout screen = lay_out_screen(width, height, {zoom, compact});
                std::vector<Area> areas{screen.preview, screen.levels, screen.meters, screen.transport, screen.status};
                if (screen.arrangement == Arrangement::Full) {
                    areas.push_back(screen.prompter);
                    areas.push_back(screen.slate);
                }
                if (screen.takes.width > 0) areas.push_back(screen.takes);
                for (std::size_t one = 0; one < areas.size(); ++one) {
                    EXPECT_GT(areas[one].width, 0) << one << where;
                    EXPECT_GT(areas[one].height, 0) << one << where;
                    EXPECT_GE(areas[one].x, 0) << one << where;
                    EXPECT_LE(areas[one].right(), width) << one << where;
                    EXPECT_LE(areas[one].bottom(), height) << one << where;
                    for (std::size_t two = one + 1; two < areas.size(); ++two) {
                        const bool apart = areas[one].right() <= areas[two].x || areas[two].right() <= areas[one].x ||
                                           areas[one].bottom() <= areas[two].y || areas[two].bottom() <= areas[one].y;
                        EXPECT_TRUE(apart) << one << " and " << two << " at " << where;
                    }
                }
                EXPECT_NEAR(screen.preview.width / screen.preview.height, 16.0F / 9.0F, 0.01F) << where;
                for (const Area& other : areas) {
                    const bool itself = other.x == screen.preview.x && other.y == screen.preview.y;
                    if (!itself && std::abs(width / height - 16.0F / 9.0F) < 0.01F) {
                        EXPECT_GE(screen.preview.width * screen.preview.height, other.width * other.height)
                            << "the preview is the largest, " << where;
                    }
                }
            }
        }
    }
}

TEST(ScreenLayout, ThereIsACompactArrangementOnWishAndWhereNothingElseFits) {
    EXPECT_EQ(lay_out_screen(1920, 1080).arrangement, Arrangement::Full);
    EXPECT_EQ(lay_out_screen(1280, 720).arrangement, Arrangement::Full);
    EXPECT_EQ(lay_out_screen(1920, 1080, {1.0F, true}).arrangement, Arrangement::Compact);
    EXPECT_EQ(lay_out_screen(1920, 1080, {2.0F, false}).arrangement, Arrangement::Compact);
    EXPECT_EQ(lay_out_screen(3840, 2160, {2.5F, false}).scale, 5.0F);
}

}  // namespace
}  // namespace changji
