#include "ui/window/take_flow.hpp"

#include <algorithm>

#include "ui/window/review/review_perform.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr double consent_window_s = 15.0;  // long enough to read why, short enough to mean this take
constexpr double toast_s = 3.0;

void tell(ViewState& view, Message words) { view.toast = {std::move(words), view.now_s + toast_s}; }

bool is_signed_off(const SessionSnapshot& now, const Confirmation& each) {
    const auto& clauses = now.sign_offs.clauses;
    return std::ranges::find(clauses, each.clause) != clauses.end();
}

void begin_take(Session& session, ViewState& view, Consent consent) {
    const Status begun = session.start_take(consent);
    if (!begun && begun.error().kind == ErrorKind::NeedsConsent) view.told_silent_s = view.now_s;
    keep_refusal(begun, view);
}

/// A take without sound begins only for someone who was told so and presses again; that is settled before the
/// countdown.
void start(Session& session, ViewState& view) {
    const bool told = view.told_silent_s && view.now_s - *view.told_silent_s < consent_window_s;
    const Consent consent = told ? Consent::WithoutSound : Consent::NotGiven;
    view.told_silent_s.reset();
    view.stop.cancel();
    view.messages.clear();
    if (view.review.open) close_review(view);
    if (view.overlay != Overlay::Guide) view.overlay = Overlay::None;  // whoever records has to see it
    if (view.settings.countdown_s == 0) return begin_take(session, view, consent);
    const Status allowed = session.may_start(consent);
    if (!allowed && allowed.error().kind == ErrorKind::NeedsConsent) view.told_silent_s = view.now_s;
    keep_refusal(allowed, view);
    if (!allowed) return;
    view.consent = consent;
    view.countdown.begin(view.now_s, view.settings.countdown_s);
}

void press_record(Session& session, ViewState& view) {
    switch (session.snapshot().stage) {
        case Stage::Watching:
            if (view.countdown.running()) {
                static_cast<void>(view.countdown.press(view.now_s));
            } else {
                start(session, view);
            }
            break;
        case Stage::Recording:
            if (view.stop.press(view.now_s)) session.stop_take();
            break;
        case Stage::Finishing:
        case Stage::Lost: break;
    }
}

/// A take can't begin while the last one is finished: whoever has asked need not ask again.
void record_next(Session& session, ViewState& view) {
    view.review_due = false;
    if (session.snapshot().stage != Stage::Finishing) return press_record(session, view);
    view.record_due = true;
    tell(view, say("The next take begins as soon as the last one is finished. Esc takes that back."));
}

void tick_sign_off(std::size_t line, Session& session, ViewState& view) {
    const Preset& preset = session.preset();
    if (line == 0 || line > preset.confirmations.size()) return;
    const std::string& clause = preset.confirmations[line - 1].clause;
    auto clauses = session.snapshot().sign_offs.clauses;
    if (std::erase(clauses, clause) == 0) clauses.push_back(clause);
    keep_refusal(session.sign_off(clauses), view);
}

void tick_topic(int number, Session& session, ViewState& view) {
    const auto& topics = session.preset().topics;
    const bool known = topics && std::ranges::find(topics->topics, number, &Topic::number) != topics->topics.end();
    if (!known) return;
    if (session.snapshot().stage != Stage::Recording) {
        return tell(view, say("Topics are ticked while a take is recorded."));
    }
    session.mark(MarkKind::Topic, number);
    const auto marks = session.snapshot().marks;
    const Mark* const ticked = find_topic(marks, number);
    tell(view, ticked ? say("Topic {0} ticked at {1}", std::to_string(number), clock_text(ticked->at_s))
                      : say("Topic {0} is open again", std::to_string(number)));
}

void mark_moment(MarkKind kind, Session& session, ViewState& view) {
    if (session.snapshot().stage != Stage::Recording) {
        return tell(view, say("Moments are marked while a take is recorded."));
    }
    session.mark(kind, 0);
    const SessionSnapshot now = session.snapshot();
    const std::string count = std::to_string(std::ranges::count(now.marks, kind, &Mark::kind));
    tell(view, kind == MarkKind::Good ? say("Good moment marked at {0} ({1} so far)", clock_text(now.elapsed_s), count)
                                      : say("Bad moment marked at {0} ({1} so far)", clock_text(now.elapsed_s), count));
}

