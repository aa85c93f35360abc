#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "capture/playback.hpp"
#include "capture/scrub_pictures.hpp"

namespace changji {

/// Opens and closes takes on a thread of its own and of low priority, so that the window never waits for a disk.
class TakeOpener {
public:
    struct Opened {
        std::filesystem::path file;
        Result<std::unique_ptr<Player>> player;
        std::unique_ptr<ScrubPictures> scrub;  ///< null where it can't be made
    };

    TakeOpener();

    /// Of several only the newest is opened. `scrub`: small pictures of it are made, too.
    void open(std::filesystem::path file, bool scrub);
    void forget();  ///< what was asked for is not wanted any more
    [[nodiscard]] std::optional<Opened> take();
    /// Ends what the window needs no longer: players, scrub pictures and devices may take a moment.
    void end(std::shared_ptr<void> what);

private:
    void work(const std::stop_token& stopping);

    std::mutex mutex_;
    std::condition_variable_any woken_;
    std::optional<std::filesystem::path> wanted_;
    bool scrub_wanted_ = false;
    std::uint64_t wish_ = 0;
    std::optional<Opened> opened_;
    std::vector<std::shared_ptr<void>> ending_;
    std::jthread thread_;
};

}  // namespace changji
