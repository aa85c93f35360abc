#pragma once

#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "capture/preflight.hpp"

namespace changji {

/// Runs the pre-flight beside the live picture, with the source's own pictures and everything else at work, so that
/// what it measures is what a take will have. offer() is called by one thread, the rest by any.
class EncoderPicker {
public:
    explicit EncoderPicker(Rational rate);

    /// Framed pictures as they come; the first ones are used.
    void offer(const VideoFrame& picture);
    /// Nothing more is measured; waits for the trial in progress, a fraction of a second.
    void stop();
    [[nodiscard]] std::optional<Preflight> result() const;

private:
    const Rational rate_;
    mutable std::mutex mutex_;
    bool stopped_ = false;
    std::vector<VideoFrame> pictures_;
    std::optional<Preflight> result_;
    std::jthread trial_;  ///< last: ends before what it uses
};

}  // namespace changji
