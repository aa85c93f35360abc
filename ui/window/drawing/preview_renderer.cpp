#include "ui/window/drawing/preview_renderer.hpp"

#include <epoxy/gl.h>
#include <array>
#include <cassert>
#include <cstdint>
#include <string>

#include "ui/window/drawing/gl_check.hpp"
#include "ui/window/drawing/imgui_versions.hpp"

namespace changji {
namespace {

/// One triangle that covers the target; no vertex data needed. The picture's first line becomes texture row 0,
/// which is where ImGui looks for it.
constexpr const char* vertex_source = R"(
out vec2 place;
void main() {
    vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
    place = corner;
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
})";

/// ITU-R BT.709, limited range (luma 16..235, chroma 16..240). A program for each TINT: what draws on the processor
/// works out both sides of every branch, so that a plain picture would cost as much as focus peaking.
constexpr const char* fragment_source = R"(
uniform sampler2D luma, cb_plane, cr_plane;
uniform bool mirrored;
uniform float magnification;
uniform vec2 faces;        // luma of a well-lit face
uniform vec2 luma_texel;   // of the picture, not of the screen
in vec2 place;
out vec4 colour;

float level(vec2 at) { return (texture(luma, at).r * 255.0 - 16.0) / 219.0; }

vec3 false_colour(float y) {
    if (y <= 0.01) return vec3(0.45, 0.15, 0.65);
    if (y < 0.10) return vec3(0.15, 0.35, 0.85);
    if (y >= 0.99) return vec3(0.92, 0.15, 0.15);
    if (y >= 0.90) return vec3(0.95, 0.85, 0.20);
    if (y >= faces.x && y <= faces.y && faces.y > faces.x) return vec3(0.20, 0.70, 0.30) * (0.6 + 0.6 * y);
    return vec3(y);
}

// Central differences of the picture's own pixels: what is sharp there, not what is small on the screen.
float steepness(vec2 at) {
    float l = level(at - vec2(luma_texel.x, 0.0)), r = level(at + vec2(luma_texel.x, 0.0));
    float u = level(at - vec2(0.0, luma_texel.y)), d = level(at + vec2(0.0, luma_texel.y));
    return length(vec2(r - l, d - u));
}

vec3 tinted(vec3 rgb, float y, vec2 at) {
#if TINT == 1
    return false_colour(y);
#elif TINT == 2
    float falling = mod(gl_FragCoord.x - gl_FragCoord.y, 12.0), rising = mod(gl_FragCoord.x + gl_FragCoord.y, 12.0);
    if (y >= 1.0) return falling < 6.0 ? vec3(0.0) : vec3(1.0);
    if (y >= 0.65 && y <= 0.75 && rising < 3.0) return vec3(0.0);
    return rgb;
#elif TINT == 3
    return steepness(at) > 0.12 ? vec3(1.0, 0.25, 0.85) : vec3(y);
#else
    return rgb;
#endif
}

void main() {
    vec2 at = (place - 0.5) / magnification + 0.5;
    if (mirrored) at.x = 1.0 - at.x;
    float y = level(at);
    float cb = (texture(cb_plane, at).r * 255.0 - 128.0) / 224.0;
    float cr = (texture(cr_plane, at).r * 255.0 - 128.0) / 224.0;
    vec3 rgb = clamp(vec3(y + 1.5748 * cr, y - 0.187324 * cb - 0.468124 * cr, y + 1.8556 * cb), 0.0, 1.0);
    colour = vec4(tinted(rgb, y, at), 1.0);
})";

GLuint compile(GLenum kind, const std::string& source) {
    const GLuint shader = glCreateShader(kind);
    const char* const text = source.c_str();
    glShaderSource(shader, 1, &text, nullptr);
    glCompileShader(shader);
    return shader;
}

/// 0 when the driver can't.
GLuint link_program(Tint tint) {
    const std::string head = "#version 150\n#define TINT " + std::to_string(static_cast<int>(tint)) + "\n";
    const GLuint vertex = compile(GL_VERTEX_SHADER, head + vertex_source);
    const GLuint fragment = compile(GL_FRAGMENT_SHADER, head + fragment_source);
    const GLuint program = glCreateProgram();
    glAttachShader(program, vertex);
    glAttachShader(program, fragment);
    glLinkProgram(program);
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    GLint linked = GL_FALSE;
    glGetProgramiv(program, GL_LINK_STATUS, &linked);
    if (linked != GL_TRUE) {
        glDeleteProgram(program);
        return 0;
    }
    glUseProgram(program);
    glUniform1i(glGetUniformLocation(program, "luma"), 0);
    glUniform1i(glGetUniformLocation(program, "cb_plane"), 1);
    glUniform1i(glGetUniformLocation(program, "cr_plane"), 2);
    return program;
}

