#include "ui/review/svg_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/review/html_text.hpp"
#include "ui/review/value_range.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

// In the units of the picture, which a page scales as it likes.
constexpr double width = 340, height = 118;
constexpr double left = 4, right = 300, top = 12, bottom = 92, bar_top = 95, bar_height = 6, times_at = 113;

/// Where values and times lie in the picture.
class Field {
public:
    explicit Field(const Chart& chart)
        : duration_s_(std::max(chart.duration_s, 1e-3)), range_(range_of(chart.columns, chart.limit)) {}
    [[nodiscard]] double x(double at_s) const {
        return left + (right - left) * std::clamp(at_s / duration_s_, 0.0, 1.0);
    }
    [[nodiscard]] double y(double value) const {
        return bottom - (bottom - top) * std::clamp((value - range_.low) / (range_.high - range_.low), 0.0, 1.0);
    }
    [[nodiscard]] bool shows(double value) const { return value >= range_.low && value <= range_.high; }
    [[nodiscard]] double low() const { return range_.low; }
    [[nodiscard]] double high() const { return range_.high; }

private:
    double duration_s_;
    ValueRange range_;
};

std::string px(double value) { return number_text(value, 1); }

std::string rectangle(const char* name, double x, double y, double w, double h) {
    return std::string("<rect class=\"") + name + "\" x=\"" + px(x) + "\" y=\"" + px(y) + "\" width=\"" + px(w) +
           "\" height=\"" + px(h) + "\"/>";
}
std::string line(const char* name, double x1, double y1, double x2, double y2) {
    return std::string("<line class=\"") + name + "\" x1=\"" + px(x1) + "\" y1=\"" + px(y1) + "\" x2=\"" + px(x2) +
           "\" y2=\"" + px(y2) + "\"/>";
}
std::string words(const char* name, double x, double y, const std::string& text) {
    return std::string("<text class=\"") + name + "\" x=\"" + px(x) + "\" y=\"" + px(y) + "\">" + html_escaped(text) +
           "</text>";
}

std::string band(const char* name, const Field& plane, std::optional<double> from, std::optional<double> to) {
    const double y1 = plane.y(to.value_or(plane.high())), y2 = plane.y(from.value_or(plane.low()));
    return y2 > y1 ? rectangle(name, left, y1, right - left, y2 - y1) : std::string();
}

std::string bands(const Chart& chart, const Field& plane) {
    if (!chart.limit) return {};
    const MeterLimit& limit = *chart.limit;
    std::string drawn;
    if (limit.warn_min || limit.warn_max) drawn += band("warn", plane, limit.warn_min, limit.warn_max);
    drawn += band("pass", plane, limit.pass_min, limit.pass_max);
    std::vector<double> labelled;
    const auto bound = [&](const char* name, std::optional<double> value) {
        if (!value || !plane.shows(*value)) return;
        const double y = plane.y(*value);
        drawn += line(name, left, y, right, y);
        if (std::ranges::any_of(labelled, [y](double other) { return std::abs(other - y) < 8; })) return;
        labelled.push_back(y);
        drawn += words("number", right + 3, y + 3, number_text(*value, 3));
    };
    bound("pass-line", limit.pass_min);
    bound("pass-line", limit.pass_max);
    bound("warn-line", limit.warn_min);
    bound("warn-line", limit.warn_max);
    return drawn;
}

/// Lowest and highest values as a closed field for each stretch without a hole; its outline shows where it is thin.
std::string curve(const Chart& chart, const Field& plane) {
    std::string drawn;
    const double step_s = chart.duration_s / static_cast<double>(std::max<std::size_t>(1, chart.columns.size()));
    for (std::size_t from = 0; from < chart.columns.size();) {
        if (chart.columns[from].empty()) {
            ++from;
            continue;
        }
        std::size_t to = from;
        std::string there, back;
        for (; to < chart.columns.size() && !chart.columns[to].empty(); ++to) {
            const std::string x = px(plane.x((static_cast<double>(to) + 0.5) * step_s));
            there += (to == from ? "M" : "L") + x + " " + px(plane.y(chart.columns[to].high));
            back.insert(0, "L" + x + " " + px(plane.y(chart.columns[to].low)));
        }
        drawn += there + back + "Z";
        from = to;
    }
    return drawn.empty() ? drawn : "<path class=\"curve\" d=\"" + drawn + "\"/>";
}

