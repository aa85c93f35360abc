#include "tests/support/child.hpp"

#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace changji::test {

Child::Child(const std::string& command) {
    const std::string out = (folder_.path() / "out").string(), err = (folder_.path() / "err").string();
    const std::string line = "exec env " + command;  // no shell in between: the child is the program itself
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // also when the test itself crashes
    const auto redirect = [](const char* file, int flags, int fd) {
        const int opened = ::open(file, flags, 0600);
        ::dup2(opened, fd);
        ::close(opened);
    };
    redirect("/dev/null", O_RDONLY, 0);
    redirect(out.c_str(), O_WRONLY | O_CREAT, 1);
    redirect(err.c_str(), O_WRONLY | O_CREAT, 2);
    ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    ::_exit(127);
}

Child::~Child() { kill(); }

bool Child::running() {
    if (exit_code_) return false;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return true;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return false;
}

std::optional<int> Child::wait(std::chrono::milliseconds longest) {
    static_cast<void>(eventually([this] { return !running(); }, longest));
    return exit_code_;
}

void Child::send(int signal) const {
    if (!exit_code_) ::kill(pid_, signal);
}

std::chrono::steady_clock::time_point Child::kill() {
    send(SIGKILL);
    const auto moment = std::chrono::steady_clock::now();
    static_cast<void>(wait(std::chrono::seconds(20)));
    return moment;
}

std::string Child::output() const { return content_of(folder_.path() / "out"); }
std::string Child::errors() const { return content_of(folder_.path() / "err"); }

bool Child::says(const std::string& text, std::chrono::milliseconds longest) const {
    return eventually([&] { return errors().find(text) != std::string::npos; }, longest);
}

std::int64_t Child::memory_kib() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6));
    }
    return 0;
}

std::chrono::milliseconds RandomTimes::between(std::chrono::milliseconds least, std::chrono::milliseconds most) {
    return std::chrono::milliseconds(std::uniform_int_distribution<long>(least.count(), most.count())(random_));
}

std::optional<std::chrono::steady_clock::time_point> run_and_kill(const std::string& command,
                                                                  std::chrono::milliseconds after) {
    Child child(command);
    if (child.wait(after)) return std::nullopt;
    return child.kill();
}

}  // namespace changji::test
