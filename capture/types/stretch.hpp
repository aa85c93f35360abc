#pragma once

namespace changji {

/// From one moment of a take to another, in seconds from its start.
struct Stretch {
    double from_s = 0.0;
    double to_s = 0.0;

    friend bool operator==(const Stretch&, const Stretch&) = default;
};

}  // namespace changji
