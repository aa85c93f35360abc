#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace changji {

/// A sentence for a person, kept apart from any language: an English gettext id with numbered fields
/// `{0}`, `{1}`, and what goes into them. Rooms below ui/ make messages; ui/language puts them into words.
/// A message is always whole: two messages are never joined into one sentence.
struct Message {
    std::string id;
    std::vector<std::string> args;

    [[nodiscard]] bool empty() const { return id.empty(); }
    friend bool operator==(const Message&, const Message&) = default;
};

/// Makes a message. xgettext finds ids by this name, so `id` is always a literal.
template <typename... Args>
[[nodiscard]] Message say(std::string id, Args&&... args) {
    return Message{std::move(id), {std::string(std::forward<Args>(args))...}};
}

/// `text` with its fields `{0}`..`{9}` replaced; a field without an argument stays as it is.
[[nodiscard]] inline std::string fill_fields(std::string_view text, const std::vector<std::string>& args) {
    std::string filled;
    filled.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool field = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}' && text[at + 1] >= '0' &&
                           text[at + 1] <= '9';
        const auto index = field ? static_cast<std::size_t>(text[at + 1] - '0') : args.size();
        if (field && index < args.size()) {
            filled += args[index];
            at += 2;
        } else {
            filled += text[at];
        }
    }
    return filled;
}

/// The message in English, as it was written: for logs and tests.
[[nodiscard]] inline std::string in_english(const Message& message) { return fill_fields(message.id, message.args); }

}  // namespace changji
