#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "presets/preset.hpp"
#include "ui/window/drawing/pen.hpp"

namespace changji {

/// What panels share that are filled in: fields, lists, buttons with words. All within the current ImGui window.
struct Field {
    const char* id;
    std::string label;
    std::string* text;
    const std::vector<std::string>* suggestions = nullptr;  ///< may be null
    float label_width = 72;                                 ///< in pixels of the design
};
/// True when the field was just changed for good: Enter, Tab, a click elsewhere, a suggestion. `editing` becomes true
/// while it has the keyboard.
[[nodiscard]] bool draw_field(const Pen& pen, const Area& area, const Field& field, bool& editing);

/// A small triangle that says that a list opens here.
void draw_arrow(const Pen& pen, const Area& area);

/// A list that opens upwards from `area`; the line that was chosen.
[[nodiscard]] std::optional<std::size_t> choose_from(const Pen& pen, const char* popup, const Area& area,
                                                     const std::vector<std::string>& lines);

enum class Emphasis { Plain, Chosen, Main };
/// Whether it was pressed. Chosen: filled, the one that holds now; Main: outlined, what is most likely wanted.
[[nodiscard]] bool draw_button(const Pen& pen, const char* id, const Area& area, std::string_view words,
                               Emphasis emphasis = Emphasis::Plain);

/// A line of a list: a button over the whole width, with a bar and a mark where it is the chosen one. Draws the ground
/// only. Whether it was pressed.
[[nodiscard]] bool draw_list_row(const Pen& pen, const char* id, const Area& area, bool chosen);

/// True while it is moved: by the mouse, or by left and right between two Enters. `words` stand to its right.
[[nodiscard]] bool draw_number(const Pen& pen, const char* id, const Area& area, int& value, int least, int most,
                               std::string_view words);

/// A part of a panel that scrolls; draw inside with a pen of its own, then end_scroll() with the height that was used.
[[nodiscard]] Pen begin_scroll(const Pen& pen, const char* id, const Area& area);
void end_scroll(const Area& area, float height);

/// A preset's name in the language in use.
[[nodiscard]] const std::string& title_of(const Preset& preset);

}  // namespace changji
