#include "capture/sources/camera_choice.hpp"

#include "capture/devices/names.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

std::string names_of(std::span<const CameraDevice> cameras) {
    std::string names;
    for (const CameraDevice& camera : cameras) {
        names += (names.empty() ? "" : ", ") + camera.name + " (" + camera.path + ")";
    }
    return names;
}

Error not_found(const std::string& target, std::span<const CameraDevice> cameras) {
    if (cameras.empty() && target.empty()) {
        return {ErrorKind::DeviceNotFound,
                say("No camera found: plug one in, or give a file or \"demo\" as the camera.")};
    }
    if (cameras.empty()) {
        return {ErrorKind::DeviceNotFound,
                say("There is no camera {0}, nor any other: plug it in, then try again.", target)};
    }
    return {ErrorKind::DeviceNotFound,
            say("There is no camera {0}. Choose one of these: {1}.", target, names_of(cameras))};
}

Result<CameraDevice> best_of(std::span<const CameraDevice> cameras) {
    CameraDevice candidates;  // the best mode of each, so that best_mode() also decides between cameras
    std::vector<const CameraDevice*> owners;
    for (const CameraDevice& camera : cameras) {
        const CameraMode* const mode = camera.problem.empty() ? best_mode(camera) : nullptr;
        if (!mode) continue;
        candidates.modes.push_back(*mode);
        owners.push_back(&camera);
    }
    if (const CameraMode* const best = best_mode(candidates)) {
        return *owners[static_cast<std::size_t>(best - candidates.modes.data())];
    }
    if (!cameras.empty()) return cameras.front();  // opening it says what is wrong with it
    return not_found("", cameras);
}

std::string text_of(Rational rate) {
    return rate.den == 1 ? std::to_string(rate.num) : std::to_string(rate.num) + "/" + std::to_string(rate.den);
}

std::string text_of(const CameraMode& mode) {
    std::string text =
        mode.input_format + " " + std::to_string(mode.width_px) + "x" + std::to_string(mode.height_px) + " @";
    for (const Rational rate : mode.rates) text += " " + text_of(rate);
    return text;
}

std::string text_of(const SourceSpec& spec) {
    std::string text = spec.input_format;
    if (spec.width_px > 0) {
        text += (text.empty() ? "" : " ") + std::to_string(spec.width_px) + "x" + std::to_string(spec.height_px);
    }
    if (spec.rate.is_positive()) text += (text.empty() ? "@ " : " @ ") + text_of(spec.rate);
    return text;
}

Rational usual_rate(const std::vector<Rational>& descending) {
    Rational chosen{0, 1};
    for (const Rational rate : descending) {
        if (!chosen.is_positive() || rate >= Rational{25, 1}) chosen = rate;
    }
    return chosen;
}

}  // namespace

Result<CameraDevice> choose_camera(const SourceSpec& spec, std::span<const CameraDevice> cameras) {
    if (spec.kind == SourceKind::Auto) return best_of(cameras);
    for (const CameraDevice& camera : cameras) {
        if (camera.path == spec.target || camera.name == spec.target) return camera;
    }
    for (const CameraDevice& camera : cameras) {
        if (name_contains(camera.name, spec.target)) return camera;
    }
    return not_found(spec.target, cameras);
}

Result<CameraRequest> choose_mode(const SourceSpec& spec, const CameraDevice& camera) {
    CameraDevice fitting;
    for (CameraMode mode : camera.modes) {
        if (!spec.input_format.empty() && mode.input_format != spec.input_format) continue;
        if (spec.width_px > 0 && (mode.width_px != spec.width_px || mode.height_px != spec.height_px)) continue;
        if (spec.rate.is_positive()) {
            const auto offered = std::find_if(mode.rates.begin(), mode.rates.end(), [&spec](Rational rate) {
                return std::abs(rate.value() / spec.rate.value() - 1.0) < 0.01;  // 30 also means 30000/1001
            });
            if (offered == mode.rates.end() && !mode.rates.empty()) continue;
            mode.rates = {mode.rates.empty() ? spec.rate : *offered};
        }
        fitting.modes.push_back(std::move(mode));
    }
    if (const CameraMode* const mode = best_mode(fitting)) {
        return CameraRequest{mode->input_format, mode->width_px, mode->height_px, usual_rate(mode->rates)};
    }
    std::string offers;
    for (const CameraMode& mode : camera.modes) offers += (offers.empty() ? "" : "; ") + text_of(mode);
    return Error{ErrorKind::UnsupportedFormat,
                 say("The camera {0} does not offer {1}. It offers: {2}.", camera.name, text_of(spec), offers)};
}

}  // namespace changji
