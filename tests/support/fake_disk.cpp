#include "tests/support/fake_disk.hpp"

#include "tests/support/fake_camera.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include <sys/mount.h>

namespace changji::test {
namespace fs = std::filesystem;

FakeDisk::FakeDisk(fs::path folder) : folder_(std::move(folder)) { set_rules(""); }

void FakeDisk::set_rules(const std::string& lines) {
    // In one moment: a program never reads half of them.
    const fs::path next = notes_.path() / "rules.next";
    std::ofstream(next) << lines << "\n";
    fs::rename(next, notes_.path() / "rules");
}

void FakeDisk::add_rule(const std::string& line) {
    std::ofstream(notes_.path() / "rules", std::ios::app) << line + "\n";
}

std::string FakeDisk::environment() const {
    return "CHANGJI_FAKE_DISK='" + fs::canonical(folder_).string() + "' CHANGJI_FAKE_DISK_NOTES='" +
           notes_.path().string() + "' ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD='" + preloaded_fakes() + "' ";
}

std::vector<std::string> FakeDisk::operations() const {
    std::vector<std::string> lines;
    std::ifstream stream(notes_.path() / "operations");
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::size_t FakeDisk::count(const std::string& operation) const {
    const auto lines = operations();
    return static_cast<std::size_t>(std::count_if(
        lines.begin(), lines.end(), [&](const std::string& line) { return line.starts_with(operation + " "); }));
}

std::unique_ptr<SmallDisk> SmallDisk::mount(std::size_t bytes) {
    std::unique_ptr<SmallDisk> disk(new SmallDisk);
    const std::string options = "size=" + std::to_string(bytes);
    if (::mount("tmpfs", disk->path().c_str(), "tmpfs", 0, options.c_str()) != 0) {
        disk.reset();
    }
    return disk;
}

SmallDisk::~SmallDisk() { ::umount2(folder_.path().c_str(), MNT_DETACH); }

}  // namespace changji::test
