#include "capture/recording/encoders.hpp"
#include "capture/devices.hpp"
#include "capture/recording/encoder_input.hpp"

namespace changji {

std::vector<EncoderDevice> list_encoders() {
    av::quiet_log();
    std::vector<EncoderDevice> encoders;
    void* place = nullptr;
    while (const AVCodec* const codec = av_codec_iterate(&place)) {
        if (!av_codec_is_encoder(codec) || codec->id != AV_CODEC_ID_H264) continue;
        if (input_format(*codec) == AV_PIX_FMT_NONE) continue;
        const auto opened = PictureEncoder::open({codec->name, ""}, {25, 1}, RecorderSettings{}.max_bitrate_kbps);
        encoders.push_back({codec->name, opened.has_value(), opened ? Message{} : opened.error().message});
    }
    return encoders;
}

}  // namespace changji
