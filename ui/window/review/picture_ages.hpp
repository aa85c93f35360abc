#pragma once

#include <array>
#include <cstddef>

namespace changji {

/// How old pictures were, in s since the camera took them, when they reached the screen: of the last thousand.
class PictureAges {
public:
    void note(double age_s);
    /// The age that this share (0..1) of the pictures did not exceed; 0 while there was none.
    [[nodiscard]] double within_s(double share) const;
    [[nodiscard]] std::size_t count() const { return count_; }  ///< of those remembered

private:
    std::array<double, 1000> ages_s_{};
    std::size_t count_ = 0;
    std::size_t next_ = 0;
};

}  // namespace changji
