#include "analysis/papers/opening_search.hpp"

#include <algorithm>
#include <vector>

#include "analysis/papers/unicode_text.hpp"

namespace changji {
namespace {

using Text = std::u32string_view;

constexpr std::string_view field = "{guest}";
constexpr std::size_t longest_guest = 60;
constexpr std::size_t longest_text = 200'000;

struct Passage {
    std::size_t from = 0, to = 0;
};

/// Letters and digits alone, with their places.
struct Letters {
    std::u32string text;
    std::vector<std::size_t> places;
};

bool is_letter(char32_t c) {
    return is_cjk_letter(c) || (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

Letters letters_of(Text text) {
    Letters kept;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_letter(text[i])) continue;
        kept.text += text[i];
        kept.places.push_back(i);
    }
    return kept;
}

/// Where `wanted` stands in `text` with the fewest characters changed, left out or added (Sellers 1980); none when
/// there are more than a quarter.
bool find_nearly(Text text, Text wanted, Passage& found) {
    struct Cell {
        std::size_t cost, start;
    };
    std::vector<Cell> column(wanted.size() + 1);
    for (std::size_t i = 0; i <= wanted.size(); ++i) column[i] = {i, 0};
    std::size_t best = wanted.size() / 4 + 1;
    const std::size_t limit = best;
    for (std::size_t j = 0; j < text.size(); ++j) {
        Cell diagonal = column[0];
        column[0] = {0, j + 1};
        for (std::size_t i = 1; i <= wanted.size(); ++i) {
            const Cell replaced{diagonal.cost + (wanted[i - 1] == text[j] ? 0 : 1), diagonal.start};
            diagonal = column[i];
            const Cell added{column[i].cost + 1, column[i].start},
                left_out{column[i - 1].cost + 1, column[i - 1].start};
            column[i] =
                std::min({replaced, added, left_out}, [](const Cell& a, const Cell& b) { return a.cost < b.cost; });
        }
        if (column.back().cost < best) {
            best = column.back().cost;
            found = {column.back().start, j + 1};
        }
    }
    return best < limit;
}

/// What follows the passage, up to the sentence's end.
std::string guest_after(Text text, std::size_t at) {
    const Text rest = text.substr(at, longest_guest);
    const std::size_t end = rest.find_first_of(U"。！？!?；;");
    std::u32string guest(rest.substr(0, end));
    const auto is_mark = [](char32_t c) { return !is_letter(c); };
    while (!guest.empty() && is_mark(guest.front())) guest.erase(0, 1);
    while (!guest.empty() && is_mark(guest.back())) guest.pop_back();
    return to_utf8(guest);
}

}  // namespace

OpeningFound find_opening(std::string_view utf8, std::string_view line) {
    std::u32string text = without_spaces(to_utf32(utf8));
    if (text.size() > longest_text) text.resize(longest_text);
    const std::u32string wanted = without_spaces(to_utf32(line.substr(0, line.find(field))));
    OpeningFound found;
    const auto take = [&](OpeningMatch match, Passage passage) {
        found.match = match;
        found.written = to_utf8(Text(text).substr(passage.from, passage.to - passage.from));
        found.guest = guest_after(text, passage.to);
        return found;
    };
    if (wanted.empty()) return found;
    if (const std::size_t at = text.find(wanted); at != Text::npos)
        return take(OpeningMatch::Verbatim, {at, at + wanted.size()});
    const Letters letters = letters_of(fold_width(text)), wanted_letters = letters_of(fold_width(wanted));
    const auto in_text = [&](Passage passage) {
        return Passage{letters.places[passage.from], letters.places[passage.to - 1] + 1};
    };
    if (wanted_letters.text.empty()) return found;
    if (const std::size_t at = letters.text.find(wanted_letters.text); at != Text::npos) {
        return take(OpeningMatch::OtherMarks, in_text({at, at + wanted_letters.text.size()}));
    }
    Passage nearly;
    if (find_nearly(letters.text, wanted_letters.text, nearly) && nearly.to > nearly.from) {
        return take(OpeningMatch::OtherWords, in_text(nearly));
    }
    return found;
}

}  // namespace changji
