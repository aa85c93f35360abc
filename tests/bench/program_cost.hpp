#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace changji::bench {

using Words = std::vector<std::string>;

/// What one run of a program cost.
struct Cost {
    double elapsed_s = 0.0;
    double processor_s = 0.0;
    double memory_mb = 0.0;          ///< at its peak, pages of shared libraries among it
    double private_memory_mb = 0.0;  ///< at its peak, without them
    double frames_lost = 0.0;        ///< of a recording; counted by the caller
};

/// Says why on standard error and ends the benchmark with 2.
[[noreturn]] void give_up(const std::string& why);

[[nodiscard]] std::string read_all(const std::filesystem::path& file);

/// Runs a program to its end, its output going into `log`; gives up when it fails.
Cost run(const Words& words, const std::filesystem::path& log);

[[nodiscard]] std::filesystem::path beside_this_program(const char* name);

[[nodiscard]] double median(const std::vector<Cost>& costs, double Cost::*figure);

/// A folder that goes with everything in it; nothing of this user's is read or changed by what runs.
class Workplace {
public:
    Workplace();
    ~Workplace();
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

}  // namespace changji::bench
