#include "analysis/measures.hpp"

#include <algorithm>

namespace changji {
namespace {

// `sound.noise_estimated` is 1 when floor and ratio are estimates, because there was too little sound without voice.
// `sound.dead_channel` is a state: 0 both channels sound, 1 left is dead, 2 right is dead, 3 no sound at all.
constexpr std::array<MeasureInfo, measure_count> table{{
    {Measure::LightFaceLuma, "light.face_luma_percent", "light_face_luma_percent", "%", Over::Time, 1},
    {Measure::LightPictureLuma, "light.picture_luma_percent", "light_picture_luma_percent", "%", Over::Time, 1},
    {Measure::LightKeyFillRatio, "light.key_fill_ratio", "light_key_fill_ratio", "", Over::Time, 1},
    {Measure::LightBacklight, "light.backlight_stops", "light_backlight_stops", "EV", Over::Time, 1},
    {Measure::LightClipped, "light.clipped_percent", "light_clipped_percent", "%", Over::Time, 1},
    {Measure::LightCrushed, "light.crushed_percent", "light_crushed_percent", "%", Over::Time, 1},
    {Measure::LightFaceClipped, "light.face_clipped_percent", "light_face_clipped_percent", "%", Over::Time, 1},
    {Measure::LightFaceCrushed, "light.face_crushed_percent", "light_face_crushed_percent", "%", Over::Time, 1},
    {Measure::LightContrast, "light.contrast", "light_contrast", "", Over::Time, 2},
    {Measure::LightColourCast, "light.colour_cast", "light_colour_cast_codes", "codes", Over::Time, 1},
    {Measure::LightFlicker, "light.flicker_percent", "light_flicker_percent", "%", Over::Time, 2},
    {Measure::PictureNoise, "picture.noise_codes", "picture_noise_codes", "codes", Over::Time, 1},
    {Measure::PictureFaceDetail, "picture.face_detail", "picture_face_detail", "", Over::Time, 4},
    {Measure::PictureSharpness, "picture.sharpness", "picture_sharpness", "", Over::Time, 2},
    {Measure::PictureFocus, "picture.focus", "picture_focus", "", Over::Time, 2},
    {Measure::PictureBlack, "picture.black_s", "picture_black_s", "s", Over::Take, 1},
    {Measure::PictureFrozen, "picture.frozen_s", "picture_frozen_s", "s", Over::Take, 1},
    {Measure::BackgroundClutter, "background.clutter", "background_clutter", "", Over::Time, 2},
    {Measure::BackgroundBars, "background.bars", "background_bars", "", Over::Take, 3},
    {Measure::BackgroundOverlay, "background.overlay", "background_overlay", "", Over::Take, 3},
    {Measure::FramingHeadroom, "framing.headroom_percent", "framing_headroom_percent", "%", Over::Time, 1},
    {Measure::FramingEyeLine, "framing.eye_line_percent", "framing_eye_line_percent", "%", Over::Time, 1},
    {Measure::FramingSideRoom, "framing.side_room_percent", "framing_side_room_percent", "%", Over::Time, 1},
    {Measure::SoundMomentary, "sound.momentary_lufs", "audio_momentary_lufs", "LUFS", Over::Time, 1},
    {Measure::SoundShortTerm, "sound.short_term_lufs", "audio_short_term_lufs", "LUFS", Over::Time, 1},
    {Measure::SoundLoudness, "sound.loudness_lufs", "audio_loudness_lufs", "LUFS", Over::Take, 1},
    {Measure::SoundTruePeak, "sound.true_peak_dbtp", "audio_true_peak_dbtp", "dBTP", Over::Take, 1},
    {Measure::SoundNoiseFloor, "sound.noise_floor_dbfs", "audio_noise_floor_dbfs", "dBFS", Over::Take, 1},
    {Measure::SoundSpeechToNoise, "sound.speech_to_noise_db", "audio_speech_to_noise_db", "dB", Over::Take, 1},
    {Measure::SoundNoiseEstimated, "sound.noise_estimated", "audio_noise_estimated", "", Over::Take, 0},
    {Measure::SoundHum, "sound.hum_dbfs", "audio_hum_dbfs", "dBFS", Over::Take, 1},
    {Measure::SoundRumble, "sound.rumble_db", "audio_rumble_db", "dB", Over::Take, 1},
    {Measure::SoundHiss, "sound.hiss_db", "audio_hiss_db", "dB", Over::Take, 1},
    {Measure::SoundClippedRuns, "sound.clipped_runs_per_s", "audio_clipped_runs_per_s", "/s", Over::Take, 2},
    {Measure::SoundSuddenNoises, "sound.sudden_noises", "audio_sudden_noises", "", Over::Take, 0},
    {Measure::SoundDropouts, "sound.dropouts", "audio_dropouts", "", Over::Take, 0},
    {Measure::SoundSilent, "sound.silent_s", "audio_silent_s", "s", Over::Take, 1},
    {Measure::SoundPhase, "sound.phase", "audio_phase", "", Over::Time, 2},
    {Measure::SoundDeadChannel, "sound.dead_channel", "audio_dead_channel", "", Over::Time, 0},
}};

constexpr bool in_enum_order() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].measure) != i) return false;
    }
    return true;
}
static_assert(in_enum_order());

}  // namespace

std::span<const MeasureInfo, measure_count> all_measures() { return table; }

const MeasureInfo& info(Measure measure) { return table.at(static_cast<std::size_t>(measure)); }

const MeasureInfo* find_measure(std::string_view id) {
    const auto found = std::find_if(table.begin(), table.end(), [id](const MeasureInfo& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

void Readings::merge(const Readings& other) {
    for (std::size_t i = 0; i < measure_count; ++i) {
        if (other.values_[i]) values_[i] = other.values_[i];
    }
}

}  // namespace changji
