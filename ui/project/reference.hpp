#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "analysis/measures.hpp"
#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// PROJECT/reference.toml: how the crew wants it to look and sound; beside it reference.png, the picture itself.
struct Reference {
    std::string made_from;  ///< "take-003.mp4", or empty for the picture and sound of a moment
    std::string made_at;    ///< ISO 8601
    Readings readings;
};

/// None while nothing is stored. InvalidConfig with line and reason when the file is broken: it is left untouched.
[[nodiscard]] Result<std::optional<Reference>> load_reference(const std::filesystem::path& project_folder);
/// Creates the folder if needed. Without a picture, one stored earlier is removed: it belongs to other numbers.
[[nodiscard]] Status save_reference(const std::filesystem::path& project_folder, const Reference& reference,
                                    const std::optional<VideoFrame>& picture = std::nullopt);
/// As Framing gives pictures. InvalidConfig, with what to do, while none is stored; Corrupt or Io when it can't be
/// read.
[[nodiscard]] Result<VideoFrame> load_reference_picture(const std::filesystem::path& project_folder);
[[nodiscard]] Status remove_reference(const std::filesystem::path& project_folder);

}  // namespace changji
