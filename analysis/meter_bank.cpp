#include "analysis/meter_bank.hpp"

#include "analysis/picture/picture_meters.hpp"
#include "analysis/sound/sound_meters.hpp"
#include "analysis/sound/sound_moments.hpp"

namespace changji {
namespace {

constexpr double no_hum_dbfs = -120.0;

std::optional<double> count_of(const std::optional<EventList>& events) {
    return events ? std::optional(static_cast<double>(events->count())) : std::nullopt;
}

Readings readings_of(const SoundReadings& heard) {
    Readings readings;
    readings.set(Measure::SoundMomentary, heard.momentary_lufs);
    readings.set(Measure::SoundShortTerm, heard.short_term_lufs);
    readings.set(Measure::SoundLoudness, heard.loudness_lufs);
    readings.set(Measure::SoundTruePeak, heard.true_peak_dbtp);
    readings.set(Measure::SoundNoiseFloor, heard.noise_floor_dbfs);
    readings.set(Measure::SoundSpeechToNoise, heard.speech_to_noise_db);
    if (heard.noise_floor_dbfs) readings.set(Measure::SoundNoiseEstimated, heard.noise_estimated ? 1.0 : 0.0);
    if (heard.hum.measured) readings.set(Measure::SoundHum, heard.hum.hum_dbfs.value_or(no_hum_dbfs));
    readings.set(Measure::SoundRumble, heard.rumble_db);
    readings.set(Measure::SoundHiss, heard.hiss_db);
    readings.set(Measure::SoundClippedRuns, heard.clipped_runs_per_s);
    readings.set(Measure::SoundSuddenNoises, count_of(heard.sudden_noises));
    readings.set(Measure::SoundDropouts, count_of(heard.dropouts));
    readings.set(Measure::SoundSilent, heard.silent_s);
    readings.set(Measure::SoundPhase, heard.phase);
    if (heard.dead_channel) readings.set(Measure::SoundDeadChannel, static_cast<double>(*heard.dead_channel));
    return readings;
}

class Bank final : public MeterBank {
public:
    Bank(PictureMeters picture, double mains_hz) : picture_(std::move(picture)), sound_(mains_hz) {}

    bool see(const VideoFrame& frame) override { return picture_.see(frame); }

    void hear(std::span<const float> interleaved, CaptureTime captured_at) override {
        moments_.hear(static_cast<std::int64_t>(interleaved.size() / sound_channels), captured_at);
        sound_.hear(interleaved);
    }

    Readings read(Part part) const override {
        return part == Part::Picture ? picture_.read() : readings_of(sound_.read());
    }

    std::vector<MeterEvent> events() const override {
        std::vector<MeterEvent> events = picture_.events();
        const SoundReadings heard = sound_.read();
        const auto add = [&](Measure measure, const EventList& list) {
            for (const FrameRange& range : list.kept()) {
                events.push_back({measure, moments_.of(range.from_frame), moments_.of(range.to_frame)});
            }
        };
        add(Measure::SoundClippedRuns, heard.clippings);
        add(Measure::SoundSilent, heard.silent_stretches);
        add(Measure::SoundPhase, heard.inverted_stretches);
        if (heard.sudden_noises) add(Measure::SoundSuddenNoises, *heard.sudden_noises);
        if (heard.dropouts) add(Measure::SoundDropouts, *heard.dropouts);
        return events;
    }

    const std::vector<FaceBox>& faces() const override { return picture_.faces(); }
    SubjectMask subject() const override { return picture_.subject(); }
    std::array<ChannelLevel, sound_channels> levels() const override { return sound_.levels(); }

    void begin_take(Part part) override { part == Part::Picture ? picture_.begin_take() : sound_.begin_take(); }
    void end_take(Part part) override { part == Part::Picture ? picture_.end_take() : sound_.end_take(); }

private:
    PictureMeters picture_;
    SoundMeters sound_;
    SoundMoments moments_;
};

}  // namespace

Result<std::unique_ptr<MeterBank>> open_meter_bank(const MeterOptions& options) {
    const double mains_hz = options.power_line_hz > 0 ? options.power_line_hz : MeterOptions{}.power_line_hz;
    auto picture = PictureMeters::open(2.0 * mains_hz, options.person_model);
    if (!picture) return picture.error();
    return std::unique_ptr<MeterBank>(std::make_unique<Bank>(std::move(picture).value(), mains_hz));
}

}  // namespace changji
