#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace changji {

/// A direction to the reader, [in square brackets] or 【like this】: shown apart, never counted or followed.
struct ScriptCue {
    std::size_t byte = 0;  ///< of its paragraph's text: what it stands before
    std::string text;      ///< without the brackets
};

/// A paragraph as it is shown.
struct ScriptParagraph {
    enum class Kind {
        Opening,  ///< the line that the campaign demands
        Heading,  ///< "# 第一部分": shown, not read
        Text,
    };
    Kind kind = Kind::Text;
    std::string label;  ///< what stands before the text and isn't read: "问：", "1."; empty: nothing
    std::string text;   ///< without cues and label
    std::vector<ScriptCue> cues;
    std::size_t first_character = 0;
    std::size_t characters = 0;  ///< 0: a heading, or nothing but marks
};

/// A place to jump to: a question, a numbered topic or a heading.
struct ScriptMark {
    std::size_t character = 0;
    std::string title;
};

/// What is read in one breath, with the marks that end it.
struct ScriptPhrase {
    std::size_t first_character = 0;
    std::size_t characters = 0;  ///< more than 0
    std::string text;
};

/// Where a character stands.
struct ScriptPlace {
    std::size_t paragraph = 0;
    std::size_t byte = 0;  ///< of the paragraph's text
};

/// What the host reads. Every place in it is a character index: how many of the characters that are read (Chinese
/// characters, letters, digits) come before it. That index is the same on every screen, whatever its size and type.
/// A plain value; never changes after it is made.
class Script {
public:
    Script() = default;
    /// `opening`: the campaign's line with the guest filled in; empty: none. `text`: the crew's, UTF-8, a paragraph a
    /// line. "# ..." is a heading; "问：", "Q:", "1." or "一、" at the start of a line makes it a question; Markdown's
    /// emphasis and list marks are left out.
    Script(std::string_view opening, std::string_view text);

    /// The crew's, as it was given.
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<ScriptParagraph>& paragraphs() const { return paragraphs_; }
    [[nodiscard]] const std::vector<ScriptMark>& marks() const { return marks_; }
    [[nodiscard]] const std::vector<ScriptPhrase>& phrases() const { return phrases_; }
    [[nodiscard]] std::size_t characters() const { return places_.size(); }
    /// Of the character with that index; the end of the last paragraph behind the last one.
    [[nodiscard]] ScriptPlace place_of(std::size_t character) const;
    /// The first character at or behind a place: for a click on the text.
    [[nodiscard]] std::size_t character_at(ScriptPlace place) const;
    /// Where sentences begin, ascending; the first is 0.
    [[nodiscard]] const std::vector<std::size_t>& sentence_starts() const { return sentence_starts_; }
    /// How many syllables each character takes (see characters.hpp).
    [[nodiscard]] const std::vector<double>& syllables() const { return syllables_; }

private:
    void add(ScriptParagraph paragraph);
    void count(ScriptParagraph& paragraph);

    std::string text_;
    std::vector<ScriptParagraph> paragraphs_;
    std::vector<ScriptMark> marks_;
    std::vector<ScriptPhrase> phrases_;
    std::vector<ScriptPlace> places_;
    std::vector<std::size_t> sentence_starts_;
    std::vector<double> syllables_;
};

/// Of ascending starts (sentences, a screen's lines, marks) the next one behind `character`, or `end`; the one that it
/// stands in, or the one before when it stands at a start. For stepping on and back.
[[nodiscard]] std::size_t step_on(const std::vector<std::size_t>& starts, double character, std::size_t end);
[[nodiscard]] std::size_t step_back(const std::vector<std::size_t>& starts, double character);

}  // namespace changji
