#include "analysis/judging/checks.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace changji {
namespace {

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

bool is_confirmed(const CrewEvidence& crew, const std::string& clause) {
    return std::count(crew.confirmed_clauses.begin(), crew.confirmed_clauses.end(), clause) > 0;
}

Finding make(const std::string& clause, std::string check, bool met, Message met_message, Message open_message,
             Message advice) {
    Finding finding;
    finding.clause = clause;
    finding.check = std::move(check);
    finding.status = met ? FindingStatus::Pass : FindingStatus::Confirm;
    finding.message = met ? std::move(met_message) : std::move(open_message);
    if (!met) finding.advice = std::move(advice);
    return finding;
}

Finding check_packaging(const std::string& clause, bool own_take) {
    Finding finding;
    finding.clause = clause;
    finding.check = "packaging";
    if (own_take) {
        finding.status = FindingStatus::Pass;
        finding.message = say("This program draws nothing into the recorded picture.");
    } else {
        finding.message =
            say("The file was not recorded with this program: titles, logos and borders are not looked for.");
        finding.advice = say("Watch the file and make sure that nothing is drawn into the picture.");
    }
    return finding;
}

Finding check_guest(const GuestDemand& demand, const CrewEvidence& crew) {
    Finding finding =
        make(demand.clause, "crew.guest", !is_blank(crew.guest) && !is_blank(crew.office),
             say("The guest's name and office are entered."), say("The guest's name or office is not entered yet."),
             say("Enter the guest's name and office in the slate."));
    finding.value = is_blank(crew.office) ? crew.guest : crew.office + " " + crew.guest;
    return finding;
}

std::string in_tenths(double value) {
    std::ostringstream text;
    text.precision(1);
    text << std::fixed << value;
    return text.str();
}

Message heard_message(const LineCheck& check, const std::string& line) {
    switch (check.heard) {
        case LineHeard::Heard:
            return say(
                "The opening line was heard from {1} s to {2} s. Somebody has to confirm the guest's name and "
                "every word of it: {0}",
                line, in_tenths(check.from_s), in_tenths(check.to_s));
        case LineHeard::NotHeard:
            return say(
                "The opening line was not heard in the first {1} s. Somebody has to confirm that it was "
                "spoken: {0}",
                line, in_tenths(check.listened_s));
        case LineHeard::CantTell: break;
    }
    return say("The sound doesn't tell whether the opening line was spoken. Somebody has to confirm it: {0}", line);
}

/// What was heard never passes the clause: a name and a wrong word can't be told by it. A person's word does.
Finding check_opening(const Preset& preset, const CrewEvidence& crew, const std::optional<LineCheck>& heard) {
    const std::string& clause = preset.opening->clause;
    const std::string line = preset.opening_line_for(crew.guest);
    const bool doubtful = heard && heard->heard == LineHeard::NotHeard;
    Finding finding =
        make(clause, "crew.opening", is_confirmed(crew, clause),
             doubtful ? say("The crew has confirmed that the opening line was spoken, though the program didn't hear "
                            "it: {0}",
                            line)
                      : say("The crew has confirmed that the opening line was spoken: {0}", line),
             heard ? heard_message(*heard, line)
                   : say("Somebody has to confirm that this opening line was spoken: {0}", line),
             say("Listen to the beginning of the take and tick the opening line."));
    if (!heard) return finding;
    // The sign is Unicode's, as beside every other value.
    finding.value = (heard->score < 0.0 ? "z \u2212" : "z ") + in_tenths(std::abs(heard->score));
    if (heard->heard == LineHeard::Heard) finding.spans.push_back({heard->from_s, heard->to_s});
    return finding;
}

Finding check_place(const PlaceDemand& demand, const CrewEvidence& crew) {
    const bool entered = !is_blank(crew.place);
    Finding finding =
        make(demand.clause, "crew.place", entered && is_confirmed(crew, demand.clause),
             say("The crew has entered and confirmed the place."),
             entered ? say("The place is entered, and not confirmed yet.") : say("The place is not entered yet."),
             entered ? say("Tick the place when the take was recorded there.") : say("Enter the place in the slate."));
    finding.value = crew.place;
    return finding;
}

std::string join(const std::vector<int>& numbers) {
    std::string text;
    for (const int number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

Finding check_topics(const TopicList& list, const CrewEvidence& crew) {
    std::vector<int> required, missing;
    for (const Topic& topic : list.topics) {
        if (!topic.required) continue;
        required.push_back(topic.number);
        if (std::count(crew.topics_covered.begin(), crew.topics_covered.end(), topic.number) == 0) {
            missing.push_back(topic.number);
        }
    }
    std::vector<int> covered = crew.topics_covered;
    std::sort(covered.begin(), covered.end());
    covered.erase(std::unique(covered.begin(), covered.end()), covered.end());
    Finding finding = make(list.clause, "crew.topics", missing.empty(), say("All required topics are covered."),
                           say("Required topics that are not ticked yet: {0}.", join(missing)),
                           say("Tick the topics that the take covers, or record them."));
    finding.value = join(covered);
    finding.limit = join(required);
    return finding;
}

Finding check_confirmation(const Confirmation& confirmation, const CrewEvidence& crew) {
    return make(confirmation.clause, "crew.confirmation", is_confirmed(crew, confirmation.clause),
                say("The crew has confirmed: {0}", confirmation.question),
                say("Somebody has to confirm: {0}", confirmation.question),
                say("Answer the question after watching the take."));
}

}  // namespace

void check_crew(const Preset& preset, const Evidence& evidence, std::vector<Finding>& findings) {
    const CrewEvidence crew = evidence.crew.value_or(CrewEvidence{});
    // Where the meters looked for bars and graphics, their findings speak for a file made by others.
    const bool looked_for = evidence.log && preset.find_meter(info(Measure::BackgroundBars).id);
    if (!preset.packaging_clause.empty() && (evidence.own_take || !looked_for))
        findings.push_back(check_packaging(preset.packaging_clause, evidence.own_take));
    if (preset.guest) findings.push_back(check_guest(*preset.guest, crew));
    if (preset.opening) findings.push_back(check_opening(preset, crew, evidence.opening));
    if (preset.place) findings.push_back(check_place(*preset.place, crew));
    if (preset.topics) findings.push_back(check_topics(*preset.topics, crew));
    for (const Confirmation& confirmation : preset.confirmations) {
        // Place and opening line are confirmed above, with what was entered.
        const bool asked = (preset.opening && preset.opening->clause == confirmation.clause) ||
                           (preset.place && preset.place->clause == confirmation.clause);
        if (!asked) findings.push_back(check_confirmation(confirmation, crew));
    }
}

}  // namespace changji
