#pragma once

#include "analysis/meter_bank.hpp"
#include "capture/types/result.hpp"
#include "capture/types/time.hpp"
#include "capture/types/video_frame.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace cv {
class CascadeClassifier;
}

namespace changji {

/// Frontal faces by OpenCV's Haar cascade `alt2`, on luma at 480 pixels wide. Finds faces from about 6 % of
/// the picture's width; profiles and faces in the dark are missed.
class FaceFinder {
public:
    /// The cascade is looked for in $CHANGJI_FACE_CASCADE (a file), then where Debian's opencv-data puts it.
    /// Io when it is not there or can't be read.
    [[nodiscard]] static Result<FaceFinder> open();
    FaceFinder(FaceFinder&&) noexcept;
    FaceFinder& operator=(FaceFinder&&) noexcept;
    ~FaceFinder();

    /// Largest first.
    [[nodiscard]] std::vector<FaceBox> find(const VideoFrame& frame);

private:
    explicit FaceFinder(std::unique_ptr<cv::CascadeClassifier> cascade);
    std::unique_ptr<cv::CascadeClassifier> cascade_;
};

/// Keeps a face for 2 s of capture time after it was last found: a blink or a turned head is no missing
/// person.
class FaceMemory {
public:
    void found(const std::vector<FaceBox>& faces, CaptureTime now);
    [[nodiscard]] const std::vector<FaceBox>& faces() const { return faces_; }

private:
    std::vector<FaceBox> faces_;
    std::vector<CaptureTime> seen_at_;  ///< of faces_, in the same order
};

}  // namespace changji
