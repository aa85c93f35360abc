#include "ui/window/drawing/gl_check.hpp"

#include <epoxy/gl.h>
#include <cstdio>
#include <cstdlib>

namespace changji {

void check_gl([[maybe_unused]] const char* block) {
#ifndef NDEBUG
    if (const GLenum error = glGetError(); error != GL_NO_ERROR) {
        std::fprintf(stderr, "OpenGL error 0x%04X in %s\n", error, block);
        std::abort();
    }
#endif
}

}  // namespace changji
