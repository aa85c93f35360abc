#pragma once

// A source that outlives its device. Internal to capture/.

#include <functional>
#include <memory>

#include "capture/source.hpp"

namespace changji {

/// `first`, opened already, and whatever `open_again` opens in its place each time it is lost.
///
/// - Nothing delivered for 0.5 s (5 s where nothing came yet since it was opened: cameras wake up) or DeviceLost from
///   the source itself is an alarm, once an interruption. A stall that ends by itself just goes on.
/// - A source that says DeviceLost is destroyed; `open_again` runs at once, then every 0.3 s and whenever a device
/// comes
///   or goes, until it gives a source. Any error but EndOfStream means "not yet".
/// - A picture's `sequence` goes on counting with a gap for what was lost, a block's `first_frame` leaps forward.
/// - Any other error of a source is the end and is passed on.
///
/// `open_again` runs on a thread of the kept source, and so do start() and destruction of what it opens. stop() waits
/// for a call of it that is in progress. granted() is that of the newest source; controls() is null.
[[nodiscard]] std::unique_ptr<VideoSource> keep_open(std::unique_ptr<VideoSource> first,
                                                     std::function<Result<std::unique_ptr<VideoSource>>()> open_again);
[[nodiscard]] std::unique_ptr<AudioSource> keep_open(std::unique_ptr<AudioSource> first,
                                                     std::function<Result<std::unique_ptr<AudioSource>>()> open_again);

/// A camera that is there and sends nothing.
[[nodiscard]] Error camera_stalled(const std::string& name);

}  // namespace changji
