#include "analysis/libraries.hpp"

#include <ebur128.h>
#include <poppler-version.h>
#include <zip.h>
#include <exiv2/exiv2.hpp>
#include <opencv2/core/utility.hpp>
#include <pugixml.hpp>

namespace changji {
namespace {

/// "1.2.3" of three numbers.
std::string dotted(int major, int minor, int patch) {
    return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
}

std::string ebur128_version() {
    int major = 0;
    int minor = 0;
    int patch = 0;
    ebur128_get_version(&major, &minor, &patch);
    return dotted(major, minor, patch);
}

}  // namespace

std::vector<LibraryVersion> analysis_libraries() {
    constexpr int pugixml = PUGIXML_VERSION;  // 1130 is 1.13.0
    return {{"OpenCV", cv::getVersionString()}, {"libebur128", ebur128_version()},
            {"libzip", zip_libzip_version()},   {"poppler", poppler::version_string()},
            {"Exiv2", Exiv2::versionString()},  {"pugixml", dotted(pugixml / 1000, pugixml % 1000 / 10, pugixml % 10)}};
}

}  // namespace changji
