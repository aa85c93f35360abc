#pragma once

#include <memory>

#include <imgui.h>

#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"
#include "ui/window/monitoring.hpp"

namespace changji {

/// The window's own copy of the picture: frames go in as they are recorded, a texture in RGB comes out. Needs
/// the current OpenGL 3 context for as long as it lives.
class PreviewRenderer {
public:
    /// UnsupportedFormat when this OpenGL can't do it.
    [[nodiscard]] static Result<PreviewRenderer> open();
    ~PreviewRenderer();
    PreviewRenderer(PreviewRenderer&&) noexcept;
    PreviewRenderer& operator=(PreviewRenderer&&) noexcept;

    /// An I420 limited BT.709 frame, once each.
    void upload(const VideoFrame& frame);
    /// Draws the last frame at the size asked for, tinted, mirrored and magnified; does nothing when that is what was
    /// drawn last.
    void draw(int width_px, int height_px, const Monitoring& monitoring, FaceBand faces);
    /// Null before the first frame.
    [[nodiscard]] ImTextureID texture() const;

private:
    struct Resources;
    explicit PreviewRenderer(std::unique_ptr<Resources> resources);
    std::unique_ptr<Resources> resources_;
};

}  // namespace changji
