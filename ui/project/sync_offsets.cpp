#include "ui/project/sync_offsets.hpp"

#include <spdlog/spdlog.h>
#include <toml++/toml.h>
#include <sstream>

#include "capture/takes.hpp"
#include "ui/file_content.hpp"
#include "ui/language/language.hpp"
#include "ui/places.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

Result<toml::table> read_offsets(const fs::path& file) {
    std::error_code failure;
    const bool there = fs::exists(file, failure);
    if (!there && !failure) return toml::table();
    const auto content = content_of(file);
    if (failure || !content) {
        return Error{ErrorKind::Io,
                     say("The stored sync offsets in {0} can't be read: check its permissions.", file.string())};
    }
    try {
        return toml::parse(*content, file.string());
    } catch (const toml::parse_error& fault) {
        return Error{ErrorKind::InvalidConfig,
                     say("The stored sync offsets in {0} are broken in line {1} ({2}): correct that line, or move the "
                         "file away.",
                         file.string(), std::to_string(fault.source().begin.line), std::string(fault.description()))};
    }
}

Status write_table(const fs::path& file, const toml::table& table) {
    std::error_code failure;
    fs::create_directories(file.parent_path(), failure);
    if (failure) {
        return Error{ErrorKind::Io,
                     say("The folder {0} for the sync offsets can't be made ({1}): check its permissions.",
                         file.parent_path().string(), failure.message())};
    }
    std::ostringstream text;
    text << table << '\n';
    return write_file_atomically(file, text.str());
}

Error no_folder() {
    return {ErrorKind::Io, say("There is no folder to keep sync offsets in: HOME is not set for this user.")};
}

bool in_range(std::chrono::milliseconds offset) { return offset >= -max_sync_offset && offset <= max_sync_offset; }

/// `value` as a pair; nothing when it isn't one.
std::optional<SyncOffset> pair_in(const toml::node& value) {
    const toml::table* const entry = value.as_table();
    if (!entry) return std::nullopt;
    const auto camera = (*entry)["camera"].value<std::string>();
    const auto microphone = (*entry)["microphone"].value<std::string>();
    const auto offset_ms = (*entry)["offset_ms"].value<std::int64_t>();
    if (!camera || !microphone || !offset_ms) return std::nullopt;
    if (!in_range(std::chrono::milliseconds(*offset_ms))) return std::nullopt;
    return SyncOffset{*camera, *microphone, std::chrono::milliseconds(*offset_ms)};
}

toml::array& pairs_of(toml::table& table) {
    if (!table["pair"].is_array()) table.insert_or_assign("pair", toml::array());
    return *table["pair"].as_array();
}

bool is_pair(const toml::node& value, const std::string& camera, const std::string& microphone) {
    const toml::table* const entry = value.as_table();
    return entry && (*entry)["camera"].value_or(std::string_view()) == camera &&
           (*entry)["microphone"].value_or(std::string_view()) == microphone;
}

bool remove_pair(toml::array& pairs, const std::string& camera, const std::string& microphone) {
    bool removed = false;
    for (auto at = pairs.begin(); at != pairs.end();) {
        const bool found = is_pair(*at, camera, microphone);
        at = found ? pairs.erase(at) : std::next(at);
        removed = removed || found;
    }
    return removed;
}

}  // namespace

fs::path sync_offsets_file() {
    const fs::path folder = configuration_folder();
    return folder.empty() ? folder : folder / "sync.toml";
}

Result<std::vector<SyncOffset>> list_sync_offsets() {
    const fs::path file = sync_offsets_file();
    if (file.empty()) return std::vector<SyncOffset>();
    auto table = read_offsets(file);
    if (!table) return table.error();
    std::vector<SyncOffset> pairs;
    const toml::node* const stored = table->get("pair");
    if (!stored) return pairs;
    const auto broken = [&file](const toml::node& where) {
        return Error{
            ErrorKind::InvalidConfig,
            say("The pair in line {1} of {0} needs camera, microphone and offset_ms, a whole number from -1000 "
                "to 1000: correct it, or remove it.",
                file.string(), std::to_string(where.source().begin.line))};
    };
    const toml::array* const entries = stored->as_array();
    if (!entries) return broken(*stored);
    for (const toml::node& entry : *entries) {
        auto pair = pair_in(entry);
        if (!pair) return broken(entry);
        pairs.push_back(*std::move(pair));
    }
    return pairs;
}

std::chrono::milliseconds sync_offset(const std::string& camera, const std::string& microphone) {
    const auto pairs = list_sync_offsets();
    if (!pairs) {
        spdlog::warn("{}", tr(pairs.error().message));
        return {};
    }
    for (const SyncOffset& pair : *pairs) {
        if (pair.camera == camera && pair.microphone == microphone) return pair.offset;
    }
    return {};
}

Status store_sync_offset(const SyncOffset& pair) {
    if (!in_range(pair.offset)) {
        return Error{ErrorKind::InvalidConfig,
                     say("A sync offset of {0} ms can't be stored: at most 1000 ms either way are possible.",
                         std::to_string(pair.offset.count()))};
    }
    const fs::path file = sync_offsets_file();
    if (file.empty()) return no_folder();
    if (const auto readable = list_sync_offsets(); !readable) return readable.error();
    auto table = read_offsets(file);
    if (!table) return table.error();
    toml::array& pairs = pairs_of(*table);
    remove_pair(pairs, pair.camera, pair.microphone);
    pairs.push_back(
        toml::table{{"camera", pair.camera}, {"microphone", pair.microphone}, {"offset_ms", pair.offset.count()}});
    return write_table(file, *table);
}

Result<bool> forget_sync_offset(const std::string& camera, const std::string& microphone) {
    const fs::path file = sync_offsets_file();
    if (file.empty()) return false;
    auto table = read_offsets(file);
    if (!table) return table.error();
    toml::array* const pairs = (*table)["pair"].as_array();
    if (!pairs || !remove_pair(*pairs, camera, microphone)) return false;
    if (auto written = write_table(file, *table); !written) return written.error();
    return true;
}

}  // namespace changji
