#include <sys/utsname.h>

#include "analysis/meter_bank.hpp"
#include "capture/devices.hpp"
#include "capture/encoder_speed.hpp"
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

Check encoder_check() {
    constexpr double comfortable = 1.5;
    const auto speed = measure_encoder_speed(EncoderChoice{});
    if (!speed) return {tr("Encoder"), FindingStatus::Fail, speed.error().message, say("Install FFmpeg with libx264.")};
    const double times = *speed / 25.0;
    char text[16];
    std::snprintf(text, sizeof text, "%.1f", times);
    if (times >= comfortable) {
        return {tr("Encoder"),
                FindingStatus::Pass,
                say("libx264 superfast encodes 1080p {0} times as fast as 25 frames a second.", text),
                {}};
    }
    return {tr("Encoder"), times >= 1.0 ? FindingStatus::Warn : FindingStatus::Fail,
            say("libx264 superfast encodes 1080p only {0} times as fast as 25 frames a second.", text),
            say("Close other programs, connect the power supply, or record with --encoder libx264:ultrafast.")};
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
            all.push_back({{"name", check.name},
                           {"status", status_id(check.status)},
                           {"found", tr(check.found)},
                           {"remedy", remedy}});
            if (context.options.json) continue;
            print(fill_fields("{0} {1}  {2}: {3}",
                              {shape_for(check.status), word_for(check.status), check.name, tr(check.found)}));
            if (!remedy.empty()) print(fill_fields("      → {0}", {remedy}));
        }
        if (context.options.json) print_json({{"checks", all}});
    });
}

}  // namespace changji
