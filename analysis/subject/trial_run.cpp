#include "analysis/subject/trial_run.hpp"

#include <chrono>
#include <csignal>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 20s;

[[noreturn]] void work_and_leave(const std::function<void()>& work) {
    constexpr rlimit no_core_file{0, 0};
    setrlimit(RLIMIT_CORE, &no_core_file);
    for (const int crash : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(crash, SIG_DFL);
    try {
        work();
    } catch (...) {
        _exit(0);
    }
    _exit(0);
}

}  // namespace

bool survives(const std::function<void()>& work) {
    const pid_t child = fork();
    if (child == 0) work_and_leave(work);
    if (child < 0) return true;  // no memory for a trial: that is no fault of the file
    const auto begun = std::chrono::steady_clock::now();
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() - begun > patience) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return false;
        }
        std::this_thread::sleep_for(1ms);
    }
    return WIFEXITED(status);
}

}  // namespace changji
