#include "analysis/papers/document_archive.hpp"

#include <algorithm>

#include <zip.h>

namespace changji {
namespace {

Error damaged() {
    return {ErrorKind::Corrupt, say("The document is damaged: open it in a word processor and save it again.")};
}

/// A name that an unpacker would write outside its folder. No word processor makes one.
bool leads_out(std::string_view name) {
    if (name.starts_with('/') || name.find('\\') != std::string_view::npos || name.substr(0, 3).find(':') < 3)
        return true;
    while (true) {
        const std::size_t slash = name.find('/');
        if (name.substr(0, slash) == "..") return true;
        if (slash == std::string_view::npos) return false;
        name.remove_prefix(slash + 1);
    }
}

}  // namespace

struct DocumentArchive::Zip {
    zip_t* handle = nullptr;
    ~Zip() {
        if (handle) zip_discard(handle);
    }
};

DocumentArchive::DocumentArchive(std::unique_ptr<Zip> zip) : zip_(std::move(zip)) {}
DocumentArchive::DocumentArchive(DocumentArchive&&) noexcept = default;
DocumentArchive& DocumentArchive::operator=(DocumentArchive&&) noexcept = default;
DocumentArchive::~DocumentArchive() = default;

Result<DocumentArchive> DocumentArchive::open(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (!source) return damaged();
    auto zip = std::make_unique<Zip>();
    zip->handle = zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (!zip->handle) {
        zip_source_free(source);
        return damaged();
    }
    const zip_int64_t parts = zip_get_num_entries(zip->handle, 0);
    if (parts < 0 || static_cast<std::size_t>(parts) > most_parts) {
        return Error{ErrorKind::Corrupt,
                     say("The document has {0} parts, more than any word processor makes: it was not read.",
                         std::to_string(parts))};
    }
    for (zip_int64_t i = 0; i < parts; ++i) {
        const char* name = zip_get_name(zip->handle, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        if (!name) return damaged();
        if (leads_out(name)) {
            return Error{
                ErrorKind::Corrupt,
                say("The document holds a part that would be unpacked outside its folder ({0}): no word processor "
                    "makes that, so it was not read.",
                    name)};
        }
    }
    return DocumentArchive(std::move(zip));
}

bool DocumentArchive::holds(const std::string& name) const {
    return zip_name_locate(zip_->handle, name.c_str(), ZIP_FL_ENC_RAW) >= 0;
}

Result<std::string> DocumentArchive::part(const std::string& name) const {
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat(zip_->handle, name.c_str(), ZIP_FL_ENC_RAW, &about) != 0) return damaged();
    const std::size_t packed = std::max<std::size_t>(about.comp_size, 1);
    const std::size_t most = std::min(largest_part_bytes, std::max(packed * largest_ratio, std::size_t{1} << 20));
    const auto too_large = [&] {
        return Error{
            ErrorKind::Corrupt,
            say("The document unpacks to more than a manuscript can have (over {0} MiB out of {1} KiB): it was not "
                "read. Save it again, without what was embedded.",
                std::to_string(most >> 20), std::to_string(packed >> 10))};
    };
    if (about.size > most) return too_large();
    if (about.encryption_method != ZIP_EM_NONE) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The document is protected by a password: save it again without one.")};
    }
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(zip_->handle, name.c_str(), ZIP_FL_ENC_RAW),
                                                                  &zip_fclose);
    if (!file) return damaged();
    std::string content;
    char buffer[1 << 15];
    zip_int64_t got = 0;
    while ((got = zip_fread(file.get(), buffer, sizeof buffer)) > 0) {
        content.append(buffer, static_cast<std::size_t>(got));
        if (content.size() > most) return too_large();
    }
    if (got < 0) return damaged();  // the checksum is held against what was read at the end
    return content;
}

}  // namespace changji
