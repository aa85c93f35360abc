#include "analysis/photos/stored_luma.hpp"

namespace changji {

cv::Mat stored_luma(const VideoFrame& still) {
    const auto view = [&](int type) {
        return cv::Mat(still.height_px, still.width_px, type, const_cast<std::uint8_t*>(still.planes[0].data),
                       static_cast<std::size_t>(still.planes[0].stride_bytes));
    };
    cv::Mat luma;
    switch (still.format) {
        case PixelFormat::I420:
        case PixelFormat::I422:
        case PixelFormat::I444:
        case PixelFormat::Nv12: return view(CV_8UC1);
        case PixelFormat::Yuyv422: cv::extractChannel(view(CV_8UC2), luma, 0); break;
        case PixelFormat::Bgra: cv::extractChannel(view(CV_8UC4), luma, 1); break;
        case PixelFormat::Unspecified: break;
    }
    return luma;
}

}  // namespace changji
