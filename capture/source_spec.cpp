#include "capture/source_spec.hpp"

#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

namespace changji {
namespace {

enum class Use { Camera, Microphone };

constexpr int max_side_px = 16'384;
constexpr int max_rate_hz = 1'000;

Error invalid(Message message) { return {ErrorKind::InvalidConfig, std::move(message)}; }

template <typename Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// Everything up to the next `separator`, which is taken away with it.
std::string_view take_part(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
}

/// `25`, `30000/1001` or `29.97`; 0/1 when it is none of these.
Rational parse_rate(std::string_view text) {
    const Rational none{0, 1};
    Rational rate = none;
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        rate = {number<int>(text.substr(0, slash)).value_or(0), number<int>(text.substr(slash + 1)).value_or(0)};
    } else if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
        const std::string_view decimals = text.substr(point + 1);
        if (decimals.empty() || decimals.size() > 3) return none;
        int scale = 1;
        for (std::size_t i = 0; i < decimals.size(); ++i) scale *= 10;
        const auto whole = number<int>(text.substr(0, point)), part = number<int>(decimals);
        if (!whole || !part || *whole > max_rate_hz || *part < 0) return none;
        rate = {*whole * scale + *part, scale};
    } else {
        rate = {number<int>(text).value_or(0), 1};
    }
    return rate.is_positive() && rate <= Rational{max_rate_hz, 1} ? rate : none;
}

bool is_control(std::string_view key) {
    for (const ControlId id :
         {ControlId::Exposure, ControlId::Gain, ControlId::WhiteBalance, ControlId::Focus, ControlId::PowerLine}) {
        if (key == control_id(id)) return true;
    }
    return false;
}

/// Written twice, the later one counts.
Status apply_control(std::string_view key, std::string_view value, std::vector<ControlWish>& controls) {
    const auto wish = parse_control_wish(key, value);
    if (!wish) return wish.error();
    std::erase_if(controls, [&](const ControlWish& earlier) { return earlier.id == wish->id; });
    controls.push_back(*wish);
    return {};
}

Status apply_camera_option(std::string_view option, SourceSpec& spec) {
    std::string_view value = option;
    const std::string_view key = take_part(value, '=');
    if (key == "size") {
        std::string_view height = value;
        const auto width_px = number<int>(take_part(height, 'x')), height_px = number<int>(height);
        const auto fits = [](std::optional<int> side) { return side && *side > 0 && *side <= max_side_px; };
        if (!fits(width_px) || !fits(height_px)) {
            return invalid(say("\"{0}\" is no picture size. Write it like size=1920x1080.", option));
        }
        spec.width_px = *width_px;
        spec.height_px = *height_px;
        return {};
    }
    if (key == "rate") {
        spec.rate = parse_rate(value);
        if (spec.rate.is_positive()) return {};
        return invalid(say("\"{0}\" is no frame rate. Write it like rate=25 or rate=30000/1001.", option));
    }
    if (key == "format" && !value.empty()) {
        spec.input_format = value;
        return {};
    }
    if (is_control(key)) return apply_control(key, value, spec.controls);
    return invalid(
        say("\"{0}\" is no option of a camera. There are size=1920x1080, rate=25, format=mjpeg and the "
            "controls exposure, gain, white_balance, focus and power_line (power_line=50).",
            option));
}

/// `options` with what stands behind the question mark: one or more parts between `&`.
template <typename Apply>
Result<SourceSpec> with_options(SourceSpec spec, std::string_view options, Apply apply) {
    do {
        if (const Status applied = apply(take_part(options, '&'), spec); !applied) return applied.error();
    } while (!options.empty());
    return spec;
}

Result<SourceSpec> parse_v4l2(std::string_view text) {
    SourceSpec spec;
    spec.kind = SourceKind::V4l2;
    const std::size_t question = text.rfind('?');
    spec.target = text.substr(0, question);
    if (spec.target.empty()) {
        return invalid(say("The camera's name is missing. Write v4l2:NAME or a path such as /dev/video0."));
    }
    if (question == std::string_view::npos) return spec;
    return with_options(spec, text.substr(question + 1), apply_camera_option);
}

