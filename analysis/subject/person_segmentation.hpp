#pragma once

#include <filesystem>
#include <memory>

#include "analysis/subject/subject_mask.hpp"
#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// A network of the user's that tells people from background, in place of the template of head and shoulders.
///
/// What fits: an ONNX file with one input of 1×3×H×W or 1×H×W×3 floats, sides of 32 to 1024 or left open (then
/// 320×192), and one output of as many dimensions with one plane (the probability of a person) or two (background, then
/// person), of any size. The whole picture is squeezed into the input as RGB, (value/255 − 0.5)/0.5. A pixel shows a
/// person where the probability is at least 0.5, or where the second plane is above the first. What is no number shows
/// nobody.
///
/// Pure; one thread at a time, on one core.
class PersonSegmentation {
public:
    /// Reads the file and runs it once, so that what doesn't fit is told before a take. Io when it can't be read,
    /// InvalidConfig when it is no network that fits.
    [[nodiscard]] static Result<PersonSegmentation> open(const std::filesystem::path& model);
    PersonSegmentation(PersonSegmentation&&) noexcept;
    PersonSegmentation& operator=(PersonSegmentation&&) noexcept;
    ~PersonSegmentation();

    /// Of an I420 frame in limited-range BT.709; empty when it sees nobody.
    [[nodiscard]] SubjectMask find_people(const VideoFrame& frame) const;

private:
    struct Network;
    explicit PersonSegmentation(std::unique_ptr<Network> network);
    std::unique_ptr<Network> network_;
};

}  // namespace changji
