#pragma once

#include "capture/demo/person_painter.hpp"
#include "capture/demo/picture.hpp"
#include "capture/source_spec.hpp"
#include "capture/types/video_frame.hpp"

#include <cstdint>

namespace changji::demo {

/// Draws the interview, 1920×1080 I420. The same settings, index, moment and voice give the same picture, in
/// any order. One thread at a time.
class SceneRenderer {
public:
    explicit SceneRenderer(const DemoSettings& settings);
    /// Values outside the ranges of DemoSettings are taken as the nearest inside.
    void adjust(const DemoSettings& settings);
    /// Frame `index` at `at` after the start while the voice is as loud as `voice` (0..1). Sequence and
    /// capture time are left to the caller.
    [[nodiscard]] VideoFrame render(std::uint64_t index, Nanoseconds at, double voice);

private:
    void restore_backdrop(const Area& area);

    DemoSettings settings_;
    PersonPainter person_;
    Canvas backdrop_;
    Canvas stage_;  ///< backdrop with the person in front
    CleanPicture picture_;
    SensorNoise noise_;
};

}  // namespace changji::demo
