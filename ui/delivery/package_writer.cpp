#include "ui/delivery/package_writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "analysis/photos/photo_metadata.hpp"
#include "ui/delivery/zip_file.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr int most_numbered = 999;
constexpr std::int64_t room_for_papers_bytes = 4 << 20;

/// A hidden folder that disappears again unless it was given its final name.
class DraftFolder {
public:
    explicit DraftFolder(fs::path path) : path_(std::move(path)) {}
    ~DraftFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    DraftFolder(const DraftFolder&) = delete;
    DraftFolder& operator=(const DraftFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }
    void keep() { path_.clear(); }

private:
    fs::path path_;
};

Error cannot_write(const fs::path& path, int reason) {
    return {ErrorKind::Io,
            say("{0} can't be written ({1}): choose another folder.", path.string(), std::strerror(reason))};
}

void sync_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    (void)::fsync(descriptor);
    ::close(descriptor);
}

Status check_room(const PackagePlan& plan, const PackageOptions& options) {
    std::error_code failure;
    const auto space = fs::space(options.to, failure);
    const std::int64_t needed = plan.total_bytes * (options.zip ? 2 : 1) + room_for_papers_bytes;
    if (failure || space.available >= static_cast<std::uintmax_t>(needed)) return {};
    return Error{
        ErrorKind::DiskFull,
        say("{0} has {1} MB free, but the package needs {2} MB: free some room or choose another folder.",
            options.to.string(), std::to_string(space.available / 1'000'000), std::to_string(needed / 1'000'000))};
}

Result<PackedFile> pack(const PackageItem& item, const fs::path& folder, bool remove_location,
                        const MayGoOn& may_go_on) {
    PackedFile packed;
    packed.name = item.name;
    packed.role = role_id(item.role);
    packed.source = item.source.filename().string();
    if (item.role == PackageRole::Photo && remove_location) {
        const auto bytes = read_whole(item.source, static_cast<std::int64_t>(largest_photo_bytes));
        if (!bytes) return bytes.error();
        const auto about = read_photo_metadata(*bytes);
        if (!about) return about.error();
        if (about->has_location) {
            const auto changed = without_location(*bytes);
            if (!changed) return changed.error();
            auto written = write_verified(*changed, folder / item.name);
            if (!written) return written.error();
            packed.content = *std::move(written);
            packed.location_removed = true;
            return packed;
        }
    }
    auto copied = copy_verified(item.source, folder / item.name, may_go_on);
    if (!copied) return copied.error();
    if (!item.sha256.empty() && copied->sha256 != item.sha256) {
        return Error{ErrorKind::Corrupt, say("{0} isn't the file that was recorded: its SHA-256 differs from its "
                                             "report. It was changed or damaged since; it is not sent in. "
                                             "Choose another take.",
                                             item.source.string())};
    }
    packed.content = *std::move(copied);
    return packed;
}

class PackageWriter {
public:
    PackageWriter(const PackagePlan& plan, const PackageOptions& options, const fs::path& draft)
        : plan_(plan), options_(options), draft_(draft) {}

