#include "capture/still.hpp"

#include <algorithm>
#include <cmath>

#include "capture/sources/media_tracks.hpp"

extern "C" {
#include <libswscale/swscale.h>
}

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr int most_attempts = 100;  // pictures that can't be decoded before one that can

Error no_photo(const fs::path& file) {
    return {ErrorKind::UnsupportedFormat,
            say("\"{0}\" is no photo: export it as JPEG or PNG.", file.filename().string())};
}

/// One plane turned: mirrored left to right first, then clockwise.
void turn(const std::uint8_t* from, int from_stride, int width, int height, Orientation orientation, WritablePlane to) {
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* const row = from + std::ptrdiff_t{y} * from_stride;
        for (int x = 0; x < width; ++x) {
            const int mx = orientation.mirrored ? width - 1 - x : x;
            int tx = mx, ty = y;
            if (orientation.rotation_degrees == 90) tx = height - 1 - y, ty = mx;
            if (orientation.rotation_degrees == 180) tx = width - 1 - mx, ty = height - 1 - y;
            if (orientation.rotation_degrees == 270) tx = y, ty = width - 1 - mx;
            to.data[std::ptrdiff_t{ty} * to.stride_bytes + tx] = row[x];
        }
    }
}

int even_size(double pixels) { return std::max(2, static_cast<int>(std::lround(pixels / 2.0)) * 2); }

}  // namespace

Result<VideoFrame> read_still(const fs::path& file) {
    const SourceSpec spec = file_spec(file);
    MediaWatch watch;
    auto input = MediaInput::open(spec, MediaInput::Tracks::Picture, watch);
    if (!input) return input.error();
    if (!(*input)->stream(MediaInput::Track::Picture) || !(*input)->is_still()) return no_photo(file);
    auto reader = PictureReader::open(**input);
    if (!reader) return reader.error();
    for (int i = 0; i < most_attempts && !reader->ended(); ++i) {
        reader->fetch();
        if (auto picture = reader->take()) return *std::move(picture);
    }
    return reader->end();
}

Result<VideoFrame> upright_picture(const VideoFrame& still, Orientation orientation, int longest_side_px) {
    const Error unsupported{ErrorKind::UnsupportedFormat,
                            say("The photo's pixels can't be read: export it as JPEG or PNG.")};
    const av::FramePtr from = av::to_av_frame(still);
    if (!from || from->format == AV_PIX_FMT_NONE) return unsupported;
    const double scale =
        std::min(1.0, static_cast<double>(longest_side_px) / std::max(still.width_px, still.height_px));
    const int width = even_size(still.width_px * scale), height = even_size(still.height_px * scale);
    SwsContext* const scaler =
        sws_getContext(still.width_px, still.height_px, static_cast<AVPixelFormat>(from->format), width, height,
                       AV_PIX_FMT_YUV420P, SWS_AREA | SWS_ACCURATE_RND, nullptr, nullptr, nullptr);
    if (!scaler) return unsupported;
    const bool bt709 = still.matrix == ColorMatrix::Bt709;
    sws_setColorspaceDetails(scaler, sws_getCoefficients(bt709 ? SWS_CS_ITU709 : SWS_CS_ITU601),
                             still.range == ColorRange::Full ? 1 : 0, sws_getCoefficients(SWS_CS_ITU709), 0, 0, 1 << 16,
                             1 << 16);
    VideoFrame lying = make_i420_frame(width, height, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        std::uint8_t* const planes[] = {y.data, cb.data, cr.data, nullptr};
        const int strides[] = {y.stride_bytes, cb.stride_bytes, cr.stride_bytes, 0};
        sws_scale(scaler, from->data, from->linesize, 0, still.height_px, planes, strides);
    });
    sws_freeContext(scaler);
    if (orientation == Orientation()) return lying;
    const bool lies = orientation.rotation_degrees % 180 != 0;
    return make_i420_frame(lies ? height : width, lies ? width : height,
                           [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
                               const WritablePlane to[] = {y, cb, cr};
                               for (std::size_t i = 0; i < 3; ++i) {
                                   const int share = i == 0 ? 1 : 2;
                                   turn(lying.planes[i].data, lying.planes[i].stride_bytes, width / share,
                                        height / share, orientation, to[i]);
                               }
                           });
}

}  // namespace changji
