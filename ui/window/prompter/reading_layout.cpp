#include "ui/window/prompter/reading_layout.hpp"

#include <algorithm>
#include <string>

#include "ui/prompter/characters.hpp"
#include "ui/window/drawing/text_layout.hpp"

namespace changji {
namespace {

constexpr float small = 0.62F;         // headings and cues
constexpr float between_em = 0.55F;    // paragraphs
constexpr float small_line_em = 1.0F;  // a heading's or a cue's line

struct Piece {
    std::size_t begin = 0, end = 0;  ///< code points
};

std::vector<Piece> broken(const std::vector<CodePoint>& points, std::string_view text, const ReadingFont& font,
                          float width_em) {
    std::vector<Piece> lines;
    std::size_t at = 0;
    for (const std::size_t byte : line_ends(text, width_em, [&](char32_t c) { return font.advance_em(c); })) {
        const std::size_t begin = at;
        while (at < points.size() && points[at].byte < byte) ++at;
        lines.push_back({begin, at});
    }
    return lines;
}

}  // namespace

ReadingLayout::ReadingLayout(std::shared_ptr<const Script> script, const ReadingFont& font, float width_em)
    : script_(std::move(script)), width_em_(width_em) {
    for (std::size_t index = 0; script_ && index < script_->paragraphs().size(); ++index) add_paragraph(index, font);
}

void ReadingLayout::add_small(ReadingRole role, std::size_t paragraph, std::string_view words,
                              const ReadingFont& font) {
    const auto points = code_points(words);
    for (const Piece& piece : broken(points, words, font, width_em_ / small)) {
        ReadingLine line;
        line.role = role;
        line.top_em = height_em_;
        line.scale = small;
        line.first_glyph = glyphs_.size();
        line.glyphs = piece.end - piece.begin;
        line.first_character = script_->paragraphs()[paragraph].first_character;
        line.paragraph = paragraph;
        float x = 0.0F;
        for (std::size_t i = piece.begin; i < piece.end; ++i) {
            glyphs_.push_back({points[i].value, x});
            x += font.advance_em(points[i].value);
        }
        line.width_em = x * small;
        lines_.push_back(line);
        height_em_ += small_line_em;
    }
}

void ReadingLayout::add_paragraph(std::size_t index, const ReadingFont& font) {
    const ScriptParagraph& paragraph = script_->paragraphs()[index];
    if (!lines_.empty()) height_em_ += between_em;
    if (paragraph.kind == ScriptParagraph::Kind::Heading) {
        return add_small(ReadingRole::Heading, index, paragraph.text, font);
    }
    const std::string text = paragraph.label + paragraph.text;
    const auto points = code_points(text);
    std::size_t next_cue = 0;
    const auto add_cues_before = [&](std::size_t byte, bool all) {
        while (next_cue < paragraph.cues.size() && (all || paragraph.cues[next_cue].byte < byte)) {
            add_small(ReadingRole::Cue, index, paragraph.cues[next_cue++].text, font);
        }
    };
    for (const Piece& piece : broken(points, text, font, width_em_)) {
        const std::size_t begin = points[piece.begin].byte;
        const std::size_t end = piece.end < points.size() ? points[piece.end].byte : text.size();
        const auto in_text = [&](std::size_t byte) { return byte - std::min(byte, paragraph.label.size()); };
        add_cues_before(in_text(end), false);
        ReadingLine line;
        line.top_em = height_em_;
        line.first_glyph = glyphs_.size();
        line.glyphs = piece.end - piece.begin;
        line.paragraph = index;
        line.first_character = script_->character_at({index, in_text(begin)});
        line.characters = script_->character_at({index, in_text(end)}) - line.first_character;
        float x = 0.0F;
        for (std::size_t i = piece.begin; i < piece.end; ++i) {
            if (points[i].byte < paragraph.label.size()) ++line.label_glyphs;
            glyphs_.push_back({points[i].value, x});
            x += font.advance_em(points[i].value);
        }
        line.width_em = x;
        if (line.characters > 0) {
            starts_.push_back(line.first_character);
            start_lines_.push_back(lines_.size());
        }
        lines_.push_back(line);
        height_em_ += line_em;
    }
    add_cues_before(0, true);
}

std::size_t ReadingLayout::line_of(double character) const {
    const auto behind =
        std::ranges::upper_bound(starts_, character, {}, [](std::size_t start) { return static_cast<double>(start); });
    if (starts_.empty()) return lines_.size();
    const auto index = behind == starts_.begin() ? 0 : static_cast<std::size_t>(behind - starts_.begin()) - 1;
    return start_lines_[index];
}

float ReadingLayout::top_at(double character) const {
    if (starts_.empty()) return 0.0F;
    const auto behind =
        std::ranges::upper_bound(starts_, character, {}, [](std::size_t start) { return static_cast<double>(start); });
    const auto index = behind == starts_.begin() ? 0 : static_cast<std::size_t>(behind - starts_.begin()) - 1;
    const ReadingLine& line = lines_[start_lines_[index]];
    const bool last = index + 1 == starts_.size();
    const float next_top = last ? line.top_em + line_em : lines_[start_lines_[index + 1]].top_em;
    const double into = (character - static_cast<double>(line.first_character)) / static_cast<double>(line.characters);
    return line.top_em + static_cast<float>(std::clamp(into, 0.0, 1.0)) * (next_top - line.top_em);
}

std::size_t ReadingLayout::first_line_below(float top_em) const {
    const auto found = std::ranges::partition_point(
        lines_, [&](const ReadingLine& line) { return line.top_em + line_em * line.scale <= top_em; });
    return static_cast<std::size_t>(found - lines_.begin());
}

}  // namespace changji
