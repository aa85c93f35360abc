#include "analysis/papers/markdown_text.hpp"

#include <algorithm>

namespace changji {
namespace {

std::string without_comments(std::string_view text) {
    std::string kept;
    while (true) {
        const std::size_t open = text.find("<!--");
        kept += text.substr(0, open);
        if (open == std::string_view::npos) return kept;
        const std::size_t close = text.find("-->", open);
        if (close == std::string_view::npos) return kept;
        text.remove_prefix(close + 3);
    }
}

bool is_rule(std::string_view line) {
    return std::count_if(line.begin(), line.end(),
                         [](char c) { return c == '-' || c == '*' || c == '_' || c == '='; }) >= 3 &&
           line.find_first_not_of("-*_= |:") == std::string_view::npos;
}

/// Without what marks a line as heading, quotation or list.
std::string_view inner(std::string_view line) {
    const std::size_t start = line.find_first_not_of(" \t");
    line.remove_prefix(start == std::string_view::npos ? line.size() : start);
    const std::size_t marks = line.find_first_not_of('#');
    if (marks != std::string_view::npos && marks > 0 && marks <= 6 && line[marks] == ' ') return line.substr(marks + 1);
    if (line.starts_with('>')) return inner(line.substr(1));
    if (line.size() > 1 && std::string_view("-*+").find(line[0]) != std::string_view::npos && line[1] == ' ') {
        return line.substr(2);
    }
    return line;
}

/// [text](address) and ![text](address) as their text.
std::string without_addresses(std::string_view line) {
    std::string kept;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t text_at = line[at] == '[' ? at + 1 : line.substr(at).starts_with("![") ? at + 2 : 0;
        const std::size_t middle = text_at ? line.find("](", text_at) : std::string_view::npos;
        const std::size_t close = middle == std::string_view::npos ? middle : line.find(')', middle);
        if (close == std::string_view::npos) {
            kept += line[at++];
        } else {
            kept += line.substr(text_at, middle - text_at);
            at = close + 1;
        }
    }
    return kept;
}

}  // namespace

std::string text_of_markdown(std::string_view markdown) {
    const std::string plain = without_comments(markdown);
    std::string_view left = plain;
    std::string text;
    while (!left.empty()) {
        const std::size_t end = left.find('\n');
        std::string_view line = left.substr(0, end);
        left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        const bool fence = inner(line).starts_with("```") || inner(line).starts_with("~~~");
        std::string kept = is_rule(line) || fence ? std::string() : without_addresses(inner(line));
        std::erase_if(kept, [](char c) { return c == '*' || c == '`'; });
        std::replace(kept.begin(), kept.end(), '|', ' ');
        text += kept + '\n';
    }
    return text;
}

}  // namespace changji
