#include "capture/verified_copy.hpp"

#include <cerrno>
#include <cstring>
#include <functional>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "capture/takes/takes_hash.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t copy_block_bytes = 1 << 20;

Error copy_error(const fs::path& to, int reason) {
    if (reason == ENOSPC || reason == EDQUOT) {
        return {ErrorKind::DiskFull,
                say("The disk is full: {0} can't be written. Free some room or choose another folder.", to.string())};
    }
    return {ErrorKind::Io,
            say("{0} can't be written ({1}): choose another folder.", to.string(), std::strerror(reason))};
}

/// A new file that disappears again unless it is kept.
class NewFile {
public:
    explicit NewFile(fs::path path) : path_(std::move(path)) {
        descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    }
    ~NewFile() {
        if (descriptor_ < 0) return;
        ::close(descriptor_);
        if (!kept_) ::unlink(path_.c_str());
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] bool write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }
    /// On the disk, and out of the memory that would answer for it.
    [[nodiscard]] bool settle() const {
        if (::fsync(descriptor_) != 0) return false;
        (void)::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED);
        return true;
    }
    void keep() { kept_ = true; }

private:
    fs::path path_;
    int descriptor_ = -1;
    bool kept_ = false;
};

Result<CopiedFile> finish(NewFile& file, const fs::path& to, const std::string& sha256) {
    if (!file.settle()) return copy_error(to, errno);
    auto read_back = hash_file(to);
    if (!read_back) return read_back.error();
    if (read_back->sha256 != sha256) {
        return Error{ErrorKind::Corrupt,
                     say("{0} reads back differently from what was written: the disk is failing. Use another one.",
                         to.string())};
    }
    file.keep();
    return read_back;
}

}  // namespace

Result<CopiedFile> hash_file(const fs::path& path) {
    const auto file = mp4::open_byte_file(path);
    if (!file) return file.error();
    auto sha256 = sha256_of(*file, path);
    if (!sha256) return sha256.error();
    return CopiedFile{*std::move(sha256), file->size_bytes()};
}

Result<CopiedFile> copy_verified(const fs::path& from, const fs::path& to, const MayGoOn& may_go_on) {
    const auto source = mp4::open_byte_file(from);
    if (!source) return source.error();
    NewFile copy(to);
    if (!copy.is_open()) return copy_error(to, errno);
    std::vector<std::uint8_t> buffer(copy_block_bytes);
    std::int64_t at = 0, got = 0;
    while ((got = source->read_at(at, buffer)) > 0) {
        if (!copy.write({reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(got)}))
            return copy_error(to, errno);
        at += got;
        if (may_go_on && !may_go_on(at))
            return Error{ErrorKind::EndOfStream, say("Copying {0} was stopped before its end.", from.string())};
    }
    if (got < 0) return Error{ErrorKind::Io, say("{0} can't be read to its end: check the disk.", from.string())};
    const auto sha256 = sha256_of(*source, from);
    if (!sha256) return sha256.error();
    return finish(copy, to, *sha256);
}

Result<CopiedFile> write_verified(std::string_view content, const fs::path& to) {
    NewFile file(to);
    if (!file.is_open()) return copy_error(to, errno);
    if (!file.write(content)) return copy_error(to, errno);
    if (!file.settle()) return copy_error(to, errno);
    const auto read_back = read_whole(to, static_cast<std::int64_t>(content.size()));
    if (!read_back || *read_back != content) {
        return Error{ErrorKind::Corrupt,
                     say("{0} reads back differently from what was written: the disk is failing. Use another one.",
                         to.string())};
    }
    auto hashed = hash_file(to);
    if (hashed) file.keep();
    return hashed;
}

Result<std::string> read_whole(const fs::path& path, std::int64_t most_bytes) {
    const auto file = mp4::open_byte_file(path);
    if (!file) return file.error();
    if (file->size_bytes() > most_bytes) {
        return Error{ErrorKind::InvalidConfig,
                     say("{0} has {1} MB, more than such a file can have ({2} MB).", path.string(),
                         std::to_string(file->size_bytes() / 1'000'000), std::to_string(most_bytes / 1'000'000))};
    }
    std::string content(static_cast<std::size_t>(file->size_bytes()), '\0');
    const std::span<std::uint8_t> into(reinterpret_cast<std::uint8_t*>(content.data()), content.size());
    if (file->read_at(0, into) != file->size_bytes()) {
        return Error{ErrorKind::Io, say("{0} can't be read to its end: check the disk.", path.string())};
    }
    return content;
}

}  // namespace changji
