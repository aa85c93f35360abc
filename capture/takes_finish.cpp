#include <algorithm>
#include <array>
#include <cerrno>
#include <future>
#include <memory>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/statvfs.h>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/index.hpp"
#include "capture/mp4/media_input.hpp"
#include "capture/probe_decoder.hpp"
#include "capture/takes.hpp"
#include "capture/takes_copy.hpp"
#include "capture/takes_disk.hpp"

extern "C" {
#include <libavutil/sha.h>
}

namespace changji {
namespace fs = std::filesystem;
namespace {

using mp4::ByteFile;
using mp4::four_cc;

Result<std::string> sha256_of(const ByteFile& file, const fs::path& name) {
    const std::unique_ptr<AVSHA, decltype(&av_free)> sha(av_sha_alloc(), &av_free);
    av_sha_init(sha.get(), 256);
    std::vector<std::uint8_t> buffer(1 << 20);
    std::int64_t at = 0, got = 0;
    while ((got = file.read_at(at, buffer)) > 0) {
        av_sha_update(sha.get(), buffer.data(), static_cast<std::size_t>(got));
        at += got;
    }
    if (got < 0 || at != file.size_bytes()) {
        return Error{ErrorKind::Io,
                     say("{0} can't be read back: check the disk, then recover the take again.", name.string())};
    }
    std::array<std::uint8_t, 32> digest{};
    av_sha_final(sha.get(), digest.data());
    std::string text;
    for (const std::uint8_t byte : digest) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

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

/// What a part file holds up to the end of its last whole fragment.
struct Recorded {
    std::vector<mp4::Track> tracks;
    Digests digests;
};

/// Holds `video` against what was recorded and says what it is. Corrupt when it differs.
Result<FinishedTake> verify(const fs::path& video, const Recorded& recorded, const TakeFiles& files) {
    const Result<ByteFile> file = mp4::open_byte_file(video);
    if (!file) return file.error();
    // Two passes over up to 1.3 GB, side by side.
    std::future<Result<std::string>> sha256 = std::async(std::launch::async, sha256_of, *file, files.video);
    const Result<Digests> written = digest_packets(*file, file->size_bytes(), files.video);
    const mp4::Index index = mp4::read_index(*file);
    const mp4::Track* picture = deliverable_picture(index);
    const bool same = written && *written == recorded.digests && picture &&
                      same_timing(index.tracks, recorded.tracks) && ends_decode(*file, files.video);
    Result<std::string> hash = sha256.get();
    if (!same) return spoilt(files.part);
    if (!hash) return hash.error();
    return FinishedTake{files.video, std::move(*hash), file->size_bytes(), picture->samples,
                        to_seconds(picture->duration)};
}

Status check_room(const fs::path& beside, std::int64_t bytes) {
    struct statvfs system = {};
    if (::statvfs(folder_of(beside).c_str(), &system) != 0) return write_error(beside, errno);
    const std::int64_t free_bytes =
        static_cast<std::int64_t>(system.f_bavail) * static_cast<std::int64_t>(system.f_frsize);
    if (free_bytes < bytes) return write_error(beside, ENOSPC);
    return {};
}

/// Never replaces a file. Returns 0 or errno.
int rename_new(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return errno;
    // Some file systems (network, FUSE) know no such rename.
    std::error_code ignored;
    if (fs::exists(to, ignored)) return EEXIST;
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
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

}  // namespace

Result<FinishedTake> finish_take(const TakeFiles& files) {
    const Result<ByteFile> part = mp4::open_byte_file(files.part);
    if (!part) return part.error();
    mp4::Index index = mp4::read_index(*part);
    const std::int64_t end = index.whole_fragments_end;
    if (end == 0) {
        return Error{ErrorKind::Corrupt,
                     say("{0} holds nothing playable, the recording broke off within its first second: it "
                         "can be deleted.",
                         files.part.string())};
    }
    std::error_code ignored;
    if (fs::exists(files.video, ignored)) {
        // Broken off last time between the rename and the removal of the fragments, or two takes got mixed up.
        const Result<Digests> recorded = digest_packets(*part, end, files.part);
        if (!recorded) return recorded.error();
        Result<FinishedTake> finished = verify(files.video, {std::move(index.tracks), *recorded}, files);
        if (!finished) return already_there(files);
        if (const Status removed = remove_part(files); !removed) return removed.error();
        return finished;
    }
    if (const Status room = check_room(files.video, end); !room) return room.error();
    fs::path temporary = files.video;
    temporary.replace_extension(".finish.tmp.mp4");
    RemoveAtEnd unless_renamed(temporary);
    const Result<Digests> recorded = copy_packets(*part, end, index.tracks, files.part, temporary);
    if (!recorded) return recorded.error();
    if (const int failed = sync_path(temporary); failed != 0) return write_error(files.video, failed);
    Result<FinishedTake> finished = verify(temporary, {std::move(index.tracks), *recorded}, files);
    if (!finished) return finished;
    if (const int failed = rename_new(temporary, files.video); failed == EEXIST)
        return already_there(files);
    else if (failed != 0)
        return write_error(files.video, failed);
    unless_renamed.keep();
    if (const int failed = sync_path(folder_of(files.video)); failed != 0) return write_error(files.video, failed);
    if (const Status removed = remove_part(files); !removed) return removed.error();
    return finished;
}

}  // namespace changji
