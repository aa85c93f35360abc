#pragma once

#include "tests/support/media.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace changji::test {

/// A disk that fails or is slow, for programs started with environment(): whatever they do to files below a folder
/// goes through rules, which may change while they run. Rules are lines
///
///     fail OPERATION N ERRNO        the N-th one (of each program, counted from 1) fails: `fail write 3 EIO`
///     fail OPERATION N+ ERRNO       that one and all after it: `fail write 12+ ENOSPC`
///     slow OPERATION MILLISECONDS   each takes so long
///     throttle BYTES_PER_SECOND     all writing together
///
/// Operations: `write` (write, pwrite, writev, pwritev), `sync` (fsync, fdatasync; of folders too), `rename`,
/// `truncate`, `allocate` (fallocate), `remove` (unlink). Only calls that pass through the C library's functions are
/// seen: those of FFmpeg, of std::fstream and of the program itself are, those inside stdio (fwrite) are not.
class FakeDisk {
public:
    /// `folder` must exist when the program starts; what lies elsewhere is left alone.
    explicit FakeDisk(std::filesystem::path folder);

    void set_rules(const std::string& lines);  ///< live; replaces those before, counting goes on
    void add_rule(const std::string& line);

    /// To be put before a shell command, together with FakeCameras::environment() if need be.
    [[nodiscard]] std::string environment() const;

    /// What was done so far, in order, as "OPERATION NAME [BYTES] [ERRNO]": "write take-001.part.mp4 4096",
    /// "rename take-001.mp4 EIO". A rename has the new name.
    [[nodiscard]] std::vector<std::string> operations() const;
    /// How many of one kind.
    [[nodiscard]] std::size_t count(const std::string& operation) const;

private:
    std::filesystem::path folder_;
    TemporaryFolder notes_;
};

/// A disk of so few bytes (tmpfs), unmounted at the end.
class SmallDisk {
public:
    /// Null without the right to mount.
    [[nodiscard]] static std::unique_ptr<SmallDisk> mount(std::size_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }

private:
    SmallDisk() = default;
    TemporaryFolder folder_;
};

}  // namespace changji::test

/// `CHANGJI_NEEDS_SMALL_DISK(disk, 30 << 20);` declares `disk`, or skips loudly.
#define CHANGJI_NEEDS_SMALL_DISK(disk, bytes)                 \
    const auto disk = changji::test::SmallDisk::mount(bytes); \
    if (!disk) GTEST_SKIP() << "NOT TESTED: no right to mount a small disk here"