    Status write_items() {
        std::int64_t done = 0;
        const auto show = [&](std::int64_t bytes) {
            if (options_.on_progress && plan_.total_bytes > 0)
                options_.on_progress(
                    std::min(1.0, static_cast<double>(bytes) / static_cast<double>(plan_.total_bytes)));
            return !options_.may_go_on || options_.may_go_on();
        };
        for (const PackageItem& item : plan_.items) {
            // Half of a copy is to read it back.
            auto packed =
                pack(item, draft_, plan_.remove_location, [&](std::int64_t copied) { return show(done + copied / 2); });
            if (!packed) return packed.error();
            done += packed->content.size_bytes;
            files_.push_back(*std::move(packed));
            if (!show(done))
                return Error{ErrorKind::EndOfStream,
                             say("Copying {0} was stopped before its end.", item.source.string())};
            if (item.report.empty()) continue;
            const std::string name = fs::path(item.name).stem().string() + ".report.json";
            const std::string report = report_to_send(item.report, item.name);
            if (report.empty())
                return Error{ErrorKind::Corrupt,
                             say("The report {0} can't be read any more: choose another take.", item.report.string())};
            if (auto made = make(name, "report", report); !made) return made;
        }
        return {};
    }
    Status write_papers(const std::string& folder_name, const std::string& zip_name) {
        if (auto made = make("checklist.txt", "checklist", package_checklist(plan_, files_)); !made) return made;
        if (auto made =
                make("manifest.json", "manifest", package_json(plan_, files_, folder_name, zip_name, options_.forced));
            !made)
            return made;
        const auto sums = write_verified(sha256_sums(files_), draft_ / "SHA256SUMS");
        return sums ? Status() : Status(sums.error());
    }
    std::vector<PackedFile> take() { return std::move(files_); }

private:
    Status make(const std::string& name, const char* role, const std::string& content) {
        auto written = write_verified(content, draft_ / name);
        if (!written) return written.error();
        files_.push_back({name, role, {}, *std::move(written), false});
        return {};
    }

    const PackagePlan& plan_;
    const PackageOptions& options_;
    const fs::path& draft_;
    std::vector<PackedFile> files_;
};

/// The first of NAME, NAME-2, NAME-3, ... of which neither folder nor zip exists.
fs::path free_name(const PackagePlan& plan, const fs::path& to) {
    for (int i = 1; i <= most_numbered; ++i) {
        fs::path path = to / (i == 1 ? plan.folder_name : plan.folder_name + "-" + std::to_string(i));
        std::error_code ignored;
        if (!fs::exists(fs::symlink_status(path, ignored)) &&
            !fs::exists(fs::symlink_status(path.string() + ".zip", ignored)))
            return path;
    }
    return {};
}

}  // namespace

Result<WrittenPackage> write_package(const PackagePlan& plan, const PackageOptions& options) {
    std::error_code failure;
    fs::create_directories(options.to, failure);
    if (failure) return cannot_write(options.to, failure.value());
    if (auto room = check_room(plan, options); !room) return room.error();
    WrittenPackage written;
    written.folder = free_name(plan, options.to);
    if (written.folder.empty())
        return Error{ErrorKind::Io, say("{0} is full of packages: choose another folder.", options.to.string())};
    if (options.zip) written.zip = written.folder.string() + ".zip";

    std::string draft_name = (options.to / ".changji-package-XXXXXX").string();
    if (!::mkdtemp(draft_name.data())) return cannot_write(options.to, errno);
    DraftFolder draft(draft_name);
    fs::permissions(draft.path(), fs::perms(0755), failure);
    PackageWriter writer(plan, options, draft.path());
    if (auto done = writer.write_items(); !done) return done.error();
    if (auto done = writer.write_papers(written.folder.filename().string(), written.zip.filename().string()); !done)
        return done.error();
    written.files = writer.take();
    sync_folder(draft.path());
    // Refuses where another program took the name meanwhile.
    if (::renameat2(AT_FDCWD, draft.path().c_str(), AT_FDCWD, written.folder.c_str(), RENAME_NOREPLACE) != 0) {
        const bool unknown_here = errno == EINVAL || errno == ENOSYS;
        const int reason = errno;
        if (!unknown_here || fs::exists(written.folder) || ::rename(draft.path().c_str(), written.folder.c_str()) != 0)
            return cannot_write(written.folder, reason);
    }
    draft.keep();
    sync_folder(options.to);
    if (!options.zip) return written;
    if (auto zipped = zip_folder(written.folder, written.zip, options.may_go_on); !zipped) {
        fs::remove_all(written.folder, failure);
        return zipped.error();
    }
    sync_folder(options.to);
    return written;
}

}  // namespace changji
