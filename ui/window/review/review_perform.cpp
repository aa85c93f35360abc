#include "ui/window/review/review_perform.hpp"

#include <algorithm>
#include <array>

#include "ui/window/take_flow.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr double toast_s = 3.0;
constexpr double shortest_timeline_s = 2.0;
/// A press of N where a stretch begins goes on to the next one.
constexpr double same_place_s = 0.05;

template <typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;  // clang 14 doesn't deduce it by itself

void tell(ViewState& view, Message words) { view.toast = {std::move(words), view.now_s + toast_s}; }

const std::vector<Finding>& findings_of(const ReviewMaterial& material) {
    return material.take.stored.report.verdict.findings;
}

void ask_player(ViewState& view, PlayerCommand command) { view.review.to_player.push_back(std::move(command)); }

void ask_desk(ViewState& view, int take, decltype(ReviewTask::what) what) {
    view.review.to_desk.push_back({view.setup.wish.project, take, std::move(what)});
}

/// The part shown moves along, so that `at_s` is in it.
void keep_in_sight(ReviewView& review, double at_s) {
    const double shown_s = review.to_s - review.from_s;
    const ReviewMaterial* const take = review.shown();
    if (shown_s <= 0.0 || !take || (at_s >= review.from_s && at_s <= review.to_s)) return;
    review.from_s = std::clamp(at_s - shown_s / 2, 0.0, std::max(0.0, take->duration_s - shown_s));
    review.to_s = review.from_s + shown_s;
}

void go_to(ViewState& view, const Stretch& place, double at_s) {
    if (view.review.play.loop) ask_player(view, LoopOver{place});
    ask_player(view, SeekTo{at_s});
    keep_in_sight(view.review, at_s);
}

void select(std::size_t index, ViewState& view) {
    ReviewView& review = view.review;
    const ReviewMaterial* const take = review.shown();
    if (!take || index >= findings_of(*take).size()) return;
    review.finding = index;
    const Finding& finding = findings_of(*take)[index];
    const auto places = places_of(finding);
    if (!places.empty()) go_to(view, places.front(), finding.worst_s.value_or(places.front().from_s));
}

void turn_finding(int by, ViewState& view) {
    const ReviewMaterial* const take = view.review.shown();
    if (!take || take->order.empty()) return;
    const auto last = static_cast<int>(take->order.size()) - 1;
    int at = by > 0 ? 0 : last;
    if (view.review.finding) {
        const auto now = std::ranges::find(take->order, *view.review.finding);
        at = std::clamp(static_cast<int>(now - take->order.begin()) + by, 0, last);
    }
    select(take->order[static_cast<std::size_t>(at)], view);
}

struct Place {
    Stretch at;
    std::size_t finding = 0;
};
std::vector<Place> places_in_time(const ReviewMaterial& take) {
    std::vector<Place> places;
    for (const std::size_t index : take.order) {
        const Finding& finding = findings_of(take)[index];
        if (finding.status == FindingStatus::Pass) continue;
        for (const Stretch& each : places_of(finding)) places.push_back({each, index});
    }
    std::ranges::stable_sort(places, {}, [](const Place& each) { return each.at.from_s; });
    return places;
}

void turn_place(int by, ViewState& view) {
    const ReviewMaterial* const take = view.review.shown();
    if (!take) return;
    const auto places = places_in_time(*take);
    if (places.empty()) return tell(view, say("There is no such stretch in this take."));
    const double at_s = view.review.play.position_s;
    const Place* found = nullptr;
    for (const Place& each : places) {
        if (by > 0 && each.at.from_s > at_s + same_place_s && !found) found = &each;
        if (by < 0 && each.at.from_s < at_s - same_place_s) found = &each;
    }
    if (!found) return tell(view, by > 0 ? say("That was the last one.") : say("That was the first one."));
    view.review.finding = found->finding;
    go_to(view, found->at, found->at.from_s);
}

