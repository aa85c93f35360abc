#include "capture/sources/media_input.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <thread>

#include "capture/av/strict_decoding.hpp"
#include "capture/av/versions.hpp"

extern "C" {
#include <libavdevice/avdevice.h>
}

namespace changji {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds open_wait{10};
constexpr std::chrono::seconds read_wait{5};
constexpr std::chrono::seconds live_wait{2};
constexpr Nanoseconds live_leap = std::chrono::seconds(2);
constexpr Nanoseconds most_ahead = std::chrono::seconds(3);
constexpr std::size_t most_packets_ahead = 2'000;
constexpr const char* network_protocols = "http,https,tls,tcp,udp,rtp,srtp,rtmp,rtmps,rtmpt,srt,crypto,httpproxy";
constexpr std::array<std::string_view, 10> address_schemes{"http",  "https", "rtsp", "rtsps", "rtmp",
                                                           "rtmps", "rtmpt", "srt",  "udp",   "rtp"};

/// Text that FFmpeg would draw as letters, and lists that make it open something else.
bool is_text_or_list(std::string_view demuxer) {
    constexpr std::array<std::string_view, 12> refused{"tty",  "hls",        "concat", "dash", "imf", "sdp",
                                                       "rtsp", "ffmetadata", "bin",    "xbin", "adf", "idf"};
    return std::ranges::find(refused, demuxer) != refused.end();
}

std::string without_credentials(const std::string& url) {
    const std::size_t host = url.find("://") + 3, at = url.find('@');
    if (at == std::string::npos || at > url.find('/', host)) return url;
    return url.substr(0, host) + url.substr(at + 1);
}

std::string name_of(const SourceSpec& spec) {
    if (spec.kind == SourceKind::Lavfi) return "lavfi:" + spec.target;
    if (spec.target.find("://") != std::string::npos) return without_credentials(spec.target);
    return fs::path(spec.target).filename().string();
}

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EPERM); }

}  // namespace

std::optional<Nanoseconds> stream_time(std::int64_t timestamp, AVRational time_base) {
    if (timestamp == AV_NOPTS_VALUE) return std::nullopt;
    return Nanoseconds{av_rescale_q(timestamp, time_base, AVRational{1, 1'000'000'000})};
}

Orientation stream_orientation(const AVStream& stream) { return av::orientation_of(av::display_matrix_of(stream)); }

Result<std::unique_ptr<MediaInput>> MediaInput::open(const SourceSpec& spec, Tracks wanted, MediaWatch& watch) {
    av::quiet_log();
    std::unique_ptr<MediaInput> input(new MediaInput(spec, watch));
    if (const Status opened = input->open_context(spec); !opened) return opened.error();
    if (const Status chosen = input->choose_streams(wanted); !chosen) return chosen.error();
    return input;
}

MediaInput::MediaInput(const SourceSpec& spec, MediaWatch& watch)
    : name_(name_of(spec)),
      kind_(spec.kind),
      pace_(spec.pace),
      damage_(spec.damage),
      decoder_threads_(spec.decoder_threads),
      watch_(watch) {}
MediaInput::~MediaInput() = default;

Status MediaInput::open_context(const SourceSpec& spec) {
    if (kind_ == SourceKind::Lavfi) return open_graph(spec.target);
    is_address_ = spec.target.find("://") != std::string::npos;
    return is_address_ ? open_address(spec.target) : open_file(spec.target);
}

AVFormatContext* MediaInput::make_context() {
    AVFormatContext* const context = avformat_alloc_context();
    if (context) context->interrupt_callback = {keep_waiting, this};
    allow(open_wait);
    return context;
}

Status MediaInput::open_file(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return Error{ErrorKind::Io, say("There is no file \"{0}\". Check the path.", path)};
    }
    if (fs::is_directory(status)) {
        return Error{ErrorKind::UnsupportedFormat, say("\"{0}\" is a folder. Name one media file in it.", path)};
    }
    if (!error && !fs::is_regular_file(status)) {
        return Error{ErrorKind::UnsupportedFormat, say("\"{0}\" is neither a media file nor a camera.", path)};
    }
    AVIOContext* file = nullptr;
    if (const int code = avio_open2(&file, ("file:" + path).c_str(), AVIO_FLAG_READ, nullptr, nullptr); code < 0) {
        if (code == AVERROR(EACCES) || error == std::errc::permission_denied) {
            return Error{ErrorKind::Io, say("You may not read the file \"{0}\". Change its permissions.", path)};
        }
        return Error{ErrorKind::Io, say("The file \"{0}\" can't be read: {1}.", path, av::reason(code))};
    }
    file_.reset(file);

    // The content decides, never the name: a text file must not become a film, whatever it is called.
    const AVInputFormat* format = nullptr;
    const int score = av_probe_input_buffer2(file, &format, "", nullptr, 0, 0);
    if (score <= AVPROBE_SCORE_RETRY || is_text_or_list(format->name)) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("\"{0}\" is no media file. Choose a video, a sound or a photo.", path)};
    }
    AVFormatContext* context = make_context();
    if (!context) return Error{ErrorKind::Io, say("Memory is short. Close other programs and try again.")};
    context->pb = file;
    context->io_open = refuse_to_open;
    if (const int code = avformat_open_input(&context, nullptr, format, nullptr); code < 0) {
        return read_error(code);
    }
    context_.reset(context);
    return {};
}

