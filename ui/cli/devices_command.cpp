#include "capture/devices.hpp"
#include "ui/cli/command.hpp"
#include "ui/displays.hpp"

namespace changji {
namespace {

std::string rates_text(const std::vector<Rational>& rates) {
    std::string text;
    for (const Rational rate : rates) text += (text.empty() ? "" : ", ") + rate_text(rate);
    return text;
}

std::string mode_line(const CameraMode& mode) {
    return fill_fields("{0} {1}x{2}  {3}/s", {mode.input_format, std::to_string(mode.width_px),
                                              std::to_string(mode.height_px), rates_text(mode.rates)});
}

std::string words_of(const Message& message) { return message.empty() ? std::string() : tr(message); }

std::string ratio_text(Rational rate) { return std::to_string(rate.num) + "/" + std::to_string(rate.den); }

Json mode_json(const CameraMode& mode) {
    Json rates = Json::array();
    for (const Rational rate : mode.rates) rates.push_back(ratio_text(rate));
    return {
        {"format", mode.input_format}, {"width_px", mode.width_px}, {"height_px", mode.height_px}, {"rates", rates}};
}

struct Inventory {
    std::vector<CameraDevice> cameras = list_cameras();
    std::vector<MicrophoneDevice> microphones = list_microphones();
    std::vector<EncoderDevice> encoders = list_encoders();
    DisplayList displays = list_displays();
};

Json inventory_json(const Inventory& found) {
    Json cameras = Json::array(), microphones = Json::array(), encoders = Json::array(), displays = Json::array();
    for (const CameraDevice& camera : found.cameras) {
        Json modes = Json::array();
        for (const CameraMode& mode : camera.modes) modes.push_back(mode_json(mode));
        const CameraMode* best = best_mode(camera);
        Json chosen = best ? mode_json(*best) : Json();
        if (best) chosen["rate"] = ratio_text(best_rate(*best));
        cameras.push_back({{"path", camera.path},
                           {"name", camera.name},
                           {"bus", camera.bus},
                           {"serial", camera.serial},
                           {"usable", camera.problem.empty()},
                           {"problem", words_of(camera.problem)},
                           {"best", chosen},
                           {"reason", words_of(why_best(camera))},
                           {"modes", modes}});
    }
    for (const MicrophoneDevice& microphone : found.microphones) {
        microphones.push_back({{"source", microphone.source},
                               {"name", microphone.name},
                               {"default", microphone.is_default},
                               {"monitor", microphone.is_monitor},
                               {"sample_rate_hz", microphone.sample_rate_hz},
                               {"channels", microphone.channels},
                               {"muted", microphone.is_muted},
                               {"problem", words_of(microphone.problem)}});
    }
    for (const Display& display : found.displays.displays) {
        displays.push_back({{"name", display.name},
                            {"width_px", display.width_px},
                            {"height_px", display.height_px},
                            {"rate_hz", display.rate_hz}});
    }
    for (const EncoderDevice& encoder : found.encoders) {
        encoders.push_back(
            {{"name", encoder.name}, {"usable", encoder.usable}, {"problem", words_of(encoder.problem)}});
    }
    return {{"cameras", cameras},
            {"microphones", microphones},
            {"displays", displays},
            {"renderer", found.displays.renderer},
            {"encoders", encoders}};
}

void print_inventory(const Inventory& found) {
    print(tr("Cameras"));
    for (const CameraDevice& camera : found.cameras) {
        print(fill_fields("  {0}  {1}  {2}", {camera.path, camera.name, words_of(camera.problem)}));
        const CameraMode* best = best_mode(camera);
        for (const CameraMode& mode : camera.modes) {
            print(fill_fields(&mode == best ? tr("    {0}  (best)") : "    {0}", {mode_line(mode)}));
        }
        if (best) print(fill_fields("    {0}", {tr(why_best(camera))}));
    }
    if (found.cameras.empty()) print(tr("  none: `--camera demo` records the built-in scene"));
    print(tr("Microphones"));
    for (const MicrophoneDevice& microphone : found.microphones) {
        const char* line = microphone.is_default   ? tr("  {0}  {1}  (default)")
                           : microphone.is_monitor ? tr("  {0}  {1}  (records what this machine plays)")
                                                   : "  {0}  {1}";
        print(fill_fields(line, {microphone.source, microphone.name}));
        if (!microphone.problem.empty()) print(fill_fields("      {0}", {tr(microphone.problem)}));
    }
    if (found.microphones.empty()) print(tr("  none: connect one, or use `--microphone none`"));
    print(tr("Displays"));
    for (const Display& display : found.displays.displays) {
        print(fill_fields("  {0}  {1}x{2}  {3} Hz",
                          {display.name, std::to_string(display.width_px), std::to_string(display.height_px),
                           std::to_string(display.rate_hz)}));
    }
    if (!found.displays.problem.empty()) print(fill_fields("  {0}", {tr(found.displays.problem)}));
    print(tr("Encoders"));
    for (const EncoderDevice& encoder : found.encoders) {
        print(fill_fields(encoder.usable ? tr("  {0}  usable") : "  {0}  {1}",
                          {encoder.name, words_of(encoder.problem)}));
    }
}

}  // namespace

void add_devices_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(app, "devices", tr("Cameras with their formats, microphones, displays, encoders."),
                                    "changji devices --json");
    command->callback([&context] {
        const Inventory found;
        if (context.options.json)
            print_json(inventory_json(found));
        else
            print_inventory(found);
    });
}

}  // namespace changji
