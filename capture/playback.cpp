#include "capture/playback.hpp"

#include "capture/playing/file_player.hpp"

namespace changji {

Result<std::unique_ptr<Player>> Player::open(const std::filesystem::path& file) {
    auto player = std::make_unique<FilePlayer>(file);
    if (const Status opened = player->opened(); !opened) return opened.error();
    return std::unique_ptr<Player>(std::move(player));
}

}  // namespace changji
