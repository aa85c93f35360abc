#include "capture/camera_controls.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <system_error>

namespace changji {
namespace {

struct Name {
    ControlId id;
    std::string_view text;
};
constexpr std::array names{
    Name{ControlId::Exposure, "exposure"},          Name{ControlId::Gain, "gain"},
    Name{ControlId::WhiteBalance, "white_balance"}, Name{ControlId::Focus, "focus"},
    Name{ControlId::PowerLine, "power_line"},
};

Error invalid(Message message) { return {ErrorKind::InvalidConfig, std::move(message)}; }

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Result<ControlWish> parse_power_line(std::string_view value) {
    if (value == "off") return ControlWish{ControlId::PowerLine, 0};
    if (const auto hz = number(value); hz == 0 || hz == 50 || hz == 60) return ControlWish{ControlId::PowerLine, hz};
    return invalid(say("\"power_line={0}\" is no flicker suppression. Write power_line=50, 60, off or auto.", value));
}

}  // namespace

std::string_view control_id(ControlId id) {
    const auto found = std::find_if(names.begin(), names.end(), [id](const Name& name) { return name.id == id; });
    return found == names.end() ? std::string_view() : found->text;
}

Result<ControlWish> parse_control_wish(std::string_view name, std::string_view value) {
    const auto found = std::find_if(names.begin(), names.end(), [name](const Name& n) { return n.text == name; });
    if (found == names.end()) {
        return invalid(
            say("\"{0}\" is no control of a camera. There are exposure, gain, white_balance, focus and "
                "power_line.",
                name));
    }
    if (value == "auto") return ControlWish{found->id, std::nullopt};
    if (found->id == ControlId::PowerLine) return parse_power_line(value);
    if (const auto wanted = number(value)) return ControlWish{found->id, wanted};
    return invalid(say("\"{0}={1}\" is no value of a control. Write a whole number, or {0}=auto.", name, value));
}

}  // namespace changji
