#include "ui/crash_report.hpp"

#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <filesystem>
#include <string>

#include "ui/language/language.hpp"
#include "ui/version.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr std::array fatal_signals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/// Made ready before anything happens: a handler may neither allocate nor translate.
struct Prepared {
    std::array<char, 4096> path{};
    std::string head;                ///< versions and command line
    std::string sentence;            ///< for the person, with the path
    std::array<char, 512> reason{};  ///< of an exception that nobody caught
};

Prepared& prepared() {
    static Prepared all;
    return all;
}

void put(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void copy_all(int from, int to) {
    std::array<char, 4096> part{};
    for (;;) {
        const ssize_t size = ::read(from, part.data(), part.size());
        if (size <= 0) return;
        put(to, {part.data(), static_cast<std::size_t>(size)});
    }
}

void write_report(int signal) {
    const Prepared& ready = prepared();
    const int file = ::open(ready.path.data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return;
    put(file, ready.head);
    put(file, "\nended by: ");
    const char* const name = ::sigabbrev_np(signal);
    put(file, name ? name : "?");
    if (ready.reason[0] != '\0') {
        put(file, "\nbecause: ");
        put(file, ready.reason.data());
    }
    put(file, "\n\nthe way into the code (c++filt, addr2line -Cfe changji ADDRESS):\n");
    std::array<void*, 64> frames{};
    const int count = ::backtrace(frames.data(), static_cast<int>(frames.size()));
    ::backtrace_symbols_fd(frames.data(), count, file);
    put(file, "\nwhere everything lay:\n");
    if (const int maps = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC); maps >= 0) {
        copy_all(maps, file);
        ::close(maps);
    }
    ::close(file);
    put(STDERR_FILENO, ready.sentence);
}

extern "C" void on_fatal_signal(int signal) {
    write_report(signal);
    // SA_RESETHAND has put the default back: the system goes on with what it does after a crash.
    ::raise(signal);
}

[[noreturn]] void on_terminate() {
    auto& reason = prepared().reason;
    try {
        if (const std::exception_ptr thrown = std::current_exception()) std::rethrow_exception(thrown);
    } catch (const std::exception& fault) {
        std::strncpy(reason.data(), fault.what(), reason.size() - 1);
    } catch (...) {
        std::strncpy(reason.data(), "an exception of unknown kind", reason.size() - 1);
    }
    std::abort();
}

/// Empty without a home.
fs::path state_folder() {
    if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state == '/') return fs::path(state) / "changji";
    if (const char* home = std::getenv("HOME"); home && *home) return fs::path(home) / ".local" / "state" / "changji";
    return {};
}

}  // namespace

void report_crashes(int argc, const char* const* argv) {
    const fs::path folder = state_folder();
    std::error_code fault;
    if (folder.empty() || (fs::create_directories(folder, fault), fault)) return;
    Prepared& ready = prepared();
    std::array<char, 32> time{};
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    std::strftime(time.data(), time.size(), "%Y%m%d-%H%M%S", ::localtime_r(&now, &local));
    const std::string path = folder / ("crash-" + std::string(time.data()) + "-" + std::to_string(::getpid()) + ".txt");
    if (path.size() >= ready.path.size()) return;
    std::memcpy(ready.path.data(), path.c_str(), path.size() + 1);
    ready.head = version_text() + "\n\nstarted as:";
    for (int at = 0; at < argc; ++at) ready.head += std::string(" ") + argv[at];
    ready.sentence =
        tr(say("Changji broke down. What was recorded is on the disk: the next start finishes it. Please attach "
               "this to a report of the fault: {0}",
               path)) +
        "\n";
    std::array<void*, 1> first{};
    ::backtrace(first.data(), 1);  // loads what it needs: not possible in a handler
    // A stack that overflowed has no room for the handler.
    static std::array<char, 65536> own_stack;
    const stack_t stack{.ss_sp = own_stack.data(), .ss_flags = 0, .ss_size = own_stack.size()};
    ::sigaltstack(&stack, nullptr);
    struct sigaction action = {};
    action.sa_handler = on_fatal_signal;
    action.sa_flags = SA_RESETHAND | SA_ONSTACK | SA_NODEFER;
    for (const int signal : fatal_signals) ::sigaction(signal, &action, nullptr);
    std::set_terminate(on_terminate);
}

}  // namespace changji
