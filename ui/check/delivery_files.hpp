#pragma once

#include <filesystem>
#include <optional>

#include "analysis/papers/manuscript_checks.hpp"
#include "analysis/photos/photo_people.hpp"
#include "ui/project/report.hpp"

namespace changji {

/// What goes with the videos.
enum class DeliveryKind { Manuscript, Photo };

/// By the name's ending; none for anything else.
[[nodiscard]] std::optional<DeliveryKind> delivery_kind(const std::filesystem::path& file);
/// True for a file in a folder that is a manuscript or photo to be checked, where the preset demands such. Plain text
/// and Markdown are only when they are written in Chinese, so that licences and notes lying there aren't taken for one.
[[nodiscard]] bool belongs_to_delivery(const std::filesystem::path& file, const Preset& preset);

/// Reads a manuscript and holds it against the preset. A file that can't be read has an error and fails the clause that
/// demands a manuscript. A preset that demands none is an error (InvalidConfig).
[[nodiscard]] CheckedFile check_manuscript(const std::filesystem::path& file, const Preset& preset,
                                           const ExpectedGuest& expected = {});

/// Checks photos one after another. Detectors that are missing leave their findings to a person. One thread.
class PhotoChecker {
public:
    PhotoChecker();
    /// As check_manuscript.
    [[nodiscard]] CheckedFile check(const std::filesystem::path& file, const Preset& preset);

private:
    std::optional<PeopleInPhotos> people_;
};

/// A row for all photos of one folder or delivery: how many, and whether two are the same file.
[[nodiscard]] CheckedFile check_photo_set(const std::filesystem::path& folder,
                                          const std::vector<std::filesystem::path>& photos, const Preset& preset);

}  // namespace changji
