#include "ui/window/setup/guide.hpp"

#include <algorithm>

namespace changji {
namespace {

constexpr double spoken_peak_dbfs = -35.0;  ///< a room at rest stays below, a voice at the table is above

std::vector<GuidePoint> picture_points(const SessionSnapshot& now, const KeyMap& keys) {
    if (now.camera.name.empty() || now.loss || now.stage == Stage::Lost) {
        return {
            {Tone::Bad, say("No picture comes: connect the camera, or choose one with {0}.", keys.words_for("setup"))}};
    }
    std::vector<GuidePoint> points;
    if (now.demo) {
        points.push_back({Tone::Caution, say("This is the built-in demo picture: choose your camera with {0}.",
                                             keys.words_for("setup"))});
    } else {
        points.push_back({Tone::Good, say("The camera delivers: {0}.", now.camera.name)});
    }
    if (now.framing.enlarged) {
        points.push_back({Tone::Bad, say("The camera gives less than 1920×1080: choose another camera or format.")});
    } else if (now.framing.cropped) {
        points.push_back(
            {Tone::Good, say("The picture is cut to 16:9; Ctrl and the arrow keys move the part that is kept.")});
    } else {
        points.push_back({Tone::Good, say("The picture is 16:9 and large enough.")});
    }
    if (now.faces.empty()) {
        points.push_back({Tone::Caution, say("Nobody is seen: sit down facing the camera, in the middle.")});
        return points;
    }
    const bool whole = std::ranges::all_of(now.faces, [](const FaceBox& face) {
        return face.y >= 0.03 && face.x >= 0.03 && face.x + face.width <= 0.97 && face.y + face.height <= 0.85;
    });
    points.push_back(whole
                         ? GuidePoint{Tone::Good, say("Head and shoulders are in the picture.")}
                         : GuidePoint{Tone::Caution,
                                      say("A head touches the edge: move the camera until there is room around it.")});
    return points;
}

GuidePoint point_of(const LiveMeter& meter, Message good) {
    const Tone tone = tone_of(meter.status);
    if (tone == Tone::Good) return {tone, std::move(good)};
    return {tone, meter.advice.empty() ? say("Waiting for the meter…") : meter.advice};
}

std::vector<GuidePoint> sound_points(const FirstSteps& guide, const SessionSnapshot& now, const KeyMap& keys) {
    if (!now.has_sound) {
        return {
            {Tone::Bad, say("There is no microphone: connect one, or choose one with {0}.", keys.words_for("setup"))}};
    }
    return {guide.heard
                ? GuidePoint{Tone::Good, say("Your voice is heard.")}
                : GuidePoint{Tone::Unknown, say("Say the opening line at the top, as loud as in the interview.")},
            point_of(now.meters[2], say("The room is quiet enough."))};
}

GuidePoint trial_point(const SessionSnapshot& now, const KeyMap& keys) {
    if (!now.trial)
        return {Tone::Unknown,
                say("Press {0}: five seconds are recorded and judged. Say the opening line.", keys.words_for("trial"))};
    if (!now.trial->result) return {Tone::Unknown, say("The test recording runs: keep speaking.")};
    switch (now.trial->result->status) {
        case VerdictStatus::Pass:
            return {Tone::Good, say("The test recording is good. From now on: {0} records.", keys.words_for("record"))};
        case VerdictStatus::Warn:
            return {Tone::Caution,
                    say("It could be better: do what the card says, then press {0} again.", keys.words_for("trial"))};
        case VerdictStatus::Fail: break;
    }
    return {Tone::Bad,
            say("Not good enough yet: do what the card says, then press {0} again.", keys.words_for("trial"))};
}

}  // namespace

void FirstSteps::follow(const SessionSnapshot& now) {
    if (step != GuideStep::Sound) return;
    heard = heard ||
            std::ranges::any_of(now.levels, [](const ChannelLevel& each) { return each.peak_dbfs > spoken_peak_dbfs; });
}

void FirstSteps::turn(int by) {
    step = static_cast<GuideStep>(std::clamp(static_cast<int>(step) + by, 0, guide_step_count - 1));
}

std::vector<GuidePoint> guide_points(GuideStep step, const FirstSteps& guide, const SessionSnapshot& now,
                                     const KeyMap& keys) {
    switch (step) {
        case GuideStep::Picture: return picture_points(now, keys);
        case GuideStep::Light:
            return {point_of(now.meters[0], say("The light on the face is good.")),
                    point_of(now.meters[1], say("The background is plain."))};
        case GuideStep::Sound: return sound_points(guide, now, keys);
        case GuideStep::Trial: break;
    }
    return {now.slate.guest.empty()
                ? GuidePoint{Tone::Unknown, say("Write who is interviewed: press {0}.", keys.words_for("guest"))}
                : GuidePoint{Tone::Good, say("The slate names the guest: {0}.", now.slate.guest)},
            trial_point(now, keys)};
}

Tone guide_tone(const std::vector<GuidePoint>& points) {
    // In the order in which a crew should look: bad, caution, not known yet.
    for (const Tone tone : {Tone::Bad, Tone::Caution, Tone::Unknown}) {
        if (std::ranges::any_of(points, [&](const GuidePoint& each) { return each.tone == tone; })) return tone;
    }
    return Tone::Good;
}

}  // namespace changji
