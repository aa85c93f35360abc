#include "ui/settings.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <sstream>
#include <string_view>

#include "capture/takes.hpp"
#include "ui/file_content.hpp"
#include "ui/places.hpp"
#include "ui/prompter/prompter_clock.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t settings_version = 1;

/// Moves the file to a name beside it that is free, and tells which.
void set_aside(const fs::path& file, std::vector<Message>& notices) {
    std::error_code failure;
    for (int number = 1; number < 1000; ++number) {
        const fs::path aside = file.parent_path() / ("settings.set-aside-" + std::to_string(number) + ".toml");
        if (fs::exists(aside, failure)) continue;
        fs::rename(file, aside, failure);
        if (failure) break;
        notices.push_back(say("The old settings were set aside as {0}.", aside.string()));
        return;
    }
    notices.push_back(
        say("The old settings can't be set aside ({0}): what you set now is not kept. Move {1} away "
            "yourself.",
            failure.message(), file.string()));
}

/// The choice in `key`, when it is one of `allowed`; else `fallback`, told.
std::string choice(const toml::table& table, const char* key, const std::string& fallback,
                   std::initializer_list<std::string_view> allowed, std::vector<Message>& notices) {
    const toml::node* const node = table.get(key);
    if (!node) return fallback;
    const auto value = node->value<std::string>();
    if (value && std::ranges::find(allowed, *value) != allowed.end()) return *value;
    notices.push_back(say("The setting '{0}' has a value that doesn't exist: it is '{1}' now.", key, fallback));
    return fallback;
}

/// A whole number from `least` to `most`; else `fallback`, told.
int number(const toml::table& table, const char* key, int fallback, int least, int most,
           std::vector<Message>& notices) {
    if (!table.contains(key)) return fallback;
    const auto value = table[key].value<std::int64_t>();
    if (value && *value >= least && *value <= most) return static_cast<int>(*value);
    notices.push_back(
        say("The setting '{0}' has a value that doesn't exist: it is '{1}' now.", key, std::to_string(fallback)));
    return fallback;
}

std::vector<TalentSettings> talents_in(const toml::table& table, std::vector<Message>& notices) {
    std::vector<TalentSettings> talents;
    const toml::array* const list = table["talent"].as_array();
    if (!list) return talents;
    for (const toml::node& entry : *list) {
        const toml::table* const one = entry.as_table();
        if (!one) continue;
        TalentSettings talent;
        talent.display = (*one)["display"].value_or(std::string());
        if (talent.display.empty()) continue;
        talent.open = (*one)["open"].value_or(false);
        talent.size_px =
            number(*one, "size_px", talent.size_px, TalentSettings::smallest_px, TalentSettings::largest_px, notices);
        talent.width_percent = number(*one, "width_percent", talent.width_percent, 30, 100, notices);
        talent.reading_line_percent =
            number(*one, "reading_line_percent", talent.reading_line_percent, 10, 80, notices);
        talent.mirror_across = (*one)["mirror_across"].value_or(false);
        talent.mirror_down = (*one)["mirror_down"].value_or(false);
        talent.light = (*one)["light"].value_or(false);
        talent.clocks = (*one)["clocks"].value_or(true);
        talents.push_back(std::move(talent));
    }
    return talents;
}

toml::array talents_as_toml(const std::vector<TalentSettings>& talents) {
    toml::array list;
    for (const TalentSettings& talent : talents) {
        list.push_back(toml::table{{"display", talent.display},
                                   {"open", talent.open},
                                   {"size_px", talent.size_px},
                                   {"width_percent", talent.width_percent},
                                   {"reading_line_percent", talent.reading_line_percent},
                                   {"mirror_across", talent.mirror_across},
                                   {"mirror_down", talent.mirror_down},
                                   {"light", talent.light},
                                   {"clocks", talent.clocks}});
    }
    return list;
}

