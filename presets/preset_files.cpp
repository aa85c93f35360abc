#include "presets/preset.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace changji {
namespace fs = std::filesystem;
namespace {

// toml++ takes nested tables apart recursively, about 200 bytes of stack a level: this many bytes can't nest
// deep enough to exhaust a thread's stack. The presets that come with the program take a third of it.
constexpr std::uintmax_t largest_preset_bytes = 49'152;

std::vector<PresetFault> unreadable(const fs::path& file, std::error_code why) {
    return {{FaultKind::Unreadable, file.string(), 0, "", why.message()}};
}

}  // namespace

PresetOutcome load_preset(const fs::path& file) {
    std::error_code why;
    const fs::file_status status = fs::status(file, why);
    if (!fs::exists(status)) return unreadable(file, std::make_error_code(std::errc::no_such_file_or_directory));
    if (fs::is_directory(status)) return unreadable(file, std::make_error_code(std::errc::is_a_directory));
    if (!fs::is_regular_file(status)) return unreadable(file, std::make_error_code(std::errc::invalid_argument));
    if (fs::file_size(file, why) > largest_preset_bytes && !why) {
        return unreadable(file, std::make_error_code(std::errc::file_too_large));
    }
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    const std::string toml{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.good() && !stream.eof()) {
        return unreadable(file, std::error_code(errno != 0 ? errno : EIO, std::generic_category()));
    }
    return parse_preset(toml, file.string());
}

fs::path preset_folder() {
    if (const char* given = std::getenv("CHANGJI_PRESETS_DIR"); given && *given) return given;
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    const fs::path beside = program.parent_path().parent_path() / "share" / "changji" / "presets";
    return fs::is_directory(beside, ignored) ? beside : fs::path(CHANGJI_SOURCE_PRESETS_DIR);
}

std::vector<std::string> list_presets(const fs::path& folder) {
    std::vector<std::string> ids;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".toml" && entry.is_regular_file(ignored)) ids.push_back(entry.path().stem());
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

}  // namespace changji
