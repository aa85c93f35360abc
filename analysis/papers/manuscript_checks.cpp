#include "analysis/papers/manuscript_checks.hpp"

#include <algorithm>

#include "analysis/papers/contact_finder.hpp"
#include "analysis/papers/opening_search.hpp"
#include "analysis/papers/unicode_text.hpp"

namespace changji {
namespace {

Finding finding_of(const std::string& clause, std::string check, FindingStatus status, std::string value,
                   std::string limit, Message message, Message advice = {}) {
    Finding finding;
    finding.clause = clause;
    finding.check = std::move(check);
    finding.status = status;
    finding.value = std::move(value);
    finding.limit = std::move(limit);
    finding.message = std::move(message);
    finding.advice = std::move(advice);
    return finding;
}

Finding length_finding(const ManuscriptDemand& demand, const WordCount& length) {
    const std::string value = std::to_string(length.counted), limit = "≤ " + std::to_string(demand.max_characters);
    const Message counted =
        say("{0} characters as a word processor counts them: {1} Chinese characters and marks, {2} other words.", value,
            std::to_string(length.cjk), std::to_string(length.words));
    const bool fits = length.counted <= demand.max_characters;
    return finding_of(
        demand.length_clause, "manuscript.length", fits ? FindingStatus::Pass : FindingStatus::Fail, value, limit,
        counted,
        fits ? Message()
             : say("Shorten it by {0} characters.", std::to_string(length.counted - demand.max_characters)));
}

void check_contact(const ManuscriptDemand& demand, const std::string& text, std::vector<Finding>& findings) {
    const Contact contact = find_contact(text);
    const Message how = say("Write a line like: 联系人：name，电话：number");
    const auto add = [&](const char* check, FindingStatus status, std::string value, Message message,
                         Message advice = {}) {
        findings.push_back(finding_of(demand.contact_clause, check, status, std::move(value), {}, std::move(message),
                                      std::move(advice)));
    };
    if (!contact.name.empty()) {
        add("manuscript.contact_name", FindingStatus::Pass, contact.name, say("The contact's name is given."));
    } else if (!contact.only_called.empty()) {
        add("manuscript.contact_name", FindingStatus::Warn, contact.only_called,
            say("The contact is called {0}: the full name is missing.", contact.only_called), how);
    } else if (contact.named_as_contact) {
        add("manuscript.contact_name", FindingStatus::Fail, {}, say("A contact is spoken of, but no name follows."),
            how);
    } else {
        add("manuscript.contact_name", FindingStatus::Fail, {}, say("No contact is named."), how);
    }
    if (!contact.phone) {
        add("manuscript.contact_phone", FindingStatus::Fail, {}, say("There is no phone number."), how);
    } else if (contact.phone_is_near) {
        add("manuscript.contact_phone", FindingStatus::Pass, masked(contact.phone->number),
            say("The contact's phone number is given."));
    } else {
        add("manuscript.contact_phone", FindingStatus::Warn, masked(contact.phone->number),
            say("There is a phone number, but not beside the contact's name."), how);
    }
}

Finding opening_finding(const OpeningLine& opening, const OpeningFound& found) {
    const std::string wanted = opening.line.substr(0, opening.line.find("{guest}"));
    const auto with = [&](FindingStatus status, Message message, Message advice = {}) {
        return finding_of(opening.clause, "manuscript.opening", status, found.written, wanted, std::move(message),
                          std::move(advice));
    };
    const Message copy = say("Copy it word for word: {0}", wanted);
    switch (found.match) {
        case OpeningMatch::Verbatim:
            return with(FindingStatus::Pass, say("The opening line stands there word for word."));
        case OpeningMatch::OtherMarks:
            return with(FindingStatus::Warn, say("The opening line has other punctuation: {0}", found.written), copy);
        case OpeningMatch::OtherWords:
            return with(FindingStatus::Fail, say("The opening line has other words: {0}", found.written), copy);
        case OpeningMatch::Absent: break;
    }
    return with(FindingStatus::Fail, say("The opening line is missing."), copy);
}

bool holds(const std::string& text, const std::string& part) {
    const std::u32string plain = without_spaces(fold_width(to_utf32(part)));
    return plain.empty() || without_spaces(fold_width(to_utf32(text))).find(plain) != std::u32string::npos;
}

Finding guest_finding(const OpeningLine& opening, const OpeningFound& found, const ExpectedGuest& expected) {
    const auto with = [&](FindingStatus status, Message message) {
        return finding_of(opening.clause, "manuscript.guest", status, found.guest, expected.spoken, std::move(message),
                          status == FindingStatus::Pass
                              ? Message()
                              : say("Write the guest's school, office and name after the opening line."));
    };
    if (found.guest.empty()) return with(FindingStatus::Fail, say("The opening line names no guest."));
    if (expected.name.empty()) {
        return with(FindingStatus::Pass, say("The opening line names a guest: {0}", found.guest));
    }
    if (!holds(found.guest, expected.name)) {
        return with(FindingStatus::Fail,
                    say("The opening line names {0}, but the guest is {1}.", found.guest, expected.name));
    }
    if (!holds(found.guest, expected.spoken)) {
        return with(FindingStatus::Warn,
                    say("The opening line names {0}; on the slate stands {1}.", found.guest, expected.spoken));
    }
    return with(FindingStatus::Pass, say("The opening line names the guest: {0}", found.guest));
}

void check_topics(const Preset& preset, const std::string& text, std::vector<Finding>& findings) {
    std::string missing, looked_for;
    int asked = 0;
    for (const Topic& topic : preset.topics->topics) {
        const auto& mentions = preset.manuscript->mentions;
        const auto mention = std::find_if(mentions.begin(), mentions.end(),
                                          [&](const TopicMention& one) { return one.topic == topic.number; });
        if (!topic.required || mention == mentions.end()) continue;
        ++asked;
        const auto said = [&](const std::string& word) { return holds(text, word); };
        if (std::any_of(mention->words.begin(), mention->words.end(), said)) continue;
        missing += (missing.empty() ? "" : "、") + std::to_string(topic.number);
        for (const std::string& word : mention->words) looked_for += (looked_for.empty() ? "" : "、") + word;
    }
    if (asked == 0) return;
    const bool all = missing.empty();
    findings.push_back(finding_of(
        preset.topics->clause, "manuscript.topics", all ? FindingStatus::Pass : FindingStatus::Warn, {}, {},
        all ? say("Words of every required topic occur.")
            : say("No word was found of these required topics: {0} (looked for: {1}).", missing, looked_for),
        all ? Message() : say("Look whether the topic is in the text in other words; this is advice only.")));
}

}  // namespace

std::vector<Finding> check_manuscript(const Preset& preset, const DocumentText& manuscript,
                                      const ExpectedGuest& expected) {
    std::vector<Finding> findings;
    if (!preset.manuscript) return findings;
    const WordCount length = count_words(manuscript.body);
    if (length.counted == 0) {
        const bool scan = manuscript.kind == DocumentKind::Pdf;
        findings.push_back(finding_of(
            preset.manuscript->length_clause, "manuscript.length",
            scan ? FindingStatus::Unmeasured : FindingStatus::Fail, {}, {},
            scan ? say("The PDF file holds no text: its pages are pictures.") : say("The manuscript is empty."),
            say("Send the document itself: .docx, .odt or a PDF exported from it.")));
        return findings;
    }
    findings.push_back(length_finding(*preset.manuscript, length));
    const std::string everything = manuscript.body + "\n" + manuscript.margins;
    check_contact(*preset.manuscript, everything, findings);
    if (preset.opening) {
        const OpeningFound found = find_opening(manuscript.body, preset.opening->line);
        findings.push_back(opening_finding(*preset.opening, found));
        if (found.match != OpeningMatch::Absent) findings.push_back(guest_finding(*preset.opening, found, expected));
    }
    if (preset.topics) check_topics(preset, manuscript.body, findings);
    return findings;
}

}  // namespace changji
