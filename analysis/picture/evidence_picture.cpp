#include "analysis/picture/evidence_picture.hpp"

#include "analysis/picture/background_meter.hpp"
#include "analysis/picture/clutter_heat.hpp"
#include "analysis/picture/light_meter.hpp"
#include "analysis/subject/face_halves.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace changji {
namespace {

constexpr double largest_even_ratio = 2.0;

using Colour = std::array<int, 3>;
constexpr Colour white{255, 255, 255}, black{0, 0, 0}, magenta{235, 0, 140}, blue{60, 130, 255}, amber{255, 190, 0};
constexpr Colour cool{120, 215, 255};

RgbPicture empty_picture() {
    return {evidence_width_px, evidence_height_px,
            std::vector<std::uint8_t>(static_cast<std::size_t>(evidence_width_px) * evidence_height_px * 3)};
}

/// A view for OpenCV to draw on.
cv::Mat canvas(RgbPicture& picture) { return {evidence_height_px, evidence_width_px, CV_8UC3, picture.rgb.data()}; }

/// One component at the evidence's size.
cv::Mat component(const Plane& plane, int width_px, int height_px) {
    // OpenCV has no view of read-only pixels; the source is never written to.
    const cv::Mat source(height_px, width_px, CV_8UC1, const_cast<std::uint8_t*>(plane.data),
                         static_cast<std::size_t>(plane.stride_bytes));
    cv::Mat sized;
    cv::resize(source, sized, {evidence_width_px, evidence_height_px}, 0, 0,
               width_px > evidence_width_px ? cv::INTER_AREA : cv::INTER_LINEAR_EXACT);
    return sized;
}

cv::Mat luma_of(const VideoFrame& frame) { return component(frame.planes[0], frame.width_px, frame.height_px); }

std::uint8_t byte(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

std::uint8_t full_range(int luma) { return byte(((luma - 16) * 255 + 109) / 219); }

int mixed(int from, int to, double share) { return static_cast<int>(std::lround(std::lerp(from, to, share))); }

void mix(RgbPicture& picture, int x, int y, const Colour& colour, double share) {
    std::uint8_t* const pixel = picture.rgb.data() + picture.at(x, y);
    for (std::size_t i = 0; i < colour.size(); ++i) pixel[i] = byte(mixed(pixel[i], colour[i], share));
}

void set(RgbPicture& picture, int x, int y, const Colour& colour) {
    std::uint8_t* const pixel = picture.rgb.data() + picture.at(x, y);
    for (std::size_t i = 0; i < colour.size(); ++i) pixel[i] = byte(colour[i]);
}

// --- Clutter ---

constexpr double dim = 0.42, subject_dim = 0.75;

/// Thumbnail pixels, each as one block of the evidence.
cv::Mat enlarged(const cv::Mat& small) {
    cv::Mat large;
    cv::resize(small, large, {evidence_width_px, evidence_height_px}, 0, 0, cv::INTER_NEAREST);
    return large;
}

/// 0..1: round and soft-edged around the blocks, nothing from 17 pixels away on. A lone edge glows, too.
cv::Mat glow_of(const cv::Mat& edges) {
    cv::Mat glow;
    enlarged(edges).convertTo(glow, CV_32F, 1.0 / 255.0);
    cv::GaussianBlur(glow, glow, {2 * clutter_glow_px + 1, 2 * clutter_glow_px + 1}, 6.0);
    glow_smoothly(glow);
    return glow;
}

constexpr int beyond_px = 24;

/// 255 where the subject is; without the thumbnail's large steps, and that much larger on each side, where it goes on.
cv::Mat rounded(const SubjectMask& subject) {
    cv::Mat round;
    cv::copyMakeBorder(enlarged(map_picture(subject)), round, beyond_px, beyond_px, beyond_px, beyond_px,
                       cv::BORDER_REPLICATE);
    cv::GaussianBlur(round, round, {31, 31}, 7.0);
    return round > 127;
}

void draw_outline(RgbPicture& picture, const cv::Mat& rounded_mask) {
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(rounded_mask, outlines, cv::RETR_LIST, cv::CHAIN_APPROX_NONE, {-beyond_px, -beyond_px});
    cv::Mat on = canvas(picture);
    cv::polylines(on, outlines, true, {cool[0], cool[1], cool[2]}, 3, cv::LINE_AA);
}

// --- Light ---

/// Where most of what a pixel of the evidence covers is marked in `mask`, which has the frame's size.
cv::Mat mostly(const cv::Mat& mask) {
    cv::Mat share;
    cv::resize(mask, share, {evidence_width_px, evidence_height_px}, 0, 0, cv::INTER_AREA);
    return share > 127;
}

void stripe(RgbPicture& picture, const cv::Mat& burnt, const cv::Mat& crushed) {
    constexpr int period_px = 14;
    for (int y = 0; y < evidence_height_px; ++y) {
        for (int x = 0; x < evidence_width_px; ++x) {
            if (burnt.at<std::uint8_t>(y, x)) {
                set(picture, x, y, (x + y) % period_px < period_px / 2 ? magenta : white);
            } else if (crushed.at<std::uint8_t>(y, x)) {
                set(picture, x, y, (x + evidence_height_px - y) % period_px < 4 ? blue : black);
            }
        }
    }
}

cv::Rect scaled(const VideoFrame& frame, const PixelRect& rect) {
    const auto across = [&](int x) {
        return static_cast<int>(std::lround(double{evidence_width_px} * x / frame.width_px));
    };
    const auto down = [&](int y) {
        return static_cast<int>(std::lround(double{evidence_height_px} * y / frame.height_px));
    };
    const cv::Point from(across(rect.x), down(rect.y));
    return {from, cv::Point(across(rect.x + rect.width), down(rect.y + rect.height))};
}

/// Light on a dark rim, so that it shows on anything. Lies inside the rectangle's edge and up to a pixel outside.
void outline(RgbPicture& picture, const cv::Rect& rect, int thickness_px) {
    cv::Mat on = canvas(picture);
    cv::rectangle(on, rect, {0, 0, 0}, thickness_px + 2);
    cv::rectangle(on, rect, {255, 255, 255}, thickness_px);
}

void mark_darker_half(RgbPicture& picture, const VideoFrame& frame, const PixelRect& core) {
    const FaceHalves halves = measure_halves(frame, core);
    if (halves.ratio() <= largest_even_ratio) return;
    const cv::Rect half = scaled(frame, halves.left_light < halves.right_light ? halves.left : halves.right);
    for (int y = half.y; y < half.y + half.height; ++y) {
        if ((y - half.y) % 10 >= 3) continue;
        for (int x = half.x; x < half.x + half.width; ++x) mix(picture, x, y, amber, 0.85);
    }
}

void mark_face(RgbPicture& picture, const VideoFrame& frame, const FaceBox& face) {
    const PixelRect core = central_part(frame, face, face_core);
    if (core.width < 2 || core.height < 1) return;
    mark_darker_half(picture, frame, core);
    outline(picture, scaled(frame, central_part(frame, face, 1.0)), 1);
    outline(picture, scaled(frame, core), 3);
}

RgbPicture pale(const VideoFrame& frame) {
    constexpr double colour_left = 0.45;
    RgbPicture picture = to_rgb(frame);
    const cv::Mat luma = luma_of(frame);
    for (int y = 0; y < evidence_height_px; ++y) {
        for (int x = 0; x < evidence_width_px; ++x) {
            const int grey = full_range(luma.at<std::uint8_t>(y, x));
            mix(picture, x, y, {grey, grey, grey}, 1.0 - colour_left);
        }
    }
    return picture;
}

}  // namespace

RgbPicture to_rgb(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420);
    const cv::Mat luma = luma_of(frame);
    const cv::Mat cb = component(frame.planes[1], frame.width_px / 2, frame.height_px / 2);
    const cv::Mat cr = component(frame.planes[2], frame.width_px / 2, frame.height_px / 2);
    RgbPicture picture = empty_picture();
    std::uint8_t* to = picture.rgb.data();
    for (int y = 0; y < evidence_height_px; ++y) {
        for (int x = 0; x < evidence_width_px; ++x) {
            // ITU-R BT.709-6: Kr = 0.2126, Kb = 0.0722; times 65,536.
            const int l = (luma.at<std::uint8_t>(y, x) - 16) * 76'309 + 32'768;
            const int b = cb.at<std::uint8_t>(y, x) - 128, r = cr.at<std::uint8_t>(y, x) - 128;
            *to++ = byte((l + 117'489 * r) >> 16);
            *to++ = byte((l - 13'975 * b - 34'925 * r) >> 16);
            *to++ = byte((l + 138'438 * b) >> 16);
        }
    }
    return picture;
}

RgbPicture clutter_map(const VideoFrame& frame, const SubjectMask& subject) {
    const cv::Mat luma = luma_of(frame);
    const cv::Mat edges = map_picture(clutter_edges(make_thumbnail(frame), subject));
    const cv::Mat glow = glow_of(edges), density = clutter_density(edges, {evidence_width_px, evidence_height_px}),
                  person = rounded(subject);
    RgbPicture picture = empty_picture();
    for (int y = 0; y < evidence_height_px; ++y) {
        for (int x = 0; x < evidence_width_px; ++x) {
            const int grey = full_range(luma.at<std::uint8_t>(y, x));
            const int dimmed =
                mixed(0, grey, person.at<std::uint8_t>(y + beyond_px, x + beyond_px) ? subject_dim : dim);
            set(picture, x, y, {dimmed, dimmed, dimmed});
            const double share = glow.at<float>(y, x);
            if (share <= 0.0) continue;
            // The thing itself stays to be seen in its glow.
            Colour colour = clutter_heat(density.at<float>(y, x));
            for (int& part : colour) part = mixed(0, part, 0.45 + 0.55 * grey / 255.0);
            mix(picture, x, y, colour, 0.92 * share);
        }
    }
    draw_outline(picture, person);
    return picture;
}

RgbPicture light_map(const VideoFrame& frame, std::span<const FaceBox> faces) {
    RgbPicture picture = pale(frame);
    const cv::Mat luma(frame.height_px, frame.width_px, CV_8UC1, const_cast<std::uint8_t*>(frame.planes[0].data),
                       static_cast<std::size_t>(frame.planes[0].stride_bytes));
    stripe(picture, mostly(luma >= white_code), mostly(luma <= black_code));
    for (const FaceBox& face : faces) mark_face(picture, frame, face);
    return picture;
}

}  // namespace changji
