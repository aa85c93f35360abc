#pragma once

#include <array>
#include <string>
#include <vector>

#include "ui/session/session.hpp"
#include "ui/window/commands.hpp"
#include "ui/window/drawing/theme.hpp"

namespace changji {

enum class GuideStep { Picture, Light, Sound, Trial };
inline constexpr int guide_step_count = 4;

/// One thing that a step looks at: how it stands, and a sentence that says what to do where it isn't good.
struct GuidePoint {
    Tone tone = Tone::Unknown;
    Message words;
};

/// Where a newcomer stands on the way to a first good take.
struct FirstSteps {
    GuideStep step = GuideStep::Picture;
    bool heard = false;  ///< somebody has spoken since the step for sound began

    /// Follows what the session tells; called every frame while the guide is open.
    void follow(const SessionSnapshot& now);
    /// Forward or back, within the steps.
    void turn(int by);
};

/// Never empty. Keys are named as `keys` has them.
[[nodiscard]] std::vector<GuidePoint> guide_points(GuideStep step, const FirstSteps& guide, const SessionSnapshot& now,
                                                   const KeyMap& keys);
/// Good when all of a step's points are, else the worst of them.
[[nodiscard]] Tone guide_tone(const std::vector<GuidePoint>& points);

}  // namespace changji
