#include "analysis/papers/word_count.hpp"

#include <vector>

#include "analysis/papers/unicode_text.hpp"

namespace changji {
namespace {

/// Which of the shared marks stand in a Chinese passage: those that touch a Chinese character, or others that do.
std::vector<bool> chinese_marks(const std::u32string& text) {
    std::vector<bool> chinese(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) chinese[i] = is_cjk_letter(text[i]) || is_cjk_punctuation(text[i]);
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (chinese[i - 1] && is_shared_punctuation(text[i])) chinese[i] = true;
    }
    for (std::size_t i = text.size(); i-- > 1;) {
        if (chinese[i] && is_shared_punctuation(text[i - 1])) chinese[i - 1] = true;
    }
    return chinese;
}

}  // namespace

WordCount count_words(std::string_view utf8) {
    const std::u32string text = to_utf32(utf8);
    const std::vector<bool> chinese = chinese_marks(text);
    WordCount count;
    bool in_word = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool space = is_space(text[i]);
        if (!space) ++count.without_spaces;
        if (chinese[i]) ++count.cjk;
        const bool of_word = !space && !chinese[i];
        if (of_word && !in_word) ++count.words;
        in_word = of_word;
    }
    count.counted = count.cjk + count.words;
    return count;
}

}  // namespace changji
