#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/project/project.hpp"
#include "ui/window/display_list.hpp"
#include "ui/window/drawing/gliding_place.hpp"
#include "ui/window/drawing/glyph_sheet.hpp"
#include "ui/window/drawing/soft_wrap.hpp"
#include "ui/window/prompter/prompter_actions.hpp"
#include "ui/window/prompter/reading_layout.hpp"
#include "ui/window/prompter/reading_page.hpp"

namespace changji {

struct KeptVersion {
    std::filesystem::path file;
    std::string made;    ///< "2022-05-04 10:32"
    std::string begins;  ///< its first words
};

/// The text in the prompter's field, while it is written.
struct ScriptDraft {
    SoftWrap text;
    std::string field;  ///< what ImGui writes to
    std::string used;   ///< the text that is on the screens
    std::vector<std::string> past, future;
    double edited_s = -1e9;  ///< when the last edit was
    std::size_t cursor = 0, selected_from = 0, selected_to = 0;
    bool replace_field = false;  ///< the field is to take over `text` in the next frame
    bool shown = false;          ///< all its characters are named to the fonts
    [[nodiscard]] bool changed() const { return text.text() != used; }
};

/// What the prompter's strip and pages remember between frames.
struct PrompterView {
    std::string opening;                      ///< the line for the strip,
    Slate opening_of;                         ///< of this slate
    std::string opening_preset;               ///< by this preset
    std::shared_ptr<const ReadingFont> font;  ///< null: none was found, or nothing was drawn yet
    GlidingPlace place;                       ///< all screens show it
    ReadingLayout layout;                     ///< of the strip
    std::shared_ptr<GlyphSheet> sheet;        ///< of the strip
    PageLayer drawn;                          ///< of the strip, kept so that a frame asks for no memory
    std::vector<std::size_t> talent_lines;    ///< where the talent's lines begin; empty: the strip's count
    bool hold_key_down = false;
    double hold_since_s = 0.0;

    PrompterPage page = PrompterPage::Script;
    ScriptDraft draft;
    std::string file;  ///< as typed so far
    std::vector<KeptVersion> versions;
    std::vector<ConnectedDisplay> displays;
    std::string chosen_display;  ///< whose settings the page shows
};

}  // namespace changji
