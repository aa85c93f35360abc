#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/media_input.hpp"
#include "capture/probe.hpp"
#include "capture/probing/probe_decoder.hpp"

namespace changji {
namespace {

AVStream* first_stream(const AVFormatContext& context, AVMediaType type) {
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        AVStream* const stream = context.streams[i];
        if (stream->codecpar->codec_type == type && !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC)) return stream;
    }
    return nullptr;
}

Nanoseconds due(const AVPacket& packet, const AVStream& stream) {
    const std::int64_t ticks = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
    if (ticks == AV_NOPTS_VALUE) return Nanoseconds{0};
    return Nanoseconds{av_rescale_q(ticks, stream.time_base, AVRational{1, 1'000'000'000})};
}

/// An MP4 whose boxes promise more bytes than the file has was cut off, even if what is left plays.
bool cut_short(const mp4::ByteFile& file, const AVFormatContext& context) {
    return std::string_view(context.iformat->name).starts_with("mov") &&
           std::ranges::any_of(mp4::top_boxes(file), &mp4::TopBox::cut_short);
}

std::string seconds_text(Nanoseconds at) {
    std::string text(32, '\0');
    text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.1f", to_seconds(at))));
    return text;
}

struct Decoded {
    const AVStream* stream;
    std::unique_ptr<CountingDecoder> decoder;
};

class Counter {
public:
    explicit Counter(const std::atomic<bool>* cancelled) : cancelled_(cancelled) {}
    [[nodiscard]] bool is_cancelled() const { return cancelled_ && cancelled_->load(); }
    void add_stream(const AVStream* stream) {
        if (!stream) return;
        streams_.push_back({stream, CountingDecoder::open(*stream, 2)});
        if (streams_.back().decoder) return;
        undecodable_ = true;
        count(1, Nanoseconds{0});
    }
    [[nodiscard]] bool nothing_to_decode() const { return streams_.empty(); }

    void decode(const AVPacket& packet) {
        for (const Decoded& each : streams_) {
            if (each.stream->index != packet.stream_index || !each.decoder) continue;
            last_ = std::max(last_, due(packet, *each.stream));
            count(each.decoder->decode(packet), due(packet, *each.stream));
        }
    }

    /// Pictures are counted, or sound where there are none.
    DecodeFacts finish() {
        for (const Decoded& each : streams_) {
            if (each.decoder) count(each.decoder->drain(), last_);
        }
        if (streams_.front().decoder) facts_.frames_decoded = streams_.front().decoder->frames();
        return facts_;
    }
    [[nodiscard]] Nanoseconds last() const { return last_; }
    [[nodiscard]] bool undecodable() const { return undecodable_; }

private:
    void count(int faults, Nanoseconds at) {
        if (faults > 0 && !facts_.first_error_at) facts_.first_error_at = at;
        facts_.errors += faults;
    }
    const std::atomic<bool>* cancelled_;
    std::vector<Decoded> streams_;
    DecodeFacts facts_;
    Nanoseconds last_{0};
    bool undecodable_ = false;
};

}  // namespace

bool is_cut_short(const std::filesystem::path& path) {
    const Result<mp4::ByteFile> file = mp4::open_byte_file(path);
    return file && std::ranges::any_of(mp4::top_boxes(*file), &mp4::TopBox::cut_short);
}

Result<DecodeFacts> decode_file(const std::filesystem::path& path, const std::function<void(double)>& on_progress,
                                const std::atomic<bool>* cancelled) {
    const Result<mp4::ByteFile> file = mp4::open_byte_file(path);
    if (!file) return file.error();
    Result<mp4::MediaInput> input = mp4::open_media(*file, file->size_bytes(), path);
    if (!input) return input.error();
    const AVFormatContext& context = *input->context();
    Counter counter(cancelled);
    counter.add_stream(first_stream(context, AVMEDIA_TYPE_VIDEO));
    counter.add_stream(first_stream(context, AVMEDIA_TYPE_AUDIO));
    if (counter.nothing_to_decode()) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("{0} holds neither picture nor sound: hand in the finished clip as MP4.", path.string())};
    }
    const av::PacketPtr packet(av_packet_alloc());
    double progress = 0.0;
    while (!counter.is_cancelled() && input->read(*packet)) {
        counter.decode(*packet);
        const double now = static_cast<double>(packet->pos) / static_cast<double>(file->size_bytes());
        if (now < progress + 0.01) continue;
        progress = now;
        if (on_progress) on_progress(progress);
    }
    DecodeFacts facts = counter.finish();
    const bool stopped = counter.is_cancelled();
    facts.reached_end = !stopped && input->error() == 0 && !cut_short(*file, context);
    if (facts.reached_end && on_progress) on_progress(1.0);
    if (stopped) {
        facts.problem = say("The check of {0} was stopped before its end: run it again.", path.string());
    } else if (!facts.reached_end) {
        facts.problem =
            say("{0} breaks off {1} s after its start, before the end it promises: copy or export it again.",
                path.string(), seconds_text(counter.last()));
    } else if (counter.undecodable()) {
        facts.problem =
            say("The picture or the sound of {0} is of a kind that can't be decoded: export it again as H.264 with "
                "AAC.",
                path.string());
    } else if (facts.errors > 0) {
        facts.problem =
            say("{0} does not decode cleanly (faults: {1}; the first {2} s after its start): copy or export it again.",
                path.string(), std::to_string(facts.errors), seconds_text(*facts.first_error_at));
    }
    return facts;
}

}  // namespace changji
