#include "tests/support/fake_camera_formats.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <tuple>

namespace changji::test {

FakeCameraFormats::Chosen FakeCameraFormats::chosen() const {
    Chosen noted{0, modes_.front().rates.front()};
    if (Chosen read; std::ifstream(note_) >> read.mode >> read.rate && read.mode < modes_.size()) noted = read;
    return noted;
}

void FakeCameraFormats::choose(const Chosen& chosen) const {
    std::ofstream(note_) << chosen.mode << " " << chosen.rate << "\n";
}

int FakeCameraFormats::enumerate(v4l2_fmtdesc& answer) const {
    std::vector<std::uint32_t> formats;
    for (const Mode& mode : modes_) {
        if (std::find(formats.begin(), formats.end(), mode.fourcc) == formats.end()) formats.push_back(mode.fourcc);
    }
    if (answer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || answer.index >= formats.size()) return EINVAL;
    const std::uint32_t index = answer.index;
    answer = {};
    answer.index = index;
    answer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    answer.pixelformat = formats[index];
    const bool compressed = answer.pixelformat == V4L2_PIX_FMT_MJPEG;
    answer.flags = compressed ? V4L2_FMT_FLAG_COMPRESSED : 0;
    std::snprintf(reinterpret_cast<char*>(answer.description), sizeof answer.description, "%s",
                  compressed ? "Motion-JPEG" : "YUYV 4:2:2");
    return 0;
}

int FakeCameraFormats::enumerate(v4l2_frmsizeenum& answer) const {
    std::uint32_t index = 0;
    std::fill(std::begin(answer.reserved), std::end(answer.reserved), 0U);
    for (const Mode& mode : modes_) {
        if (mode.fourcc != answer.pixel_format || index++ != answer.index) continue;
        if (mode.stepwise()) {
            answer.type = V4L2_FRMSIZE_TYPE_STEPWISE;
            answer.stepwise = {mode.least_width, mode.width, 2, mode.least_height, mode.height, 2};
        } else {
            answer.type = V4L2_FRMSIZE_TYPE_DISCRETE;
            answer.discrete = {mode.width, mode.height};
        }
        return 0;
    }
    return EINVAL;
}

int FakeCameraFormats::enumerate(v4l2_frmivalenum& answer) const {
    std::fill(std::begin(answer.reserved), std::end(answer.reserved), 0U);
    for (const Mode& mode : modes_) {
        if (mode.fourcc != answer.pixel_format || answer.width > mode.width || answer.width < mode.least_width ||
            answer.height > mode.height || answer.height < mode.least_height) {
            continue;
        }
        if (mode.stepwise()) {
            if (answer.index > 0) return EINVAL;
            answer.type = V4L2_FRMIVAL_TYPE_STEPWISE;
            const auto [slowest, fastest] = std::minmax_element(mode.rates.begin(), mode.rates.end());
            answer.stepwise = {{1, *fastest}, {1, *slowest}, {1, 1'000'000}};
            return 0;
        }
        if (answer.index >= mode.rates.size()) return EINVAL;
        answer.type = V4L2_FRMIVAL_TYPE_DISCRETE;
        answer.discrete = {1, mode.rates[answer.index]};
        return 0;
    }
    return EINVAL;
}

std::size_t FakeCameraFormats::nearest(const v4l2_pix_format& wanted) const {
    const auto distance = [&wanted](const Mode& mode) {
        const auto apart = [](unsigned a, unsigned b) { return std::abs(static_cast<long>(a) - static_cast<long>(b)); };
        return std::tuple(mode.fourcc != wanted.pixelformat,
                          apart(mode.width, wanted.width) + apart(mode.height, wanted.height));
    };
    const auto best = std::min_element(modes_.begin(), modes_.end(), [&](const Mode& one, const Mode& other) {
        return distance(one) < distance(other);
    });
    return static_cast<std::size_t>(best - modes_.begin());
}

int FakeCameraFormats::format(v4l2_format& answer, Access access) {
    if (answer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || modes_.empty()) return EINVAL;
    const std::size_t index = access == Access::Get ? chosen().mode : nearest(answer.fmt.pix);
    const Mode& mode = modes_[index];
    if (access == Access::Set) choose({index, mode.rates.front()});
    answer.fmt.pix = {};
    answer.fmt.pix.width = mode.width;
    answer.fmt.pix.height = mode.height;
    answer.fmt.pix.pixelformat = mode.fourcc;
    answer.fmt.pix.field = V4L2_FIELD_NONE;
    answer.fmt.pix.bytesperline = mode.fourcc == V4L2_PIX_FMT_YUYV ? mode.width * 2 : 0;
    answer.fmt.pix.sizeimage = mode.frame_bytes();
    answer.fmt.pix.colorspace = V4L2_COLORSPACE_SRGB;
    answer.fmt.pix.priv = V4L2_PIX_FMT_PRIV_MAGIC;
    return 0;
}

int FakeCameraFormats::rate(v4l2_streamparm& answer, Access access) {
    if (answer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || modes_.empty()) return EINVAL;
    const v4l2_fract wanted = answer.parm.capture.timeperframe;
    if (access == Access::Set && wanted.numerator != 0) {
        const std::size_t index = chosen().mode;
        const auto& rates = modes_[index].rates;
        const double per_second = static_cast<double>(wanted.denominator) / wanted.numerator;
        const unsigned nearest_rate =
            *std::min_element(rates.begin(), rates.end(), [per_second](unsigned one, unsigned other) {
                return std::fabs(one - per_second) < std::fabs(other - per_second);
            });
        choose({index, nearest_rate});
    }
    std::memset(&answer.parm, 0, sizeof answer.parm);
    answer.parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
    answer.parm.capture.timeperframe = {1, chosen_rate()};
    return 0;
}

}  // namespace changji::test
