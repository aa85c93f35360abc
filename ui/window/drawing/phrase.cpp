#include "ui/window/drawing/phrase.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "ui/language/language.hpp"
#include "ui/window/drawing/memo.hpp"

namespace changji {
namespace {

constexpr std::size_t most_phrases = 1000;  ///< a screen has about a hundred, some of which change with each reading

struct Phrase {
    Message asked;
    std::string words;
};

struct Phrases {
    Memo<Phrase> known{most_phrases};
    Language language = Language::English;
};

Phrases& phrases() {
    static Phrases all;
    return all;
}

template <typename Fields>
const std::string& look_up(std::string_view id, const Fields& fields) {
    constexpr std::hash<std::string_view> hash_of;
    std::size_t hash = hash_of(id);
    for (const std::string_view field : fields) hash = mixed(hash, hash_of(field));
    const auto is_it = [&](const Phrase& known) {
        return known.asked.id == id && std::ranges::equal(known.asked.args, fields);
    };
    const auto make = [&] {
        Message asked{std::string(id), {fields.begin(), fields.end()}};
        std::string words = tr(asked);
        return Phrase{std::move(asked), std::move(words)};
    };
    return phrases().known.get(hash, is_it, make).words;
}

}  // namespace

const std::string& phrase(const Message& message) { return look_up(message.id, message.args); }

const std::string& phrase(const char* id, std::string_view first, std::string_view second, std::string_view third,
                          std::string_view fourth) {
    return look_up(id, std::array{first, second, third, fourth});
}

void forget_old_phrases() {
    Phrases& all = phrases();
    if (all.language != language_in_use()) all.known.clear();
    all.language = language_in_use();
    all.known.start_frame();
}

}  // namespace changji
