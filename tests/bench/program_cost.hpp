#pragma once

#include <filesystem>
#include <string>
#include <string_view>
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

/// Runs a program to its end, its output going into `log`; gives up when it fails.
Cost run(const Words& words, const std::filesystem::path& log);

[[nodiscard]] std::filesystem::path beside_this_program(const char* name);

[[nodiscard]] double median(const std::vector<Cost>& costs, double Cost::*figure);

/// What a benchmark was told on its command line, as --name=value.
class Told {
public:
    Told(int count, char** words) : words_(words + 1, words + count) {}
    [[nodiscard]] std::string text(std::string_view name, std::string otherwise) const;
    [[nodiscard]] int number(std::string_view name, int otherwise, int least) const;

private:
    Words words_;
};

/// Nothing of this user's is read or changed by what runs from here on: its places lie in `folder`.
void live_in(const std::filesystem::path& folder);

}  // namespace changji::bench
