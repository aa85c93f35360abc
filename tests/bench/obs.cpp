#include "tests/bench/obs.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/media.hpp"

namespace changji::bench {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

/// One scene with the clip in it; Stop lies on F10.
void set_up(const fs::path& clip, const std::string& preset, const fs::path& settings, const fs::path& films) {
    write(settings / "global.ini",
          "[General]\nFirstRun=true\nEnableAutoUpdates=false\n\n"
          "[Basic]\nProfile=bench\nProfileDir=bench\nSceneCollection=bench\nSceneCollectionFile=bench\n");
    write(
        settings / "basic/profiles/bench/basic.ini",
        "[General]\nName=bench\n\n"
        "[Video]\nBaseCX=1920\nBaseCY=1080\nOutputCX=1920\nOutputCY=1080\nFPSType=0\nFPSCommon=25 PAL\n"
        "ColorFormat=NV12\nColorSpace=709\nColorRange=Partial\n\n"
        "[Audio]\nSampleRate=48000\nChannelSetup=Stereo\n\n"
        "[Output]\nMode=Advanced\n\n"
        "[AdvOut]\nRecType=Standard\nRecFormat=mp4\nRecEncoder=obs_x264\nRecTracks=1\nTrack1Bitrate=192\nRecFilePath=" +
            films.string() + "\n\n[Hotkeys]\nOBSBasic.StopRecording={\"bindings\":[{\"key\":\"OBS_KEY_F10\"}]}\n");
    write(settings / "basic/profiles/bench/recordEncoder.json", json{{"rate_control", "CRF"},
                                                                     {"crf", 20},
                                                                     {"preset", preset},
                                                                     {"profile", "high"},
                                                                     {"keyint_sec", 1},
                                                                     {"x264opts", "bframes=0"}}
                                                                    .dump());
    const json film = {{"id", "ffmpeg_source"},
                       {"name", "clip"},
                       {"enabled", true},
                       {"mixers", 255},
                       {"settings", {{"local_file", clip.string()}, {"is_local_file", true}, {"looping", true}}}};
    const json item = {{"name", "clip"},
                       {"id", 1},
                       {"visible", true},
                       {"align", 5},
                       {"pos", {{"x", 0.0}, {"y", 0.0}}},
                       {"scale", {{"x", 1.0}, {"y", 1.0}}}};
    const json scene = {{"id", "scene"},
                        {"name", "Scene"},
                        {"enabled", true},
                        {"settings", {{"id_counter", 1}, {"items", json::array({item})}}}};
    write(settings / "basic/scenes/bench.json", json{{"name", "bench"},
                                                     {"current_scene", "Scene"},
                                                     {"current_program_scene", "Scene"},
                                                     {"scene_order", json::array({json{{"name", "Scene"}}})},
                                                     {"sources", json::array({film, scene})}}
                                                    .dump(1));
}

/// The number behind the words in OBS's log; 0 where it says nothing of them, which is when there was none.
double said_of(const std::string& log, const std::string& words) {
    const std::size_t at = log.find(words);
    return at == std::string::npos ? 0.0 : std::atof(log.c_str() + at + words.size());
}

}  // namespace

Cost record_with_obs(const fs::path& clip, int seconds, const std::string& preset, const fs::path& folder) {
    if (!test::have_program("obs") || !test::have_program("xdotool"))
        give_up("obs-studio and xdotool are not installed");
    const fs::path films = folder / "obs", log = folder / "obs.txt";
    fs::remove_all(films);
    fs::create_directories(films);
    set_up(clip, preset, folder / "obs-settings/obs-studio", films);
    // It starts in a second or two; F10 stops the recording, the interrupt closes the window.
    const std::string script =
        "Xvfb -displayfd 3 -noreset -screen 0 1920x1080x24 -nolisten tcp 3>'" + (folder / "display").string() +
        "' >/dev/null 2>&1 & screen=$!; sleep 3; DISPLAY=:$(cat '" + (folder / "display").string() +
        "'); export DISPLAY LIBGL_ALWAYS_SOFTWARE=1 XDG_CONFIG_HOME='" + (folder / "obs-settings").string() +
        "'; obs --multi --startrecording --minimize-to-tray --profile bench --collection bench & obs=$!; sleep " +
        std::to_string(seconds + 2) +
        "; xdotool key F10; sleep 3; kill -INT $obs; wait $obs; ended=$?; kill $screen; exit $ended";
    Cost cost = run({"sh", "-c", script}, log);
    for (const auto& film : fs::directory_iterator(films)) {
        const auto length =
            test::run("ffprobe -v error -show_entries format=duration -of csv=p=0 '" + film.path().string() + "'");
        const double film_s = std::atof(length.output.c_str());
        if (film_s < 1.0) give_up("OBS Studio recorded nothing");
        cost.processor_s *= seconds / film_s;
        const std::string said = test::content_of(log) + test::content_of(log.string() + ".err");
        cost.frames_lost = said_of(said, "Number of lagged frames due to rendering lag/stalls: ") +
                           said_of(said, "Number of skipped frames due to encoding lag: ");
        return cost;
    }
    give_up("OBS Studio recorded nothing");
}

}  // namespace changji::bench
