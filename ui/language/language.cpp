#include "ui/language/language.hpp"

#include <libintl.h>
#include <atomic>
#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <mutex>

namespace changji {
namespace {

constexpr const char* domain = "changji";
std::atomic<Language> chosen{Language::English};

/// The catalogues lie beside the program: bin/../share/locale, in the build tree as when installed.
/// C.UTF-8 exists on every Debian, and numbers keep their point in it. From Debian 13 on it has no translations, as C has
/// none; by a territory that nobody has, the same locale is found, and LANGUAGE chooses the catalogue.
void open_catalogue() {
    std::setlocale(LC_CTYPE, "C.UTF-8");
    std::setlocale(LC_MESSAGES, "C_CN.UTF-8");
    std::error_code ignored;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const auto catalogues = program.parent_path().parent_path() / "share" / "locale";
    ::bindtextdomain(domain, catalogues.c_str());
    ::bind_textdomain_codeset(domain, "UTF-8");
}

}  // namespace

void use_language(Language language) {
    static std::once_flag opened;
    std::call_once(opened, open_catalogue);
    // Also the system's own reasons ("No space left on device") are then given in this language.
    ::setenv("LANGUAGE", language == Language::Chinese ? "zh_CN" : "en", 1);
    chosen = language;
}

Language language_in_use() { return chosen; }

Language language_of_locale() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(variable);
        if (value && *value) return std::string_view(value).starts_with("zh") ? Language::Chinese : Language::English;
    }
    return Language::English;
}

const char* tr(const char* id) { return chosen == Language::Chinese && *id ? ::dgettext(domain, id) : id; }

std::string tr(const Message& message) { return fill_fields(tr(message.id.c_str()), message.args); }

}  // namespace changji