Status apply_demo_option(std::string_view option, DemoSettings& demo) {
    std::string_view value = option;
    const std::string_view key = take_part(value, '=');
    if (key == "light") {
        demo.light = number<double>(value).value_or(0.0);
        if (demo.light >= 0.05 && demo.light <= 2.0) return {};
        return invalid(say("\"{0}\" is no light for the demo. It goes from light=0.05 to light=2.", option));
    }
    if (key == "noise") {
        demo.noise_dbfs = number<double>(value).value_or(0.0);
        if (demo.noise_dbfs >= -90.0 && demo.noise_dbfs <= -10.0) return {};
        return invalid(say("\"{0}\" is no noise for the demo. It goes from noise=-90 to noise=-10 (dBFS).", option));
    }
    if (key == "clutter") {
        if (value == "low") return demo.clutter = Clutter::Low, Status();
        if (value == "medium") return demo.clutter = Clutter::Medium, Status();
        if (value == "high") return demo.clutter = Clutter::High, Status();
        return invalid(say("\"{0}\" is no clutter for the demo. Write clutter=low, medium or high.", option));
    }
    return invalid(say("\"{0}\" is no option of the demo. There are light=0.2, clutter=high and noise=-30.", option));
}

Result<SourceSpec> parse_demo(std::string_view options) {
    SourceSpec spec;
    spec.kind = SourceKind::Demo;
    do {
        if (const Status applied = apply_demo_option(take_part(options, ','), spec.demo); !applied) {
            return applied.error();
        }
    } while (!options.empty());
    return spec;
}

bool exists(std::string_view path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    // A path that may not be looked into is a path all the same: opening it says what is wrong.
    return std::filesystem::exists(status) || error == std::errc::permission_denied;
}

SourceSpec media(SourceKind kind, std::string_view target, Pace pace) {
    SourceSpec spec;
    spec.kind = kind;
    spec.target = target;
    spec.pace = pace;
    return spec;
}

/// A path, URL or graph with `pace=` as its last option. Other options of a URL belong to the URL.
Result<SourceSpec> parse_media(SourceKind kind, std::string_view text) {
    const bool is_path = kind == SourceKind::Media && text.find("://") == std::string_view::npos;
    const std::size_t mark = text.find_last_of("?&");
    if (mark == std::string_view::npos) return media(kind, text, Pace::Own);
    const std::string_view before = text.substr(0, mark), option = text.substr(mark + 1);
    if (option == "pace=free" && !before.empty()) return media(kind, before, Pace::Free);
    if (option == "pace=own" && !before.empty()) return media(kind, before, Pace::Own);
    if (option.starts_with("pace=") || (is_path && exists(before))) {
        return invalid(say("\"{0}\" is no option of a file. There are pace=own and pace=free.", option));
    }
    return media(kind, text, Pace::Own);
}

bool is_camera_path(std::string_view text) { return text.starts_with("/dev/video") || text.starts_with("/dev/v4l/"); }

Status apply_channels(std::string_view option, std::string_view value, ChannelRoute& route) {
    if (value == "both") return route = ChannelRoute::Both, Status();
    if (value == "left") return route = ChannelRoute::Left, Status();
    if (value == "right") return route = ChannelRoute::Right, Status();
    if (value == "mix") return route = ChannelRoute::Mix, Status();
    return invalid(say("\"{0}\" is no choice of channels. Write channels=both, left, right or mix.", option));
}

