#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "analysis/subject/face_box.hpp"
#include "analysis/subject/subject_mask.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// Who is in the picture of a film that is looked at, as the meters would find them: on a thread of its own and of low
/// priority, at most five pictures a second.
class FilmSubject {
public:
    struct Seen {
        CaptureTime at;  ///< of the picture that was searched
        std::vector<FaceBox> faces;
        SubjectMask mask;
    };

    FilmSubject();

    /// I420, `captured_at` its time in the film. Of several only the newest is searched; one far from the last begins
    /// anew.
    void look(const VideoFrame& picture);
    /// What was found last; nothing while that is of another moment than `at`.
    [[nodiscard]] std::optional<Seen> about(CaptureTime at) const;

private:
    void work(const std::stop_token& stopping);

    mutable std::mutex mutex_;
    std::condition_variable_any woken_;
    std::optional<VideoFrame> wanted_;
    std::optional<Seen> seen_;
    std::jthread thread_;  ///< ends first
};

}  // namespace changji
