#pragma once

#include <memory>
#include <optional>

#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

enum class Body {
    CantTell,
    CutOff,  ///< below the face there is no room for a whole person
    Whole,   ///< there is room, and a person from head to feet was found in it
};

/// Who is in a photo, as far as two old detectors can tell.
struct PhotoPeople {
    bool has_face = false;
    /// From the face box's top to the picture's lower edge, in heights of that box. A standing person needs about 8.5
    /// (a box of 19 cm in 1.66 m), one who sits about 6.5.
    double room_below = 0.0;
    Body body = Body::CantTell;
    double confidence = 0.0;                  ///< 0..1, how clearly the detectors spoke: no probability
    std::optional<double> face_luma_percent;  ///< median of the face's core, % of white
    std::optional<double>
        clothes_luma_percent;  ///< median of the chest, % of white; absent when it isn't in the picture
};

/// Faces by OpenCV's cascades, whole people by its pedestrian detector (Dalal & Triggs 2005: upright, from the front or
/// behind). Sitting people and those cut off at the knee are left at CantTell. One thread.
class PeopleInPhotos {
public:
    /// Io when the cascades are missing (Debian's opencv-data).
    [[nodiscard]] static Result<PeopleInPhotos> open();
    PeopleInPhotos(PeopleInPhotos&&) noexcept;
    PeopleInPhotos& operator=(PeopleInPhotos&&) noexcept;
    ~PeopleInPhotos();
    /// Of an upright I420 picture in limited range.
    [[nodiscard]] PhotoPeople look(const VideoFrame& upright);

private:
    struct Detectors;
    explicit PeopleInPhotos(std::unique_ptr<Detectors> detectors);
    std::unique_ptr<Detectors> detectors_;
};

}  // namespace changji