/// The stretch of the chosen finding that is shown now, else its next one.
void toggle_loop(ViewState& view) {
    const ReviewMaterial* const take = view.review.shown();
    if (view.review.play.loop) return ask_player(view, LoopOver{});
    if (!take || !view.review.finding) return tell(view, say("Choose a finding first: its stretch is repeated."));
    const auto places = places_of(findings_of(*take)[*view.review.finding]);
    if (places.empty()) return tell(view, say("This finding has no stretch that could be repeated."));
    const double at_s = view.review.play.position_s;
    const auto next =
        std::ranges::find_if(places, [&](const Stretch& each) { return each.to_s + same_place_s >= at_s; });
    ask_player(view, LoopOver{next == places.end() ? places.back() : *next});
    if (!view.review.play.playing) ask_player(view, TogglePlay{});
}

void zoom_timeline(const ZoomTimeline& asked, ReviewView& review) {
    const ReviewMaterial* const take = review.shown();
    if (!take || take->duration_s <= 0.0) return;
    const bool whole = review.to_s <= review.from_s;
    const double from_s = whole ? 0.0 : review.from_s, to_s = whole ? take->duration_s : review.to_s;
    const double about_s = std::clamp(asked.about_s.value_or(review.play.position_s), from_s, to_s);
    const double shown_s = std::max((to_s - from_s) / asked.factor, std::min(shortest_timeline_s, take->duration_s));
    if (shown_s >= take->duration_s) {
        review.from_s = review.to_s = 0.0;
        return;
    }
    const double share = (about_s - from_s) / (to_s - from_s);
    review.from_s = std::clamp(about_s - shown_s * share, 0.0, take->duration_s - shown_s);
    review.to_s = review.from_s + shown_s;
}

/// What belongs to one take alone.
void forget_the_take(ReviewView& review) {
    review.finding.reset();
    review.from_s = review.to_s = 0.0;
    review.to_delete = 0;
}

void show_take(int number, ReviewView& review) {
    if (number == review.take) return;
    forget_the_take(review);
    review.take = number;
}

int neighbour_of(const ReviewView& review, int number, int by) {
    if (!review.content || review.content->takes.empty()) return number;
    const ReviewContent& content = *review.content;
    std::vector<int> numbers;
    for (std::size_t at = 0; at < content.takes.size(); ++at) {
        const bool listed = review.page != ReviewPage::Log || std::ranges::count(content.matching, at) > 0;
        if (listed) numbers.push_back(content.takes[at].files.number);
    }
    if (numbers.empty()) return number;
    const auto now = std::ranges::lower_bound(numbers, number);
    const auto at = std::clamp<std::ptrdiff_t>(now - numbers.begin() + by, 0, std::ssize(numbers) - 1);
    return numbers[static_cast<std::size_t>(at)];
}

void turn_page(int by, ReviewView& review) {
    const int page = static_cast<int>(review.page) + by + review_page_count;
    review.page = static_cast<ReviewPage>(page % review_page_count);
    review.to_delete = 0;
}

void rate(Rating rating, ViewState& view) {
    const ReviewMaterial* const take = view.review.shown();
    if (!take) return;
    const bool again = take->take.stored.rating == rating;
    ask_desk(view, take->files.number, ReportEdit{again ? Rating::None : rating, std::nullopt});
}

/// The session knows the last take: what is signed off there reaches it at once, also while it is being finished.
bool is_the_sessions(const SessionSnapshot& now, int take) {
    return now.sign_offs.take == take && (now.sign_offs.made || now.stage == Stage::Finishing);
}

void sign_line(int line, Session& session, ViewState& view) {
    // Asked for before it is read: the take that has just ended.
    const int take = view.review.shown() ? view.review.shown_take() : view.review.take;
    const auto& lines = preset_of_review(view, session.preset()).confirmations;
    if (take == 0 || line < 1 || line > static_cast<int>(lines.size())) return;
    const SessionSnapshot now = session.snapshot();
    const bool of_session = is_the_sessions(now, take);
    if (!of_session && !view.review.shown()) return;
    auto clauses = of_session ? now.sign_offs.clauses : signed_of_review(view, now);
    const std::string& clause = lines[static_cast<std::size_t>(line - 1)].clause;
    if (std::erase(clauses, clause) == 0) clauses.push_back(clause);
    if (of_session) {
        keep_refusal(session.sign_off(clauses), view);
    } else {
        ask_desk(view, take, CrewEdit{std::nullopt, std::move(clauses)});
    }
}

