#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// What a photo file says of itself. Read by Exiv2 from memory; pixels are not decoded.
struct PhotoMetadata {
    std::string format;  ///< "jpeg", "png", "tiff", "webp", ...: by content, whatever the name
    int width_px = 0;    ///< as stored, before orientation; 0: not said
    int height_px = 0;
    Orientation orientation;  ///< how it has to be turned to stand upright
    std::string camera;       ///< "Canon EOS 5D Mark IV"; empty: not said
    std::string software;     ///< what wrote it, as it says; empty: not said
    std::vector<std::string>
        edits;                  ///< traces of editing: "Adobe Photoshop", "Camera Raw settings", "12 steps of history"
    std::string location;       ///< "28.180°N 112.940°E"; empty: none, see has_location
    bool has_location = false;  ///< GPS data or a place in words
};

inline constexpr std::size_t largest_photo_bytes = std::size_t{512} << 20;

/// UnsupportedFormat for what is no picture file, or one that newsrooms can't open (HEIC); Corrupt when it is damaged.
[[nodiscard]] Result<PhotoMetadata> read_photo_metadata(std::string_view bytes);

/// The same file without GPS data and without places in words (Exif, XMP, IPTC); every pixel and all else stay. Errors
/// as above, and UnsupportedFormat where Exiv2 can't write the format.
[[nodiscard]] Result<std::string> without_location(std::string_view bytes);

}  // namespace changji
