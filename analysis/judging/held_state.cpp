#include "analysis/judging/held_state.hpp"

#include <algorithm>

namespace changji {

void HeldState::hold(CaptureTime now) {
    if (!running_) running_ = TimeRange{now, now};
    running_->to = now;
}

void HeldState::end(CaptureTime now) {
    if (!running_) return;
    running_->to = now;
    if (long_enough(*running_)) {
        longest_ended_s_ = std::max(longest_ended_s_, running_->seconds());
        if (ended_.size() < most_kept) ended_.push_back(*running_);
    }
    running_.reset();
}

std::vector<TimeRange> HeldState::stretches() const {
    std::vector<TimeRange> all = ended_;
    if (running_ && long_enough(*running_)) all.push_back(*running_);
    return all;
}

double HeldState::longest_s() const {
    return running_ && long_enough(*running_) ? std::max(longest_ended_s_, running_->seconds()) : longest_ended_s_;
}

}  // namespace changji
