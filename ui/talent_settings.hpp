#pragma once

#include <string>

namespace changji {

/// How the script is shown on a display that the person before the camera reads from.
struct TalentSettings {
    static constexpr int smallest_px = 40, largest_px = 300;

    std::string display;            ///< its name; a second one of the same name has " #2" behind it
    bool open = false;              ///< shown there whenever that display is connected
    int size_px = 96;               ///< of a character, smallest_px to largest_px
    int width_percent = 80;         ///< of the display, 30 to 100: how long a line may be
    int reading_line_percent = 35;  ///< from the top, 10 to 80: where the line that is read stands
    bool mirror_across = false;     ///< left and right exchanged: for a pane of glass before the lens
    bool mirror_down = false;       ///< top and bottom exchanged
    bool light = false;             ///< black on white
    bool clocks = true;             ///< how long the take has run, and what is left

    friend bool operator==(const TalentSettings&, const TalentSettings&) = default;
};

}  // namespace changji
