#include "capture/takes.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <set>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "capture/takes/takes_disk.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 5> suffixes = {".mp4", ".part.mp4", ".json", ".meters.csv", ".marks.jsonl"};

/// The take a file name belongs to; nothing for a file that is none of ours.
std::optional<int> take_number(std::string_view name) {
    constexpr std::string_view prefix = "take-";
    if (!name.starts_with(prefix)) return std::nullopt;
    name.remove_prefix(prefix.size());
    const std::size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
    if (std::ranges::find(suffixes, name.substr(digits)) == suffixes.end()) return std::nullopt;
    // Three digits, more only when they are needed: every number has one spelling.
    if (digits < 3 || digits > 9 || (digits > 3 && name.front() == '0')) return std::nullopt;
    int number = 0;
    std::from_chars(name.data(), name.data() + digits, number);
    return number > 0 ? std::optional(number) : std::nullopt;
}

std::set<int> take_numbers(const fs::path& folder) {
    std::set<int> numbers;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
        if (const auto number = take_number(entry->path().filename().string())) numbers.insert(*number);
    }
    return numbers;
}

bool any_but_part(const TakeFiles& files) {
    std::error_code ignored;
    return fs::exists(files.video, ignored) || fs::exists(files.report, ignored) || fs::exists(files.meters, ignored) ||
           fs::exists(files.marks, ignored);
}

}  // namespace

TakeFiles take_files(const fs::path& takes_folder, int number) {
    std::array<char, 32> stem{};
    std::snprintf(stem.data(), stem.size(), "take-%03d", number);
    const std::string base = (takes_folder / stem.data()).string();
    return {number, base + ".mp4", base + ".part.mp4", base + ".json", base + ".meters.csv", base + ".marks.jsonl"};
}

std::vector<TakeFiles> list_takes(const fs::path& takes_folder) {
    std::vector<TakeFiles> takes;
    for (const int number : take_numbers(takes_folder)) takes.push_back(take_files(takes_folder, number));
    return takes;
}

Result<TakeFiles> reserve_take(const fs::path& takes_folder) {
    std::error_code failed;
    fs::create_directories(takes_folder, failed);
    if (failed) return write_error(takes_folder, failed.value());
    const std::set<int> numbers = take_numbers(takes_folder);
    for (int number = numbers.empty() ? 1 : *numbers.rbegin() + 1;; ++number) {
        const TakeFiles files = take_files(takes_folder, number);
        const int descriptor = ::open(files.part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor < 0) return write_error(files.part, errno);
        ::close(descriptor);
        // Since the folder was read, another program may have begun and finished a take of this number.
        if (!any_but_part(files)) return files;
        ::unlink(files.part.c_str());
    }
}

}  // namespace changji
