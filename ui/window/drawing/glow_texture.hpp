#pragma once

#include <memory>

#include <imgui.h>

#include "analysis/picture/clutter_overlay.hpp"
#include "analysis/picture/picture_scopes.hpp"

namespace changji {

/// A picture on the graphics card that changes now and then. Needs the current OpenGL 3 context for as long as it
/// lives.
class GlowTexture {
public:
    GlowTexture();
    ~GlowTexture();
    GlowTexture(GlowTexture&&) noexcept;
    GlowTexture& operator=(GlowTexture&&) noexcept;

    void upload(const RgbaPicture& picture);
    /// White, and as opaque as the trace glows: it takes the colour it is drawn in.
    void upload(const ScopeTrace& trace);
    /// Null before the first upload.
    [[nodiscard]] ImTextureID texture() const;

private:
    struct Resources;
    std::unique_ptr<Resources> resources_;
};

}  // namespace changji
