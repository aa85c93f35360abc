#pragma once

#include "presets/preset.hpp"
#include "screen_fixture.hpp"
#include "tests/presets/shipped_preset.hpp"
#include "tests/support/media.hpp"
#include "tests/support/stored_take.hpp"
#include "ui/review/take_list.hpp"
#include "ui/window/review/review_perform.hpp"

namespace changji::test {

/// What the desk would have read of a project with these takes: without its thread.
inline std::shared_ptr<const ReviewContent> content_of(const std::filesystem::path& project, int take, int other,
                                                       const Preset& preset) {
    auto content = std::make_shared<ReviewContent>();
    content->takes = read_takes(project / "takes");
    for (std::size_t at = 0; at < content->takes.size(); ++at) content->matching.push_back(at);
    content->totals = totals_of(content->takes);
    content->best = suggest_take(content->takes, preset);
    const auto material = [&](int number) {
        return std::make_shared<const ReviewMaterial>(load_material(take_files(project / "takes", number)));
    };
    content->shown = material(take);
    if (other == 0) return content;
    content->other = material(other);
    std::vector<ListedTake> both;
    for (const int number : {take, other}) {
        for (const ListedTake& each : content->takes) {
            if (each.files.number == number) both.push_back(each);
        }
    }
    if (both.size() < 2) return content;
    content->compared = compare(compared(both[0]), compared(both[1]), preset);
    content->better = suggest_take(both, preset);
    return content;
}

/// Three takes: bad, good, bad. The player stands at the first picture of the film.
class ReviewScreen : public Screen {
protected:
    void SetUp() override {
        Screen::SetUp();
        session_.campaign = shipped_preset();
        store_take(folder_.path(), dark_report(1));
        store_take(folder_.path(), good_report(2));
        store_take(folder_.path(), dark_report(3));
        view_.setup.wish.project = folder_.path();
    }
    void open(int take, ReviewPage page = ReviewPage::Take) {
        open_review(session_.now, page, take, view_);
        follow_review(content_of(folder_.path(), take, take == 2 ? 1 : 2, session_.campaign), view_);
        view_.review.play.stage = TakePlayerState::Stage::Open;
        view_.review.play.length_s = 60.0;
    }
    /// As the window does with a key.
    void key(const char* name) {
        if (const auto action = action_for(name, false, view_)) perform(*action, session_, view_);
        // The player obeys before the next key.
        for (const PlayerCommand& each : view_.review.to_player) {
            if (const auto* seek = std::get_if<SeekTo>(&each)) view_.review.play.position_s = seek->at_s;
            if (const auto* loop = std::get_if<LoopOver>(&each)) view_.review.play.loop = loop->stretch;
            asked_.push_back(each);
        }
        view_.review.to_player.clear();
    }
    TemporaryFolder folder_;
    std::vector<PlayerCommand> asked_;
};

}  // namespace changji::test
