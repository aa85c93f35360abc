#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "ui/prompter/script.hpp"
#include "ui/window/drawing/reading_font.hpp"

namespace changji {

/// A character of a line, and where its pen stands, in em of the line.
struct ReadingGlyph {
    char32_t character = 0;
    float x_em = 0.0F;
};

enum class ReadingRole {
    Text,
    Label,  ///< "问：" before a question's text: at the beginning of its first line
    Heading,
    Cue,
};

struct ReadingLine {
    ReadingRole role = ReadingRole::Text;  ///< Text, Heading or Cue
    float top_em = 0.0F;                   ///< of its em, from the top of the script
    float scale = 1.0F;                    ///< how large it is set
    float width_em = 0.0F;                 ///< in the em of the script, as everything outside of a line
    std::size_t first_glyph = 0, glyphs = 0;
    std::size_t label_glyphs = 0;  ///< of these, in front
    std::size_t first_character = 0, characters = 0;
    std::size_t paragraph = 0;
};

/// A script, broken into lines of a width: by Unicode's rules for Chinese. All in em, so it holds for every size, and
/// it is made anew only when the script or the width in em is another. A plain value.
class ReadingLayout {
public:
    static constexpr float line_em = 1.5F;

    ReadingLayout() = default;
    /// `width_em`: at least 1.
    ReadingLayout(std::shared_ptr<const Script> script, const ReadingFont& font, float width_em);

    [[nodiscard]] bool is_of(const std::shared_ptr<const Script>& script, float width_em) const {
        return script == script_ && width_em == width_em_;
    }
    [[nodiscard]] const std::vector<ReadingLine>& lines() const { return lines_; }
    [[nodiscard]] const std::vector<ReadingGlyph>& glyphs() const { return glyphs_; }
    [[nodiscard]] float width_em() const { return width_em_; }
    [[nodiscard]] float height_em() const { return height_em_; }
    /// The line's top that stands at the reading line when so many characters are read. It moves on evenly within a
    /// line, and over what is not read.
    [[nodiscard]] float top_at(double character) const;
    /// The first line that reaches below `top_em`; the number of lines when none does.
    [[nodiscard]] std::size_t first_line_below(float top_em) const;
    /// The line a character stands in; the number of lines without one.
    [[nodiscard]] std::size_t line_of(double character) const;
    /// Where lines begin that are read, ascending: to step by line.
    [[nodiscard]] const std::vector<std::size_t>& line_starts() const { return starts_; }

private:
    void add_paragraph(std::size_t index, const ReadingFont& font);
    void add_small(ReadingRole role, std::size_t paragraph, std::string_view words, const ReadingFont& font);

    std::shared_ptr<const Script> script_;
    float width_em_ = 0.0F, height_em_ = 0.0F;
    std::vector<ReadingLine> lines_;
    std::vector<ReadingGlyph> glyphs_;
    std::vector<std::size_t> starts_;       ///< first characters of the lines that are read
    std::vector<std::size_t> start_lines_;  ///< and which lines they are
};

}  // namespace changji