void choose_next_countdown(ViewState& view) {
    const auto& choices = Countdown::choices_s;
    const auto* const at = std::ranges::find(choices, view.settings.countdown_s);
    const bool last = at == choices.end() || at + 1 == choices.end();
    view.settings.countdown_s = last ? choices.front() : *(at + 1);
    tell(view, view.settings.countdown_s == 0
                   ? say("No countdown: the take begins at once")
                   : say("The take begins after {0} s", std::to_string(view.settings.countdown_s)));
}

}  // namespace

void keep_refusal(const Status& status, ViewState& view) {
    if (!status) view.messages.push_back(status.error().message);
}

int open_sign_offs(const SessionSnapshot& now, const Preset& preset) {
    return static_cast<int>(std::ranges::count_if(preset.confirmations,
                                                  [&](const Confirmation& each) { return !is_signed_off(now, each); }));
}

void perform_of_take(const Action& action, Session& session, ViewState& view) {
    if (std::holds_alternative<PressRecord>(action)) press_record(session, view);
    if (std::holds_alternative<ConfirmStop>(action)) press_record(session, view);
    if (const auto* asked = std::get_if<ReviewAction>(&action); asked && std::holds_alternative<RecordNext>(*asked)) {
        record_next(session, view);
    }
    if (const auto* tick = std::get_if<TickTopic>(&action)) {
        if (view.overlay == Overlay::SignOffs) {
            tick_sign_off(static_cast<std::size_t>(tick->number), session, view);
        } else {
            tick_topic(tick->number, session, view);
        }
    }
    if (const auto* mark = std::get_if<MarkMoment>(&action)) mark_moment(mark->kind, session, view);
    if (const auto* signs = std::get_if<SignOff>(&action)) keep_refusal(session.sign_off(signs->clauses), view);
    if (std::holds_alternative<ToggleOutline>(action)) {
        view.outline = session.preset().topics && !view.outline;
        if (!session.preset().topics) tell(view, say("This preset has no list of topics."));
    }
    if (std::holds_alternative<ToggleCue>(action)) {
        view.settings.cue = !view.settings.cue;
        tell(view, view.settings.cue ? say("The countdown sounds") : say("The countdown is silent"));
    }
    if (std::holds_alternative<NextCountdown>(action)) choose_next_countdown(view);
}

void follow(Session& session, const SessionSnapshot& now, ViewState& view) {
    if (view.countdown.reached(view.now_s)) begin_take(session, view, view.consent);
    if (now.stage == Stage::Recording && view.stop.held_out(view.now_s)) session.stop_take();

    const bool was_recording = view.stage_seen == Stage::Recording;
    const bool recording = now.stage == Stage::Recording;
    view.stage_seen = now.stage;
    if (recording && !was_recording) {
        view.countdown.cancel();
        view.review_due = false;
        if (view.review.open) close_review(view);
        if (view.overlay == Overlay::SignOffs) view.overlay = Overlay::None;
        view.outline = session.preset().topics && !view.editing;
        if (view.settings.prompter_with_take) session.prompt({PrompterAct::Run, 0.0});
    }
    if (was_recording && !recording) {
        view.stop.cancel();
        view.outline = false;
        view.review_due = true;
        if (view.settings.prompter_with_take) session.prompt({PrompterAct::Pause, 0.0});
    }
    if (recording) view.recorded_take = now.take_number;
    if (view.record_due && now.stage == Stage::Watching) {
        view.record_due = false;
        press_record(session, view);
    }
    if (view.review_due && view.overlay == Overlay::None && !view.editing && !view.countdown.running()) {
        view.review_due = false;
        open_review(now, ReviewPage::Take, view.recorded_take, view);
    }
    view.settings.characters_per_min = now.prompter.characters_per_min;
    view.take_warnings = view.warnings.update(now, session.preset());
}

}  // namespace changji
