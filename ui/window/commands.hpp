#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capture/types/message.hpp"
#include "ui/window/action.hpp"

namespace changji {

enum class CommandGroup { Take, Prompter, Screen, Aids, Window, Review };
/// Where a key is pressed. A command of the review has its key there, all others theirs on the live screen.
enum class KeyPlace { Live, Review };

/// What a key can do. The one table behind keys, buttons and the key sheet.
struct Command {
    const char* id;   ///< in the settings file
    const char* key;  ///< unless the user chose another; a name as key_name() makes it
    CommandGroup group;
    Message meaning;
    Action action;
};
[[nodiscard]] inline KeyPlace place_of(const Command& command) {
    return command.group == CommandGroup::Review ? KeyPlace::Review : KeyPlace::Live;
}
[[nodiscard]] std::span<const Command> commands();
/// Null when there is none of that id.
[[nodiscard]] const Command* find_command(std::string_view id);

/// Names of keys are SDL's, after "Ctrl+", "Alt+" and "Shift+" in this order: "Ctrl+Left", "F5", "Space", "PageUp".
/// Which key means which command; the defaults, as the user changed them. A key means at most one command
/// in each place.
class KeyMap {
public:
    KeyMap() = default;
    /// `chosen`: command id → key. What names no command, no key or a key twice is left out and told.
    explicit KeyMap(const std::map<std::string, std::string>& chosen, std::vector<Message>* faults = nullptr);

    /// Null: that key does nothing.
    [[nodiscard]] const Command* command_for(std::string_view key, KeyPlace place = KeyPlace::Live) const;
    /// Empty: no key does it.
    [[nodiscard]] std::string key_for(std::string_view id) const;
    /// The same in words, "–" where no key does it.
    [[nodiscard]] std::string words_for(std::string_view id) const;
    /// Who had the key loses it.
    void bind(const std::string& id, const std::string& key);
    [[nodiscard]] const std::map<std::string, std::string>& chosen() const { return chosen_; }

private:
    std::map<std::string, std::string> chosen_;  ///< where it differs from the default; "": no key
};

/// Letters, digits, Space, Enter and the like, which belong to a field while a person types; not F1 or Ctrl+Q.
[[nodiscard]] bool belongs_to_text(std::string_view key);
/// For the screen, in the language in use: "空格", "Ctrl ←".
[[nodiscard]] std::string key_words(std::string_view key);

}  // namespace changji
