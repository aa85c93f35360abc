#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ui/prompter/prompter.hpp"

namespace changji {

/// What the tablets are sent, as JSON on one line each. Made by the window's thread, so that no other one asks for a
/// translation; the server only copies it.
struct PrompterFeed {
    std::shared_ptr<const std::string> words;   ///< what the page says, in the language in use
    std::shared_ptr<const std::string> script;  ///< the text, with the place of each character in it
    std::shared_ptr<const std::string> state;   ///< where the prompter is
};

/// "characters" gives the UTF-16 places of the characters that are read in each paragraph's text, as the page counts.
[[nodiscard]] std::string script_json(const Script& script);
/// Without the moment: equal states give equal text. Character to a hundredth.
[[nodiscard]] std::string state_json(const PrompterState& state);
/// The same with "at_ms", which only differences are taken of.
[[nodiscard]] std::string with_moment(const std::string& state, CaptureTime now);
/// In the language in use.
[[nodiscard]] std::string page_words_json();
/// One of the page's words; empty when there is none of that key.
[[nodiscard]] std::string page_word(const PrompterFeed& feed, const char* key);

/// {"act": "run|pause|hold|release|move|pace|voice|even", "value": number}; none when it is anything else.
[[nodiscard]] std::optional<PrompterCommand> command_of(std::string_view json);

}  // namespace changji
