#include "capture/mp4/media_input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <limits>

extern "C" {
#include <libavutil/avstring.h>
}

namespace changji::mp4 {

struct MediaInput::Cut {
    ByteFile file;
    std::vector<Extent> stretches;
    std::int64_t end = 0;  ///< of all stretches together
    std::int64_t at = 0;

    /// What of the file lies at `at`, as far as the stretch reaches.
    [[nodiscard]] Extent here() const {
        std::int64_t before = 0;
        for (const Extent& stretch : stretches) {
            if (at < before + stretch.bytes()) return {stretch.begin + at - before, stretch.end};
            before += stretch.bytes();
        }
        return {};
    }

    static int read(void* opaque, std::uint8_t* into, int size) {
        auto& cut = *static_cast<Cut*>(opaque);
        const Extent here = cut.here();
        const std::int64_t length = std::min<std::int64_t>(size, here.bytes());
        if (length <= 0) return AVERROR_EOF;
        const std::int64_t got = cut.file.read_at(here.begin, {into, static_cast<std::size_t>(length)});
        if (got < 0) return static_cast<int>(got);
        if (got == 0) return AVERROR_EOF;
        cut.at += got;
        return static_cast<int>(got);
    }

    static std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
        auto& cut = *static_cast<Cut*>(opaque);
        if (whence & AVSEEK_SIZE) return cut.end;
        const std::int64_t base = (whence & 3) == SEEK_CUR ? cut.at : (whence & 3) == SEEK_END ? cut.end : 0;
        if (offset < -base || offset > std::numeric_limits<std::int64_t>::max() - base) return AVERROR(EINVAL);
        return cut.at = base + offset;
    }
};

namespace {

// Playlists, pictures, subtitles and text art are no clips, and playlists name other files.
constexpr const char* clip_formats =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mxf,mxf_opatom,flv,asf,ogg,gif,dv,nut,ivf,rm,h264,hevc,"
    "mpegvideo,m4v,wav,w64,aiff,caf,flac,mp3,aac,ac3,eac3,amr,gxf,y4m,yuv4mpegpipe";

int refuse_other_files(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EPERM); }

Error no_clip(const std::filesystem::path& name) {
    return {ErrorKind::UnsupportedFormat,
            say("{0} is no video or sound file: hand in the finished clip as MP4.", name.string())};
}

Error broken(const std::filesystem::path& name, int code) {
    return {ErrorKind::Corrupt,
            say("{0} is damaged and can't be played ({1}): copy or export it again.", name.string(), av::reason(code))};
}

Error short_of_memory(const std::filesystem::path& name) {
    return {ErrorKind::Io, say("There is not enough memory to read {0}: close other programs.", name.string())};
}

}  // namespace

bool MediaInput::read(AVPacket& packet) {
    av_packet_unref(&packet);
    const int code = av_read_frame(context(), &packet);
    if (code == 0) return true;
    if (code != AVERROR_EOF) error_ = code;
    if (io_->error != 0 && io_->error != AVERROR_EOF) error_ = io_->error;
    return false;
}

Result<MediaInput> open_media(const ByteFile& file, std::int64_t end, const std::filesystem::path& name) {
    return open_media(file, std::vector<Extent>{{0, std::min(end, file.size_bytes())}}, name);
}

Result<MediaInput> open_media(const ByteFile& file, std::vector<Extent> stretches, const std::filesystem::path& name,
                              Look look) {
    av::quiet_log();
    constexpr int buffer_bytes = 1 << 18;
    constexpr unsigned probed_bytes = 1U << 20;
    MediaInput input;
    std::int64_t end = 0;
    for (const Extent& stretch : stretches) end += stretch.bytes();
    input.cut_ = std::make_shared<MediaInput::Cut>(MediaInput::Cut{file, std::move(stretches), end, 0});
    auto* buffer = static_cast<unsigned char*>(av_malloc(buffer_bytes));
    if (!buffer) return short_of_memory(name);
    input.io_.reset(avio_alloc_context(buffer, buffer_bytes, 0, input.cut_.get(), &MediaInput::Cut::read, nullptr,
                                       &MediaInput::Cut::seek));
    if (!input.io_) {
        av_free(buffer);
        return short_of_memory(name);
    }
    const AVInputFormat* format = nullptr;
    if (av_probe_input_buffer2(input.io_.get(), &format, "", nullptr, 0, probed_bytes) < 0 || !format ||
        av_match_list(format->name, clip_formats, ',') == 0) {
        return no_clip(name);
    }
    AVFormatContext* context = avformat_alloc_context();
    if (!context) return short_of_memory(name);
    context->pb = input.io_.get();
    if (look != Look::Whole) context->flags |= AVFMT_FLAG_IGNIDX;
    context->io_open = refuse_other_files;
    context->protocol_whitelist = av_strdup("file");
    context->format_whitelist = av_strdup(clip_formats);
    const int opened = avformat_open_input(&context, "", format, nullptr);  // frees the context when it fails
    if (opened < 0) return broken(name, opened);
    input.context_.reset(context);
    if (look == Look::Header) return input;
    if (const int found = avformat_find_stream_info(context, nullptr); found < 0) return broken(name, found);
    return input;
}

}  // namespace changji::mp4
