#include "capture/libraries.hpp"

#include <cairo.h>
#include <openssl/crypto.h>
#include <pulse/version.h>
#include <xxhash.h>

#include "capture/av/av.hpp"

namespace changji {

std::vector<LibraryVersion> capture_libraries() {
    return {{"FFmpeg", av_version_info()},
            {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
            {"PulseAudio", pa_get_library_version()},
            {"cairo", cairo_version_string()},
            {"xxHash", std::to_string(XXH_versionNumber())}};
}

}  // namespace changji
