#include <atomic>

#include "capture/probe.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace changji::fuzz {

void probe_container(std::string_view bytes) {
    const InputFolder folder;
    const std::filesystem::path file = folder.put("clip.mp4", bytes);
    const auto facts = probe_file(file);
    if (!facts) return demand(!facts.error().message.empty());
    demand(facts->size_bytes == static_cast<std::int64_t>(bytes.size()));
    demand(facts->video || facts->audio);
    static_cast<void>(is_cut_short(file));
    // Of a large file the beginning: decoders are FFmpeg's, and the time is better spent on more files.
    const double enough = bytes.size() > 20'000 ? 0.2 : 1.0;
    std::atomic<bool> cancelled = false;
    const auto decoded = decode_file(
        file,
        [&](double done) {
            demand(done >= 0.0 && done <= 1.0);
            cancelled = done > enough;
        },
        &cancelled);
    if (decoded) demand(decoded->frames_decoded >= 0 && decoded->errors >= 0);
}

}  // namespace changji::fuzz