Status MediaInput::open_address(const std::string& url) {
    const std::string scheme = url.substr(0, url.find("://"));
    if (std::ranges::find(address_schemes, scheme) == address_schemes.end()) {
        return Error{ErrorKind::InvalidConfig,
                     say("Addresses that begin with {0}:// can't be used. There are rtsp, rtmp, srt, udp, http and "
                         "https; a file needs its path only.",
                         scheme)};
    }
    avformat_network_init();
    AVFormatContext* context = make_context();
    if (!context) return Error{ErrorKind::Io, say("Memory is short. Close other programs and try again.")};
    AVDictionary* options = nullptr;
    av_dict_set(&options, "protocol_whitelist", network_protocols, 0);
    if (scheme == "udp") av_dict_set(&options, "overrun_nonfatal", "1", 0);  // a lost packet is no lost stream
    // Over UDP every lost packet is a torn picture; senders that can't do TCP say so and get UDP.
    if (scheme.starts_with("rtsp")) av_dict_set(&options, "rtsp_flags", "prefer_tcp", 0);
    const int code = avformat_open_input(&context, url.c_str(), nullptr, &options);
    av_dict_free(&options);
    if (code == AVERROR_EXIT) {
        return Error{ErrorKind::Io,
                     say("The address {0} gives no answer for 10 s. Check the network and the sender.", name_)};
    }
    if (code < 0) {
        return Error{ErrorKind::Io, say("The address {0} can't be opened: {1}. Check the network, and the address in "
                                        "a browser or player.",
                                        name_, av::reason(code))};
    }
    context_.reset(context);
    if (std::string_view(context->iformat->name) == "tty") {
        return Error{ErrorKind::UnsupportedFormat, say("The address {0} gives text, no picture or sound.", name_)};
    }
    live_ = pace_ == Pace::Own && looks_live(scheme);
    return {};
}

/// Over HTTP there are files and live streams; only files have a length.
bool MediaInput::looks_live(const std::string& scheme) const {
    if (!scheme.starts_with("http")) return true;
    return context_->duration <= 0 && context_->pb && avio_size(context_->pb) < 0;
}

Status MediaInput::open_graph(const std::string& graph) {
    static const bool registered = (avdevice_register_all(), true);
    const AVInputFormat* const lavfi = registered ? av_find_input_format("lavfi") : nullptr;
    AVFormatContext* context = make_context();
    static_cast<void>(av::take_logged_error());
    const int code = lavfi ? avformat_open_input(&context, graph.c_str(), lavfi, nullptr) : AVERROR_DEMUXER_NOT_FOUND;
    if (code < 0) {
        const std::string logged = av::take_logged_error();
        return Error{ErrorKind::InvalidConfig, say("The filter graph \"{0}\" can't be used: {1}.", graph,
                                                   logged.empty() ? av::reason(code) : logged)};
    }
    context_.reset(context);
    return {};
}

