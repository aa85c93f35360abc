#include "analysis/judging/checks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace changji {
namespace {

std::string number(double value, int decimals) {
    std::array<char, 64> digits;
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
    std::string text(digits.data(), end.ptr);
    const bool zero = text.find_first_not_of("-0.") == std::string::npos;
    return zero && text.starts_with('-') ? text.substr(1) : text;
}

/// A limit as the preset's author wrote it: no more decimals than needed, at most three.
std::string bound(double value) {
    std::string text = number(value, 3);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string with_unit(std::string text, std::string_view unit) {
    if (!unit.empty()) (text += ' ') += unit;
    return text;
}

bool within(double value, const std::optional<double>& min, const std::optional<double>& max) {
    return (!min || value >= *min) && (!max || value <= *max);
}

/// How far outside the pass range, in widths of the warning zone; negative inside.
double excess(double beyond, const std::optional<double>& pass, const std::optional<double>& warn) {
    double width = warn ? std::abs(*warn - *pass) : std::abs(*pass) / 2.0;
    if (width == 0.0) width = 1.0;
    return beyond / width;
}

}  // namespace

FindingStatus status_of(double value, const MeterLimit& limit) {
    if (within(value, limit.pass_min, limit.pass_max)) return FindingStatus::Pass;
    const bool warns = (limit.warn_min || limit.warn_max) && within(value, limit.warn_min, limit.warn_max);
    return warns || limit.severity == Severity::Advises ? FindingStatus::Warn : FindingStatus::Fail;
}

std::string limit_text(const MeterLimit& limit) {
    const MeasureInfo* const measure = find_measure(limit.measure);
    if (measure && measure->measure == Measure::SoundDeadChannel) return "L+R";
    const std::string_view unit = measure ? measure->unit : std::string_view();
    if (limit.pass_min && limit.pass_max) {
        if (*limit.pass_min == *limit.pass_max) return with_unit(bound(*limit.pass_min), unit);
        const std::string_view dash = *limit.pass_min < 0.0 || *limit.pass_max < 0.0 ? " … " : "–";
        return with_unit(bound(*limit.pass_min) + std::string(dash) + bound(*limit.pass_max), unit);
    }
    if (limit.pass_max) return with_unit("≤ " + bound(*limit.pass_max), unit);
    if (limit.pass_min) return with_unit("≥ " + bound(*limit.pass_min), unit);
    return "";
}

std::string value_text(Measure measure, double value) {
    if (measure == Measure::SoundDeadChannel) {
        // The channels that sound.
        static constexpr std::array<const char*, 4> sounding{"L+R", "R", "L", "–"};
        return sounding[static_cast<std::size_t>(std::clamp(std::lround(value), 0L, 3L))];
    }
    return with_unit(number(value, info(measure).decimals), info(measure).unit);
}

double badness(double value, const MeterLimit& limit) {
    double worst = -1.0;
    if (limit.pass_max) worst = std::max(worst, excess(value - *limit.pass_max, limit.pass_max, limit.warn_max));
    if (limit.pass_min) worst = std::max(worst, excess(*limit.pass_min - value, limit.pass_min, limit.warn_min));
    const double place = (worst + 1.0) / 3.0;
    switch (status_of(value, limit)) {
        case FindingStatus::Pass: return std::clamp(place, 0.0, 1.0 / 3.0);
        case FindingStatus::Warn: return std::clamp(place, 1.0 / 3.0, 2.0 / 3.0);
        default: return std::clamp(place, 2.0 / 3.0, 1.0);
    }
}

}  // namespace changji
