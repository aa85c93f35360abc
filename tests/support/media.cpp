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
