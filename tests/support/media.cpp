#include "tests/support/media.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace changji::test {
namespace fs = std::filesystem;

fs::path media_folder() {
    if (const char* given = std::getenv("CHANGJI_MEDIA_DIR")) return given;
    const fs::path beside = fs::path(CHANGJI_SOURCE_DIR).parent_path() / "shared" / "media";
    return fs::is_directory(beside) ? beside : fs::path();
}

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "changji-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) std::abort();
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string content_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

void turn_picture(const fs::path& file, int degrees_clockwise) {
    std::string bytes = content_of(file);
    for (std::size_t at = bytes.find("tkhd"); at != std::string::npos; at = bytes.find("tkhd", at + 4)) {
        const std::size_t matrix = at + (bytes[at + 4] == 0 ? 44 : 56), size = matrix + 36;
        if (size + 8 > bytes.size()) break;
        const std::string width = bytes.substr(size, 4), height = bytes.substr(size + 4, 4);
        const std::string none(4, '\0'), one("\0\1\0\0", 4), minus_one("\xFF\xFF\0\0", 4), unit("\x40\0\0\0", 4);
        if (width == none) continue;  // a track of sound
        const auto write = [&](const std::string& a, const std::string& b, const std::string& c, const std::string& d,
                               const std::string& x, const std::string& y) {
            bytes.replace(matrix, 36, a + b + none + c + d + none + x + y + unit);
        };
        if (degrees_clockwise == 90) write(none, one, minus_one, none, height, none);
        if (degrees_clockwise == 180) write(minus_one, none, none, minus_one, width, height);
        if (degrees_clockwise == 270) write(none, minus_one, one, none, none, width);
    }
    std::ofstream(file, std::ios::binary) << bytes;
}

CommandResult run(const std::string& command_line) {
    const TemporaryFolder folder;
    const fs::path out = folder.path() / "out", err = folder.path() / "err";
    const std::string whole = "{ " + command_line + "\n} >'" + out.string() + "' 2>'" + err.string() + "'";
    const int status = std::system(whole.c_str());
    CommandResult result;
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.output = content_of(out);
    result.errors = content_of(err);
    return result;
}

bool have_program(const std::string& name) { return run("command -v " + name).exit_code == 0; }

}  // namespace changji::test
