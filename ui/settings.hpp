#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "capture/types/result.hpp"
#include "ui/talent_settings.hpp"

namespace changji {

/// What the user has set, apart from any project.
struct Settings {
    std::string language = "zh_CN";           ///< of the window: "zh_CN" or "en"
    std::string theme = "dark";               ///< "dark" or "light"
    int zoom_percent = 100;                   ///< 100 to 250: how large the window draws everything
    bool compact = false;                     ///< preview and meters only
    int countdown_s = 3;                      ///< 0, 3, 5 or 10: from the record key to the take
    bool cue = true;                          ///< the countdown sounds
    bool guide_done = false;                  ///< the guide for the first time was seen
    int characters_per_min = 240;             ///< 120 to 400: the prompter's pace
    bool prompter_with_take = false;          ///< the prompter runs while a take is recorded
    std::vector<TalentSettings> talents;      ///< one for each display that was ever used, by its name
    std::map<std::string, std::string> keys;  ///< command id → key, where it is not the default

    friend bool operator==(const Settings&, const Settings&) = default;
};

/// "changji/settings.toml" in the user's configuration folder; empty without one.
[[nodiscard]] std::filesystem::path settings_file();

struct LoadedSettings {
    Settings settings;
    std::vector<Message> notices;  ///< what was wrong with the file and where it is now
};
/// The defaults where there is no file. A broken file is set aside beside itself, under another name, and told; so is
/// one that a newer version wrote. A value out of its range is the default, and told. Never an error.
[[nodiscard]] LoadedSettings load_settings();
/// At once and whole; keys of the file that this version doesn't know are kept. Io,
/// InvalidConfig when the file became broken meanwhile.
[[nodiscard]] Status save_settings(const Settings& settings);

}  // namespace changji
