#pragma once

#include <string>
#include <vector>

#include "ui/prompter/prompter_clock.hpp"
#include "ui/window/prompter/reading_page.hpp"

namespace changji {

/// What a talent's display shows beside the script.
struct TalentFacts {
    double character = 0.0;  ///< where all screens stand
    bool recording = false;
    double elapsed_s = 0.0;  ///< of the running take
    double limit_s = 0.0;    ///< 0: none
    int countdown = 0;       ///< the number to show; 0: none runs
    PrompterState prompter;

    friend bool operator==(const TalentFacts& a, const TalentFacts& b) {
        const auto seconds = [](double s) { return static_cast<long>(s); };
        return a.character == b.character && a.recording == b.recording && a.countdown == b.countdown &&
               seconds(a.elapsed_s) == seconds(b.elapsed_s) &&
               seconds(a.prompter.left_s) == seconds(b.prompter.left_s) && a.limit_s == b.limit_s &&
               a.prompter.running == b.prompter.running && a.prompter.held == b.prompter.held;
    }
};

/// The sheets that one display needs: the script's size, the clocks', the countdown's.
struct TalentSheets {
    GlyphSheet reading, clocks, countdown;

    TalentSheets(const std::shared_ptr<const ReadingFont>& font, const TalentSettings& settings, float width_px,
                 float height_px);
    [[nodiscard]] static int clock_px(float height_px);
};

/// A picture of the talent's display: layers from the lowest up. The words are in the language in use. Mirroring is
/// left to who puts it on the screen.
[[nodiscard]] std::vector<PageLayer> draw_talent_page(TalentSheets& sheets, const ReadingLayout& layout,
                                                      const TalentSettings& settings, const TalentFacts& facts,
                                                      float width_px, float height_px);

}  // namespace changji
