#include <array>

#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"

namespace changji {

std::optional<Action> draw_help(const Pen& pen, const Area& screen) {
    struct Entry {
        const char* key;
        const char* meaning;
    };
    const std::array entries{
        Entry{tr("Space"), tr("Start recording; twice, deliberately, to stop")},
        Entry{tr("Enter"), tr("Stop, after the first Space")},
        Entry{tr("Esc"), tr("Go on recording; close; take messages away")},
        Entry{"F1", tr("This list")},
        Entry{"F2", tr("Write the guest's name")},
        Entry{"F3", tr("Sign off what only people can judge")},
        Entry{"F4", tr("Store this picture and sound as the reference")},
        Entry{"F5 F6 F7", tr("False colour, zebra, focus peaking: on the screen only")},
        Entry{"F8 F9 F10", tr("Guides, mirror, enlarge: on the screen only")},
        Entry{"F11", tr("Full screen")},
        Entry{"L", tr("Change the language")},
        Entry{"Tab", tr("Next field; Enter uses a button")},
        Entry{"Ctrl ←↑→↓", tr("Move the part that is kept of a picture that isn't 16:9")},
        Entry{"Ctrl Q", tr("Close the window; twice while recording")},
    };
    const bool outside = pen.button("close-help", screen);
    pen.fill(screen, colour::veil);
    const float row = pen.px(58);
    const float height = row * static_cast<float>(entries.size()) + pen.px(140);
    const float width = pen.px(1280);
    const Area card{screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 2, width, height};
    pen.card(card, colour::raised);
    pen.text(card.x + pen.px(48), card.y + pen.px(32), TextSize::Word, colour::text, tr("Keys"));
    float y = card.y + pen.px(116);
    for (const Entry& entry : entries) {
        const Area cap{card.x + pen.px(48), y + pen.px(7), pen.px(190), row - pen.px(14)};
        pen.fill(cap, colour::background, pen.px(8));
        pen.label(cap, TextSize::Body, colour::accent, entry.key, Align::Centre);
        pen.label({cap.right() + pen.px(28), y, card.right() - cap.right() - pen.px(60), row}, TextSize::Label,
                  colour::text, entry.meaning);
        y += row;
    }
    if (outside) return ToggleHelp{};
    return std::nullopt;
}

}  // namespace changji
