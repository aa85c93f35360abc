#pragma once

#include <functional>
#include <memory>

#include "capture/av/av.hpp"

extern "C" {
#include <libavcodec/bsf.h>
}

namespace changji {

/// Writes into a finished H.264 stream what its encoder may leave out: BT.709 limited, square pixels, the rate.
/// Drivers of graphics chips are free to ignore such wishes.
class H264Tags {
public:
    /// `encoder` is open; its header is replaced by the tagged one. Zero or FFmpeg's error code.
    [[nodiscard]] int open(AVCodecContext& encoder);
    /// Each packet once more, tagged; `packet` null: the end. Zero or FFmpeg's error code.
    [[nodiscard]] int pass(av::PacketPtr packet, const std::function<void(av::PacketPtr)>& on_packet);

private:
    struct Free {
        void operator()(AVBSFContext* filter) const { av_bsf_free(&filter); }
    };
    std::unique_ptr<AVBSFContext, Free> filter_;
};

}  // namespace changji
