#include <algorithm>

#include "ui/window/prompter/talent_windows.hpp"

namespace changji {
namespace {

/// Thirteen characters a line: as far away as a camera stands they can be read without turning the eyes.
constexpr float characters_a_line = 13.0F;

}  // namespace

std::vector<TalentPlan> plan_talents(const std::vector<TalentSettings>& wanted,
                                     const std::vector<ConnectedDisplay>& displays) {
    std::vector<TalentPlan> plan;
    for (const TalentSettings& settings : wanted) {
        if (!settings.open) continue;
        const auto display = std::ranges::find(displays, settings.display, &ConnectedDisplay::name);
        if (display != displays.end()) plan.push_back({settings, *display});
    }
    return plan;
}

TalentSettings settings_for(const std::vector<TalentSettings>& known, const ConnectedDisplay& display) {
    const auto found = std::ranges::find(known, display.name, &TalentSettings::display);
    if (found != known.end()) return *found;
    TalentSettings fresh;
    fresh.display = display.name;
    const float line_px = static_cast<float>(display.width_px) * static_cast<float>(fresh.width_percent) / 100.0F;
    fresh.size_px = std::clamp(static_cast<int>(line_px / characters_a_line), TalentSettings::smallest_px,
                               TalentSettings::largest_px);
    return fresh;
}

std::vector<TalentSettings> with_settings(std::vector<TalentSettings> known, const TalentSettings& changed) {
    const auto found = std::ranges::find(known, changed.display, &TalentSettings::display);
    if (found != known.end()) {
        *found = changed;
    } else {
        known.push_back(changed);
    }
    return known;
}

std::vector<TalentSettings> toggled_talents(std::vector<TalentSettings> known,
                                            const std::vector<ConnectedDisplay>& displays) {
    const auto is_there = [&](const TalentSettings& each) {
        return std::ranges::find(displays, each.display, &ConnectedDisplay::name) != displays.end();
    };
    bool closed = false;
    for (TalentSettings& each : known) {
        if (!each.open || !is_there(each)) continue;
        each.open = false;
        closed = true;
    }
    if (closed || displays.empty()) return known;
    const auto rank = [&](const ConnectedDisplay& display) {
        const bool used = std::ranges::find(known, display.name, &TalentSettings::display) != known.end();
        return display.operators ? 2 : used ? 0 : 1;
    };
    const auto chosen = std::ranges::min_element(displays, {}, rank);
    TalentSettings settings = settings_for(known, *chosen);
    settings.open = true;
    return with_settings(std::move(known), settings);
}

}  // namespace changji
