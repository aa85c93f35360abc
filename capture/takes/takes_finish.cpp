#include <algorithm>
#include <array>
#include <cerrno>
#include <future>
#include <memory>
#include <string>
#include <system_error>

#include <sys/statvfs.h>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/index.hpp"
#include "capture/mp4/media_input.hpp"
#include "capture/probing/probe_decoder.hpp"
#include "capture/takes.hpp"
#include "capture/takes/takes_copy.hpp"
#include "capture/takes/takes_damage.hpp"
#include "capture/takes/takes_disk.hpp"
#include "capture/takes/takes_hash.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

using mp4::ByteFile;
using mp4::four_cc;

Error spoilt(const fs::path& part) {
    return {
        ErrorKind::Corrupt,
        say("The finished file is not the same as the recording {0}, which was kept: recover the take again, and check "
            "the disk if this happens twice.",
            part.string())};
}

/// Decodes from a moment to a second later, or to the end.
bool decodes_from(AVFormatContext& context, int stream_index, std::int64_t from, std::int64_t until) {
    const auto decoder = CountingDecoder::open(*context.streams[stream_index], 1);
    const av::PacketPtr packet(av_packet_alloc());
    if (!decoder || !packet || av_seek_frame(&context, stream_index, from, AVSEEK_FLAG_BACKWARD) < 0) return false;
    int faults = 0;
    while (av_read_frame(&context, packet.get()) == 0) {
        const bool ours = packet->stream_index == stream_index;
        const bool past = ours && packet->dts > until;
        if (ours && !past) faults += decoder->decode(*packet);
        av_packet_unref(packet.get());
        if (past) break;
    }
    faults += decoder->drain();
    return faults == 0 && decoder->frames() > 0;
}

/// First and last second of every stream.
bool ends_decode(const ByteFile& file, const fs::path& name) {
    Result<mp4::MediaInput> input = mp4::open_media(file, file.size_bytes(), name);
    if (!input) return false;
    AVFormatContext& context = *input->context();
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const AVStream& stream = *context.streams[i];
        const std::int64_t first = stream.start_time == AV_NOPTS_VALUE ? 0 : stream.start_time;
        const std::int64_t second = stream.time_base.den / stream.time_base.num;
        const int index = static_cast<int>(i);
        if (!decodes_from(context, index, first, first + second)) return false;
        if (!decodes_from(context, index, first + std::max<std::int64_t>(0, stream.duration - second), INT64_MAX))
            return false;
    }
    return true;
}

/// The picture's track, if the file is what a deliverable must be: flat, index first, every picture as long as the
/// next.
const mp4::Track* deliverable_picture(const mp4::Index& index) {
    if (!index.moov_first || index.fragmented) return nullptr;
    for (const mp4::Track& track : index.tracks) {
        if (track.handler == four_cc("vide")) return track.one_length && track.samples > 0 ? &track : nullptr;
    }
    return nullptr;
}

bool same_timing(const std::vector<mp4::Track>& one, const std::vector<mp4::Track>& other) {
    return std::ranges::equal(one, other, [](const mp4::Track& a, const mp4::Track& b) {
        return a.handler == b.handler && a.timescale == b.timescale && a.samples == b.samples && a.length == b.length &&
               a.bytes == b.bytes && a.start == b.start;
    });
}

/// What a finished file is; Corrupt unless it is what a deliverable must be and, where `recorded` is given, holds the
/// same to the byte.
Result<FinishedTake> describe(const fs::path& video, const UsablePart* recorded, const Digests& digests,
                              const TakeFiles& files) {
    // Who rates a take, or writes a note, holds it for a moment.
    Result<TakeLock> lock = TakeLock::acquire_within(std::chrono::seconds(5), video);
    if (!lock) return lock.error();
    const Result<ByteFile> file = mp4::open_byte_file(video);
    if (!file) return file.error();
    // Two passes over up to 1.3 GB, side by side.
    std::future<Result<std::string>> sha256 = std::async(std::launch::async, sha256_of, *file, files.video);
    const mp4::Index index = mp4::read_index(*file);
    const mp4::Track* picture = deliverable_picture(index);
    bool good = picture;
    if (good && recorded) {
        const Result<Digests> written = digest_packets(*file, file->size_bytes(), files.video);
        good = written && *written == digests && same_timing(index.tracks, recorded->index.tracks);
    }
    good = good && ends_decode(*file, files.video);
    Result<std::string> hash = sha256.get();
    if (!good) return spoilt(files.part);
    if (!hash) return hash.error();
    FinishedTake finished{files.video,
                          std::move(*hash),
                          file->size_bytes(),
                          picture->samples,
                          to_seconds(picture->duration),
                          recorded ? recorded->damaged_s : 0.0,
                          *std::move(lock)};
    return finished;
}

