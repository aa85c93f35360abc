#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

/// A zip file in memory, read with bounds: what it holds is named by strangers and may be made to harm. Parts are only
/// ever unpacked into memory, one at a time; names are never used as paths. One thread.
class DocumentArchive {
public:
    static constexpr std::size_t most_parts = 10'000;
    static constexpr std::size_t largest_part_bytes = std::size_t{16} << 20;  ///< a manuscript has a hundredth of that
    /// Unpacked against packed, of parts over a megabyte: XML of a real document shrinks to a tenth, at most a
    /// fiftieth.
    static constexpr std::size_t largest_ratio = 200;

    /// `bytes` must outlive the archive. Corrupt when it is no whole zip file, or has too many parts, or parts whose
    /// names lead out of it.
    [[nodiscard]] static Result<DocumentArchive> open(std::string_view bytes);
    DocumentArchive(DocumentArchive&&) noexcept;
    DocumentArchive& operator=(DocumentArchive&&) noexcept;
    ~DocumentArchive();

    [[nodiscard]] bool holds(const std::string& name) const;
    /// Corrupt when it isn't there, is damaged, or unpacks to more than the bounds allow, whatever size it claims to
    /// have.
    [[nodiscard]] Result<std::string> part(const std::string& name) const;

private:
    struct Zip;
    explicit DocumentArchive(std::unique_ptr<Zip> zip);
    std::unique_ptr<Zip> zip_;
};

}  // namespace changji
