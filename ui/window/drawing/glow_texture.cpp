#include "ui/window/drawing/glow_texture.hpp"

#include <epoxy/gl.h>
#include <cstdint>
#include <vector>

#include "ui/window/drawing/gl_check.hpp"
#include "ui/window/drawing/imgui_versions.hpp"

namespace changji {

struct GlowTexture::Resources {
    GLuint name = 0;
    int width_px = 0, height_px = 0;
    std::vector<std::uint8_t> rgba;  ///< kept, so that nothing is allocated a dozen times a second

    ~Resources() { glDeleteTextures(1, &name); }

    void upload(int wide, int high, const std::uint8_t* pixels) {
        if (name == 0) glGenTextures(1, &name);
        glActiveTexture(GL_TEXTURE0);
        glBindTexture(GL_TEXTURE_2D, name);
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
        if (wide == width_px && high == height_px) {
            glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, wide, high, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
        } else {
            glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, wide, high, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        }
        width_px = wide;
        height_px = high;
        check_gl("the upload of a scope");
    }
};

GlowTexture::GlowTexture() : resources_(std::make_unique<Resources>()) {}
GlowTexture::~GlowTexture() = default;
GlowTexture::GlowTexture(GlowTexture&&) noexcept = default;
GlowTexture& GlowTexture::operator=(GlowTexture&&) noexcept = default;

void GlowTexture::upload(const RgbaPicture& picture) {
    resources_->upload(picture.width_px, picture.height_px, picture.rgba.data());
}

void GlowTexture::upload(const ScopeTrace& trace) {
    std::vector<std::uint8_t>& rgba = resources_->rgba;
    rgba.assign(4 * trace.glow.size(), 255);
    for (std::size_t i = 0; i < trace.glow.size(); ++i) rgba[4 * i + 3] = trace.glow[i];
    resources_->upload(trace.width, trace.height, rgba.data());
}

ImTextureID GlowTexture::texture() const { return texture_id(resources_->name); }

}  // namespace changji
