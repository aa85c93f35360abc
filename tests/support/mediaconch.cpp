#include "tests/support/mediaconch.hpp"

#include <iostream>

#include "tests/support/media.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

fs::path policy() {
    const fs::path beside_media = media_folder().parent_path() / "mediaconch-policy.xml";
    if (fs::exists(beside_media)) return beside_media;
    return fs::path(CHANGJI_SOURCE_DIR).parent_path() / "shared" / "mediaconch-policy.xml";
}

}  // namespace

std::optional<std::string> mediaconch_verdict(const fs::path& file) {
    if (!have_program("mediaconch") || !fs::exists(policy())) {
        std::cerr << "NOT TESTED: mediaconch or its policy is not on this machine\n";
        return std::nullopt;
    }
    // It keeps a database at home, which two of them at a time lock each other out of, or wait for forever.
    static const TemporaryFolder home;
    const std::string at_home = "env -u XDG_DATA_HOME -u XDG_CONFIG_HOME HOME='" + home.path().string() + "' ";
    return run(at_home + "mediaconch -p '" + policy().string() + "' '" + file.string() + "'").output;
}

}  // namespace changji::test
