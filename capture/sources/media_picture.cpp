#include "capture/sources/media_tracks.hpp"

namespace changji {
namespace {

constexpr Rational photo_rate{25, 1};

Nanoseconds usual_step(const AVStream& stream) {
    const Rational rate = av::from_av(stream.avg_frame_rate);
    const Nanoseconds step = rate.is_positive() ? tick_time(1, rate) : Nanoseconds{0};
    return step > Nanoseconds{0} && step <= std::chrono::seconds(1) ? step : tick_time(1, photo_rate);
}

/// Nothing here brings its light and colours to those of the take.
std::optional<Error> hdr_refusal(AVColorTransferCharacteristic transfer, const std::string& name) {
    if (transfer != AVCOL_TRC_SMPTE2084 && transfer != AVCOL_TRC_ARIB_STD_B67) return std::nullopt;
    return Error{ErrorKind::UnsupportedFormat,
                 say("\"{0}\" is HDR video, whose colours would come out pale. Switch \"HDR video\" off in the camera "
                     "settings of the phone and record again, or convert the clip to SDR first.",
                     name)};
}

}  // namespace

Result<PictureReader> PictureReader::open(MediaInput& input) {
    const AVCodecParameters& about = *input.stream(MediaInput::Track::Picture)->codecpar;
    if (const auto refused = hdr_refusal(about.color_trc, input.name())) return *refused;
    auto codec = input.open_decoder(MediaInput::Track::Picture);
    if (!codec) return codec.error();
    return PictureReader(input, std::move(*codec));
}

PictureReader::PictureReader(MediaInput& input, av::CodecPtr codec)
    : input_(&input),
      decoder_(input, MediaInput::Track::Picture, std::move(codec)),
      clock_(usual_step(*input.stream(MediaInput::Track::Picture))),
      orientation_(stream_orientation(*input.stream(MediaInput::Track::Picture))) {}

void PictureReader::fetch() {
    while (!head_ && !ended_) {
        switch (decoder_.next()) {
            case TrackDecoder::Next::Frame: keep(decoder_.frame()); break;
            case TrackDecoder::Next::NotYet: return;
            case TrackDecoder::Next::End: ended_ = true; break;
        }
    }
    if (!head_ && photo_) {
        photo_->captured_at = CaptureTime{tick_time(static_cast<std::int64_t>(count_), photo_rate)};
        photo_->sequence = count_++;
        head_ = photo_;
    }
}

void PictureReader::keep(const AVFrame& frame) {
    failure_ = hdr_refusal(frame.color_trc, input_->name());
    auto picture = av::to_video_frame(frame);
    if (!picture) failure_ = picture.error();
    if (failure_) return;
    const auto at = decoder_.time();
    if (input_->was_sought() && !clock_.has_begun()) {
        if (!at) return;
        clock_.begin(*at);
    }
    AVStream* const stream = input_->stream(MediaInput::Track::Picture);
    const Rational aspect =
        av::from_av(av_guess_sample_aspect_ratio(input_->context(), stream, const_cast<AVFrame*>(&frame)));
    if (aspect.is_positive()) picture->sample_aspect_ratio = aspect;
    if (picture->orientation == Orientation()) picture->orientation = orientation_;
    picture->captured_at = CaptureTime{clock_.place(at)};
    picture->sequence = count_++;
    if (input_->is_still()) photo_ = *picture;
    head_ = std::move(*picture);
}

Error PictureReader::end() const {
    if (decoder_.failure()) return *decoder_.failure();
    if (input_->tells_damage() && decoder_.saw_damage()) return input_->damage_error();
    if (count_ > 0) return {ErrorKind::EndOfStream, say("\"{0}\" is over.", input_->name())};
    if (failure_) return *failure_;
    return {ErrorKind::Corrupt,
            say("No picture of \"{0}\" can be decoded. Copy the file again from where it comes.", input_->name())};
}

}  // namespace changji
