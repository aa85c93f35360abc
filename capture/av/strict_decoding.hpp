#pragma once

#include <algorithm>
#include <array>

#include "capture/av/av.hpp"

namespace changji::av {

/// Before the decoder is opened: a packet that can't be decoded cleanly is an error, not a picture made up.
///
/// Frame threads only where a decoder counts a picture as its last act: others (MPEG-4 and its relatives) may count one
/// and fail afterwards, and then FFmpeg 5.1 asserts that there is a picture and ends the whole process.
inline void decode_strictly(AVCodecContext& codec) {
    codec.err_recognition = AV_EF_EXPLODE | AV_EF_CRCCHECK;
    constexpr std::array count_last{AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_PRORES, AV_CODEC_ID_DNXHD,
                                    AV_CODEC_ID_VP9};
    if (std::ranges::find(count_last, codec.codec_id) == count_last.end()) codec.thread_type = FF_THREAD_SLICE;
}

}  // namespace changji::av
