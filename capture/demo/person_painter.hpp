#pragma once

#include "capture/demo/animation.hpp"
#include "capture/demo/canvas.hpp"
#include "capture/demo/picture.hpp"

namespace changji::demo {

/// An invented person in a suit, seated, facing the camera, lit from the left. What does not change is
/// painted once; draw() puts it together in a pose.
class PersonPainter {
public:
    PersonPainter();
    /// Onto a canvas of the scene's size. Everything drawn lies inside reach().
    void draw(const Canvas& canvas, const Pose& pose) const;
    /// The parts of the picture that may change from frame to frame: the head's and the body's.
    [[nodiscard]] static Area head_reach();
    [[nodiscard]] static Area body_reach();

private:
    Canvas body_;
    Canvas head_;
};

}  // namespace changji::demo
