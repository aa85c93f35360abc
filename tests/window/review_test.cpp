// The review, the comparison and the take log: what keys and clicks do, without a display or a film.

#include "review_fixture.hpp"

namespace changji {
namespace {

using test::ReviewScreen;

class Review : public ReviewScreen {
protected:
    void record_and_stop() {
        session_.now.stage = Stage::Recording;
        session_.now.take_number = 3;
        follow(session_, session_.now, view_);
        session_.now.stage = Stage::Finishing;
        follow(session_, session_.now, view_);
    }
    [[nodiscard]] const Finding& chosen() const {
        return view_.review.shown()->take.stored.report.verdict.findings.at(view_.review.finding.value());
    }
    [[nodiscard]] Area review_area_of_film() const {
        const float px = layout().scale;
        return {16 * px, 132 * px, 960 * px, 540 * px};
    }
    [[nodiscard]] double at_s() const { return view_.review.play.position_s; }
};

TEST_F(Review, OpensByItselfAfterATakeAndOneKeyGoesBack) {
    record_and_stop();
    EXPECT_TRUE(view_.review.open);
    EXPECT_EQ(view_.review.take, 3);
    ASSERT_TRUE(wish_of_review(view_));
    EXPECT_EQ(wish_of_review(view_)->take, 3);
    key("Escape");
    EXPECT_FALSE(view_.review.open);
    EXPECT_FALSE(wish_of_review(view_)) << "nobody looks any more";
    follow(session_, session_.now, view_);
    EXPECT_FALSE(view_.review.open) << "once";
}

TEST_F(Review, TheNextTakeIsOneKeyAwayAndClosesItAtOnce) {
    open(3);
    key("R");
    EXPECT_EQ(session_.starts, 1);
    EXPECT_FALSE(view_.review.open);
}

TEST_F(Review, ATakeAskedForWhileTheLastIsFinishedBeginsByItself) {
    record_and_stop();
    key("R");
    EXPECT_FALSE(view_.review.open);
    EXPECT_EQ(session_.starts, 0) << "the last one is being finished";
    follow(session_, session_.now, view_);
    EXPECT_EQ(session_.starts, 0);
    session_.now.stage = Stage::Watching;
    follow(session_, session_.now, view_);
    EXPECT_EQ(session_.starts, 1);
}

TEST_F(Review, EscapeTakesThatBack) {
    record_and_stop();
    key("R");
    key("Escape");
    session_.now.stage = Stage::Watching;
    follow(session_, session_.now, view_);
    EXPECT_EQ(session_.starts, 0);
}

TEST_F(Review, ARecordingCloses) {
    open(2);
    session_.now.stage = Stage::Recording;
    follow(session_, session_.now, view_);
    EXPECT_FALSE(view_.review.open);
    key("I");
    EXPECT_FALSE(view_.review.open) << "and none opens while it runs";
}

TEST_F(Review, SpacePlaysHereAndRecordsNothing) {
    open(2);
    key("Space");
    ASSERT_EQ(asked_.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<TogglePlay>(asked_[0]));
    EXPECT_EQ(session_.starts, 0);
}

TEST_F(Review, KeysOfTheEditingDeskReachThePlayer) {
    open(2);
    for (const char* name : {"Left", "Right", "J", "K", "L", ",", "."}) key(name);
    ASSERT_EQ(asked_.size(), 7u);
    EXPECT_EQ(std::get<StepFrames>(asked_[0]).by, -1);
    EXPECT_EQ(std::get<StepFrames>(asked_[1]).by, 1);
    EXPECT_EQ(std::get<ShuttlePlay>(asked_[2]).direction, -1);
    EXPECT_EQ(std::get<ShuttlePlay>(asked_[3]).direction, 0);
    EXPECT_EQ(std::get<ShuttlePlay>(asked_[4]).direction, 1);
    EXPECT_EQ(std::get<ChangeSpeed>(asked_[5]).by, -1);
    EXPECT_EQ(std::get<ChangeSpeed>(asked_[6]).by, 1);
}

TEST_F(Review, MonitoringToolsAreTheSameAsOnTheLivePicture) {
    open(2);
    key("F5");
    EXPECT_EQ(view_.monitoring.tint, Tint::FalseColour);
    key("W");
    EXPECT_EQ(view_.monitoring.scope, PictureScope::Waveform);
    const Monitoring before = view_.monitoring;
    key("Ctrl+Left");
    EXPECT_FALSE(session_.moved_crop) << "what belongs to the camera does nothing here";
    EXPECT_EQ(view_.monitoring, before);
}

TEST_F(Review, ABadTakeShowsItsWorstMomentByItself) {
    open(3);
    EXPECT_EQ(chosen().check, "light.face_luma_percent");
    ASSERT_EQ(view_.review.to_player.size(), 1u);
    EXPECT_EQ(std::get<SeekTo>(view_.review.to_player[0]).at_s, 25.0);
}

TEST_F(Review, WhoeverWatchesAlreadyIsNotTornAway) {
    open_review(session_.now, ReviewPage::Take, 3, view_);
    view_.review.play.position_s = 4.0;
    follow_review(test::content_of(folder_.path(), 3, 2, session_.campaign), view_);
    EXPECT_TRUE(view_.review.finding);
    EXPECT_TRUE(view_.review.to_player.empty());
}

TEST_F(Review, NAndPGoThroughTheStretchesInTime) {
    open(3);
    view_.review.to_player.clear();
    view_.review.play.position_s = 0.0;
    std::vector<double> seen;
    for (const char* name : {"N", "N", "N", "N", "P", "P", "P"}) {
        key(name);
        seen.push_back(at_s());
    }
    EXPECT_EQ(seen, (std::vector{5.0, 20.0, 50.0, 50.0, 20.0, 5.0, 5.0}));
    EXPECT_EQ(chosen().check, "sound.noise_floor_dbfs");
    EXPECT_FALSE(view_.toast.words.empty()) << "the end is told";
}

TEST_F(Review, ChoosingAFindingJumpsThereAndUpAndDownGoThroughTheList) {
    open(3);
    key("Down");
    EXPECT_EQ(chosen().status, FindingStatus::Warn);
    EXPECT_EQ(at_s(), 5.0) << "without a worst moment: where it begins";
    key("Up");
    EXPECT_EQ(at_s(), 25.0);
    key("Up");
    EXPECT_EQ(chosen().status, FindingStatus::Fail) << "the top of the list";
}

TEST_F(Review, OLoopsTheStretchAndTheNextFindingTakesTheLoopAlong) {
    open(3);
    key("K");
    key("O");
    ASSERT_TRUE(view_.review.play.loop);
    EXPECT_EQ(*view_.review.play.loop, (Stretch{20.0, 30.0}));
    EXPECT_TRUE(std::holds_alternative<TogglePlay>(asked_.back())) << "and plays it";
    key("Down");
    EXPECT_EQ(*view_.review.play.loop, (Stretch{5.0, 8.0}));
    key("O");
    EXPECT_FALSE(view_.review.play.loop);
}

TEST_F(Review, TheTimelineZoomsAboutTheMomentAndFollowsAJump) {
    open(3);
    view_.review.play.position_s = 25.0;
    for (int i = 0; i < 3; ++i) key("=");
    EXPECT_NEAR(view_.review.to_s - view_.review.from_s, 7.5, 1e-9);
    EXPECT_LE(view_.review.from_s, 25.0);
    EXPECT_GE(view_.review.to_s, 25.0);
    key("Down");
    EXPECT_LE(view_.review.from_s, 5.0) << "what is shown moves along";
    for (int i = 0; i < 30; ++i) key("=");
    EXPECT_GE(view_.review.to_s - view_.review.from_s, 1.9);
    for (int i = 0; i < 30; ++i) key("-");
    EXPECT_EQ(view_.review.to_s, view_.review.from_s) << "all of it";
}

TEST_F(Review, NumbersAnswerTheQuestionsOfTheTakeThatIsShown) {
    open(1);
    key("2");
    ASSERT_EQ(view_.review.to_desk.size(), 1u);
    EXPECT_EQ(view_.review.to_desk[0].take, 1);
    const auto& edit = std::get<CrewEdit>(view_.review.to_desk[0].what);
    EXPECT_EQ(edit.confirmed, std::vector<std::string>{session_.campaign.confirmations[1].clause});
    EXPECT_TRUE(session_.now.sign_offs.clauses.empty()) << "the session's own take is another";

    session_.now.sign_offs.take = 1;
    session_.now.sign_offs.made = true;
    key("1");
    EXPECT_EQ(session_.now.sign_offs.clauses.size(), 1u) << "the last take's are the session's";
    EXPECT_EQ(view_.review.to_desk.size(), 1u);
    key("9");
    EXPECT_EQ(session_.now.sign_offs.clauses.size(), 1u) << "there is no such question";
}

TEST_F(Review, RatingTwiceTakesItAway) {
    open(1);
    key("G");
    ASSERT_EQ(view_.review.to_desk.size(), 1u);
    EXPECT_EQ(std::get<ReportEdit>(view_.review.to_desk[0].what).rating, Rating::Good);
    test::write_text(take_files(folder_.path() / "takes", 1).report, [&] {
        std::string text = take_report_json(test::dark_report(1));
        return text.replace(text.find("\"rating\": \"\""), 12, "\"rating\": \"good\"");
    }());
    follow_review(test::content_of(folder_.path(), 1, 2, session_.campaign), view_);
    key("G");
    EXPECT_EQ(std::get<ReportEdit>(view_.review.to_desk[1].what).rating, Rating::None);
    key("X");
    EXPECT_EQ(std::get<ReportEdit>(view_.review.to_desk[2].what).rating, Rating::No);
}

TEST_F(Review, DeletingAsksFirstAndEscapeKeeps) {
    open(2, ReviewPage::Log);
    key("Delete");
    EXPECT_EQ(view_.review.to_delete, 2);
    key("Escape");
    EXPECT_TRUE(view_.review.open);
    EXPECT_EQ(view_.review.to_delete, 0);
    key("Return");
    EXPECT_TRUE(view_.review.to_desk.empty()) << "Enter alone deletes nothing";
    key("Delete");
    key("Return");
    ASSERT_EQ(view_.review.to_desk.size(), 1u);
    EXPECT_EQ(view_.review.to_desk[0].take, 2);
    EXPECT_TRUE(std::holds_alternative<DeleteTake>(view_.review.to_desk[0].what));
    EXPECT_EQ(view_.review.take, 1) << "the neighbour is shown then";
}

TEST_F(Review, ATakeThatIsBeingFinishedIsNotDeleted) {
    session_.now.stage = Stage::Finishing;
    session_.now.sign_offs.take = 3;
    open(3);
    key("Delete");
    EXPECT_EQ(view_.review.to_delete, 0);
}

TEST_F(Review, BracketsGoToTheNeighbouringTakes) {
    open(2);
    key("[");
    EXPECT_EQ(view_.review.take, 1);
    EXPECT_FALSE(view_.review.finding);
    open(2);
    key("]");
    EXPECT_EQ(view_.review.take, 3);
}

TEST_F(Review, PagesTurnAndALateContentDoesNotMixThem) {
    open(2);
    key("PageDown");
    EXPECT_EQ(view_.review.page, ReviewPage::Compare);
    key("Down");
    EXPECT_NE(wish_of_review(view_)->other, 0) << "another right take";
    key("PageDown");
    EXPECT_EQ(view_.review.page, ReviewPage::Log);
    key("Down");
    EXPECT_EQ(view_.review.take, 1) << "the newest is on top";
    key("Return");
    EXPECT_EQ(view_.review.page, ReviewPage::Take);
}

TEST_F(Review, AClickOnATakeOfTheLiveListOpensItsReview) {
    draw();
    const float px = layout().scale;
    const Area takes = layout().takes;
    const auto asked = click({takes.x + 20 * px, takes.y + 60 * px, 200 * px, 30 * px});
    ASSERT_TRUE(asked);
    const auto& open = std::get<OpenReview>(std::get<ReviewAction>(*asked));
    EXPECT_EQ(open.take, 2) << "the second row";
}

TEST_F(Review, AClickOnTheTimelineGoesThere) {
    open(3);
    draw();
    const Area film = review_area_of_film();
    const auto asked = click({film.x + film.width * 0.6F, film.bottom() + 90 * layout().scale, 4, 4});
    ASSERT_TRUE(asked);
    const auto& seek = std::get<SeekTo>(std::get<PlayerCommand>(std::get<ReviewAction>(*asked)));
    EXPECT_GT(seek.at_s, 20.0);
    EXPECT_LT(seek.at_s, 50.0);
}

TEST_F(Review, AClickInTheComparisonTakesBothFilmsThere) {
    open(3, ReviewPage::Compare);
    view_.review.lanes_of_first = {};
    set_size(1920, 1080);
    draw();
    const auto asked = click({300, 960, 4, 4});
    ASSERT_TRUE(asked);
    EXPECT_TRUE(std::holds_alternative<SeekTo>(std::get<PlayerCommand>(std::get<ReviewAction>(*asked))));
    view_.review.to_delete = 3;
    EXPECT_FALSE(click({300, 960, 4, 4})) << "a question lies over it";
}

/// Each tool of the live picture draws on a film as well: faces, sound and picture scopes, tints and guides.
TEST_F(Review, TheFilmHasEveryToolOfTheLivePicture) {
    set_size(1920, 1080);
    open(3);
    view_.review.play.audible = true;
    session_.now.faces.clear();
    view_.review.sound = SoundPicture{};
    texture_ = reinterpret_cast<ImTextureID>(1);
    const auto vertices = [this] {
        EXPECT_FALSE(draw());
        return ImGui::GetDrawData()->TotalVtxCount;
    };
    const int plain = vertices();
    for (int aid = 0; aid <= static_cast<int>(Aid::Phase); ++aid) {
        const auto tool = static_cast<Aid>(aid);
        if (tool == Aid::Compare || tool == Aid::Freeze || tool == Aid::Clutter || tool == Aid::Headroom) continue;
        view_.monitoring = toggled({}, tool);
        EXPECT_GT(vertices(), plain + 20) << "aid " << aid;
    }
    view_.monitoring = {};
    session_.now.faces = {{0.4, 0.3, 0.2, 0.3}};
    const int with_a_face = vertices();
    EXPECT_GT(with_a_face, plain + 20);
    view_.monitoring.headroom = true;
    EXPECT_GT(vertices(), with_a_face + 20);
}

TEST_F(Review, EveryStateDrawsInEverySize) {
    namespace fs = std::filesystem;
    const TakeFiles files = take_files(folder_.path() / "takes", 3);
    const auto draw_all = [&](const char* what) {
        SCOPED_TRACE(what);
        view_.review.content.reset();
        for (const auto page : {ReviewPage::Take, ReviewPage::Compare, ReviewPage::Log}) {
            open(3, page);
            for (const auto stage :
                 {TakePlayerState::Stage::Open, TakePlayerState::Stage::Opening, TakePlayerState::Stage::Failed}) {
                view_.review.play.stage = stage;
                draw();
                EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, 400);
            }
        }
    };
    for (const auto& [width, height] : {std::pair(1280.0F, 720.0F), std::pair(3840.0F, 2160.0F)}) {
        set_size(width, height);
        draw_all("whole");
    }
    fs::remove(files.report);
    draw_all("no report");
    fs::rename(files.video, files.part);
    draw_all("fragments alone");
    test::write_text(files.meters, test::meters_csv(10.0) + "10.2,5");
    draw_all("half a meters file");
    fs::remove(files.meters);
    draw_all("no meters");
    fs::remove(files.part);
    draw_all("nothing");
    view_.review.content.reset();
    draw();
    view_.review.content = std::make_shared<ReviewContent>();
    for (const auto page : {ReviewPage::Take, ReviewPage::Compare, ReviewPage::Log}) {
        view_.review.page = page;
        draw();
    }
}

}  // namespace
}  // namespace changji