void toggle_topic(int topic, ViewState& view) {
    if (const int take = view.review.shown_take(); take != 0) {
        ask_desk(view, take, CrewEdit{Mark{view.review.play.position_s, MarkKind::Topic, topic}, std::nullopt});
    }
}

void ask_to_delete(const Session& session, ViewState& view) {
    const SessionSnapshot now = session.snapshot();
    const int take = view.review.shown_take();
    if (take != 0 && now.stage == Stage::Finishing && is_the_sessions(now, take)) {
        return tell(view, say("The take is still being finished: it can be deleted afterwards."));
    }
    view.review.to_delete = take;
}

}  // namespace

void open_review(const SessionSnapshot& now, ReviewPage page, int take, ViewState& view) {
    if (now.stage == Stage::Recording) {
        return tell(view, say("Earlier takes can be looked at when this one is over."));
    }
    view.countdown.cancel();
    view.overlay = Overlay::None;
    ReviewView& review = view.review;
    if (!review.open || take != 0) {
        if (take != review.take) forget_the_take(review);
        review.take = take;
    }
    review.page = page;
    review.open = true;
}

void close_review(ViewState& view) {
    ReviewView& review = view.review;
    review.open = false;
    review.content.reset();
    review.play = review.other_play = {};
    review.subject.reset();
    review.sound.reset();
    review.to_player.clear();
    review.lanes = review.lanes_of_first = review.lanes_of_second = {};
    review.take = review.other = 0;
    review.search.clear();
    review.search_draft.clear();
    review.greeted = 0;
    forget_the_take(review);
}

void cancel_review(ViewState& view) {
    if (view.review.to_delete != 0) {
        view.review.to_delete = 0;
    } else {
        close_review(view);
    }
    view.messages.clear();
}

void perform_review(const ReviewAction& action, Session& session, ViewState& view) {
    ReviewView& review = view.review;
    if (const auto* asked = std::get_if<OpenReview>(&action)) {
        return open_review(session.snapshot(), asked->page, asked->take, view);
    }
    if (!review.open) return;
    std::visit(
        Overloaded{
            [](const OpenReview&) {},
            [&](const PlayerCommand& command) {
                if (const auto* seek = std::get_if<SeekTo>(&command)) keep_in_sight(review, seek->at_s);
                ask_player(view, command);
            },
            [&](const CloseReview&) { close_review(view); },
            [&](const TurnReviewPage& asked) { turn_page(asked.by, review); },
            [&](const RecordNext&) {
                close_review(view);
                perform_of_take(ReviewAction{RecordNext{}}, session, view);
            },
            [&](const TurnTake& asked) { show_take(neighbour_of(review, review.shown_take(), asked.by), review); },
            [&](const ShowTake& asked) { show_take(asked.take, review); },
            [&](const SelectFinding& asked) { select(asked.index, view); },
            [&](const TurnFinding& asked) {
                // The list of takes has the newest on top.
                if (review.page == ReviewPage::Take) return turn_finding(asked.by, view);
                if (review.page == ReviewPage::Log) {
                    return show_take(neighbour_of(review, review.shown_take(), -asked.by), review);
                }
                const int other = review.content && review.content->other ? review.content->other->files.number : 0;
                review.other = neighbour_of(review, other, asked.by);
            },
            [&](const TurnPlace& asked) { turn_place(asked.by, view); },
            [&](const ToggleLoop&) { toggle_loop(view); },
            [&](const ZoomTimeline& asked) { zoom_timeline(asked, review); },
            [&](const RateTake& asked) { rate(asked.rating, view); },
            [&](const WriteNote& asked) {
                ask_desk(view, asked.take, ReportEdit{std::nullopt, asked.text});
            },
            [&](const FocusNote&) {
                review.page = ReviewPage::Log;
                review.focus_note = true;
            },
            [&](const SignLine& asked) { sign_line(asked.line, session, view); },
            [&](const ToggleTopic& asked) { toggle_topic(asked.topic, view); },
            [&](const AskToDelete&) { ask_to_delete(session, view); },
            [&](const DeleteIt&) {
                if (review.to_delete == 0) return;
                ask_desk(view, review.to_delete, DeleteTake{});
                review.take = neighbour_of(review, review.to_delete, -1);
                if (review.take == review.to_delete) review.take = 0;
                forget_the_take(review);
            },
            [&](const SaveLog&) { ask_desk(view, 0, ExportLog{}); },
            [&](const SaveReport&) {
                if (review.shown_take() != 0) ask_desk(view, review.shown_take(), ExportReport{});
            },
            [&](const CompareWith& asked) {
                review.other = asked.take;
                review.page = ReviewPage::Compare;
            },
            [&](const SearchTakes& asked) { review.search = asked.words; },
        },
        action);
}