Status check_room(const fs::path& beside, std::int64_t bytes) {
    struct statvfs system = {};
    if (::statvfs(folder_of(beside).c_str(), &system) != 0) return write_error(beside, errno);
    const std::int64_t free_bytes =
        static_cast<std::int64_t>(system.f_bavail) * static_cast<std::int64_t>(system.f_frsize);
    if (free_bytes < bytes) return write_error(beside, ENOSPC);
    return {};
}

Error already_there(const TakeFiles& files) {
    return {ErrorKind::Io,
            say("{0} is already there and differs from the recording {1}: move one of them away, then recover "
                "the take again.",
                files.video.string(), files.part.string())};
}

Status remove_part(const TakeFiles& files) {
    std::error_code failed;
    fs::remove(files.part, failed);
    if (failed) return write_error(files.part, failed.value());
    return {};
}

/// The fragments are gone: only the report was still to be written.
Result<FinishedTake> finished_before(const TakeFiles& files) {
    Result<FinishedTake> finished = describe(files.video, nullptr, {}, files);
    if (finished || finished.error().kind != ErrorKind::Corrupt) return finished;
    return Error{ErrorKind::Corrupt,
                 say("{0} is no finished take of this program: move it to another folder.", files.video.string())};
}

/// Broken off last time between the rename and the removal of the fragments, or two takes got mixed up.
Result<FinishedTake> finish_again(const ByteFile& part, const UsablePart& usable, const TakeFiles& files) {
    const Result<Digests> recorded = digest_packets(part, usable.end, files.part);
    if (!recorded) return recorded.error();
    Result<FinishedTake> finished = describe(files.video, &usable, *recorded, files);
    if (!finished && finished.error().kind == ErrorKind::Corrupt) return already_there(files);
    return finished;
}

Result<FinishedTake> finish_anew(const ByteFile& part, const UsablePart& usable, const TakeFiles& files) {
    if (const Status room = check_room(files.video, usable.end); !room) return room.error();
    fs::path temporary = files.video;
    temporary.replace_extension(".finish.tmp.mp4");
    RemoveAtEnd unless_renamed(temporary);
    const Result<Digests> recorded = copy_packets(part, usable.end, usable.index.tracks, files.part, temporary);
    if (!recorded) return recorded.error();
    Result<FinishedTake> finished = describe(temporary, &usable, *recorded, files);
    if (!finished) return finished;
    const int failed = rename_new(temporary, files.video);
    if (failed == EEXIST) return already_there(files);
    if (failed != 0) return write_error(files.video, failed);
    unless_renamed.keep();
    return finished;
}

}  // namespace

Result<FinishedTake> finish_take(const TakeFiles& files) {
    std::error_code ignored;
    const bool renamed = fs::exists(files.video, ignored);
    if (renamed && !fs::exists(files.part, ignored)) return finished_before(files);
    const Result<ByteFile> part = mp4::open_byte_file(files.part);
    if (!part) return part.error();
    const Result<UsablePart> usable = find_usable_part(*part, files.part);
    if (!usable) return usable.error();
    Result<FinishedTake> finished = renamed ? finish_again(*part, *usable, files) : finish_anew(*part, *usable, files);
    if (!finished) return finished;
    if (const int failed = sync_path(folder_of(files.video)); failed != 0) return write_error(files.video, failed);
    if (const Status removed = remove_part(files); !removed) return removed.error();
    return finished;
}

}  // namespace changji
