#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

/// How opaque each pixel of a character is, and where it lies: from the pen's place on the baseline, y downwards.
struct GlyphPicture {
    int left_px = 0, top_px = 0;
    int width_px = 0, height_px = 0;
    std::vector<std::uint8_t> alpha;
};

/// The bold face that scripts are read in, as outlines: the widths of its characters do not depend on any size, so
/// lines are broken in em. Main thread only, as widths are remembered.
class ReadingFont {
public:
    /// Io when there is no font for Chinese.
    [[nodiscard]] static Result<std::shared_ptr<const ReadingFont>> open();
    ~ReadingFont();

    /// How far the pen moves on. A character that the font lacks is as wide as the box that stands for it.
    [[nodiscard]] float advance_em(char32_t character) const;
    /// Drawn with an em of so many pixels.
    [[nodiscard]] GlyphPicture draw(char32_t character, int em_px) const;

private:
    struct Face;
    explicit ReadingFont(std::unique_ptr<Face> face);
    std::unique_ptr<Face> face_;
    mutable std::unordered_map<char32_t, float> advances_;
};

}  // namespace changji