bool MediaInput::is_still() const {
    const std::string_view demuxer = context_->iformat->name;
    return demuxer.ends_with("_pipe");
}

Status MediaInput::choose_streams(Tracks wanted) {
    allow(open_wait);
    if (const int code = avformat_find_stream_info(context(), nullptr); code < 0) return read_error(code);
    if (wanted != Tracks::Sound) lanes_[index(Track::Picture)].stream = best_stream(AVMEDIA_TYPE_VIDEO);
    if (wanted != Tracks::Picture) lanes_[index(Track::Sound)].stream = best_stream(AVMEDIA_TYPE_AUDIO);

    for (unsigned i = 0; i < context()->nb_streams; ++i) context()->streams[i]->discard = AVDISCARD_ALL;
    std::optional<Nanoseconds> earliest;
    for (const Lane& lane : lanes_) {
        if (!lane.stream) continue;
        lane.stream->discard = AVDISCARD_DEFAULT;
        const auto begins = stream_time(lane.stream->start_time, lane.stream->time_base);
        if (begins && (!earliest || *begins < *earliest)) earliest = begins;
    }
    start_ = earliest.value_or(Nanoseconds{0});
    return {};
}

AVStream* MediaInput::best_stream(AVMediaType type) const {
    const AVCodec* decoder = nullptr;
    const int found = av_find_best_stream(context_.get(), type, -1, -1, &decoder, 0);
    if (found < 0 || !decoder) return nullptr;
    AVStream* const stream = context_->streams[found];
    if (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) return nullptr;
    const AVCodecParameters& about = *stream->codecpar;
    const bool usable = type == AVMEDIA_TYPE_VIDEO ? about.width > 0 && about.height > 0 : about.sample_rate > 0;
    return usable ? stream : nullptr;
}

Result<av::CodecPtr> MediaInput::open_decoder(Track track) const {
    const AVStream& from = *stream(track);
    const AVCodec* const decoder = avcodec_find_decoder(from.codecpar->codec_id);
    av::CodecPtr codec(avcodec_alloc_context3(decoder));
    if (!codec || avcodec_parameters_to_context(codec.get(), from.codecpar) < 0) {
        return Error{ErrorKind::Io, say("Memory is short. Close other programs and try again.")};
    }
    codec->pkt_timebase = from.time_base;
    // As fast as it goes: FFmpeg's own choice, one more than there are cores. Else the encoder needs them.
    const bool hurried = pace_ == Pace::Free;
    codec->thread_count =
        hurried ? decoder_threads_ : static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 2U));
    if (tells_damage()) av::decode_strictly(*codec);
    if (live_) codec->thread_type = FF_THREAD_SLICE;  // frame threads would hold pictures back
    if (const int code = avcodec_open2(codec.get(), decoder, nullptr); code < 0) {
        return Error{ErrorKind::UnsupportedFormat, say("\"{0}\" holds {1}, which can't be decoded here: {2}.", name_,
                                                       avcodec_get_name(from.codecpar->codec_id), av::reason(code))};
    }
    return codec;
}

void MediaInput::leave_out(Track track) {
    Lane& lane = lanes_[index(track)];
    if (lane.stream) lane.stream->discard = AVDISCARD_ALL;
    lane = {};
}

std::optional<Nanoseconds> MediaInput::length() const {
    constexpr AVRational microseconds{1, AV_TIME_BASE};
    const auto begins = stream_time(context_->start_time, microseconds);
    const auto lasts = stream_time(context_->duration, microseconds);
    return lasts ? std::optional(begins.value_or(start_) + *lasts - start_) : std::nullopt;
}

