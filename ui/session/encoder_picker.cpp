#include "ui/session/encoder_picker.hpp"

namespace changji {
namespace {

constexpr std::size_t pictures_needed = 8;  // 3.1 MB each

}  // namespace

EncoderPicker::EncoderPicker(Rational rate) : rate_(rate) {}

void EncoderPicker::offer(const VideoFrame& picture) {
    std::lock_guard guard(mutex_);
    if (stopped_ || trial_.joinable()) return;
    pictures_.push_back(picture);
    if (pictures_.size() < pictures_needed) return;
    trial_ = std::jthread([this, pictures = std::exchange(pictures_, {})](const std::stop_token& stopping) {
        auto found = run_preflight(pictures, rate_, stopping);
        std::lock_guard done(mutex_);
        if (found) result_ = *std::move(found);
    });
}

void EncoderPicker::stop() {
    std::jthread ending;
    {
        std::lock_guard guard(mutex_);
        stopped_ = true;
        pictures_.clear();
        ending = std::move(trial_);
    }
    ending.request_stop();
}

std::optional<Preflight> EncoderPicker::result() const {
    std::lock_guard guard(mutex_);
    return result_;
}

}  // namespace changji
