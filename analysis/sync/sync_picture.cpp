#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/sync/sync_events.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kept_pictures = 3'600;
constexpr Nanoseconds longest_interval = 150ms;  ///< beyond it a moment between two pictures says too little

constexpr double least_flash_codes = 5.0;
constexpr double light_codes = 3.0;  ///< a change of light, brighter or darker
constexpr double light_part = 0.7;   ///< of all change: hands make as much brighter as darker
constexpr double pulse_part = 0.3;
constexpr Nanoseconds flash_rest = 300ms;

constexpr double grain_codes = 2.0;
constexpr double least_motion_codes = 0.08;
constexpr Nanoseconds approach = 120ms;
constexpr double full_part = 0.7;   ///< of the approach's motion: the hands still move
constexpr double still_part = 0.4;  ///< they don't, or open slowly
constexpr double most_speed_up = 1.3;
constexpr Nanoseconds stillness = 60ms;
constexpr double least_above_usual = 2.5;
constexpr Nanoseconds usual_span = 2s;
constexpr Nanoseconds contact_rest = 150ms;

/// Where luma lies in a row, and how far apart; BGRA's green stands in for it.
struct LumaLayout {
    int first = 0;
    int step = 1;
};
LumaLayout luma_layout(PixelFormat format) {
    switch (format) {
        case PixelFormat::Yuyv422: return {0, 2};
        case PixelFormat::Bgra: return {1, 4};
        default: return {0, 1};
    }
}

double median_of(std::vector<double> values) {
    if (values.empty()) return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

ClapEye::Fields ClapEye::fields_of(const VideoFrame& frame) {
    const LumaLayout layout = luma_layout(frame.format);
    const int skip = frame.width_px >= 1280 ? 2 : 1;  // enough pixels are left for a mean
    Fields fields(std::size_t{columns} * rows, 0.0F);
    for (int row = 0; row < rows; ++row) {
        const int top = row * frame.height_px / rows, bottom = (row + 1) * frame.height_px / rows;
        for (int column = 0; column < columns; ++column) {
            const int left = column * frame.width_px / columns, right = (column + 1) * frame.width_px / columns;
            std::uint32_t sum = 0, count = 0;
            for (int y = top; y < bottom; y += skip) {
                const std::uint8_t* const line =
                    frame.planes[0].data + std::ptrdiff_t{y} * frame.planes[0].stride_bytes;
                for (int x = left; x < right; x += skip, ++count) sum += line[layout.first + x * layout.step];
            }
            if (count > 0) {
                fields[static_cast<std::size_t>(row * columns + column)] =
                    static_cast<float>(sum) / static_cast<float>(count);
            }
        }
    }
    return fields;
}

void ClapEye::see(const VideoFrame& frame) {
    if (!frame.planes[0].data || frame.width_px < columns || frame.height_px < rows) return;
    if (!pictures_.empty() && frame.captured_at <= pictures_.back().at) return;
    Fields fields = fields_of(frame);
    const auto count = static_cast<double>(fields.size());
    Picture picture;
    picture.at = frame.captured_at;
    picture.brightness = std::accumulate(fields.begin(), fields.end(), 0.0) / count;
    if (!pictures_.empty()) {
        double change = 0.0;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const double difference = std::abs(fields[i] - last_[i]);
            change += difference / count;
            picture.motion += std::max(0.0, difference - grain_codes) / count;
        }
        picture.brighter = picture.brightness - pictures_.back().brightness;
        picture.lit = std::abs(picture.brighter) >= std::max(light_codes, light_part * change);
        if (picture.lit) picture.motion = 0.0;
    }
    last_ = std::move(fields);
    pictures_.push_back(picture);
    if (pictures_.size() > 2 * kept_pictures) pictures_.erase(pictures_.begin(), pictures_.end() - kept_pictures);
}

Nanoseconds ClapEye::frame_interval() const {
    std::vector<double> intervals_ns;
    for (std::size_t k = 1; k < pictures_.size(); ++k) {
        intervals_ns.push_back(static_cast<double>((pictures_[k].at - pictures_[k - 1].at).count()));
    }
    return Nanoseconds{static_cast<std::int64_t>(median_of(std::move(intervals_ns)))};
}

std::vector<SyncEvent> ClapEye::flashes() const {
    std::vector<SyncEvent> found;
    for (std::size_t k = 1; k + 1 < pictures_.size(); ++k) {
        const Picture& lit = pictures_[k];
        const Nanoseconds interval = lit.at - pictures_[k - 1].at;
        if (!lit.lit || lit.brighter < least_flash_codes || interval > longest_interval) continue;
        if (!found.empty() && lit.at - found.back().at < flash_rest) continue;
        const double full = pictures_[k + 1].brightness - pictures_[k - 1].brightness;
        CaptureTime at = lit.at;
        if (full > pulse_part * lit.brighter) {
            const double exposed = std::clamp(lit.brighter / full, 0.0, 1.0);
            at += std::chrono::duration_cast<Nanoseconds>(interval * (0.5 - exposed));
        }
        found.push_back({at, std::max(full, lit.brighter)});
    }
    return found;
}

double ClapEye::motion_before(std::size_t picture, Nanoseconds span) const {
    double most = 0.0;
    for (std::size_t k = picture + 1; k-- > 1 && pictures_[picture].at - pictures_[k].at <= span;) {
        most = std::max(most, pictures_[k].motion);
    }
    return most;
}

std::vector<SyncEvent> ClapEye::contacts() const {
    std::vector<SyncEvent> found;
    for (std::size_t k = 2; k + 3 < pictures_.size(); ++k) {
        const Picture &moving = pictures_[k], &next = pictures_[k + 1];
        if (moving.motion < least_motion_codes || next.at - pictures_[k - 1].at > 2 * longest_interval) continue;
        if (!found.empty() && moving.at - found.back().at < contact_rest) continue;
        const double most = std::max(motion_before(k, approach), next.motion);
        if (moving.motion < full_part * most) continue;

        double rest = 0.0, rest_most = 0.0;
        std::size_t still = k + 2, pictures = 0;
        for (; still < pictures_.size(); ++still, ++pictures) {
            if (pictures >= 2 && pictures_[still - 1].at - next.at >= stillness) break;
            rest += pictures_[still].motion;
            rest_most = std::max(rest_most, pictures_[still].motion);
        }
        if (still == pictures_.size()) break;  // not yet known
        if (rest_most > still_part * most) continue;

        std::vector<double> usual;
        for (std::size_t i = k + 1; i-- > 1 && moving.at - pictures_[i].at <= usual_span;) {
            usual.push_back(pictures_[i].motion);
        }
        if (moving.motion < least_above_usual * median_of(std::move(usual))) continue;

        // Hands speed up until they meet: the next interval would have had more of the movement than the last.
        const double before = std::max(pictures_[k - 1].motion, 1e-9);
        const double expected = moving.motion * std::clamp(moving.motion / before, 1.0, most_speed_up);
        rest /= static_cast<double>(pictures);
        const double part = std::clamp((next.motion - rest) / (expected - rest), 0.0, 1.0);
        found.push_back({moving.at + std::chrono::duration_cast<Nanoseconds>((next.at - moving.at) * part), most});
    }
    return found;
}

}  // namespace changji
