#include "tests/bench/program_cost.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>

#include "tests/support/media.hpp"

extern char** environ;

namespace changji::bench {

namespace fs = std::filesystem;

namespace {

double private_memory_mb(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) return std::atof(line.c_str() + 8) / 1024.0;
    }
    return 0.0;
}

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

void give_up(const std::string& why) {
    std::fprintf(stderr, "%s: %s\n", program_invocation_short_name, why.c_str());
    std::exit(2);
}

Cost run(const Words& words, const fs::path& log) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, (log.string() + ".err").c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) give_up("can't run " + words.front() + ": " + std::strerror(failed));
    Cost cost;
    const auto began = std::chrono::steady_clock::now();
    int status = 0;
    struct rusage used {};
    while (wait4(child, &status, WNOHANG, &used) == 0) {
        cost.private_memory_mb = std::max(cost.private_memory_mb, private_memory_mb(child));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        give_up(words.front() + " failed:\n" + test::content_of(log) + test::content_of(log.string() + ".err"));
    }
    cost.elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    cost.processor_s = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    cost.memory_mb = static_cast<double>(used.ru_maxrss) / 1024.0;
    return cost;
}

fs::path beside_this_program(const char* name) { return fs::read_symlink("/proc/self/exe").parent_path() / name; }

double median(const std::vector<Cost>& costs, double Cost::*figure) {
    std::vector<double> values;
    for (const Cost& cost : costs) values.push_back(cost.*figure);
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::string Told::text(std::string_view name, std::string otherwise) const {
    for (const std::string& word : words_) {
        const std::string start = "--" + std::string(name) + "=";
        if (word.starts_with(start)) return word.substr(start.size());
    }
    return otherwise;
}

int Told::number(std::string_view name, int otherwise, int least) const {
    return std::max(std::atoi(text(name, std::to_string(otherwise)).c_str()), least);
}

void live_in(const fs::path& folder) {
    for (const char* place : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"}) {
        setenv(place, (folder / "home").c_str(), 1);
    }
    setenv("LC_ALL", "C.UTF-8", 1);
}

}  // namespace changji::bench
