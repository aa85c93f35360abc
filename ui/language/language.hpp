#pragma once

#include <string>
#include <string_view>

#include "capture/types/message.hpp"

namespace changji {

enum class Language { Chinese, English };

/// Chooses the language of everything tr() returns from now on. Any thread may call tr() at any time, but the
/// choice itself is made by the main thread alone.
void use_language(Language language);
[[nodiscard]] Language language_in_use();
/// zh_CN for a Chinese locale (LC_ALL, LC_MESSAGES, LANG), else English.
[[nodiscard]] Language language_of_locale();

/// A whole sentence or word in the chosen language. `id` is English and a literal: xgettext finds it by this name.
[[nodiscard]] const char* tr(const char* id);
/// A message of a lower room in the chosen language, its fields filled.
[[nodiscard]] std::string tr(const Message& message);

}  // namespace changji
