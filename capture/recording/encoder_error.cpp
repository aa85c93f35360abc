#include "capture/recording/encoder_error.hpp"

#include "capture/av/av.hpp"

namespace changji {

Error encoder_cannot_open(const std::string& name, int code) {
    if (name.ends_with("_nvenc")) {
        return {ErrorKind::UnsupportedFormat,
                say("The encoder {0} needs an NVIDIA graphics card with its driver, which this machine does not have.",
                    name)};
    }
    if (name.ends_with("_vaapi") || name.ends_with("_qsv")) {
        return {ErrorKind::UnsupportedFormat,
                say("The encoder {0} needs a graphics chip with a VA-API driver and the right to use "
                    "/dev/dri/renderD128 (group \"render\").",
                    name)};
    }
    if (name.ends_with("_v4l2m2m") || name.ends_with("_omx")) {
        return {ErrorKind::UnsupportedFormat,
                say("The encoder {0} needs an encoder chip as small boards have; this machine has none.", name)};
    }
    return {ErrorKind::UnsupportedFormat,
            say("The encoder {0} does not work here: {1}. Choose another one: `changji devices` lists them.", name,
                av::reason(code))};
}

Error encoder_failed(const std::string& name, int code) {
    return {ErrorKind::UnsupportedFormat,
            say("The encoder {0} has failed: {1}. What was recorded until now is kept. Choose another encoder: "
                "`changji devices` lists them.",
                name, av::reason(code))};
}

}  // namespace changji
