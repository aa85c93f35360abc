#include "ui/window/drawing/glyph_texture.hpp"

#include <epoxy/gl.h>
#include <array>
#include <cstdint>

#include "ui/window/drawing/gl_check.hpp"
#include "ui/window/drawing/imgui_versions.hpp"

namespace changji {

struct GlyphTexture::Resources {
    GLuint name = 0;
    const GlyphSheet* sheet = nullptr;
    int em_px = 0;

    ~Resources() { glDeleteTextures(1, &name); }
};

GlyphTexture::GlyphTexture() : resources_(std::make_unique<Resources>()) {}
GlyphTexture::~GlyphTexture() = default;
GlyphTexture::GlyphTexture(GlyphTexture&&) noexcept = default;
GlyphTexture& GlyphTexture::operator=(GlyphTexture&&) noexcept = default;

void GlyphTexture::update(GlyphSheet& sheet) {
    const bool other = resources_->sheet != &sheet || resources_->em_px != sheet.em_px();
    const auto changes = sheet.take_changes();
    if (!other && changes.empty()) return;
    if (resources_->name == 0) glGenTextures(1, &resources_->name);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, resources_->name);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    if (other) {
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, sheet.width_px(), sheet.height_px(), 0, GL_RED, GL_UNSIGNED_BYTE,
                     sheet.pixels());
        constexpr std::array<GLint, 4> white{GL_ONE, GL_ONE, GL_ONE, GL_RED};
        glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, white.data());
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        resources_->sheet = &sheet;
        resources_->em_px = sheet.em_px();
    } else {
        glPixelStorei(GL_UNPACK_ROW_LENGTH, sheet.width_px());
        for (const GlyphSheet::Change& change : changes) {
            glTexSubImage2D(GL_TEXTURE_2D, 0, change.x_px, change.y_px, sheet.cell_px(), sheet.cell_px(), GL_RED,
                            GL_UNSIGNED_BYTE, sheet.pixels() + change.y_px * sheet.width_px() + change.x_px);
        }
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    }
    check_gl("the upload of characters");
}

ImTextureID GlyphTexture::texture() const { return texture_id(resources_->name); }

unsigned int GlyphTexture::name() const { return resources_->name; }

}  // namespace changji
