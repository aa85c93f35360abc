#include "ui/review/pdf_print.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string_view>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/takes.hpp"
#include "ui/file_content.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

using namespace std::chrono_literals;
constexpr auto longest = 60s;

/// A folder of its own, away from every profile, that is gone afterwards.
class WorkFolder {
public:
    WorkFolder() {
        std::error_code failure;
        std::string name = (fs::temp_directory_path(failure) / "changji-print-XXXXXX").string();
        if (!failure && ::mkdtemp(name.data())) path_ = name;
    }
    ~WorkFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// In a process group of its own, so that what the browser starts ends with it.
std::optional<pid_t> start(const std::vector<std::string>& words) {
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    }
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, pointers[0], &actions, &attributes, pointers.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? std::optional(child) : std::nullopt;
}

bool ends_well(pid_t child) {
    const auto deadline = std::chrono::steady_clock::now() + longest;
    int status = 0;
    pid_t ended = 0;
    while ((ended = ::waitpid(child, &status, WNOHANG)) == 0 && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(30ms);
    }
    ::kill(-child, SIGKILL);
    if (ended == 0) ::waitpid(child, &status, 0);
    return ended == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string as_address(const fs::path& file) {
    std::ostringstream address;
    address << "file://" << std::hex << std::uppercase;
    for (const char c : fs::absolute(file).string()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("/-_.~").find(c) != std::string_view::npos;
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            address << c;
        else
            address << '%' << (byte >> 4) << (byte & 15);
    }
    return address.str();
}

}  // namespace

std::string pdf_printer() {
    const char* const path = std::getenv("PATH");
    for (const char* name : {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}) {
        std::istringstream folders(path ? path : "");
        for (std::string folder; std::getline(folders, folder, ':');) {
            std::string program = folder + "/" + name;
            if (!folder.empty() && ::access(program.c_str(), X_OK) == 0) return program;
        }
    }
    return {};
}

Status print_pdf(const fs::path& html, const fs::path& pdf) {
    const std::string browser = pdf_printer();
    if (browser.empty()) {
        return Error{ErrorKind::DeviceNotFound,
                     say("There is no browser that makes PDF: install the package chromium, or open {0} and print it "
                         "from there.",
                         html.string())};
    }
    const WorkFolder work;
    const fs::path made = work.path() / "report.pdf";
    std::vector<std::string> words{browser,
                                   "--headless",
                                   "--disable-gpu",
                                   "--disable-extensions",
                                   "--no-first-run",
                                   "--disable-background-networking",
                                   "--no-pdf-header-footer",
                                   "--print-to-pdf-no-header",
                                   "--user-data-dir=" + (work.path() / "profile").string(),
                                   "--print-to-pdf=" + made.string()};
    if (::geteuid() == 0) words.emplace_back("--no-sandbox");  // Chromium refuses to run as root with one
    words.push_back(as_address(html));
    const auto child = work.path().empty() ? std::nullopt : start(words);
    const bool printed = child && ends_well(*child);
    const auto content = printed ? content_of(made) : std::nullopt;
    if (!content || !content->starts_with("%PDF-")) {
        return Error{ErrorKind::Io,
                     say("{0} didn't print the report: open {1} and print it from there.", browser, html.string())};
    }
    return write_file_atomically(pdf, *content);
}

}  // namespace changji
