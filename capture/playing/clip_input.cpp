#include "capture/playing/clip_input.hpp"

#include <algorithm>
#include <utility>

#include "capture/sources/media_input.hpp"

namespace changji {
namespace {

constexpr AVRational nanoseconds{1, 1'000'000'000};

int best_stream(AVFormatContext* context, ClipTrack track) {
    const AVMediaType type = track == ClipTrack::Picture ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
    return av_find_best_stream(context, type, -1, -1, nullptr, 0);
}

std::optional<Nanoseconds> start_of(AVFormatContext* context, ClipTrack track) {
    const int found = best_stream(context, track);
    if (found < 0) return std::nullopt;
    const AVStream& stream = *context->streams[found];
    return stream_time(stream.start_time, stream.time_base);
}

Error short_of_memory() { return {ErrorKind::Io, say("Memory is short. Close other programs and try again.")}; }

}  // namespace

Result<std::shared_ptr<const ClipFile>> ClipFile::open(const std::filesystem::path& path) {
    av::quiet_log();
    auto bytes = mp4::open_byte_file(path);
    if (!bytes) return bytes.error();
    auto clip = std::make_shared<ClipFile>();
    clip->name = path;
    clip->bytes = *std::move(bytes);
    clip->index = mp4::read_index(clip->bytes);
    const auto input = clip->open_media();
    if (!input) return input.error();
    // Sound may begin earlier, by what its encoder needed to get going.
    const auto picture = start_of(input->context(), ClipTrack::Picture);
    clip->start = picture ? *picture : start_of(input->context(), ClipTrack::Sound).value_or(Nanoseconds{0});
    return std::shared_ptr<const ClipFile>(std::move(clip));
}

Result<mp4::MediaInput> ClipFile::open_media() const {
    if (!in_fragments()) return mp4::open_media(bytes, bytes.size_bytes(), name);
    return mp4::open_media(bytes, {{0, index.whole_fragments_end()}}, name, mp4::Look::First);
}

Result<ClipInput> ClipInput::open(std::shared_ptr<const ClipFile> file, ClipTrack track) {
    auto input = file->open_media();
    if (!input) return input.error();
    const std::string name = file->name.filename().string();
    ClipInput clip(std::move(file), track, *std::move(input));
    if (clip.choose_stream()) return clip;
    if (track == ClipTrack::Picture) {
        return Error{ErrorKind::UnsupportedFormat, say("\"{0}\" holds no picture to play.", name)};
    }
    return Error{ErrorKind::UnsupportedFormat, say("\"{0}\" holds no sound to listen to.", name)};
}

bool ClipInput::choose_stream() {
    stream_ = best_stream(input_->context(), track_);
    if (stream_ < 0) return false;
    for (unsigned i = 0; i < input_->context()->nb_streams; ++i) {
        input_->context()->streams[i]->discard = static_cast<int>(i) == stream_ ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    return true;
}

bool ClipInput::start_before(Nanoseconds at) {
    read_ahead_.clear();
    const Nanoseconds stamp_at = std::max(at, Nanoseconds{0}) + file_->start;
    if (file_->in_fragments()) return open_fragments(stamp_at);
    const std::int64_t stamp = av_rescale_q(stamp_at.count(), nanoseconds, stream().time_base);
    return avformat_seek_file(input_->context(), stream_, INT64_MIN, stamp, stamp, 0) >= 0;
}

/// From the last fragment at or before `at` that begins with a key frame of the track.
bool ClipInput::open_fragments(Nanoseconds at) {
    const auto& fragments = file_->index.whole_fragments;
    const auto from = track_ == ClipTrack::Picture ? &mp4::Fragment::picture_from : &mp4::Fragment::sound_from;
    const auto behind = std::ranges::upper_bound(fragments, at, {}, from);
    auto fragment = static_cast<std::size_t>(std::max<std::ptrdiff_t>(behind - fragments.begin() - 1, 0));
    while (!begins_with_key(fragment)) {
        if (fragment == 0) return false;
        --fragment;
    }
    return true;
}

bool ClipInput::begins_with_key(std::size_t fragment) {
    const auto& fragments = file_->index.whole_fragments;
    const mp4::Extent header{0, fragments.front().begin};
    const mp4::Extent rest{fragments[fragment].begin, fragments.back().end};
    auto opened = mp4::open_media(file_->bytes, {header, rest}, file_->name, mp4::Look::Header);
    if (!opened) return false;
    read_ahead_.clear();
    input_.reset();  // the old one is closed in its own order
    input_.emplace(*std::move(opened));
    if (!choose_stream()) return false;
    av::PacketPtr packet(av_packet_alloc());
    if (!packet || !read(*packet)) return false;
    const bool key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
    read_ahead_.push_back(std::move(packet));
    return key;
}

bool ClipInput::read(AVPacket& packet) {
    if (!read_ahead_.empty()) {
        av_packet_unref(&packet);
        av_packet_move_ref(&packet, read_ahead_.front().get());
        read_ahead_.clear();
        return true;
    }
    while (input_->read(packet)) {
        if (packet.stream_index == stream_) return true;
    }
    return false;
}

Result<av::CodecPtr> ClipInput::make_decoder() const {
    const AVCodecParameters& about = *stream().codecpar;
    av::CodecPtr codec(avcodec_alloc_context3(avcodec_find_decoder(about.codec_id)));
    if (!codec || avcodec_parameters_to_context(codec.get(), &about) < 0) return short_of_memory();
    codec->pkt_timebase = stream().time_base;
    return codec;
}

Error ClipInput::cannot_decode(int code) const {
    return {ErrorKind::UnsupportedFormat,
            say("\"{0}\" holds {1}, which can't be decoded here: {2}.", file_->name.filename().string(),
                avcodec_get_name(stream().codecpar->codec_id), av::reason(code))};
}

Nanoseconds ClipInput::length() const {
    const auto known = std::ranges::find(file_->index.tracks, static_cast<std::uint32_t>(stream().id), &mp4::Track::id);
    if (known != file_->index.tracks.end()) return known->start + known->duration - file_->start;
    const auto lasts = stream_time(stream().duration, stream().time_base);
    return time_of(stream().start_time) + lasts.value_or(Nanoseconds{0});
}

Nanoseconds ClipInput::time_of(std::int64_t stamp) const {
    return stream_time(stamp, stream().time_base).value_or(file_->start) - file_->start;
}

}  // namespace changji