Status apply_microphone_option(std::string_view option, SourceSpec& spec) {
    std::string_view value = option;
    const std::string_view key = take_part(value, '=');
    if (key == "channels") return apply_channels(option, value, spec.sound.route);
    if (key == "gain") {
        if (value.starts_with("+") && !value.starts_with("+-")) value.remove_prefix(1);
        // Written so that "nan", which is neither above nor below anything, is refused too.
        const auto gain_db = number<double>(value);
        if (gain_db && *gain_db >= -max_gain_db && *gain_db <= max_gain_db) {
            spec.sound.gain_db = *gain_db;
            return {};
        }
        return invalid(say("\"{0}\" is no gain of a microphone. It goes from gain=-24 to gain=24 (dB).", option));
    }
    if (key == "limiter") {
        if (value == "on") return spec.sound.limiter = Limiter::On, Status();
        if (value == "off") return spec.sound.limiter = Limiter::Off, Status();
        return invalid(say("\"{0}\" is no setting of the limiter. Write limiter=on or limiter=off.", option));
    }
    return invalid(
        say("\"{0}\" is no option of a microphone. There are channels=left, gain=6 and limiter=on.", option));
}

Result<SourceSpec> parse_sound_device(SourceKind kind, std::string_view name, std::string_view text) {
    SourceSpec spec;
    spec.kind = kind;
    const std::size_t question = name.rfind('?');
    spec.target = name.substr(0, question);
    if (spec.target.empty()) {
        return invalid(
            say("The microphone's name is missing after \"{0}\". \"changji devices\" lists the names.", text));
    }
    if (question == std::string_view::npos) return spec;
    return with_options(spec, name.substr(question + 1), apply_microphone_option);
}

SourceSpec of_kind(SourceKind kind) {
    SourceSpec spec;
    spec.kind = kind;
    return spec;
}

Result<SourceSpec> parse(std::string_view text, Use use) {
    if (text.empty()) {
        return invalid(use == Use::Camera
                           ? say("The camera source is empty. Write auto, demo, a device or a file.")
                           : say("The microphone source is empty. Write auto, none, a device or a file."));
    }
    if (text.find('\0') != std::string_view::npos) {
        return invalid(say("A source can't hold a zero byte."));
    }
    if (text == "auto") return of_kind(SourceKind::Auto);
    if (text == "demo") return of_kind(SourceKind::Demo);
    if (text == "none" || text == "camera") {
        if (use == Use::Camera) {
            return invalid(
                say("\"{0}\" is a microphone source, not a camera. Write auto, demo, a device or a file.", text));
        }
        return of_kind(text == "none" ? SourceKind::None : SourceKind::WithCamera);
    }
    if (is_camera_path(text) || text.starts_with("v4l2:")) {
        if (use == Use::Microphone) {
            return invalid(
                say("\"{0}\" is a camera, not a microphone. Write auto, pulse:NAME, alsa:NAME or none.", text));
        }
        take_prefix(text, "v4l2:");
        return parse_v4l2(text);
    }
    if (exists(text)) return media(SourceKind::Media, text, Pace::Own);

    const std::string_view whole = text;
    if (take_prefix(text, "auto?")) {
        return with_options(of_kind(SourceKind::Auto), text,
                            use == Use::Camera ? apply_camera_option : apply_microphone_option);
    }
    if (take_prefix(text, "demo:")) return parse_demo(text);
    if (take_prefix(text, "lavfi:")) {
        if (text.empty()) return invalid(say("The filter graph is missing after \"lavfi:\"."));
        return parse_media(SourceKind::Lavfi, text);
    }
    if (whole.starts_with("pulse:") || whole.starts_with("alsa:")) {
        if (use == Use::Camera) {
            return invalid(say("\"{0}\" is a microphone, not a camera. Write auto, demo, a device or a file.", whole));
        }
        if (take_prefix(text, "pulse:")) return parse_sound_device(SourceKind::Pulse, text, whole);
        take_prefix(text, "alsa:");
        return parse_sound_device(SourceKind::Alsa, text, whole);
    }
    return parse_media(SourceKind::Media, text);
}

}  // namespace

SourceSpec file_spec(const std::filesystem::path& file) {
    std::error_code ignored;
    return media(SourceKind::Media, std::filesystem::absolute(file, ignored).lexically_normal().string(), Pace::Free);
}

Result<SourceSpec> parse_camera_spec(std::string_view text) { return parse(text, Use::Camera); }
Result<SourceSpec> parse_microphone_spec(std::string_view text) { return parse(text, Use::Microphone); }

}  // namespace changji
