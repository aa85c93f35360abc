#include "capture/probe.hpp"
#include "capture/remux.hpp"
#include "capture/takes.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace changji::fuzz {

void salvage(std::string_view bytes) {
    const InputFolder folder;
    const TakeFiles files = take_files(folder.path() / "takes", 1);
    folder.put("takes/take-001.part.mp4", bytes);
    if (const auto finished = finish_take(files)) {
        demand(std::filesystem::exists(files.video) && !std::filesystem::exists(files.part));
        demand(finished->sha256.size() == 64 && finished->frames > 0);
        demand(probe_file(files.video));
    } else {
        // Whatever it was, nobody has lost it.
        demand(std::filesystem::file_size(files.part) == bytes.size());
    }
    const std::filesystem::path from = folder.put("clip.mp4", bytes), to = folder.path() / "copy.mp4";
    RemuxOptions options;
    options.tag_bt709 = true;
    const bool copied = static_cast<bool>(remux_to_mp4(from, to, options));
    demand(std::filesystem::exists(to) == copied);
}

}  // namespace changji::fuzz