void filter_linearly() {
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

struct PreviewRenderer::Resources {
    std::array<GLuint, tint_count> programs{};  ///< 0 until the tint is first drawn
    GLuint vertices = 0;
    GLuint target = 0;
    GLuint target_texture = 0;
    std::array<GLuint, 3> planes{};
    int frame_width_px = 0, frame_height_px = 0;
    int width_px = 0, height_px = 0;
    // What was drawn last:
    Monitoring monitoring;
    FaceBand faces;
    bool is_drawn = false;

    ~Resources() {
        glDeleteTextures(static_cast<GLsizei>(planes.size()), planes.data());
        glDeleteTextures(1, &target_texture);
        glDeleteFramebuffers(1, &target);
        glDeleteVertexArrays(1, &vertices);
        for (const GLuint program : programs) glDeleteProgram(program);
    }

    [[nodiscard]] GLuint program_for(Tint tint) {
        GLuint& program = programs[static_cast<std::size_t>(tint)];
        if (program == 0) program = link_program(tint);
        return program;
    }

    void upload(const VideoFrame& frame) {
        const bool resized = frame.width_px != frame_width_px || frame.height_px != frame_height_px;
        frame_width_px = frame.width_px;
        frame_height_px = frame.height_px;
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        for (std::size_t index = 0; index < planes.size(); ++index) {
            const int shrink = index == 0 ? 1 : 2;
            const int wide = frame.width_px / shrink;
            const int high = frame.height_px / shrink;
            glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(index));
            glBindTexture(GL_TEXTURE_2D, planes[index]);
            glPixelStorei(GL_UNPACK_ROW_LENGTH, frame.planes[index].stride_bytes);
            if (resized) {
                glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, wide, high, 0, GL_RED, GL_UNSIGNED_BYTE,
                             frame.planes[index].data);
                filter_linearly();
            } else {
                glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, wide, high, GL_RED, GL_UNSIGNED_BYTE, frame.planes[index].data);
            }
        }
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
        glActiveTexture(GL_TEXTURE0);
    }

    void resize_target(int wide, int high) {
        if (wide == width_px && high == height_px) return;
        width_px = wide;
        height_px = high;
        glBindTexture(GL_TEXTURE_2D, target_texture);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, wide, high, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
        filter_linearly();
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target_texture, 0);
    }

    void draw() {
        glViewport(0, 0, width_px, height_px);
        glDisable(GL_BLEND);
        glDisable(GL_SCISSOR_TEST);
        const GLuint program = program_for(monitoring.tint);
        glUseProgram(program);
        glUniform1i(glGetUniformLocation(program, "mirrored"), monitoring.mirrored ? 1 : 0);
        glUniform1f(glGetUniformLocation(program, "magnification"), static_cast<float>(monitoring.magnification));
        glUniform2f(glGetUniformLocation(program, "faces"), faces.from, faces.to);
        glUniform2f(glGetUniformLocation(program, "luma_texel"), 1.0F / static_cast<float>(frame_width_px),
                    1.0F / static_cast<float>(frame_height_px));
        glBindVertexArray(vertices);
        for (std::size_t index = 0; index < planes.size(); ++index) {
            glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(index));
            glBindTexture(GL_TEXTURE_2D, planes[index]);
        }
        glDrawArrays(GL_TRIANGLES, 0, 3);
        glActiveTexture(GL_TEXTURE0);
    }
};

PreviewRenderer::PreviewRenderer(std::unique_ptr<Resources> resources) : resources_(std::move(resources)) {}
PreviewRenderer::~PreviewRenderer() = default;
PreviewRenderer::PreviewRenderer(PreviewRenderer&&) noexcept = default;
PreviewRenderer& PreviewRenderer::operator=(PreviewRenderer&&) noexcept = default;

Result<PreviewRenderer> PreviewRenderer::open() {
    auto made = std::make_unique<Resources>();
    if (made->program_for(Tint::None) == 0) {
        return Error{
            ErrorKind::UnsupportedFormat,
            say("This computer's OpenGL can't show the preview. Update the graphics driver, or use `changji record`.")};
    }
    glGenVertexArrays(1, &made->vertices);
    glGenTextures(static_cast<GLsizei>(made->planes.size()), made->planes.data());
    glGenTextures(1, &made->target_texture);
    glGenFramebuffers(1, &made->target);
    return PreviewRenderer(std::move(made));
}

void PreviewRenderer::upload(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420);
    resources_->upload(frame);
    resources_->is_drawn = false;
    check_gl("the upload of a picture");
}

void PreviewRenderer::draw(int width_px, int height_px, const Monitoring& monitoring, FaceBand faces) {
    if (width_px <= 0 || height_px <= 0 || resources_->frame_width_px == 0) return;
    const bool same_size = width_px == resources_->width_px && height_px == resources_->height_px;
    if (resources_->is_drawn && same_size && monitoring == resources_->monitoring && faces == resources_->faces) return;
    resources_->monitoring = monitoring;
    resources_->faces = faces;
    resources_->is_drawn = true;
    glBindFramebuffer(GL_FRAMEBUFFER, resources_->target);
    resources_->resize_target(width_px, height_px);
    resources_->draw();
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    check_gl("the preview");
}

ImTextureID PreviewRenderer::texture() const {
    if (resources_->width_px == 0) return nullptr;
    return texture_id(resources_->target_texture);
}

}  // namespace changji
