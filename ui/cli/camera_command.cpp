#include <algorithm>
#include <memory>

#include "capture/camera_controls.hpp"
#include "capture/source_spec.hpp"
#include "ui/cli/command.hpp"

namespace changji {
namespace {

struct CameraRequest {
    std::string source = "auto";
    std::vector<std::string> settings;  ///< NAME=VALUE each
};

Result<std::vector<ControlWish>> parse_wishes(const std::vector<std::string>& settings) {
    std::vector<ControlWish> wishes;
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos) {
            return Error{ErrorKind::InvalidConfig,
                         say("\"{0}\" sets nothing. Write --set NAME=VALUE, as in --set power_line=50.", setting)};
        }
        auto wish = parse_control_wish(setting.substr(0, equals), setting.substr(equals + 1));
        if (!wish) return wish.error();
        wishes.push_back(*wish);
    }
    return wishes;
}

std::string purpose_of(ControlId id) {
    switch (id) {
        case ControlId::Exposure: return tr("how long each picture gathers light, in units of 0.1 ms");
        case ControlId::Gain: return tr("makes the picture brighter, and noisier");
        case ControlId::WhiteBalance: return tr("colour of the light, in kelvin");
        case ControlId::Focus: return tr("the distance that is sharp");
        case ControlId::PowerLine: return tr("against flickering lamps: the mains frequency, in Hz");
        case ControlId::Unspecified: break;
    }
    return {};
}

// Values are shown as they are to be written.
std::string mains_text(int hz) { return hz == 0 ? "off" : std::to_string(hz); }

std::string value_line(const ControlState& state) {
    const std::string id{control_id(state.id)}, purpose = purpose_of(state.id);
    const bool mains = state.id == ControlId::PowerLine;
    if (state.automatic && !mains && state.min < state.max) {
        return fill_fields(tr("  {0}=auto, now at {1}  {2}"), {id, std::to_string(state.value), purpose});
    }
    const std::string value = state.automatic ? "auto" : mains ? mains_text(state.value) : std::to_string(state.value);
    return fill_fields("  {0}={1}  {2}", {id, value, purpose});
}

std::string range_line(const ControlState& state) {
    if (state.id == ControlId::PowerLine) {
        std::string offered;
        for (const int hz : {0, 50, 60}) {
            if (hz >= state.min && hz <= state.max) offered += (offered.empty() ? "" : " | ") + mains_text(hz);
        }
        return "      " + offered + (state.can_be_automatic ? " | auto" : "");
    }
    if (state.min == state.max) return tr("      0 holds it as it is, auto leaves it to the camera");
    return fill_fields(state.can_be_automatic ? tr("      {0} to {1} in steps of {2} (standard {3}), or auto")
                                              : tr("      {0} to {1} in steps of {2} (standard {3})"),
                       {std::to_string(state.min), std::to_string(state.max), std::to_string(state.step),
                        std::to_string(state.standard)});
}

Json controls_json(const OpenedControls& camera, const std::vector<ControlState>& states) {
    Json controls = Json::array();
    for (const ControlState& state : states) {
        controls.push_back({{"id", control_id(state.id)},
                            {"value", state.value},
                            {"automatic", state.automatic},
                            {"can_be_automatic", state.can_be_automatic},
                            {"min", state.min},
                            {"max", state.max},
                            {"step", state.step},
                            {"standard", state.standard}});
    }
    return {{"camera", camera.name}, {"path", camera.path}, {"controls", controls}};
}

void print_controls(const OpenedControls& camera, const std::vector<ControlState>& states) {
    print(fill_fields("{0}  {1}", {camera.path, camera.name}));
    for (const ControlState& state : states) {
        print(value_line(state));
        print(range_line(state));
    }
    if (states.empty()) print(tr("  This camera has no controls that can be set from here."));
}

int run_camera(const CommandContext& context, const CameraRequest& request) {
    const auto wishes = parse_wishes(request.settings);
    if (!wishes) return print_error(context, wishes.error());
    const auto spec = parse_camera_spec(request.source);
    if (!spec) return print_error(context, spec.error());
    const auto camera = open_camera_controls(*spec);
    if (!camera) return print_error(context, camera.error());
    for (const ControlWish& wish : *wishes) {
        if (const Status set = camera->controls->set(wish); !set) return print_error(context, set.error());
    }
    const std::vector<ControlState> states = camera->controls->list();
    if (context.options.json)
        print_json(controls_json(*camera, states));
    else
        print_controls(*camera, states);
    return exit_done;
}

}  // namespace

void add_camera_command(CLI::App& app, CommandContext& context) {
    CLI::App* command =
        add_command(app, "camera", tr("Show and set a camera's exposure, gain, white balance, focus, flicker."),
                    "changji camera /dev/video0 --set power_line=50 --set exposure=200 --set white_balance=auto");
    auto request = std::make_shared<CameraRequest>();
    command->add_option("source", request->source, tr("The camera: auto, /dev/videoN or v4l2:NAME. Default: auto."));
    command
        ->add_option(
            "--set", request->settings,
            tr("NAME=VALUE, a number or auto; once for each of exposure, gain, white_balance, focus, power_line."))
        ->allow_extra_args(false)
        ->take_all();
    command->callback([request, &context] { context.exit_code = run_camera(context, *request); });
}

}  // namespace changji