bool MediaInput::seek(Track track, Nanoseconds at) {
    const AVStream& stream = *lanes_[index(track)].stream;
    const std::int64_t stamp = av_rescale_q((at + start_).count(), AVRational{1, 1'000'000'000}, stream.time_base);
    allow(read_wait);
    if (avformat_seek_file(context(), stream.index, INT64_MIN, stamp, stamp, 0) < 0) return false;
    for (Lane& lane : lanes_) {
        lane.packets.clear();
        lane.last = std::nullopt;
    }
    at_end_ = failed_ = false;
    sought_ = true;
    return true;
}

MediaInput::Next MediaInput::next(Track track, AVPacket& packet) {
    Lane& lane = lanes_[index(track)];
    const Lane& other = lanes_[1 - index(track)];
    while (lane.packets.empty()) {
        if (live_) return Next::NotYet;
        if (failed_) return Next::Failed;
        if (at_end_ || watch_.give_up) return Next::End;
        if (piles_up(other)) return Next::NotYet;
        static_cast<void>(read_packet(read_wait));
    }
    av_packet_move_ref(&packet, lane.packets.front().get());
    lane.packets.pop_front();
    return Next::Packet;
}

MediaInput::Next MediaInput::read() { return read_packet(live_wait); }

/// One packet into its lane; one of no lane is passed over.
MediaInput::Next MediaInput::read_packet(std::chrono::seconds wait) {
    av::PacketPtr read(av_packet_alloc());
    allow(wait);
    leaped_ = false;
    int code = read ? av_read_frame(context(), read.get()) : AVERROR(ENOMEM);
    while (code == AVERROR(EAGAIN) && keep_waiting(this) == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        code = av_read_frame(context(), read.get());
    }
    if (code == AVERROR_EOF) {
        at_end_ = true;
        failure_ = read_error(code);
        return Next::End;
    }
    if (code < 0) {
        failed_ = true;
        failure_ = read_error(code == AVERROR(EAGAIN) ? AVERROR_EXIT : code);
        return Next::Failed;
    }
    for (Lane& to : lanes_) {
        if (!to.stream || to.stream->index != read->stream_index) continue;
        note_time(to, *read);
        to.packets.push_back(std::move(read));
        break;
    }
    return Next::Packet;
}

void MediaInput::note_time(Lane& lane, const AVPacket& packet) {
    const std::int64_t stamp = packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts;
    const auto at = stream_time(stamp, lane.stream->time_base);
    leaped_ = at && lane.last && (*at < *lane.last - live_leap || *at > *lane.last + live_leap);
    if (at) lane.last = last_time_ = at;
}

void MediaInput::count_from_here() {
    for (Lane& lane : lanes_) lane.last = std::nullopt;
    leaped_ = false;
    if (last_time_) start_ = *last_time_;
}

bool MediaInput::piles_up(const Lane& lane) {
    if (lane.packets.size() < 2) return false;
    if (lane.packets.size() > most_packets_ahead) return true;
    const auto first = stream_time(lane.packets.front()->dts, lane.stream->time_base);
    const auto last = stream_time(lane.packets.back()->dts, lane.stream->time_base);
    return first && last && *last - *first > most_ahead;
}

void MediaInput::allow(std::chrono::seconds wait) {
    deadline_ns_ = Nanoseconds(Clock::now().time_since_epoch() + wait).count();
}

int MediaInput::keep_waiting(void* self) {
    const auto& input = *static_cast<const MediaInput*>(self);
    if (input.watch_.on_wait) input.watch_.on_wait();
    return input.watch_.give_up || Nanoseconds(Clock::now().time_since_epoch()).count() > input.deadline_ns_ ? 1 : 0;
}

Error MediaInput::damage_error() const {
    return {ErrorKind::Corrupt, say("\"{0}\" does not decode cleanly. Copy it again from where it comes.", name_)};
}

Error MediaInput::read_error(int code) const {
    if (is_address_ && code == AVERROR_EXIT) {
        return {ErrorKind::DeviceLost,
                say("The stream {0} sends nothing any more. Check the network and the sender.", name_)};
    }
    if (is_address_) {
        return {ErrorKind::DeviceLost,
                say("The stream {0} stopped: {1}. Check the network and the sender.", name_, av::reason(code))};
    }
    if (code == AVERROR(EIO)) {
        return {ErrorKind::Io, say("\"{0}\" can't be read: {1}. Check the disk.", name_, av::reason(code))};
    }
    return {ErrorKind::Corrupt, say("\"{0}\" is damaged or not complete: {1}. Copy it again from where it comes.",
                                    name_, av::reason(code))};
}

}  // namespace changji
