#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/meter_timeline.hpp"
#include "presets/preset.hpp"
#include "ui/language/language.hpp"
#include "ui/review/review_material.hpp"
#include "ui/review/value_range.hpp"
#include "ui/window/drawing/pen.hpp"

namespace changji {

/// One meter over the part of the take that the timeline shows.
struct TimelineLane {
    Measure measure = Measure::Count;
    std::string name;
    std::optional<MeterLimit> limit;
    FindingStatus status = FindingStatus::Pass;  ///< of its finding
    std::vector<Stretch> spans;                  ///< where that held
    std::vector<MeterColumn> columns;            ///< one a pixel, at most `most_columns`
    ValueRange range;                            ///< what the lane's foot and top stand for
};

/// All meters that the preset limits and the take has, those with the worst findings first. Made anew only when take,
/// part, width, preset or language changed.
class TimelineLanes {
public:
    /// On a screen of 4K still every second pixel; a list of drawn shapes with 16-bit indices has no room for more.
    static constexpr int most_columns = 800;
    void fit(const std::shared_ptr<const ReviewMaterial>& material, const Preset& preset, double from_s, double to_s,
             int columns);
    [[nodiscard]] const std::vector<TimelineLane>& all() const { return lanes_; }
    [[nodiscard]] double from_s() const { return from_s_; }
    [[nodiscard]] double to_s() const { return to_s_; }
    /// Both as those of two takes side by side: the same meters in the same order, with the same range.
    static void pair_up(TimelineLanes& first, TimelineLanes& second);

private:
    std::shared_ptr<const ReviewMaterial> of_;
    std::string preset_;
    Language language_ = Language::Chinese;
    double from_s_ = 0.0, to_s_ = 0.0;
    int columns_ = 0;
    bool paired_ = false;
    std::vector<TimelineLane> lanes_;
};

/// Where times lie across a timeline.
struct TimeScale {
    float left = 0.0F, width = 1.0F;
    double from_s = 0.0, to_s = 1.0;

    [[nodiscard]] float x(double at_s) const {
        return left + width * static_cast<float>((at_s - from_s) / (to_s - from_s));
    }
    [[nodiscard]] double time(float at) const {
        return from_s + (to_s - from_s) * static_cast<double>((at - left) / width);
    }
};

/// The curve with its limits as bands, and below it the stretches of its finding.
void draw_lane(const Pen& pen, const Area& area, const TimelineLane& lane, const TimeScale& scale);
/// Times, the marks and topics of a take, what it lost, and every stretch that is not as it should be.
void draw_ruler(const Pen& pen, const Area& area, const ReviewMaterial& material, const TimeScale& scale);

}  // namespace changji
