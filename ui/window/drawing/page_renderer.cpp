#include "ui/window/drawing/page_renderer.hpp"

#include <epoxy/gl.h>
#include <cstddef>

#include "ui/window/drawing/gl_check.hpp"

namespace changji {
namespace {

constexpr const char* vertex_source = R"(#version 150
uniform vec2 size;
uniform vec2 direction;    // -1: mirrored
in vec2 at;
in vec2 texel;
in vec4 tint;
out vec2 place;
out vec4 ink;
void main() {
    place = texel;
    ink = tint;
    gl_Position = vec4((at / size * 2.0 - 1.0) * vec2(1.0, -1.0) * direction, 0.0, 1.0);
})";

constexpr const char* fragment_source = R"(#version 150
uniform sampler2D sheet;
in vec2 place;
in vec4 ink;
out vec4 colour;
void main() { colour = vec4(ink.rgb, ink.a * texture(sheet, place).a); })";

struct Vertex {
    float x, y, u, v;
    std::uint32_t ink;
};

GLuint compile(GLenum kind, const char* source) {
    const GLuint shader = glCreateShader(kind);
    glShaderSource(shader, 1, &source, nullptr);
    glCompileShader(shader);
    return shader;
}

GLuint link_program() {
    const GLuint program = glCreateProgram();
    const GLuint vertex = compile(GL_VERTEX_SHADER, vertex_source),
                 fragment = compile(GL_FRAGMENT_SHADER, fragment_source);
    glAttachShader(program, vertex);
    glAttachShader(program, fragment);
    glBindAttribLocation(program, 0, "at");
    glBindAttribLocation(program, 1, "texel");
    glBindAttribLocation(program, 2, "tint");
    glLinkProgram(program);
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    GLint linked = GL_FALSE;
    glGetProgramiv(program, GL_LINK_STATUS, &linked);
    if (linked == GL_TRUE) return program;
    glDeleteProgram(program);
    return 0;
}

float channel(std::uint32_t ink, int shift) { return static_cast<float>(ink >> shift & 0xFFU) / 255.0F; }

}  // namespace

struct PageRenderer::Resources {
    GLuint program = 0, arrays = 0, buffer = 0;
    std::vector<Vertex> vertices;  ///< kept, so that nothing is allocated a picture

    ~Resources() {
        glDeleteBuffers(1, &buffer);
        glDeleteVertexArrays(1, &arrays);
        glDeleteProgram(program);
    }
};

PageRenderer::PageRenderer(std::unique_ptr<Resources> resources) : resources_(std::move(resources)) {}
PageRenderer::~PageRenderer() = default;
PageRenderer::PageRenderer(PageRenderer&&) noexcept = default;
PageRenderer& PageRenderer::operator=(PageRenderer&&) noexcept = default;

Result<PageRenderer> PageRenderer::open() {
    auto made = std::make_unique<Resources>();
    made->program = link_program();
    if (made->program == 0) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("This computer's OpenGL can't show the talent's screen. Update the graphics driver.")};
    }
    glGenVertexArrays(1, &made->arrays);
    glGenBuffers(1, &made->buffer);
    glBindVertexArray(made->arrays);
    glBindBuffer(GL_ARRAY_BUFFER, made->buffer);
    const auto attribute = [](GLuint index, GLint count, GLenum type, GLboolean normalised, std::size_t offset) {
        glEnableVertexAttribArray(index);
        // NOLINTNEXTLINE(performance-no-int-to-ptr): OpenGL takes a place in the buffer as a pointer
        glVertexAttribPointer(index, count, type, normalised, sizeof(Vertex), reinterpret_cast<const void*>(offset));
    };
    attribute(0, 2, GL_FLOAT, GL_FALSE, offsetof(Vertex, x));
    attribute(1, 2, GL_FLOAT, GL_FALSE, offsetof(Vertex, u));
    attribute(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(Vertex, ink));
    return PageRenderer(std::move(made));
}

void PageRenderer::draw(const std::vector<PageLayer>& layers, const std::vector<unsigned int>& textures,
                        const Target& target) {
    glViewport(0, 0, target.pixels_wide, target.pixels_high);
    glClearColor(channel(target.ground, 0), channel(target.ground, 8), channel(target.ground, 16), 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_BLEND);
    glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
    glUseProgram(resources_->program);
    glUniform2f(glGetUniformLocation(resources_->program, "size"), target.width, target.height);
    glUniform2f(glGetUniformLocation(resources_->program, "direction"), target.mirror_across ? -1.0F : 1.0F,
                target.mirror_down ? -1.0F : 1.0F);
    glBindVertexArray(resources_->arrays);
    glBindBuffer(GL_ARRAY_BUFFER, resources_->buffer);
    glActiveTexture(GL_TEXTURE0);
    for (std::size_t index = 0; index < layers.size(); ++index) {
        std::vector<Vertex>& vertices = resources_->vertices;
        vertices.clear();
        for (const PageQuad& quad : layers[index].quads) {
            const Area& area = quad.area;
            const GlyphPlace& at = quad.place;
            const Vertex left_top{area.x, area.y, at.u0, at.v0, quad.ink};
            const Vertex right_top{area.right(), area.y, at.u1, at.v0, quad.ink};
            const Vertex left_bottom{area.x, area.bottom(), at.u0, at.v1, quad.ink};
            const Vertex right_bottom{area.right(), area.bottom(), at.u1, at.v1, quad.ink};
            vertices.insert(vertices.end(), {left_top, right_top, left_bottom, right_top, right_bottom, left_bottom});
        }
        glBindTexture(GL_TEXTURE_2D, textures[index]);
        glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertices.size() * sizeof(Vertex)), vertices.data(),
                     GL_STREAM_DRAW);
        glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(vertices.size()));
    }
    check_gl("the talent's screen");
}

}  // namespace changji
