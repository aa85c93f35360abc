#pragma once

#include <array>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "capture/types/result.hpp"
#include "ui/window/drawing/memo.hpp"
#include "ui/window/drawing/reading_font.hpp"
#include "ui/window/drawing/text_layout.hpp"
#include "ui/window/drawing/theme.hpp"

namespace changji {

/// How lines end: where the width asks for it, or with a phrase where that takes no more lines.
enum class LineEnds { Width, Phrases };

/// A paragraph as it was set: in this box, in the first of two sizes that holds it.
struct SetParagraph {
    std::string text;
    LineEnds ends{};
    float width = 0.0F, height = 0.0F, scale = 0.0F;
    TextSize size{}, smaller{};
    FittedParagraph fitted;
};

/// Noto Sans CJK: the box from ascent to descent, and how far below its top the ideographs begin, in em.
inline constexpr float box_to_em = 1.448F;
inline constexpr float ideograph_top_em = 0.28F;

/// The faces of the type scale. An atlas of every Chinese character in every size would not fit, so it holds
/// exactly what has been shown: whoever draws text names it with need(), and build() adds what is new before
/// the frame is shown. A character can therefore never be missing, whoever typed it.
class Fonts {
public:
    struct File {
        std::shared_ptr<void> content;  ///< mapped: some 20 MB, of which a few hundred glyphs are read
        std::size_t size_bytes = 0;
        int face_index = 0;
    };
    /// Noto Sans CJK SC through fontconfig, or what it has instead. Io when there is no font at all.
    [[nodiscard]] static Result<File> find(int fontconfig_weight);
    /// The same in the weights that are needed.
    [[nodiscard]] static Result<Fonts> open();

    /// What was drawn with these faces, for whoever checks a screen: only while `audit` is set.
    struct Audit {
        std::vector<std::string> shown;    ///< as drawn
        std::vector<std::string> clipped;  ///< the whole text of what had to be shortened
    };
    Audit* audit = nullptr;

    void need(TextSize size, std::string_view utf8);
    /// Characters were named that the atlas of the current ImGui context lacks, or the scale is another.
    [[nodiscard]] bool is_stale(float scale) const { return has_new_ || scale != scale_; }
    /// Builds that context's atlas anew; its texture has to be uploaded again. Not within a frame.
    void build(float scale);
    [[nodiscard]] float scale() const { return scale_; }  ///< of the faces
    /// The face of scripts; not part of any atlas. Null when the bold face can't be read as outlines.
    [[nodiscard]] const std::shared_ptr<const ReadingFont>& reading() const { return reading_; }
    /// Null before the first build().
    [[nodiscard]] ImFont* face(TextSize size) const { return faces_[static_cast<std::size_t>(size)]; }

    /// Breaking lines is slow, and every frame draws the same ones. Empty after build().
    Memo<SetParagraph> paragraphs{200};

private:
    static void map(const char* path, File& file);
    [[nodiscard]] static bool is_bold(TextSize size) { return size >= TextSize::Label; }

    File regular_;
    File bold_;
    std::shared_ptr<const ReadingFont> reading_;
    std::array<std::set<ImWchar>, text_size_count> characters_;
    std::array<ImFont*, text_size_count> faces_{};
    std::array<ImVector<ImWchar>, text_size_count> ranges_;
    float scale_ = 0.0F;
    bool has_new_ = true;
};

}  // namespace changji
