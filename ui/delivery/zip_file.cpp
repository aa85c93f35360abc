#include "ui/delivery/zip_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <zip.h>

namespace changji {
namespace {

namespace fs = std::filesystem;

Error zip_error(const fs::path& path, int system_reason, const std::string& reason) {
    if (system_reason == ENOSPC || system_reason == EDQUOT) {
        return {ErrorKind::DiskFull,
                say("The disk is full: {0} can't be written. Free some room or choose another folder.", path.string())};
    }
    return {ErrorKind::Io, say("{0} can't be written ({1}): choose another folder.", path.string(), reason)};
}

std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failure;
    for (auto entry = fs::directory_iterator(folder, failure); !failure && entry != fs::directory_iterator();
         entry.increment(failure)) {
        if (entry->is_regular_file()) files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

bool is_text(const fs::path& file) {
    const std::string ending = file.extension().string();
    return ending == ".txt" || ending == ".json" || ending == ".md" || ending.empty();
}

std::string name_in_zip(const fs::path& folder, const fs::path& file) {
    return (folder.filename() / file.filename()).string();
}

/// Unreadable, of another length or with another byte: false.
bool is_same(zip_t* zip, const std::string& name, const fs::path& file, const std::function<bool()>& may_go_on) {
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> packed(zip_fopen(zip, name.c_str(), ZIP_FL_ENC_UTF_8),
                                                                    &zip_fclose);
    std::ifstream stream(file, std::ios::binary);
    if (!packed || !stream) return false;
    std::vector<char> ours(1 << 16), theirs(1 << 16);
    while (!may_go_on || may_go_on()) {
        const zip_int64_t got = zip_fread(packed.get(), theirs.data(), theirs.size());
        if (got < 0) return false;
        stream.read(ours.data(), got == 0 ? 1 : got);
        if (got == 0) return stream.gcount() == 0;
        if (stream.gcount() != got || !std::equal(theirs.begin(), theirs.begin() + got, ours.begin())) return false;
    }
    return false;
}

Error stopped(const fs::path& path) {
    return {ErrorKind::EndOfStream, say("Copying {0} was stopped before its end.", path.string())};
}

Status verify(const fs::path& folder, const std::vector<fs::path>& files, const fs::path& path,
              const std::function<bool()>& may_go_on) {
    const Error differs{
        ErrorKind::Corrupt,
        say("{0} reads back differently from what was written: the disk is failing. Use another one.", path.string())};
    const std::unique_ptr<zip_t, decltype(&zip_discard)> zip(
        zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr), &zip_discard);
    if (!zip || zip_get_num_entries(zip.get(), 0) != static_cast<zip_int64_t>(files.size())) return differs;
    for (const fs::path& file : files) {
        if (is_same(zip.get(), name_in_zip(folder, file), file, may_go_on)) continue;
        return may_go_on && !may_go_on() ? stopped(path) : differs;
    }
    return {};
}

}  // namespace

Status zip_folder(const fs::path& folder, const fs::path& path, const std::function<bool()>& may_go_on) {
    int failure = 0;
    zip_t* const zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_EXCL, &failure);
    if (!zip) return zip_error(path, errno, failure == ZIP_ER_EXISTS ? "exists" : "zip");
    const std::vector<fs::path> files = files_of(folder);
    for (const fs::path& file : files) {
        zip_source_t* const source = zip_source_file(zip, file.c_str(), 0, -1);
        const zip_int64_t entry =
            source ? zip_file_add(zip, name_in_zip(folder, file).c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
        const bool stored =
            entry >= 0 && zip_set_file_compression(zip, static_cast<zip_uint64_t>(entry),
                                                   is_text(file) ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0;
        if (stored) continue;
        const std::string reason = zip_strerror(zip);
        if (source && entry < 0) zip_source_free(source);
        zip_discard(zip);
        return zip_error(path, 0, reason);
    }
    void* const asked = const_cast<std::function<bool()>*>(&may_go_on);
    const auto is_cancelled = [](zip_t*, void* ask) {
        return (*static_cast<const std::function<bool()>*>(ask))() ? 0 : 1;
    };
    if (may_go_on) zip_register_cancel_callback_with_state(zip, is_cancelled, nullptr, asked);
    if (zip_close(zip) != 0) {
        if (zip_error_code_zip(zip_get_error(zip)) == ZIP_ER_CANCELLED) {
            zip_discard(zip);
            return stopped(path);
        }
        const int system_reason = zip_error_code_system(zip_get_error(zip));
        const std::string reason = zip_strerror(zip);
        zip_discard(zip);
        return zip_error(path, system_reason, reason);
    }
    auto verified = verify(folder, files, path, may_go_on);
    std::error_code ignored;
    if (!verified) fs::remove(path, ignored);
    return verified;
}

}  // namespace changji