std::string bars(const Chart& chart, const Field& plane) {
    std::string drawn;
    double shape_at = -100;
    for (const Stretch& span : chart.spans) {
        const double from = plane.x(span.from_s), to = std::max(plane.x(span.to_s), from + 1.0);
        drawn +=
            rectangle(chart.status == FindingStatus::Fail ? "bar fail" : "bar", from, bar_top, to - from, bar_height);
        if (from - shape_at < 9) continue;
        shape_at = from;
        drawn += words("shape", from, bar_top - 1, shape_for(chart.status));
    }
    return drawn;
}

std::string marks(const Chart& chart, const Field& plane) {
    std::string drawn;
    double label_end = -100;
    for (const ChartMark& mark : chart.marks) {
        const double x = plane.x(mark.at_s);
        drawn += line("mark", x, top, x, bottom);
        if (x < label_end) continue;
        drawn += words("mark-label", x, top - 3, mark.label);
        label_end = x + 12;
    }
    return drawn;
}

std::string times(const Chart& chart, const Field& plane) {
    constexpr std::array<double, 13> steps{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600};
    const auto fits = std::ranges::find_if(steps, [&](double step) { return chart.duration_s / step <= 5.5; });
    const double step = fits == steps.end() ? chart.duration_s / 4 : *fits;
    std::string drawn;
    for (int i = 0; i * step <= chart.duration_s && i < 8; ++i) {
        const double x = plane.x(i * step);
        drawn += line("tick", x, bottom, x, bottom + 2);
        drawn += words(i == 0 ? "time first" : "time", x, times_at, clock_text(i * step));
    }
    return drawn;
}

}  // namespace

std::string svg_chart(const Chart& chart) {
    const Field plane(chart);
    std::string drawn = "<svg class=\"chart\" viewBox=\"0 0 " + px(width) + " " + px(height) +
                        "\" role=\"img\"><title>" + html_escaped(chart.title) + "</title>";
    drawn += rectangle("field", left, top, right - left, bottom - top);
    drawn += bands(chart, plane) + marks(chart, plane) + curve(chart, plane) + bars(chart, plane) + times(chart, plane);
    if (!chart.limit) {
        drawn += words("number", right + 3, plane.y(plane.high()) + 7, number_text(plane.high(), chart.decimals));
        drawn += words("number", right + 3, plane.y(plane.low()), number_text(plane.low(), chart.decimals));
    }
    return drawn + "</svg>";
}

std::string_view chart_style() {
    return R"(svg.chart{width:100%;height:auto;display:block}
svg.chart .field{fill:#fff;stroke:#c9ced6;stroke-width:.6}
svg.chart .pass{fill:#dff0e6}
svg.chart .warn{fill:#fbf1d9}
svg.chart .pass-line{stroke:#2f7d55;stroke-width:.8}
svg.chart .warn-line{stroke:#a86a00;stroke-width:.8;stroke-dasharray:4 3}
svg.chart .curve{fill:#27456e;fill-opacity:.35;stroke:#16335c;stroke-width:1;stroke-linejoin:round}
svg.chart .bar{fill:#a86a00}
svg.chart .bar.fail{fill:#b3261e}
svg.chart .mark{stroke:#6b4fa0;stroke-width:.7;stroke-dasharray:1.5 1.5}
svg.chart .tick{stroke:#5a6472;stroke-width:.6}
svg.chart text{font-size:9px;fill:#333b46}
svg.chart .time{text-anchor:middle}
svg.chart .time.first{text-anchor:start}
svg.chart .shape{font-size:8px}
svg.chart .mark-label{text-anchor:middle;fill:#553a8c;font-size:8px}
)";
}

}  // namespace changji
