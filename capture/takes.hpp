#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/take_lock.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// The files of take `number` in a project's `takes` folder. Names never hold what a person typed.
struct TakeFiles {
    int number = 0;
    std::filesystem::path video;   ///< take-001.mp4
    std::filesystem::path part;    ///< take-001.part.mp4: only while recording or after a crash
    std::filesystem::path report;  ///< take-001.json
    std::filesystem::path meters;  ///< take-001.meters.csv
    std::filesystem::path marks;   ///< take-001.marks.jsonl: as the part file; the report has them afterwards
};

[[nodiscard]] TakeFiles take_files(const std::filesystem::path& takes_folder, int number);

/// Every take that left any file, in order of number.
[[nodiscard]] std::vector<TakeFiles> list_takes(const std::filesystem::path& takes_folder);

/// Creates the folder if needed and reserves the next number by creating its part file (O_EXCL), so that two
/// programs never share one. The recorder may truncate that empty file. Io when the folder can't be written.
[[nodiscard]] Result<TakeFiles> reserve_take(const std::filesystem::path& takes_folder);

struct FinishedTake {
    std::filesystem::path video;
    std::string sha256;  ///< 64 lower-case hexadecimal digits
    std::int64_t size_bytes = 0;
    std::int64_t frames = 0;
    double duration_s = 0.0;
    double damaged_s = 0.0;  ///< of the end, which a power cut had spoilt and which was left out
    TakeLock lock;           ///< on the finished file: nobody rescues it before its report is written
};

/// Makes the deliverable from the fragments: cuts after the last whole and undamaged fragment, copies the packets with
/// untouched timestamps into a flat file with the index first, verifies it (same streams packet for packet,
/// one sample duration, moov first, first and last second decode), syncs, renames, syncs the folder and only
/// then removes the fragments. On any error the part file stays as it is; Corrupt says that it holds nothing
/// playable. Used after every take and to recover one after a crash, whatever it was that broke off: recording, or
/// finishing at any moment. Where only the finished file is left, describes that. DeviceBusy when another program is at
/// work on it.
[[nodiscard]] Result<FinishedTake> finish_take(const TakeFiles& files);

/// Writes `content` to a temporary file beside `path`, syncs it, renames it over `path`, syncs the folder.
[[nodiscard]] Status write_file_atomically(const std::filesystem::path& path, std::string_view content);

/// Free space a take of so many seconds needs at most, and what the folder's file system has.
struct DiskRoom {
    std::int64_t free_bytes = 0;
    double minutes_left = 0.0;  ///< of a take at the capped bitrate, which needs its size twice until it is finished
};
[[nodiscard]] Result<DiskRoom> disk_room(const std::filesystem::path& folder, int max_bitrate_kbps);

}  // namespace changji
