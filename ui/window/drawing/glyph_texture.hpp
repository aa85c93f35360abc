#pragma once

#include <memory>

#include <imgui.h>

#include "ui/window/drawing/glyph_sheet.hpp"

namespace changji {

/// A sheet of characters on the graphics card: white, as opaque as the sheet says. Belongs to the OpenGL 3 context that
/// was current when it was first brought up to date, which must live as long and be current for every call.
class GlyphTexture {
public:
    GlyphTexture();
    ~GlyphTexture();
    GlyphTexture(GlyphTexture&&) noexcept;
    GlyphTexture& operator=(GlyphTexture&&) noexcept;

    /// Uploads the cells that have changed; all of it when it is another sheet.
    void update(GlyphSheet& sheet);
    /// Null before the first update.
    [[nodiscard]] ImTextureID texture() const;
    [[nodiscard]] unsigned int name() const;

private:
    struct Resources;
    std::unique_ptr<Resources> resources_;
};

}  // namespace changji
