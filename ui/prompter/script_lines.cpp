#include "ui/prompter/script_lines.hpp"

#include <regex>
#include <utility>

#include "ui/prompter/characters.hpp"

namespace changji {
namespace {

std::string_view trimmed(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view space : {" ", "\t", "\r", "\u3000", "\u00A0", "\uFEFF"}) {
            while (text.starts_with(space)) text.remove_prefix(space.size()), again = true;
            while (text.ends_with(space)) text.remove_suffix(space.size()), again = true;
        }
    }
    return text;
}

/// Takes Markdown's list mark or quotation mark away.
std::string_view without_list_mark(std::string_view line) {
    for (const std::string_view mark : {"- ", "* ", "+ ", "> "}) {
        if (line.starts_with(mark)) return trimmed(line.substr(mark.size()));
    }
    return line;
}

/// The length in bytes of what makes a line a question, its mark included; 0: nothing does.
std::size_t label_length(std::string_view line) {
    // Bytes, not characters, are matched: no class of Chinese characters.
    static const std::string one = "(?:一|二|三|四|五|六|七|八|九|十)";
    static const std::string number = "(?:[0-9]{1,2}|" + one + "{1,3})";
    static const std::regex label("^(?:(?:主持人)?问(?:题)?" + number + "?(?:：|:)" +  //
                                  "|(?:Q|q)[0-9]{0,2}(?:：|:|\\.)" +                   //
                                  "|[0-9]{1,2}(?:\\.(?![0-9])|、|）|\\))" +            //
                                  "|(?:（|\\()" + number + "(?:）|\\))" +              //
                                  "|" + one + "{1,3}、" +                              //
                                  "|第" + one + "{1,3}(?:题|问)(?:、|：|:|，))");
    std::match_results<std::string_view::const_iterator> found;
    return std::regex_search(line.begin(), line.end(), found, label) ? static_cast<std::size_t>(found.length()) : 0;
}

/// Emphasis is for the eye: **bold**, __bold__ and `code`.
std::string without_emphasis(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at, 2) == "**" || text.substr(at, 2) == "__") {
            at += 2;
        } else if (text[at] == '`' || text[at] == '*') {
            at += 1;
        } else {
            plain += text[at++];
        }
    }
    return plain;
}

/// Moves what stands in brackets from the text to the cues. A bracket that isn't closed in its line is text.
void take_out_cues(ScriptParagraph& paragraph) {
    struct Brackets {
        std::string_view open, close;
    };
    constexpr Brackets kinds[] = {{"[", "]"}, {"【", "】"}, {"［", "］"}};
    const std::string text = std::exchange(paragraph.text, {});
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = std::string_view(text).substr(at);
        bool is_cue = false;
        for (const Brackets& brackets : kinds) {
            const std::size_t end = rest.find(brackets.close);
            if (!rest.starts_with(brackets.open) || end == std::string_view::npos) continue;
            const auto inside = trimmed(rest.substr(brackets.open.size(), end - brackets.open.size()));
            if (!inside.empty()) paragraph.cues.push_back({paragraph.text.size(), std::string(inside)});
            at += end + brackets.close.size();
            is_cue = true;
            break;
        }
        if (!is_cue) paragraph.text += text[at++];
    }
}

}  // namespace

std::optional<ScriptParagraph> paragraph_of(std::string_view line) {
    line = trimmed(line);
    if (line.empty() || line.find_first_not_of("-*_= ") == std::string_view::npos) return std::nullopt;
    ScriptParagraph paragraph;
    if (line.starts_with('#')) {
        paragraph.kind = ScriptParagraph::Kind::Heading;
        paragraph.text = without_emphasis(trimmed(line.substr(std::min(line.find_first_not_of('#'), line.size()))));
        return paragraph.text.empty() ? std::nullopt : std::optional(paragraph);
    }
    const std::string text = without_emphasis(without_list_mark(line));
    const std::size_t label = label_length(text);
    paragraph.label = text.substr(0, label);
    paragraph.text = trimmed(std::string_view(text).substr(label));
    take_out_cues(paragraph);
    return paragraph;
}

}  // namespace changji
