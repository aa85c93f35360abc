#include "capture/probing/probe_decoder.hpp"

#include "capture/av/strict_decoding.hpp"
#include "capture/av/versions.hpp"

namespace changji {

std::unique_ptr<CountingDecoder> CountingDecoder::open(const AVStream& stream, int threads) {
    const AVCodec* decoder = avcodec_find_decoder(stream.codecpar->codec_id);
    if (!decoder) return nullptr;
    av::CodecPtr codec(avcodec_alloc_context3(decoder));
    if (!codec || avcodec_parameters_to_context(codec.get(), stream.codecpar) < 0) return nullptr;
    codec->pkt_timebase = stream.time_base;
    codec->thread_count = threads;
    av::decode_strictly(*codec);
    if (avcodec_open2(codec.get(), decoder, nullptr) < 0) return nullptr;
    return std::unique_ptr<CountingDecoder>(new CountingDecoder(std::move(codec)));
}

int CountingDecoder::receive_all() {
    int faults = 0;
    while (true) {
        av_frame_unref(frame_.get());
        const int code = avcodec_receive_frame(codec_.get(), frame_.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return faults;
        if (code < 0) {
            // A decoder that fails without taking a packet would fail for ever.
            return faults + 1;
        }
        ++frames_;
        saw_interlaced_ = saw_interlaced_ || av::scan_of(*frame_) != Scan::Progressive;
        if (frame_->decode_error_flags != 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT)) ++faults;
    }
}

int CountingDecoder::decode(const AVPacket& packet) {
    int faults = packet.flags & AV_PKT_FLAG_CORRUPT ? 1 : 0;
    int code = avcodec_send_packet(codec_.get(), &packet);
    if (code == AVERROR(EAGAIN)) {
        faults += receive_all();
        code = avcodec_send_packet(codec_.get(), &packet);
    }
    if (code < 0) ++faults;
    return faults + receive_all();
}

int CountingDecoder::drain() {
    int faults = avcodec_send_packet(codec_.get(), nullptr) < 0 ? 1 : 0;
    // With threads, each picture still inside reports its own fault.
    for (int found = receive_all(); found > 0 && faults < 64; found = receive_all()) faults += found;
    return faults;
}

}  // namespace changji
