#include "ui/prompter/characters.hpp"

#include <algorithm>

namespace changji {
namespace {

constexpr char32_t invalid = 0xFFFD;

bool is_any_of(char32_t value, std::u32string_view marks) { return marks.find(value) != std::u32string_view::npos; }

bool is_chinese(char32_t value) {
    return (value >= 0x4E00 && value <= 0x9FFF) || (value >= 0x3400 && value <= 0x4DBF) ||
           (value >= 0x20000 && value <= 0x323AF) || value == U'〇';
}

/// Full-width letters and digits stand at a fixed distance from ASCII's.
char32_t half_width(char32_t value) { return value >= 0xFF01 && value <= 0xFF5E ? value - 0xFEE0 : value; }

bool is_digit(char32_t value) { return half_width(value) >= U'0' && half_width(value) <= U'9'; }
bool is_small_letter(char32_t value) {
    const char32_t half = half_width(value);
    return (half >= U'a' && half <= U'z') || (value >= 0xDF && value <= 0xFF && value != 0xF7);
}
bool is_capital_letter(char32_t value) {
    const char32_t half = half_width(value);
    return (half >= U'A' && half <= U'Z') || (value >= 0xC0 && value <= 0xDE && value != 0xD7);
}

/// The length that the first byte announces; 0: no character begins so.
std::size_t announced_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

CodePoint decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = announced_length(byte(at));
    if (length == 1) return {byte(at), at, 1};
    if (length == 0 || at + length > text.size()) return {invalid, at, 1};
    char32_t value = byte(at) & (0xFFU >> (length + 1));
    for (std::size_t i = at + 1; i < at + length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {invalid, at, 1};
        value = value << 6 | (byte(i) & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < least[length] || surrogate || value > 0x10FFFF) return {invalid, at, 1};
    return {value, at, length};
}

}  // namespace

std::vector<CodePoint> code_points(std::string_view text) {
    std::vector<CodePoint> points;
    for (std::size_t at = 0; at < text.size(); at += points.back().bytes) points.push_back(decode(text, at));
    return points;
}

bool is_read(char32_t value) {
    return is_chinese(value) || is_digit(value) || is_small_letter(value) || is_capital_letter(value);
}

bool is_pause_mark(char32_t value) { return ends_sentence(value) || is_any_of(value, U"，、；：—,;:"); }

bool ends_sentence(char32_t value) { return is_any_of(value, U"。！？…!?.．"); }

bool closes(char32_t value) { return is_any_of(value, U"”’）》〉」』)\"'"); }

double syllables(char32_t before, char32_t value, char32_t after) {
    if (is_small_letter(value)) return 0.5;
    if (value != U'儿') return 1.0;
    constexpr std::u32string_view bends =
        U"会点这那哪事玩花活份个味劲伴词本门头今明昨后块画歌鸟猫狗条片边根眼天空趣字名座孩"
        U"慢好远样法圈串弯亮";
    constexpr std::u32string_view child = U"童子女科歌孙媳";
    return is_any_of(before, bends) && !is_any_of(after, child) ? 0.0 : 1.0;
}

}  // namespace changji
