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

std::string offer_text(const CameraMode& mode) {
    std::string text = mode_text(mode) + " @";
    for (const Rational rate : mode.rates) text += " " + rate_text(rate);
    return text;
}

std::string wish_text(const SourceSpec& spec) {
    std::string text = spec.input_format;
    if (spec.width_px > 0) {
        text += (text.empty() ? "" : " ") + std::to_string(spec.width_px) + "x" + std::to_string(spec.height_px);
    }
    if (spec.rate.is_positive()) text += (text.empty() ? "@ " : " @ ") + rate_text(spec.rate);
    return text;
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

std::string request_text(const CameraRequest& request) {
    const std::string mode = mode_text({request.input_format, request.width_px, request.height_px, {}});
    return request.rate.is_positive() ? mode + ", " + rate_text(request.rate) + "/s" : mode;
}

Result<std::vector<CameraRequest>> choose_modes(const SourceSpec& spec, const CameraDevice& camera) {
    if (camera.modes.empty()) {
        return std::vector{CameraRequest{spec.input_format, spec.width_px, spec.height_px, spec.rate}};
    }
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
    std::vector<CameraRequest> requests;
    while (const CameraMode* const mode = best_mode(fitting)) {
        requests.push_back({mode->input_format, mode->width_px, mode->height_px, best_rate(*mode)});
        fitting.modes.erase(fitting.modes.begin() + (mode - fitting.modes.data()));
    }
    if (!requests.empty()) return requests;
    std::string offers;
    for (const CameraMode& mode : camera.modes) offers += (offers.empty() ? "" : "; ") + offer_text(mode);
    return Error{ErrorKind::UnsupportedFormat,
                 say("The camera {0} does not offer {1}. It offers: {2}.", camera.name, wish_text(spec), offers)};
}

}  // namespace changji
