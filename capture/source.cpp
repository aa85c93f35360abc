#include "capture/source.hpp"

#include "capture/demo/demo_scene.hpp"
#include "capture/sources/open.hpp"

namespace changji {
namespace {

bool is_media(const SourceSpec& spec) { return spec.kind == SourceKind::Media || spec.kind == SourceKind::Lavfi; }
bool is_held(const SourceSpec& spec) { return is_media(spec) && spec.pace == Pace::Free; }

/// Whether the microphone is the same file, stream or scene as the camera: then one source serves both.
bool is_shared(const SourceSpec& camera, const SourceSpec& microphone) {
    if (microphone.kind == SourceKind::WithCamera) return true;
    if (camera.kind == SourceKind::Demo) {
        return microphone.kind == SourceKind::Demo || microphone.kind == SourceKind::Auto;
    }
    if (!is_media(camera)) return false;
    // A file's own sound is the best microphone for a file.
    return microphone.kind == SourceKind::Auto ||
           (microphone.kind == camera.kind && microphone.target == camera.target && microphone.pace == camera.pace);
}

/// The scene of both specs: the microphone's noise where it says one.
DemoSettings joined(const SourceSpec& camera, const SourceSpec& microphone) {
    DemoSettings settings = camera.demo;
    if (microphone.demo.noise_dbfs != DemoSettings().noise_dbfs) settings.noise_dbfs = microphone.demo.noise_dbfs;
    return settings;
}

Message names_the_camera(const VideoSource& video) { return say("The camera is {0}.", video.granted().name); }

Result<Sources> open_auto_camera(const SourceSpec& camera, const SourceSpec& microphone) {
    auto found = open_camera(camera);
    if (found) {
        if (found->note.empty()) found->note = names_the_camera(*found->video);
        return found;
    }
    SourceSpec scene = camera;
    scene.kind = SourceKind::Demo;
    Sources sources =
        open_demo(joined(scene, microphone), is_shared(scene, microphone) ? WantSound::Yes : WantSound::No);
    sources.note = found.error().kind == ErrorKind::DeviceNotFound
                       ? say("No camera was found, so the built-in demo scene is used. Plug a camera in, or name one.")
                       : say("No camera can be used, so the built-in demo scene is used. \"changji doctor\" says why.");
    return sources;
}

/// The picture, and the sound that comes with it if it is wanted.
Result<Sources> open_picture(const SourceSpec& camera, const SourceSpec& microphone) {
    const WantSound want_sound = is_shared(camera, microphone) ? WantSound::Yes : WantSound::No;
    switch (camera.kind) {
        case SourceKind::Auto: return open_auto_camera(camera, microphone);
        case SourceKind::Demo: return open_demo(joined(camera, microphone), want_sound);
        case SourceKind::Media:
        case SourceKind::Lavfi: return open_media(camera, want_sound);
        case SourceKind::V4l2: return open_camera(camera);
        default:
            return Error{ErrorKind::InvalidConfig,
                         say("No camera source is given. Write auto, demo, a device or a file.")};
    }
}

/// Whatever microphone there is; without one, `note` says why there is no sound.
void add_auto_microphone(Sources& sources, const SourceSpec& camera, const SourceSpec& microphone) {
    const std::string name = sources.video->granted().name;
    if (is_held(camera)) {
        sources.note = say("\"{0}\" has no sound of its own: the take will be silent.", name);
        return;
    }
    auto found = open_microphone(microphone);
    if (found) {
        sources.audio = std::move(*found);
        if (!sources.note.empty() && sources.note != names_the_camera(*sources.video)) return;  // a fault comes first
        sources.note = say("The camera is {0}, the microphone {1}.", name, sources.audio->granted().name);
    } else if (found.error().kind == ErrorKind::DeviceNotFound) {
        sources.note = say("The camera is {0}. No microphone was found: the take will be silent. Plug one in.", name);
    } else {
        sources.note =
            say("The camera is {0}. No microphone can be used: the take will be silent. \"changji doctor\" "
                "says why.",
                name);
    }
}

}  // namespace

Result<std::unique_ptr<AudioSource>> open_sound(const SourceSpec& microphone) {
    switch (microphone.kind) {
        case SourceKind::Demo: return open_demo_sound(microphone.demo);
        case SourceKind::Media:
        case SourceKind::Lavfi: return open_media_sound(microphone);
        default: return open_microphone(microphone);
    }
}

Result<Sources> open_sources(const SourceSpec& camera, const SourceSpec& microphone) {
    const bool separate =
        !is_shared(camera, microphone) && microphone.kind != SourceKind::Auto && microphone.kind != SourceKind::None;
    if (separate && is_held(camera) != is_held(microphone)) {
        return Error{ErrorKind::InvalidConfig,
                     say("A file read with pace=free goes only with its own sound, with another file at pace=free or "
                         "with no sound: leave pace=free out.")};
    }
    auto opened = open_picture(camera, microphone);
    if (!opened || opened->audio) return opened;

    if (microphone.kind == SourceKind::None) {
        if (opened->note.empty()) opened->note = say("No sound is recorded, as asked.");
    } else if (microphone.kind == SourceKind::Auto) {
        add_auto_microphone(*opened, camera, microphone);
    } else if (is_shared(camera, microphone)) {
        opened->note = say("\"{0}\" brings no sound with it: the take will be silent. Name a microphone.",
                           opened->video->granted().name);
    } else {
        auto sound = open_sound(microphone);
        if (!sound) return sound.error();
        opened->audio = std::move(*sound);
    }
    return opened;
}

void adjust_demo(VideoSource& video, AudioSource* audio, const DemoSettings& settings) {
    adjust_demo_scene(video, audio, settings);
}

}  // namespace changji
