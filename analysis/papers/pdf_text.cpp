#include "analysis/papers/pdf_text.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

namespace changji {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int most_pages = 2000;
constexpr std::size_t most_text = std::size_t{16} << 20;
constexpr rlim_t processor_s = 20;
constexpr rlim_t memory_bytes = rlim_t{1} << 30;
constexpr auto patience = std::chrono::seconds(60);  // a busy machine, not a heavier file

// How the copy ends.
constexpr int read_well = 0, is_damaged = 3, is_locked = 4;

/// Address space in use: what the copy was born with is not the file's fault.
rlim_t memory_held() {
    std::FILE* const file = std::fopen("/proc/self/statm", "r");
    unsigned long pages = 0;
    if (file) {
        if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
        std::fclose(file);
    }
    return static_cast<rlim_t>(pages) * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

void write_all(int to, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(to, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// In the copy: text into `to`, and out.
[[noreturn]] void read_and_leave(std::string_view bytes, int to) {
    const auto limit = [](auto what, rlim_t most) {
        const rlimit both{most, most};
        setrlimit(what, &both);
    };
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, processor_s);
    limit(RLIMIT_AS, memory_held() + memory_bytes);
    for (const int crash : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGXCPU}) std::signal(crash, SIG_DFL);
    try {
        poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
        const std::unique_ptr<poppler::document> document(
            poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
        if (!document) _exit(is_damaged);
        if (document->is_locked()) _exit(is_locked);
        const int pages = std::min(document->pages(), most_pages);
        for (int i = 0; i < pages; ++i) {
            const std::unique_ptr<poppler::page> page(document->create_page(i));
            if (!page) continue;
            const poppler::byte_array text = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
            write_all(to, std::string_view(text.data(), text.size()));
            write_all(to, "\n");
        }
    } catch (...) {
        _exit(is_damaged);
    }
    _exit(read_well);
}

/// All that comes, until the other end is closed; false when it took too long or was too much.
bool read_all(int from, std::string& text) {
    const auto until = Clock::now() + patience;
    char buffer[1 << 14];
    while (text.size() <= most_text) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd waiting{from, POLLIN, 0};
        if (left <= 0) return false;
        if (poll(&waiting, 1, static_cast<int>(left)) < 0 && errno != EINTR) return false;
        if (!waiting.revents) continue;
        const ssize_t got = ::read(from, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        text.append(buffer, static_cast<std::size_t>(got));
    }
    return false;
}

}  // namespace

Result<std::string> text_of_pdf(std::string_view bytes) {
    const Error damaged{ErrorKind::Corrupt, say("The PDF file can't be read, it is damaged: export it again.")};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return Error{ErrorKind::Io, say("The PDF file can't be read: too many files are open.")};
    const pid_t child = fork();
    if (child == 0) {
        ::close(ends[0]);
        read_and_leave(bytes, ends[1]);
    }
    ::close(ends[1]);
    std::string text;
    const bool whole = child > 0 && read_all(ends[0], text);
    ::close(ends[0]);
    if (child < 0)
        return Error{ErrorKind::Io, say("The PDF file can't be read: the machine has too little memory left.")};
    if (!whole) kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (whole && WIFEXITED(status) && WEXITSTATUS(status) == is_locked) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The document is protected by a password: save it again without one.")};
    }
    if (!whole || !WIFEXITED(status) || WEXITSTATUS(status) != read_well) return damaged;
    return text;
}

}  // namespace changji
