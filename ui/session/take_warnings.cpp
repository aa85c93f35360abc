#include "ui/session/take_warnings.hpp"

#include <algorithm>
#include <cmath>

#include "ui/words.hpp"

namespace changji {
namespace {

/// Whether a reading is worse than the preset's limit allows.
bool fails(Measure measure, const SessionSnapshot& now, const Preset& preset) {
    const auto value = now.readings[measure];
    const MeterLimit* const limit = preset.find_meter(info(measure).id);
    return value && limit && status_of(*value, *limit) == FindingStatus::Fail;
}

/// Of the face, or without one of the middle of the picture, held against the limit for faces.
bool is_dark(const SessionSnapshot& now, const Preset& preset) {
    const MeterLimit* const limit = preset.find_meter(info(Measure::LightFaceLuma).id);
    const auto face = now.readings[Measure::LightFaceLuma];
    const auto luma = face ? face : now.readings[Measure::LightPictureLuma];
    return limit && luma && limit->pass_min && *luma < *limit->pass_min &&
           status_of(*luma, *limit) == FindingStatus::Fail;
}

}  // namespace

bool TakeWarnings::Lasting::update(bool holds, double now_s) {
    if (holds == told_) {
        changing_since_s_.reset();
        return told_;
    }
    if (!changing_since_s_) changing_since_s_ = now_s;
    if (now_s - *changing_since_s_ >= (holds ? on_after_s : off_after_s)) {
        told_ = holds;
        changing_since_s_.reset();
    }
    return told_;
}

void TakeWarnings::begin_take(const SessionSnapshot& now) {
    *this = TakeWarnings();
    take_ = now.take_number;
    noises_ = now.readings[Measure::SoundSuddenNoises].value_or(0.0);
}

Message TakeWarnings::time_warning(const SessionSnapshot& now, const Preset& preset) const {
    if (now.limit_s <= 0.0) return {};
    const double left_s = now.limit_s - now.elapsed_s;
    for (const std::chrono::milliseconds warning : preset.duration.warnings) {
        const double at_s = std::chrono::duration<double>(warning).count();
        if (at_s >= now.limit_s || left_s > at_s || left_s < at_s - moment_s) continue;
        return say("{0} left: come to the end, the recording stops by itself.", clock_text(std::ceil(left_s)));
    }
    return {};
}

std::vector<Message> TakeWarnings::update(const SessionSnapshot& now, const Preset& preset) {
    if (now.stage != Stage::Recording) {
        take_ = 0;
        return {};
    }
    if (take_ != now.take_number || now.elapsed_s < last_s_) begin_take(now);
    last_s_ = now.elapsed_s;
    face_seen_ = face_seen_ || !now.faces.empty();

    const double noises = now.readings[Measure::SoundSuddenNoises].value_or(0.0);
    if (noises > noises_) noise_at_s_ = now.elapsed_s;
    noises_ = noises;
    const bool knocked = noise_at_s_ && now.elapsed_s - *noise_at_s_ < moment_s;

    // Every state is brought up to date, also of what is not told for want of room.
    const bool pictured = now.camera_away_s <= 0.0;
    const bool dark = dark_.update(pictured && is_dark(now, preset), now.elapsed_s);
    const bool faceless = faceless_.update(pictured && face_seen_ && now.faces.empty(), now.elapsed_s);
    const bool burnt = burnt_.update(fails(Measure::LightFaceClipped, now, preset), now.elapsed_s);
    const bool distorted = distorted_.update(fails(Measure::SoundClippedRuns, now, preset), now.elapsed_s);
    const bool noisy = noisy_.update(fails(Measure::SoundNoiseFloor, now, preset), now.elapsed_s);

    std::vector<Message> told;
    const auto tell = [&told](bool holds, Message message) {
        if (holds && told.size() < most) told.push_back(std::move(message));
    };
    const Message time = time_warning(now, preset);
    tell(!time.empty(), time);
    tell(faceless, say("The face left the picture: bring the speaker back, or turn the camera."));
    tell(dark, say("It has become dark: switch the lamps on, or open the curtains."));
    tell(distorted, say("The sound is distorted: turn the microphone's level down now."));
    tell(burnt, say("The face is burnt out: dim the lamp, or turn the exposure down."));
    tell(knocked, say("Something knocked: hands off the table, telephones silent."));
    tell(noisy, say("The room has become noisy: switch off fans, close doors and windows."));
    return told;
}

}  // namespace changji
