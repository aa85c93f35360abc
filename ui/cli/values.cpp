#include "ui/cli/values.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace changji {
namespace {

constexpr double longest_s = 24 * 3600.0;

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
    Number number{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0;;) {
        const std::size_t at = text.find(separator, from);
        parts.push_back(text.substr(from, at - from));
        if (at == std::string_view::npos) return parts;
        from = at + 1;
    }
}

}  // namespace

Result<Nanoseconds> parse_duration(std::string_view text) {
    const Error wrong{
        ErrorKind::InvalidConfig,
        say("\"{0}\" is no duration: write seconds (90 or 90s) or minutes and seconds (1:30).", std::string(text))};
    const auto parts = split(text.ends_with('s') ? text.substr(0, text.size() - 1) : text, ':');
    if (parts.size() > 3 || (parts.size() > 1 && text.ends_with('s'))) return wrong;
    double seconds = 0.0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        const auto part = number_in<double>(parts[i]);
        if (!part || !(*part >= 0.0) || (!last && *part != static_cast<int>(*part)) || (i > 0 && *part >= 60.0)) {
            return wrong;
        }
        seconds = seconds * 60.0 + *part;
    }
    if (!(seconds > 0.0) || seconds > longest_s) return wrong;
    return Nanoseconds(std::llround(seconds * 1e9));
}

Result<std::optional<Rational>> parse_rate(std::string_view text) {
    if (text == "auto") return std::optional<Rational>();
    for (const int rate : {25, 30, 50, 60}) {
        if (text == std::to_string(rate)) return std::optional(Rational{rate, 1});
    }
    return Error{ErrorKind::InvalidConfig,
                 say("\"{0}\" is no frame rate of a take: use 25, 30, 50, 60 or auto.", std::string(text))};
}

Result<std::optional<CropRect>> parse_crop(std::string_view text) {
    if (text == "center") return std::optional<CropRect>();
    const auto parts = split(text, ',');
    std::array<int, 4> numbers{};
    bool right = parts.size() == numbers.size();
    for (std::size_t i = 0; right && i < numbers.size(); ++i) {
        const auto number = number_in<int>(parts[i]);
        right = number && *number >= (i < 2 ? 0 : 16) && *number <= 16384;
        if (right) numbers[i] = *number;
    }
    if (!right) {
        return Error{ErrorKind::InvalidConfig,
                     say("\"{0}\" is no crop: write center, or X,Y,WIDTH,HEIGHT in pixels.", std::string(text))};
    }
    return std::optional(CropRect{numbers[0], numbers[1], numbers[2], numbers[3]});
}

}  // namespace changji