Settings settings_in(const toml::table& table, std::vector<Message>& notices) {
    Settings settings;
    settings.language = choice(table, "language", settings.language, {"zh_CN", "en"}, notices);
    settings.theme = choice(table, "theme", settings.theme, {"dark", "light"}, notices);
    const auto zoom = table["zoom_percent"].value<std::int64_t>();
    if (zoom && *zoom >= 100 && *zoom <= 250) {
        settings.zoom_percent = static_cast<int>(*zoom);
    } else if (table.contains("zoom_percent")) {
        notices.push_back(say("The setting '{0}' has a value that doesn't exist: it is '{1}' now.", "zoom_percent",
                              std::to_string(settings.zoom_percent)));
    }
    const auto countdown = table["countdown_s"].value<std::int64_t>();
    if (countdown && (*countdown == 0 || *countdown == 3 || *countdown == 5 || *countdown == 10)) {
        settings.countdown_s = static_cast<int>(*countdown);
    } else if (table.contains("countdown_s")) {
        notices.push_back(say("The setting '{0}' has a value that doesn't exist: it is '{1}' now.", "countdown_s",
                              std::to_string(settings.countdown_s)));
    }
    settings.cue = table["cue"].value_or(settings.cue);
    settings.compact = table["compact"].value_or(false);
    settings.guide_done = table["guide_done"].value_or(false);
    settings.characters_per_min = number(table, "characters_per_min", settings.characters_per_min,
                                         PrompterClock::slowest, PrompterClock::fastest, notices);
    settings.prompter_with_take = table["prompter_with_take"].value_or(false);
    settings.talents = talents_in(table, notices);
    if (const toml::table* const keys = table["keys"].as_table()) {
        for (const auto& [command, key] : *keys) {
            settings.keys[std::string(command.str())] = key.value_or(std::string("?"));
        }
    }
    return settings;
}

}  // namespace

fs::path settings_file() {
    const fs::path folder = configuration_folder();
    return folder.empty() ? folder : folder / "settings.toml";
}

LoadedSettings load_settings() {
    LoadedSettings loaded;
    const fs::path file = settings_file();
    std::error_code failure;
    if (file.empty() || (!fs::exists(file, failure) && !failure)) return loaded;
    const auto content = content_of(file);
    if (failure || !content) {
        loaded.notices.push_back(
            say("The settings in {0} can't be read: check its permissions. The program starts with "
                "its own settings.",
                file.string()));
        return loaded;
    }
    try {
        const toml::table table = toml::parse(*content, file.string());
        const auto version = table["version"].value<std::int64_t>();
        if (version && *version > settings_version) {
            loaded.notices.push_back(
                say("The settings in {0} are of a newer version of the program: it starts with its "
                    "own.",
                    file.string()));
            set_aside(file, loaded.notices);
            return loaded;
        }
        loaded.settings = settings_in(table, loaded.notices);
    } catch (const toml::parse_error& fault) {
        loaded.notices.push_back(
            say("The settings in {0} are broken in line {1} ({2}): the program starts with its own.", file.string(),
                std::to_string(fault.source().begin.line), std::string(fault.description())));
        set_aside(file, loaded.notices);
    }
    return loaded;
}

Status save_settings(const Settings& settings) {
    const fs::path file = settings_file();
    if (file.empty()) {
        return Error{ErrorKind::Io, say("There is no folder to keep settings in: HOME is not set for this user.")};
    }
    std::error_code failure;
    fs::create_directories(file.parent_path(), failure);
    if (failure) {
        return Error{ErrorKind::Io, say("The folder {0} for the settings can't be made ({1}): check its permissions.",
                                        file.parent_path().string(), failure.message())};
    }
    toml::table table;
    try {
        if (fs::exists(file, failure)) table = toml::parse_file(file.string());
    } catch (const toml::parse_error& fault) {
        return Error{ErrorKind::InvalidConfig,
                     say("The settings file {0} is broken in line {1} ({2}): nothing was saved. Move it away.",
                         file.string(), std::to_string(fault.source().begin.line), std::string(fault.description()))};
    }
    table.insert_or_assign("version", settings_version);
    table.insert_or_assign("language", settings.language);
    table.insert_or_assign("theme", settings.theme);
    table.insert_or_assign("zoom_percent", settings.zoom_percent);
    table.insert_or_assign("compact", settings.compact);
    table.insert_or_assign("countdown_s", settings.countdown_s);
    table.insert_or_assign("cue", settings.cue);
    table.insert_or_assign("guide_done", settings.guide_done);
    table.insert_or_assign("characters_per_min", settings.characters_per_min);
    table.insert_or_assign("prompter_with_take", settings.prompter_with_take);
    table.insert_or_assign("talent", talents_as_toml(settings.talents));
    toml::table keys;
    for (const auto& [command, key] : settings.keys) keys.insert_or_assign(command, key);
    table.insert_or_assign("keys", std::move(keys));
    std::ostringstream text;
    text << table << '\n';
    return write_file_atomically(file, text.str());
}

}  // namespace changji
