#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "capture/types/result.hpp"
#include "ui/check/file_check.hpp"
#include "ui/file_stamp.hpp"

namespace changji {

/// What became of a repair that was asked for.
struct RepairOutcome {
    std::filesystem::path file;
    bool encoded = false;
    Message problem;                   ///< why there is no copy; empty when there is one
    std::optional<CheckedFile> after;  ///< the copy, checked as its original was
};

/// One file's part of `changji.check/1` on one line, with its stamp and what it was held against (`basis`), without the
/// newline. Streams and journals are made of these.
[[nodiscard]] std::string check_line(const FileCheck& check, const Preset& preset, const FileStamp& stamp,
                                     const std::string& basis, const std::optional<RepairOutcome>& repaired);

/// The document's beginning, one file's line as an element of `files`, and the document's end.
[[nodiscard]] std::string check_document_head(const Preset& preset);
[[nodiscard]] std::string check_document_element(const std::string& line);
using LeftOut = std::vector<std::pair<std::filesystem::path, Message>>;
[[nodiscard]] std::string check_document_tail(const LeftOut& left_out);

/// The lines of a run that may have been broken off, and of those that go on with it. find() may run beside append():
/// it looks among those that were there when it was opened.
class CheckJournal {
public:
    /// Reads what is there, or begins anew. A last line that was cut off is dropped. InvalidConfig when the file holds
    /// anything else, so that no other file is written into; Io when it can't be written.
    [[nodiscard]] static Result<CheckJournal> open(const std::filesystem::path& path);

    /// The line of that file, if it was held against the same and hasn't changed since.
    [[nodiscard]] std::optional<std::string> find(const std::string& file, const FileStamp& stamp,
                                                  const std::string& basis) const;
    /// It is on the disk, as far as the system knows, when this returns.
    [[nodiscard]] Status append(const std::string& line);

private:
    struct Place {
        FileStamp stamp;
        std::string basis;
        std::int64_t offset = 0;
    };
    std::filesystem::path path_;
    std::map<std::string, Place> places_;  ///< lines stay on the disk
};

}  // namespace changji
