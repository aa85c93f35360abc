#include <nlohmann/json.hpp>

#include "ui/language/language.hpp"
#include "ui/tablet/prompter_feed.hpp"

namespace changji {

/// Keys are the page's; see page/page.js.
std::string page_words_json() {
    const nlohmann::json words{
        {"language", language_in_use() == Language::Chinese ? "zh-CN" : "en"},
        {"title", tr("Prompter")},
        {"run", tr("Run")},
        {"pause", tr("Pause")},
        {"hold", tr("Hold")},
        {"back", tr("Back a sentence")},
        {"on", tr("On a sentence")},
        {"slower", tr("Slower")},
        {"faster", tr("Faster")},
        {"smaller", tr("Smaller")},
        {"larger", tr("Larger")},
        {"mirror", tr("Mirror")},
        {"start", tr("To the beginning")},
        {"hide", tr("Hide the buttons")},
        {"running", tr("Running")},
        {"paused", tr("Paused")},
        {"held", tr("Held")},
        {"voice", tr("Following the voice")},
        {"unsure", tr("Following the voice, not sure")},
        {"at_end", tr("The end of the text")},
        {"pace", tr("{0} characters a minute")},
        {"left", tr("{0} left")},
        {"empty", tr("There is no text yet: the crew writes it on the recording machine.")},
        {"connected", tr("Connected")},
        {"connecting", tr("Connecting…")},
        {"lost", tr("No connection: trying again. Where the text stands is not up to date.")},
        {"gone", tr("This address is no longer served: scan the code on the recording machine again.")},
        {"full", tr("Twenty tablets listen already: close one of them.")},
        {"refused", tr("Not done: too many presses, or no connection.")},
        {"may_sleep", tr("This tablet may switch its screen off: set it to stay on.")},
        {"keys", tr("Space runs and pauses, H holds, ↑ ↓ a line, ← → a sentence, + − pace, [ ] size, M mirrors.")},
    };
    return words.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string page_word(const PrompterFeed& feed, const char* key) {
    const auto words = nlohmann::json::parse(*feed.words, nullptr, false);
    return words.is_object() ? words.value(key, std::string()) : std::string();
}

}  // namespace changji
