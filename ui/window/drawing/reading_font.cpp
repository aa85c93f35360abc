#include "ui/window/drawing/reading_font.hpp"

#include <fontconfig/fontconfig.h>
#include <stb/stb_truetype.h>
#include <utility>

#include "ui/window/drawing/fonts.hpp"

namespace changji {

struct ReadingFont::Face {
    Fonts::File file;
    stbtt_fontinfo info{};
};

ReadingFont::ReadingFont(std::unique_ptr<Face> face) : face_(std::move(face)) {}
ReadingFont::~ReadingFont() = default;

Result<std::shared_ptr<const ReadingFont>> ReadingFont::open() {
    auto file = Fonts::find(FC_WEIGHT_BOLD);
    if (!file) return file.error();
    auto face = std::make_unique<Face>();
    face->file = *std::move(file);
    const auto* const bytes = static_cast<const unsigned char*>(face->file.content.get());
    const int offset = stbtt_GetFontOffsetForIndex(bytes, face->file.face_index);
    if (offset < 0 || stbtt_InitFont(&face->info, bytes, offset) == 0) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The font for Chinese can't be read: install the package fonts-noto-cjk anew.")};
    }
    return std::shared_ptr<const ReadingFont>(new ReadingFont(std::move(face)));
}

float ReadingFont::advance_em(char32_t character) const {
    const auto known = advances_.find(character);
    if (known != advances_.end()) return known->second;
    int advance = 0, bearing = 0;
    stbtt_GetCodepointHMetrics(&face_->info, static_cast<int>(character), &advance, &bearing);
    const float em = static_cast<float>(advance) * stbtt_ScaleForMappingEmToPixels(&face_->info, 1.0F);
    advances_.emplace(character, em);
    return em;
}

GlyphPicture ReadingFont::draw(char32_t character, int em_px) const {
    const float scale = stbtt_ScaleForMappingEmToPixels(&face_->info, static_cast<float>(em_px));
    GlyphPicture picture;
    int right = 0, bottom = 0;
    stbtt_GetCodepointBitmapBox(&face_->info, static_cast<int>(character), scale, scale, &picture.left_px,
                                &picture.top_px, &right, &bottom);
    picture.width_px = right - picture.left_px;
    picture.height_px = bottom - picture.top_px;
    if (picture.width_px <= 0 || picture.height_px <= 0) return {};
    picture.alpha.resize(static_cast<std::size_t>(picture.width_px) * static_cast<std::size_t>(picture.height_px));
    stbtt_MakeCodepointBitmap(&face_->info, picture.alpha.data(), picture.width_px, picture.height_px, picture.width_px,
                              scale, scale, static_cast<int>(character));
    return picture;
}

}  // namespace changji
