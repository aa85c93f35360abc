#include "ui/window/drawing/text_layout.hpp"

#include <unicode/brkiter.h>
#include <unicode/utext.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>

#include "ui/prompter/characters.hpp"

namespace changji {
namespace {

enum class BreakAt { Lines, Characters };

std::unique_ptr<icu::BreakIterator> make_iterator(BreakAt where) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale chinese("zh");
    std::unique_ptr<icu::BreakIterator> made(where == BreakAt::Lines
                                                 ? icu::BreakIterator::createLineInstance(chinese, status)
                                                 : icu::BreakIterator::createCharacterInstance(chinese, status));
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    return made;
}

/// Byte offsets at which `text` may be broken; its end is always the last.
std::vector<std::size_t> break_points(std::string_view text, BreakAt where) {
    thread_local const auto lines = make_iterator(BreakAt::Lines);
    thread_local const auto characters = make_iterator(BreakAt::Characters);
    icu::BreakIterator& iterator = where == BreakAt::Lines ? *lines : *characters;

    UErrorCode status = U_ZERO_ERROR;
    UText opened = UTEXT_INITIALIZER;
    utext_openUTF8(&opened, text.data(), static_cast<std::int64_t>(text.size()), &status);
    iterator.setText(&opened, status);
    std::vector<std::size_t> points;
    if (U_SUCCESS(status)) {
        for (auto at = iterator.next(); at != icu::BreakIterator::DONE; at = iterator.next()) {
            points.push_back(static_cast<std::size_t>(at));
        }
    }
    utext_close(&opened);
    if (points.empty() || points.back() != text.size()) points.push_back(text.size());
    return points;
}

std::string_view without_trailing_space(std::string_view text) {
    const auto last = text.find_last_not_of(" \t\n");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

/// The longest piece of `text`, in whole characters, that fits; at least one character.
std::size_t characters_that_fit(std::string_view text, float width, const MeasureText& measure) {
    std::size_t fits = 0;
    for (const std::size_t point : break_points(text, BreakAt::Characters)) {
        if (fits > 0 && measure(text.substr(0, point)) > width) break;
        fits = point;
    }
    return fits;
}

bool ends_a_phrase(std::string_view piece) {
    for (const std::string_view mark : {"，", "。", "、", "！", "？", "；", "：", ", ", ". ", "! ", "? "}) {
        if (piece.ends_with(mark)) return true;
    }
    return false;
}

/// Nothing when a phrase is longer than a line.
std::optional<std::vector<std::string>> lines_of_whole_phrases(std::string_view text, float width,
                                                               const MeasureText& measure) {
    std::vector<std::string> lines;
    std::size_t start = 0;
    std::size_t end = 0;
    const auto line_to = [&](std::size_t at) { return without_trailing_space(text.substr(start, at - start)); };
    for (const std::size_t point : break_points(text, BreakAt::Lines)) {
        if (point != text.size() && !ends_a_phrase(text.substr(0, point))) continue;
        if (measure(line_to(point)) > width) {
            if (end == start) return std::nullopt;
            lines.emplace_back(line_to(end));
            start = end;
            if (measure(line_to(point)) > width) return std::nullopt;
        }
        end = point;
    }
    if (end > start) lines.emplace_back(line_to(end));
    return lines;
}

}  // namespace

std::vector<std::string> break_lines(std::string_view text, float width, const MeasureText& measure) {
    std::vector<std::string> lines;
    std::size_t start = 0;
    std::size_t end = 0;
    const auto finish_line = [&](std::size_t at) {
        lines.emplace_back(without_trailing_space(text.substr(start, at - start)));
        start = at;
        end = at;
    };
    for (const std::size_t point : break_points(text, BreakAt::Lines)) {
        if (point == 0) continue;
        const auto fits = [&] { return measure(without_trailing_space(text.substr(start, point - start))) <= width; };
        if (end > start && !fits()) finish_line(end);
        while (start < point && !fits()) {
            const std::size_t length = characters_that_fit(text.substr(start, point - start), width, measure);
            if (start + length >= point) break;
            finish_line(start + length);
        }
        end = point;
        if (text[point - 1] == '\n') finish_line(point);
    }
    if (end > start) finish_line(end);
    return lines;
}

std::vector<std::size_t> line_ends(std::string_view text, float width, const std::function<float(char32_t)>& advance) {
    const auto points = code_points(text);
    std::vector<float> widths{0.0F};  // up to each character
    for (const CodePoint& point : points) widths.push_back(widths.back() + advance(point.value));
    const auto fits = [&](std::size_t begin, std::size_t end) {
        const auto is_space = [&](std::size_t at) { return points[at].value == U' ' || points[at].value == U'\n'; };
        while (end > begin && is_space(end - 1)) --end;
        return widths[end] - widths[begin] <= width;
    };
    std::vector<std::size_t> ends;
    std::size_t begin = 0, end = 0, point = 0;
    const auto finish = [&](std::size_t to) {
        ends.push_back(to < points.size() ? points[to].byte : text.size());
        begin = end = to;
    };
    for (const std::size_t byte : break_points(text, BreakAt::Lines)) {
        while (point < points.size() && points[point].byte < byte) ++point;
        if (end > begin && !fits(begin, point)) finish(end);
        while (begin + 1 < point && !fits(begin, point)) {
            std::size_t cut = begin + 1;
            while (fits(begin, cut + 1)) ++cut;
            finish(cut);
        }
        end = point;
        if (point > 0 && points[point - 1].value == U'\n') finish(point);
    }
    if (end > begin) finish(end);
    return ends;
}

std::vector<std::string> phrase_lines(std::string_view text, float width, const MeasureText& measure) {
    auto lines = break_lines(text, width, measure);
    auto phrases = lines_of_whole_phrases(text, width, measure);
    if (phrases && phrases->size() <= lines.size()) return std::move(*phrases);
    float too_narrow = 0.0F;
    float wide_enough = width;
    while (wide_enough - too_narrow > 1.0F) {
        const float middle = (too_narrow + wide_enough) / 2;
        auto tried = break_lines(text, middle, measure);
        const bool fits =
            std::all_of(tried.begin(), tried.end(), [&](const std::string& line) { return measure(line) <= middle; });
        if (fits && tried.size() <= lines.size()) {
            wide_enough = middle;
            lines = std::move(tried);
        } else {
            too_narrow = middle;
        }
    }
    return lines;
}

std::string shorten(std::string_view text, float width, const MeasureText& measure) {
    if (measure(text) <= width) return std::string(text);
    constexpr std::string_view dots = "…";
    std::string shortened(dots);
    for (const std::size_t point : break_points(text, BreakAt::Characters)) {
        std::string tried(without_trailing_space(text.substr(0, point)));
        tried += dots;
        if (measure(tried) > width) break;
        shortened = std::move(tried);
    }
    return shortened;
}

FittedParagraph fit_paragraph(std::string_view text, float width, float height, std::span<const TextFace> faces) {
    FittedParagraph set;
    for (set.face = 0; set.face < faces.size(); ++set.face) {
        const TextFace& face = faces[set.face];
        set.lines = break_lines(text, width, face.measure);
        const bool too_high = static_cast<float>(set.lines.size()) * face.line_height > height;
        const bool too_wide = std::any_of(set.lines.begin(), set.lines.end(),
                                          [&](const std::string& line) { return face.measure(line) > width; });
        if (!too_high && !too_wide) return set;
    }
    set.face = faces.size() - 1;
    set.whole = false;
    const TextFace& last = faces[set.face];
    const auto room = static_cast<std::size_t>(std::max(1.0F, std::floor(height / last.line_height)));
    if (set.lines.size() > room) {
        std::string& end = set.lines[room - 1];
        for (std::size_t line = room; line < set.lines.size(); ++line) {
            if (!end.empty() && static_cast<unsigned char>(end.back()) < 0x80) end += ' ';
            end += set.lines[line];
        }
        set.lines.resize(room);
    }
    for (std::string& line : set.lines) line = shorten(line, width, last.measure);
    return set;
}

FittedParagraph fit_phrases(std::string_view text, float width, float height, std::span<const TextFace> faces) {
    FittedParagraph set;
    for (set.face = 0; set.face < faces.size(); ++set.face) {
        const TextFace& face = faces[set.face];
        set.lines = phrase_lines(text, width, face.measure);
        if (static_cast<float>(set.lines.size()) * face.line_height <= height) return set;
    }
    set.face = faces.size() - 1;
    return set;
}

}  // namespace changji
