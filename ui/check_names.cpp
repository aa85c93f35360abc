#include <utility>

#include "ui/language/language.hpp"
#include "ui/words.hpp"

namespace changji {

/// What each check looks at, in a word or two; a check without a name here is shown by its id.
std::string name_for_check(std::string_view check) {
    static const std::pair<std::string_view, Message> names[] = {
        {"duration", say("Length")},
        {"container.readable", say("Readable")},
        {"container.brand", say("MP4 container")},
        {"container.moov_first", say("Index first")},
        {"streams.count", say("Streams")},
        {"video.codec", say("Picture codec")},
        {"video.size", say("Picture size")},
        {"video.aspect", say("Aspect ratio")},
        {"video.sample_aspect", say("Pixel shape")},
        {"video.rotation", say("Rotation")},
        {"video.scan", say("Scan")},
        {"video.frame_rate", say("Frame rate")},
        {"picture.scan", say("Scan, by the picture")},
        {"picture.range", say("Range, by the picture")},
        {"picture.matrix", say("Colours, by the picture")},
        {"video.pixel_format", say("Pixel format")},
        {"video.color", say("Colour tags")},
        {"video.enlarged", say("Full size")},
        {"audio.present", say("Sound")},
        {"audio.codec", say("Sound codec")},
        {"audio.sample_rate", say("Sample rate")},
        {"audio.channels", say("Channels")},
        {"av.length", say("Picture and sound length")},
        {"av.start", say("Picture and sound start")},
        {"decode", say("Plays")},
        {"losses", say("Losses")},
        {"rescued", say("Broken off")},
        {"packaging", say("No packaging")},
        {"crew.guest", say("Guest")},
        {"crew.opening", say("Opening line")},
        {"crew.place", say("Place")},
        {"crew.topics", say("Topics")},
        {"crew.confirmation", say("Sign-off")},
        {"light.face_luma_percent", say("Face brightness")},
        {"light.picture_luma_percent", say("Picture brightness")},
        {"light.key_fill_ratio", say("Lamp ratio on the face")},
        {"light.backlight_stops", say("Backlight")},
        {"light.clipped_percent", say("Burnt-out picture")},
        {"light.crushed_percent", say("Black picture")},
        {"light.face_clipped_percent", say("Burnt-out face")},
        {"light.face_crushed_percent", say("Black face")},
        {"light.contrast", say("Contrast")},
        {"light.colour_cast", say("Colour cast")},
        {"light.flicker_percent", say("Lamp flicker")},
        {"picture.noise_codes", say("Picture grain")},
        {"picture.sharpness", say("Face sharpness")},
        {"picture.focus", say("Focus on the face")},
        {"picture.black_s", say("Black stretches")},
        {"picture.frozen_s", say("Frozen stretches")},
        {"background.clutter", say("Clutter")},
        {"background.bars", say("Black bars")},
        {"background.overlay", say("Logo or caption")},
        {"framing.headroom_percent", say("Space above the head")},
        {"framing.eye_line_percent", say("Height of the eyes")},
        {"framing.side_room_percent", say("Space beside the faces")},
        {"sound.loudness_lufs", say("Loudness")},
        {"sound.true_peak_dbtp", say("True peak")},
        {"sound.noise_floor_dbfs", say("Room noise")},
        {"sound.speech_to_noise_db", say("Speech above noise")},
        {"sound.hum_dbfs", say("Mains hum")},
        {"sound.rumble_db", say("Rumble")},
        {"sound.sudden_noises", say("Sudden noises")},
        {"sound.dropouts", say("Holes in the sound")},
        {"sound.silent_s", say("Silent stretches")},
        {"sound.phase", say("Channels in phase")},
        {"sound.clipped_runs_per_s", say("Overloads")},
        {"sound.dead_channel", say("Channels with sound")},
    };
    for (const auto& [id, name] : names) {
        if (id == check) return tr(name);
    }
    return std::string(check);
}

}  // namespace changji
