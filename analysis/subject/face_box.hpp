#pragma once

namespace changji {

/// A face in the picture, in fractions of its width and height (0..1, origin top left).
struct FaceBox {
    double x = 0.0;
    double y = 0.0;
    double width = 0.0;
    double height = 0.0;
};

}  // namespace changji
