#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/meter_timeline.hpp"
#include "analysis/verdict.hpp"

namespace changji {

/// A moment drawn across a chart; `label` is short: a topic's number, a sign.
struct ChartMark {
    double at_s = 0.0;
    std::string label;
};

/// One measure over a take.
struct Chart {
    std::string title;  ///< read aloud in place of the picture
    double duration_s = 0.0;
    std::vector<MeterColumn> columns;  ///< of equal width, from 0 to duration_s
    int decimals = 1;                  ///< of the numbers beside the limits
    std::optional<MeterLimit> limit;   ///< drawn as bands
    FindingStatus status = FindingStatus::Pass;
    std::vector<Stretch> spans;  ///< where the finding held: a bar below, with the status's shape
    std::vector<ChartMark> marks;
};

/// An `<svg>` element, to stand in a page that has chart_style(). Bands: within the pass limits a pale field between
/// solid lines, within the warning limits a paler one between dashed lines, each line with its number. Where a column
/// is empty the line is broken.
[[nodiscard]] std::string svg_chart(const Chart& chart);
[[nodiscard]] std::string_view chart_style();

}  // namespace changji
