#include "ui/delivery/package_names.hpp"

#include <algorithm>
#include <cctype>

#include "analysis/papers/unicode_text.hpp"

namespace changji {
namespace {

constexpr std::size_t longest_bytes = 120;
constexpr std::u32string_view joints = U"-_ .";

bool is_joint(char32_t c) { return joints.find(c) != std::u32string_view::npos; }

bool is_forbidden(char32_t c) {
    if (c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || c == 0xFFFD) return true;
    if (c >= 0x200B && c <= 0x200F) return true;  // zero width, writing direction
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF) return true;
    return std::u32string_view(U"/\\:*?\"<>|").find(c) != std::u32string_view::npos;
}

bool is_kept_by_windows(std::string name) {
    name.resize(std::min(name.size(), name.find('.')));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (name == "CON" || name == "PRN" || name == "AUX" || name == "NUL") return true;
    return name.size() == 4 && (name.starts_with("COM") || name.starts_with("LPT")) && name[3] >= '1' && name[3] <= '9';
}

}  // namespace

std::string safe_file_name(std::string_view text) {
    std::u32string kept;
    for (const char32_t c : to_utf32(text)) {
        if (is_forbidden(c) && !(c < 0x20 && is_space(c))) continue;
        const char32_t plain = is_space(c) ? U' ' : c;
        // Two joints in a row are what an empty field left.
        if (is_joint(plain) && plain != U'.' && (kept.empty() || is_joint(kept.back()))) continue;
        kept += plain;
    }
    std::string name;
    for (const char32_t c : kept) {
        const std::string next = to_utf8(std::u32string_view(&c, 1));
        if (name.size() + next.size() > longest_bytes) break;
        name += next;
    }
    while (!name.empty() && std::string_view("-_ .").find(name.back()) != std::string_view::npos) name.pop_back();
    while (!name.empty() && std::string_view("-_ .").find(name.front()) != std::string_view::npos) name.erase(0, 1);
    return is_kept_by_windows(name) ? "_" + name : name;
}

std::string name_by_pattern(std::string_view pattern, const Slate& slate, int number, std::string_view otherwise) {
    std::string filled;
    while (!pattern.empty()) {
        const std::size_t open = std::min(pattern.find('{'), pattern.size());
        filled += pattern.substr(0, open);
        const std::size_t close = pattern.find('}', open);
        if (open == pattern.size() || close == std::string_view::npos) break;
        const std::string_view field = pattern.substr(open + 1, close - open - 1);
        if (field == "school") filled += safe_file_name(slate.school);
        if (field == "guest") filled += safe_file_name(slate.guest);
        if (field == "office") filled += safe_file_name(slate.office);
        if (field == "number") filled += std::to_string(number);
        pattern.remove_prefix(close + 1);
    }
    const std::string name = safe_file_name(filled);
    return name.empty() ? std::string(otherwise) : name;
}

}  // namespace changji
