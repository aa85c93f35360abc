#pragma once

#include <string_view>

namespace changji {

enum class Renderer { Hardware, Software };

/// Software for the rasterisers of Mesa that draw on the processor, by OpenGL's GL_RENDERER.
[[nodiscard]] Renderer renderer_of(std::string_view gl_renderer);

/// Decides how often the screen is drawn, so that the recording never waits for the preview. Pure.
class PreviewGovernor {
public:
    explicit PreviewGovernor(Renderer renderer);

    /// Once a drawn frame: how long it took, and how full the recorder's queue is, 0..1.
    void note(double draw_s, double pressure);
    [[nodiscard]] double frames_per_s() const;
    /// The recorder is pressed, or drawing takes more than its share: the preview has given way.
    [[nodiscard]] bool gives_way() const { return pressed_ || slowed_; }

private:
    double full_rate_;
    double draw_s_ = 0.0;  ///< smoothed
    bool pressed_ = false;
    bool slowed_ = false;
    int calm_frames_ = 0;
};

}  // namespace changji
