#include "capture/sources/camera_modes.hpp"

#include <optional>
#include <utility>

namespace changji {
Result<WorkingMode> first_working_mode(const CameraDevice& camera, std::span<const CameraRequest> requests,
                                       const TryMode& try_mode, const std::function<bool()>& in_use) {
    std::optional<Error> first_error;
    for (const CameraRequest& request : requests) {
        auto opened = try_mode(request);
        if (opened) {
            Message note;
            if (first_error) {
                note =
                    say("The camera {0} does not manage {1} here, so {2} is recorded: another port of the computer "
                        "itself may help.",
                        camera.name, request_text(requests.front()), request_text(request));
            }
            return WorkingMode{std::move(*opened), request, std::move(note)};
        }
        const Error& error = opened.error();
        // Busy is also what some drivers say when the line is full.
        const bool hopeless =
            error.kind == ErrorKind::DeviceNotFound || (error.kind == ErrorKind::DeviceBusy && in_use());
        if (hopeless) return error;
        if (!first_error) first_error = error;
    }
    return *first_error;
}

}  // namespace changji
