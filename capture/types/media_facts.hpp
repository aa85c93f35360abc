#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capture/types/message.hpp"
#include "capture/types/time.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// What a media file says of itself and what its samples show. Names follow FFmpeg's ("h264", "yuv420p", "tv",
/// "bt709"); an empty string or an empty optional means that the file does not say.
struct VideoFacts {
    std::string codec;
    std::string profile;
    /// As stored, before cropping, rotation and sample aspect ratio; a codec's padding of less than one macroblock
    /// (1088 lines for 1080) is left out.
    int coded_width_px = 0;
    int coded_height_px = 0;
    int width_px = 0;  ///< as displayed: after cropping, rotation and sample aspect ratio
    int height_px = 0;
    Rational sample_aspect_ratio{0, 1};   ///< 0/1: not given
    Rational display_aspect_ratio{0, 1};  ///< of the displayed picture
    Rational frame_rate{0, 1};            ///< from the samples where the rate is constant, else the mean
    bool constant_frame_rate = false;     ///< every sample has the same duration, read from the samples
    std::int64_t frames = 0;
    std::string scan;  ///< "progressive", "interlaced" or empty
    std::string pixel_format;
    std::string color_range;
    std::string color_space;
    std::string color_primaries;
    std::string color_transfer;
    Orientation orientation;
    std::int64_t bitrate_kbps = 0;
    Nanoseconds start{0};
    Nanoseconds duration{0};
};

struct AudioFacts {
    std::string codec;
    int sample_rate_hz = 0;
    int channels = 0;
    Nanoseconds start{0};
    Nanoseconds duration{0};
};

struct MediaFacts {
    std::string container;    ///< FFmpeg's short name: "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm"
    std::string major_brand;  ///< ISO file type brand: "isom", "qt  "; empty where there is none
    bool iso_mp4 = false;     ///< an ISO base media file by brand, not QuickTime, whatever its name
    bool moov_first = false;  ///< the index stands before the media: plays while it downloads
    bool fragmented = false;
    Nanoseconds duration{0};
    std::int64_t size_bytes = 0;
    int video_streams = 0;
    int audio_streams = 0;
    int other_streams = 0;
    std::optional<VideoFacts> video;  ///< of the first video stream
    std::optional<AudioFacts> audio;  ///< of the first audio stream
};

/// What a decoder made of a whole file.
struct DecodeFacts {
    std::int64_t frames_decoded = 0;
    std::int64_t errors = 0;
    std::optional<Nanoseconds> first_error_at;
    bool reached_end = false;
    Message problem;  ///< empty when the file decodes to its end without an error
};

}  // namespace changji
