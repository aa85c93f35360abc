#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>

#include "analysis/meter_bank.hpp"
#include "analysis/picture/field_meter.hpp"
#include "analysis/picture/tag_watch.hpp"
#include "analysis/take_log.hpp"
#include "capture/framing.hpp"
#include "capture/source_spec.hpp"
#include "capture/types/result.hpp"

namespace changji {

struct FileMeterOptions {
    MeterOptions meters;
    Damage damage = Damage::PassOver;               ///< Tell: `broke_off` says so where anything did not decode cleanly
    int decoder_threads = 0;                        ///< 0: one more than there are cores
    std::optional<Nanoseconds> longest;             ///< only so much from the start
    std::function<void(double share)> on_progress;  ///< 0..1 of the file; called often
    const std::atomic<bool>* cancelled = nullptr;
};

/// What the meters read in a finished file.
struct MeteredFile {
    TakeLog log;  ///< settled
    double duration_s = 0.0;
    bool has_picture = false;
    bool has_sound = false;
    std::int64_t pictures = 0;
    FieldCount fields;  ///< of the pictures as stored
    TagSigns tags;
    FramingFacts framing;
    Message broke_off;  ///< why the file ended early; empty when it didn't
};

/// Runs the meters of a session over anything FFmpeg reads (video, sound alone, one photo), as fast as it decodes: the
/// same frames and samples give the same rows as live. Errors: as open_sources and open_meter_bank; EndOfStream when
/// it was cancelled.
[[nodiscard]] Result<MeteredFile> meter_file(const std::filesystem::path& file, const FileMeterOptions& options);

}  // namespace changji
