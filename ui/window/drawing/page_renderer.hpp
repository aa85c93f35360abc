#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "capture/types/result.hpp"
#include "ui/window/prompter/reading_page.hpp"

namespace changji {

/// Puts layers of quads on the window of the current OpenGL 3 context, which must live as long and be current for every
/// call.
class PageRenderer {
public:
    /// UnsupportedFormat when the graphics driver can't.
    [[nodiscard]] static Result<PageRenderer> open();
    ~PageRenderer();
    PageRenderer(PageRenderer&&) noexcept;
    PageRenderer& operator=(PageRenderer&&) noexcept;

    struct Target {
        int pixels_wide = 0, pixels_high = 0;  ///< of the window's picture
        float width = 0.0F, height = 0.0F;     ///< that the quads were made for
        bool mirror_across = false, mirror_down = false;
        std::uint32_t ground = 0;
    };
    /// The sheets of the layers are those whose `textures` stand at the same index.
    void draw(const std::vector<PageLayer>& layers, const std::vector<unsigned int>& textures, const Target& target);

private:
    struct Resources;
    explicit PageRenderer(std::unique_ptr<Resources> resources);
    std::unique_ptr<Resources> resources_;
};

}  // namespace changji
