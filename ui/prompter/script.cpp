#include "ui/prompter/script.hpp"

#include <algorithm>

#include "ui/prompter/characters.hpp"
#include "ui/prompter/script_lines.hpp"

namespace changji {

Script::Script(std::string_view opening, std::string_view text) : text_(text) {
    if (!opening.empty()) {
        ScriptParagraph line;
        line.kind = ScriptParagraph::Kind::Opening;
        line.text = opening;
        add(std::move(line));
    }
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (auto paragraph = paragraph_of(text.substr(0, end))) add(*std::move(paragraph));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void Script::add(ScriptParagraph paragraph) {
    paragraph.first_character = characters();
    const bool heading = paragraph.kind == ScriptParagraph::Kind::Heading;
    if (heading || !paragraph.label.empty()) {
        marks_.push_back({characters(), heading ? paragraph.text : paragraph.label + paragraph.text});
    }
    if (!heading) count(paragraph);
    paragraphs_.push_back(std::move(paragraph));
}

/// Finds the characters that are read, the phrases and the sentences of a paragraph.
void Script::count(ScriptParagraph& paragraph) {
    const auto points = code_points(paragraph.text);
    ScriptPhrase phrase{characters(), 0, {}};
    bool phrase_over = false, sentence_over = true;
    const auto finish_phrase = [&] {
        if (phrase.characters > 0) phrases_.push_back(std::move(phrase));
        phrase = {characters(), 0, {}};
        phrase_over = false;
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
        const char32_t value = points[i].value;
        const char32_t before = i > 0 ? points[i - 1].value : 0,
                       after = i + 1 < points.size() ? points[i + 1].value : 0;
        // 3.5, 12:30 and 1,000 are one number.
        const bool in_number = is_read(before) && before < 0x80 && is_read(after) && after < 0x80;
        const bool pauses = is_pause_mark(value) && !in_number;
        if (phrase_over && !pauses && !closes(value)) finish_phrase();
        phrase.text.append(paragraph.text, points[i].byte, points[i].bytes);
        if (is_read(value)) {
            if (sentence_over) sentence_starts_.push_back(characters());
            sentence_over = false;
            places_.push_back({paragraphs_.size(), points[i].byte});
            syllables_.push_back(changji::syllables(before, value, after));
            ++phrase.characters;
        } else if (pauses) {
            phrase_over = true;
            sentence_over = sentence_over || ends_sentence(value);
        }
    }
    finish_phrase();
    paragraph.characters = characters() - paragraph.first_character;
}

ScriptPlace Script::place_of(std::size_t character) const {
    if (character < places_.size()) return places_[character];
    if (paragraphs_.empty()) return {};
    return {paragraphs_.size() - 1, paragraphs_.back().text.size()};
}

std::size_t Script::character_at(ScriptPlace place) const {
    const auto before = [](const ScriptPlace& a, const ScriptPlace& b) {
        return a.paragraph != b.paragraph ? a.paragraph < b.paragraph : a.byte < b.byte;
    };
    return static_cast<std::size_t>(std::ranges::lower_bound(places_, place, before) - places_.begin());
}

std::size_t step_on(const std::vector<std::size_t>& starts, double character, std::size_t end) {
    for (const std::size_t start : starts) {
        if (static_cast<double>(start) > character) return start;
    }
    return end;
}

std::size_t step_back(const std::vector<std::size_t>& starts, double character) {
    // Whoever has just begun a line and steps back wants the one before.
    constexpr double just_begun = 1.0;
    std::size_t found = 0;
    for (const std::size_t start : starts) {
        if (static_cast<double>(start) + just_begun <= character) found = start;
    }
    return found;
}

}  // namespace changji
