#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace changji {

/// Width of a piece of text in pixels.
using MeasureText = std::function<float(std::string_view)>;

/// Breaks UTF-8 text into lines no wider than `width`, by Unicode's rules with the Chinese tailoring: no line
/// starts with ，。！？、；：”’）》… or ends with “‘（《, and …… and —— stay whole. Only a piece that has no place to
/// break and is wider than a line is cut between characters. '\n' ends a line. At least one character a line.
[[nodiscard]] std::vector<std::string> break_lines(std::string_view text, float width, const MeasureText& measure);

/// Where the lines of break_lines end, as byte offsets, for texts too long to measure piece by piece: `advance` is the
/// width of one character, and a text as wide as all of its characters. The last is the text's end; none for an empty
/// one.
[[nodiscard]] std::vector<std::size_t> line_ends(std::string_view text, float width,
                                                 const std::function<float(char32_t)>& advance);

/// For reading aloud: lines end with a phrase (，。、！？；：) where that takes no more lines than break_lines,
/// otherwise they are of nearly equal length instead of having a short last one.
[[nodiscard]] std::vector<std::string> phrase_lines(std::string_view text, float width, const MeasureText& measure);

/// `text` itself, or as much of it as fits with "…" at the end.
[[nodiscard]] std::string shorten(std::string_view text, float width, const MeasureText& measure);

/// One way to set a paragraph: how wide text is, and how high a line.
struct TextFace {
    MeasureText measure;
    float line_height = 0.0F;
};
struct FittedParagraph {
    std::size_t face = 0;  ///< index of the face used
    std::vector<std::string> lines;
    bool whole = true;  ///< nothing was shortened
};
/// Sets `text` in the first of `faces` (never empty) in which it fits the box; when it fits in none, in the
/// last one, shortened. The lines never leave the box, unless a single line is higher than it.
[[nodiscard]] FittedParagraph fit_paragraph(std::string_view text, float width, float height,
                                            std::span<const TextFace> faces);
/// The same by phrase_lines(), in the last of `faces` as many lines as it takes: what is read aloud is never shortened.
[[nodiscard]] FittedParagraph fit_phrases(std::string_view text, float width, float height,
                                          std::span<const TextFace> faces);

}  // namespace changji
