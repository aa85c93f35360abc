#include <sys/utsname.h>

#include "analysis/meter_bank.hpp"
#include "capture/devices.hpp"
#include "capture/preflight.hpp"
#include "capture/takes.hpp"
#include "ui/cli/command.hpp"
#include "ui/displays.hpp"
#include "ui/places.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

/// One thing the program needs: whether it is there, and what to do when it isn't.
struct Check {
    std::string name;
    FindingStatus status;
    Message found;
    Message remedy;
    std::vector<Message> passed_over = {};  ///< what would serve too but can't be used here, each with its reason
};

Check camera_check() {
    const auto cameras = list_cameras();
    for (const CameraDevice& camera : cameras) {
        if (camera.problem.empty())
            return {tr("Camera"), FindingStatus::Pass, say("{0} at {1}.", camera.name, camera.path), {}};
    }
    if (!cameras.empty()) {
        return {tr("Camera"), FindingStatus::Fail, cameras.front().problem,
                say("Close other programs that use the camera; `sudo usermod -aG video $USER` gives permission after "
                    "the next login.")};
    }
    return {tr("Camera"), FindingStatus::Warn, say("No camera is connected."),
            say("Connect a webcam or a capture stick; until then the built-in demo scene is used.")};
}

Check microphone_check() {
    for (const MicrophoneDevice& microphone : list_microphones()) {
        if (microphone.problem.empty() && !microphone.is_monitor) {
            return {tr("Microphone"), FindingStatus::Pass, say("{0}.", microphone.name), {}};
        }
    }
    return {tr("Microphone"), FindingStatus::Warn, say("No microphone is connected."),
            say("Connect a microphone and check that PulseAudio or PipeWire is running.")};
}

Check meters_check() {
    const auto bank = open_meter_bank();
    if (bank) return {tr("Meters"), FindingStatus::Pass, say("The face finder and all meters start."), {}};
    return {tr("Meters"), FindingStatus::Fail, bank.error().message, say("Install the package opencv-data.")};
}

Check display_check() {
    const DisplayList list = list_displays();
    if (list.problem.empty()) {
        return {tr("Window"), FindingStatus::Pass, say("OpenGL is drawn by {0}.", list.renderer), {}};
    }
    return {tr("Window"), FindingStatus::Warn, list.problem, say("Without a window, `changji record` still records.")};
}

Check font_check() {
    const std::string font = interface_font();
    if (!font.empty()) return {tr("Chinese font"), FindingStatus::Pass, say("{0}.", font), {}};
    return {tr("Chinese font"), FindingStatus::Warn, say("No Chinese font was found."),
            say("Install the package fonts-noto-cjk.")};
}

bool is_graphics_chip(const EncoderDevice& encoder) {
    return encoder.name.ends_with("_nvenc") || encoder.name.ends_with("_qsv") || encoder.name.ends_with("_vaapi");
}

Check encoder_check() {
    constexpr double comfortable = 2.0, bare = 1.0;
    const auto found = run_preflight(preflight_pictures(), Rational{25, 1});
    if (!found) return {tr("Encoder"), FindingStatus::Fail, found.error().message, say("Install FFmpeg with libx264.")};
    const FindingStatus status = found->headroom >= comfortable ? FindingStatus::Pass
                                 : found->headroom >= bare      ? FindingStatus::Warn
                                                                : FindingStatus::Fail;
    Check check{tr("Encoder"), status, found->note, {}};
    for (const EncoderDevice& encoder : list_encoders()) {
        if (is_graphics_chip(encoder) && !encoder.usable) check.passed_over.push_back(encoder.problem);
    }
    return check;
}

Check disk_check() {
    constexpr double minutes_of_a_long_take = 30.0;
    std::filesystem::path folder = default_project_folder();
    std::error_code ignored;
    while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
    const auto room = disk_room(folder, RecorderSettings{}.max_bitrate_kbps);
    if (!room) return {tr("Disk"), FindingStatus::Fail, room.error().message, {}};
    const std::string minutes = std::to_string(static_cast<long>(room->minutes_left));
    const bool enough = room->minutes_left >= minutes_of_a_long_take;
    return {tr("Disk"), enough ? FindingStatus::Pass : FindingStatus::Warn,
            say("Room for {0} minutes in {1}.", minutes, folder.string()),
            enough ? Message() : say("Free some space, or choose a project folder on another disk.")};
}

Check preset_check() {
    const auto ids = list_presets(preset_folder());
    if (!ids.empty()) {
        return {tr("Presets"),
                FindingStatus::Pass,
                say("{0} presets in {1}.", std::to_string(ids.size()), preset_folder().string()),
                {}};
    }
    return {tr("Presets"), FindingStatus::Fail, say("No presets in {0}.", preset_folder().string()),
            say("Install the program again.")};
}

}  // namespace

void add_doctor_command(CLI::App& app, CommandContext& context) {
    CLI::App* command =
        add_command(app, "doctor", tr("What this machine offers, what is missing, and each remedy."), "changji doctor");
    command->callback([&context] {
        Json all = Json::array();
        for (const auto& look : {camera_check, microphone_check, display_check, font_check, meters_check, encoder_check,
                                 disk_check, preset_check}) {
            const Check check = look();
            const std::string remedy = check.remedy.empty() ? std::string() : tr(check.remedy);
            Json passed_over = Json::array();
            for (const Message& reason : check.passed_over) passed_over.push_back(tr(reason));
            all.push_back({{"name", check.name},
                           {"status", status_id(check.status)},
                           {"found", tr(check.found)},
                           {"remedy", remedy},
                           {"passed_over", passed_over}});
            if (context.options.json) continue;
            print(fill_fields("{0} {1}  {2}: {3}",
                              {shape_for(check.status), word_for(check.status), check.name, tr(check.found)}));
            if (!remedy.empty()) print(fill_fields("      → {0}", {remedy}));
            for (const Message& reason : check.passed_over) print(fill_fields("      {0}", {tr(reason)}));
        }
        if (context.options.json) print_json({{"checks", all}});
    });
}

}  // namespace changji