std::optional<std::optional<Action>> review_action_for(std::string_view key, bool typing, const ViewState& view) {
    using Asked = std::optional<Action>;
    const bool covered = view.overlay == Overlay::Setup || view.overlay == Overlay::Guide;
    if (!view.review.open || covered || (typing && belongs_to_text(key))) return std::nullopt;
    if (key == "Return") {
        if (view.review.keyboard_on_button) return Asked();
        if (view.review.to_delete != 0) return Asked(ReviewAction{DeleteIt{}});
        if (view.review.page != ReviewPage::Take) return Asked(ReviewAction{OpenReview{ReviewPage::Take, 0}});
        return Asked();
    }
    if (const Command* const command = view.keys.command_for(key, KeyPlace::Review)) return Asked(command->action);
    const Command* const live = view.keys.command_for(key);
    if (!live) return Asked();
    if (const auto* topic = std::get_if<TickTopic>(&live->action)) {
        return Asked(ReviewAction{SignLine{topic->number}});
    }
    const bool kept = live->group == CommandGroup::Aids || live->group == CommandGroup::Window ||
                      std::holds_alternative<Cancel>(live->action);
    if (!kept) return Asked();
    return std::nullopt;
}

std::optional<ReviewWish> wish_of_review(const ViewState& view) {
    if (!view.review.open) return std::nullopt;
    return ReviewWish{view.setup.wish.project, view.review.take, view.review.other, view.review.search};
}

void follow_review(std::shared_ptr<const ReviewContent> content, ViewState& view) {
    ReviewView& review = view.review;
    if (!review.open) return;
    review.content = std::move(content);
    const auto& shown = review.content ? review.content->shown : nullptr;
    review.words.speak_of(shown);
    if (!shown) return;
    const StoredReport& stored = shown->take.stored;
    if (review.finding && *review.finding >= findings_of(*shown).size()) review.finding.reset();
    if (review.note_of != shown->files.number || !review.editing_note) {
        review.note = stored.note;
        review.note_of = shown->files.number;
    }
    if (review.take != 0 && review.take != shown->files.number) return;  // another one is still being read
    if (review.greeted == shown->files.number || stored.state != ReportState::Whole || shown->order.empty()) return;
    review.greeted = shown->files.number;
    const std::size_t worst = shown->order.front();
    if (review.finding || findings_of(*shown)[worst].status == FindingStatus::Pass) return;
    // Whoever watches already is not torn away.
    if (review.play.playing || review.play.position_s > 0.0) {
        review.finding = worst;
    } else {
        select(worst, view);
    }
}

const Preset& preset_of_review(const ViewState& view, const Preset& of_session) {
    const ReviewMaterial* const take = view.review.shown();
    if (!take || take->take.stored.report.preset.empty()) return of_session;
    const std::string& id = take->take.stored.report.preset;
    if (id == of_session.id) return of_session;
    const auto found = std::ranges::find(view.presets, id, &Preset::id);
    return found == view.presets.end() ? of_session : *found;
}

const std::vector<std::string>& signed_of_review(const ViewState& view, const SessionSnapshot& now) {
    static const std::vector<std::string> nothing;
    const ReviewMaterial* const take = view.review.shown();
    if (!take) return nothing;
    if (is_the_sessions(now, take->files.number)) return now.sign_offs.clauses;
    return take->take.stored.report.slate.confirmed_clauses;
}

}  // namespace changji
