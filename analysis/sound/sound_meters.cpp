#include "analysis/sound/sound_meters.hpp"

namespace changji {

void SoundMeters::hear(std::span<const float> interleaved) {
    loudness_.hear(interleaved);
    noise_.hear(interleaved);
    hum_.hear(interleaved);
    clipping_.hear(interleaved);
    channels_.hear(interleaved);
    phase_.hear(interleaved);
    silence_.hear(interleaved);
    dropouts_.hear(interleaved);
    frames_heard_ += static_cast<std::int64_t>(interleaved.size() / sound_channels);
}

SoundReadings SoundMeters::read() const {
    SoundReadings readings;
    readings.momentary_lufs = loudness_.momentary_lufs();
    readings.short_term_lufs = loudness_.short_term_lufs();
    readings.loudness_lufs = loudness_.integrated_lufs();
    readings.loudness_range_lu = loudness_.range_lu();
    readings.true_peak_dbtp = loudness_.true_peak_dbtp();
    NoiseReading noise = noise_.read();
    readings.noise_floor_dbfs = noise.noise_floor_dbfs;
    readings.speech_to_noise_db = noise.speech_to_noise_db;
    readings.noise_estimated = noise.estimated;
    readings.rumble_db = noise.spectrum.rumble_db;
    readings.hiss_db = noise.spectrum.hiss_db;
    readings.sudden_noises = std::move(noise.sudden_noises);
    readings.hum = hum_.read();
    readings.clipped_runs_per_s = clipping_.runs_per_s();
    readings.clippings = clipping_.moments();
    readings.dead_channel = channels_.dead_channel();
    readings.phase = phase_.phase();
    readings.inverted_stretches = phase_.inverted();
    SilenceReading silence = silence_.read();
    readings.silent_s = silence.longest_s;
    readings.silent_stretches = std::move(silence.stretches);
    readings.dropouts = dropouts_.dropouts();
    return readings;
}

void SoundMeters::begin_take() {
    loudness_.begin_take();
    noise_.begin_take();
    hum_.begin_take();
    clipping_.begin_take();
    phase_.begin_take();
    silence_.begin_take();
    dropouts_.begin_take();
}

void SoundMeters::end_take() {
    loudness_.end_take();
    noise_.end_take();
    hum_.end_take();
    clipping_.end_take();
    phase_.end_take();
    silence_.end_take();
    dropouts_.end_take();
}

}  // namespace changji
