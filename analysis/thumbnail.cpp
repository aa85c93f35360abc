#include "analysis/thumbnail.hpp"

#include <cassert>

#include <opencv2/imgproc.hpp>

namespace changji {
namespace {

void shrink(const Plane& plane, int width_px, int height_px, Thumbnail::Component& into) {
    // OpenCV has no view of read-only pixels; the source is never written to.
    const cv::Mat source(height_px, width_px, CV_8UC1, const_cast<std::uint8_t*>(plane.data),
                         static_cast<std::size_t>(plane.stride_bytes));
    cv::Mat target(Thumbnail::height, Thumbnail::width, CV_8UC1, into.data());
    cv::resize(source, target, target.size(), 0, 0, cv::INTER_AREA);
}

}  // namespace

Thumbnail make_thumbnail(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420);
    Thumbnail small;
    shrink(frame.planes[0], frame.width_px, frame.height_px, small.luma);
    shrink(frame.planes[1], frame.width_px / 2, frame.height_px / 2, small.blue);
    shrink(frame.planes[2], frame.width_px / 2, frame.height_px / 2, small.red);
    return small;
}

}  // namespace changji
