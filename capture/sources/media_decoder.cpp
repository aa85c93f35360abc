#include "capture/sources/media_tracks.hpp"

namespace changji {

TrackDecoder::Next TrackDecoder::next() {
    for (;;) {
        const int received = avcodec_receive_frame(codec_.get(), frame_.get());
        if (received == 0) {
            saw_damage_ |= frame_->decode_error_flags != 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0;
            return Next::Frame;
        }
        saw_damage_ |= received != AVERROR(EAGAIN) && received != AVERROR_EOF;
        if (received == AVERROR_EOF || draining_) return Next::End;
        switch (input_.next(track_, *packet_)) {
            case MediaInput::Next::NotYet: return Next::NotYet;
            case MediaInput::Next::Failed: failure_ = input_.failure(); [[fallthrough]];
            case MediaInput::Next::End:
                draining_ = true;
                avcodec_send_packet(codec_.get(), nullptr);
                break;
            case MediaInput::Next::Packet:
                saw_damage_ |= (packet_->flags & AV_PKT_FLAG_CORRUPT) != 0;
                if (!comes_before_key(*packet_)) saw_damage_ |= avcodec_send_packet(codec_.get(), packet_.get()) < 0;
                av_packet_unref(packet_.get());
                break;
        }
    }
}

bool TrackDecoder::comes_before_key(const AVPacket& packet) {
    if (wait_for_key_ == 0) return false;
    wait_for_key_ = (packet.flags & AV_PKT_FLAG_KEY) != 0 ? 0 : wait_for_key_ - 1;
    return wait_for_key_ > 0;
}

std::optional<Nanoseconds> TrackDecoder::time() const {
    const auto at = stream_time(frame_->best_effort_timestamp, codec_->pkt_timebase);
    return at ? std::optional(*at - input_.start()) : std::nullopt;
}

Nanoseconds PictureClock::place(std::optional<Nanoseconds> given) {
    const Nanoseconds expected = last_ ? *last_ + usual_step_ : Nanoseconds{0};
    Nanoseconds at = given ? *given + shift_ : expected;
    if (at - expected > clock_break || expected - at > clock_break) {
        shift_ += expected - at;
        at = expected;
    }
    if (last_ && at <= *last_) at = expected;
    last_ = at;
    return at;
}

}  // namespace changji
